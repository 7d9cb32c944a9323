"""Memory cards wear out: what an hour may write, and how often entities may change."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.retrostep.core.storage.archive import Archive
from custom_components.retrostep.storage import FolderFiles

from .helpers import STEPS_TODAY, MakeWalker, kept, pass_time, reach, settle, state, this_minute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .desk import Desk
    from .fake_pod import FakePod


@dataclass
class Wear:
    """What was handed to the disk."""

    commits: int = 0
    written: int = 0
    files: list[str] = field(default_factory=list)

    def watch(self) -> Iterator[AbstractContextManager[object]]:
        """Give what has to be entered to count."""
        write, commit = FolderFiles.write, Archive.commit

        def counted_write(files: FolderFiles, name: str, content: bytes) -> None:
            self.written += len(content)
            self.files.append(name)
            write(files, name, content)

        def counted_commit(archive: Archive, parts: Mapping[str, object], now_s: int) -> bool:
            is_new = commit(archive, parts, now_s)  # type: ignore[arg-type]
            self.commits += is_new
            return is_new

        yield patch.object(FolderFiles, "write", counted_write)
        yield patch.object(Archive, "commit", counted_commit)


async def test_a_walked_hour_writes_at_most_sixty_times_and_a_megabyte(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, noon: None, pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = make_walker(pod, options={"goals": {"steps": 400}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    wear = Wear()
    first, second = wear.watch()
    with first, second:
        for _ in range(60):
            for _ in range(4):
                pod.walk(back=12, back_dm=50, back_s=14)
                pod.publish()
                await pass_time(hass, freezer, seconds=15)
            pod.now_s += 60
            pod.close_minute(this_minute() - 1)
            pod.set("sensor", "Unsynced minutes", len(pod.rows) - pod.asked[-1]["after"])
            await settle(hass)
        await pass_time(hass, freezer, minutes=4)
    assert state(hass, STEPS_TODAY) == str(60 * 48)
    assert sum(row[0] for row in kept(hass, entry.entry_id)["ledger"]["totals"]["days"].values() if row) > 0
    assert 20 < wear.commits <= 60
    assert wear.written <= 1_000_000


@pytest.mark.parametrize("hours", [1])
async def test_an_hour_of_sitting_without_reminders_writes_nothing_and_changes_few_states(
    hass: HomeAssistant, desk: Desk, make_walker: MakeWalker, hours: int
) -> None:
    await desk.begin(make_walker, enabled=False)
    await desk.walk()
    desk.pod.close_minute(this_minute())
    desk.pod.set("sensor", "Unsynced minutes", 1)
    await desk.sit(30)
    wear = Wear()
    changed = async_capture_events(hass, "state_changed")
    first, second = wear.watch()
    with first, second:
        await desk.sit(60 * hours)
    ours = [event.data["entity_id"] for event in changed if ".ann_" in event.data["entity_id"]]
    assert wear.commits == 0, wear.files
    assert "sensor.ann_sitting_time" in ours
    assert len(ours) <= 15, ours
