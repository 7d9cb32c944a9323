"""Short words for what most tests do."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.core.storage.copies import copied_at
from custom_components.retrostep.core.storage.versions import Parts
from custom_components.retrostep.storage import walker_files

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod

type MakeWalker = Callable[..., MockConfigEntry]

STEPS_TODAY = "sensor.ann_backward_steps_today"
STEPS_TOTAL = "sensor.ann_backward_steps_total"
METRES_TODAY = "sensor.ann_backward_distance_today"
MINUTES_TODAY = "sensor.ann_backward_minutes_today"


def state(hass: HomeAssistant, entity_id: str) -> str:
    """Give the state of an entity."""
    found = hass.states.get(entity_id)
    assert found, entity_id
    return found.state


def last_reset(hass: HomeAssistant) -> str:
    """Give the start of the day that the steps of today belong to."""
    found = hass.states.get(STEPS_TODAY)
    assert found
    return found.attributes["last_reset"]


def this_minute() -> int:
    """Give the epoch minute of now."""
    return int(dt_util.utcnow().timestamp()) // 60


def walked_minute(fake: FakePod, back: int = 10, ago_min: int = 5) -> None:
    """Let a pod hold one more walked minute."""
    fake.walk(back=back)
    fake.close_minute(this_minute() - ago_min)


async def sync(hass: HomeAssistant, **data: Any) -> Any:
    """Call the action `sync`."""
    return await hass.services.async_call(DOMAIN, "sync", data, blocking=True, return_response=True)


async def settle(hass: HomeAssistant) -> None:
    """Wait until everything that was begun is done."""
    await hass.async_block_till_done(wait_background_tasks=True)


async def pass_time(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **time: float) -> None:
    """Let time pass."""
    freezer.tick(timedelta(**time))
    async_fire_time_changed(hass)
    await settle(hass)


async def reach(hass: HomeAssistant, fake: FakePod) -> None:
    """Let a pod come into reach and give its minutes."""
    fake.now_s = int(dt_util.utcnow().timestamp())
    fake.connect()
    await settle(hass)


def attributes(hass: HomeAssistant, entity_id: str) -> Any:
    """Give the attributes of a state."""
    found = hass.states.get(entity_id)
    assert found, entity_id
    return found.attributes


def kept(hass: HomeAssistant, entry_id: str) -> Parts:
    """Read what is on disk of a walker; empty if nothing is."""
    return Archive(walker_files(hass, entry_id), entry_id).load() or {}


def copy_kept(hass: HomeAssistant, entry_id: str) -> dict[str, bytes]:
    """Take a copy of a walker's files."""
    folder = walker_files(hass, entry_id).folder
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def put_back(hass: HomeAssistant, entry_id: str, copy: dict[str, bytes]) -> None:
    """Have only a copy of a walker's files."""
    files = walker_files(hass, entry_id)
    shutil.rmtree(files.folder, ignore_errors=True)
    for name, content in copy.items():
        files.write(name, content)


def keep(hass: HomeAssistant, entry_id: str, part: str, document: object) -> None:
    """Have a document be what is kept of a part, whatever it holds; the last good copy stays."""
    files = walker_files(hass, entry_id)
    archive = Archive(files, entry_id)
    archive.load()
    archive.commit({part: document}, copied_at(files) or 0)  # type: ignore[dict-item]
