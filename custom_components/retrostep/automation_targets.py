"""Which entities a trigger or a condition means when a walker, an area or a label is chosen."""

from typing import TYPE_CHECKING

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN

if TYPE_CHECKING:
    from collections.abc import Iterable


@callback
def async_with_key(hass: HomeAssistant, entities: Iterable[str], key: str) -> set[str]:
    """Keep the walkers' entities of one kind, whatever they were renamed to."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id))
        and entry.platform == DOMAIN
        and entry.translation_key == key
    }
