"""Which walkers an assistant may speak of, by what is exposed to it."""

from typing import Final

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..core.spoken.question import Question
from ..walker import STEPS

SITTING: Final = "sensor.sitting_time"


def key_of(question: Question) -> str:
    """Give the entity, as "platform.key", that a question belongs to."""
    return SITTING if question in {Question.SITTING, Question.SNOOZE} else STEPS


@callback
def async_is_exposed(hass: HomeAssistant, entry: ConfigEntry, assistant: str, key: str = STEPS) -> bool:
    """Say whether an entity of a walker is exposed to an assistant; one that is switched off is not."""
    registry = er.async_get(hass)
    platform, _, name = key.partition(".")
    entity_id = registry.async_get_entity_id(platform, DOMAIN, f"{entry.entry_id}_{name}")
    if entity_id is None or (registered := registry.async_get(entity_id)) is None or registered.disabled:
        return False
    return async_should_expose(hass, assistant, entity_id)
