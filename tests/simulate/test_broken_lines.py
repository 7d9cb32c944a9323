"""Break a line of the product, and a story of its fault ends badly, by the invariant that is named."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from custom_components.retrostep.core.history import rebuilt as history
from custom_components.retrostep.core.ledger import pod_log
from custom_components.retrostep.core.ledger.corrections import Corrections, WalkChange
from custom_components.retrostep.core.ledger.counts import ZERO
from custom_components.retrostep.core.ledger.day_calendar import epoch_minute
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.pod_records import PodRecords
from custom_components.retrostep.core.sitting.diary import SittingDiary
from custom_components.retrostep.core.sitting.posture import PostureTracker
from custom_components.retrostep.core.storage import archive
from custom_components.retrostep.core.storage.files import StorageError, name_of

from . import archived_disk
from .invariants import Invariant
from .plan import Plan
from .stories import tell

if TYPE_CHECKING:
    import ctypes

type Breaks = Callable[[pytest.MonkeyPatch], None]
SEEDS = range(30)


def _never(*_: Any, **__: Any) -> None:
    """Do nothing."""


def _late_rows_leave_the_diary(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PostureTracker, "walked", _never)


def _a_sit_is_kept_twice(patch: pytest.MonkeyPatch) -> None:
    put = SittingDiary._put

    def twice(self: SittingDiary, start: int, end: int, *, broken: bool) -> None:
        put(self, start, end, broken=broken)
        put(self, start, end, broken=broken)

    patch.setattr(SittingDiary, "_put", twice)


def _statistics_forget_what_pods_may_tell_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Corrections, "lend", _never)


def _statistics_are_counted_beside_the_pods(patch: pytest.MonkeyPatch) -> None:
    def take_hours(self: Ledger, hours: Mapping[Any, Any]) -> None:
        for start, counts in hours.items():
            self._totals.credit(epoch_minute(start), counts)

    patch.setattr(Ledger, "take_hours", take_hours)


def _statistics_lose_an_hour(patch: pytest.MonkeyPatch) -> None:
    made = history.rebuilt

    def careless(stored: Mapping[str, Any], *how: Any) -> Ledger:
        return made({key: rows[1:] for key, rows in stored.items()}, *how)

    patch.setattr(archived_disk, "rebuilt", careless)


def _what_is_damaged_begins_anew_by_itself(patch: pytest.MonkeyPatch) -> None:
    load = archive.Archive.load

    def hopeful(self: archive.Archive) -> Any:
        try:
            return load(self)
        except StorageError:
            return {"ledger": {}}

    patch.setattr(archive.Archive, "load", hopeful)


def _a_removal_takes_away_what_comes_later_only(patch: pytest.MonkeyPatch) -> None:
    def remove_walk(self: Ledger, start: Any, end: Any, now: Any) -> WalkChange:
        first, stop = epoch_minute(start), min(epoch_minute(end), epoch_minute(now) + 1)
        self._corrections.remove(first, stop)
        return WalkChange(ZERO, frozenset())

    patch.setattr(Ledger, "remove_walk", remove_walk)


def _a_walk_by_hand_is_not_counted(patch: pytest.MonkeyPatch) -> None:
    add = Ledger.add_walk

    def forgetful(self: Ledger, start: Any, duration_s: int, counts: Any, now: Any) -> Any:
        change = add(self, start, duration_s, counts, now)
        for at, part in change.walk.portions() if change.walk else ():
            self._totals.credit(at, ZERO - part)
        return change

    patch.setattr(Ledger, "add_walk", forgetful)


def _a_jump_changes_no_hour(patch: pytest.MonkeyPatch) -> None:
    jumped = Ledger.clock_jumped

    def quiet(self: Ledger, jump: Any) -> frozenset[Any]:
        jumped(self, jump)
        return frozenset()

    patch.setattr(Ledger, "clock_jumped", quiet)


def _nobody_knows_what_the_other_walker_took(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "take_over", _never)


def _nobody_waits_for_a_pod(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PodRecords, "still_to_come", lambda _self, now, _held_from: now)


def _nobody_asks_whose_files_they_are(patch: pytest.MonkeyPatch) -> None:
    take = archive.Archive._take

    def anybody(self: archive.Archive, body: Any) -> Any:
        return take(self, {**body, "walker": self._walker})

    patch.setattr(archive.Archive, "_take", anybody)


def _a_pod_that_went_stays_in_what_is_shown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "forget_pod", _never)


def _only_one_log_is_known(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pod_log, "_LOGS_KEPT", 1)


def _nobody_follows_the_calendar(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "set_zone", lambda *_, **__: False)


def _a_full_disk_is_told_to_nobody(patch: pytest.MonkeyPatch) -> None:
    commit = archive.Archive.commit

    def hopeful(self: archive.Archive, *what: Any) -> bool:
        try:
            return commit(self, *what)
        except OSError:
            return True

    patch.setattr(archive.Archive, "commit", hopeful)


def _blocks_are_not_written(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(archive.Archive, "_write_block", lambda _self, content: name_of(content))


def _what_is_newer_is_read(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(archive, "lifted", lambda body: body)


BROKEN: tuple[tuple[str, Breaks, Invariant], ...] = (
    ("link_down", _late_rows_leave_the_diary, Invariant.SITTING),
    ("pod_cut", _a_sit_is_kept_twice, Invariant.SITTING),
    ("files_damaged", _statistics_forget_what_pods_may_tell_again, Invariant.REBUILT),
    ("files_damaged", _statistics_are_counted_beside_the_pods, Invariant.REBUILT),
    ("files_damaged", _statistics_lose_an_hour, Invariant.REBUILT),
    ("files_missing", _statistics_lose_an_hour, Invariant.REBUILT),
    ("files_damaged", _what_is_damaged_begins_anew_by_itself, Invariant.DAMAGE_STOPS),
    ("stretch_removed", _a_removal_takes_away_what_comes_later_only, Invariant.HOUR_AND_DAY),
    ("home_clock_years", _a_jump_changes_no_hour, Invariant.STATISTICS),
    ("home_starts_wrong", _a_jump_changes_no_hour, Invariant.STATISTICS),
    ("log_back", _only_one_log_is_known, Invariant.HOUR_AND_DAY),
    ("day_start", _nobody_follows_the_calendar, Invariant.DAYS_FOLLOW),
    ("travel", _nobody_follows_the_calendar, Invariant.DAYS_FOLLOW),
    ("disk_full_midway", _a_full_disk_is_told_to_nobody, Invariant.ACKNOWLEDGED),
    ("copied_while_writing", _blocks_are_not_written, Invariant.COPIES_READ),
    ("files_newer", _what_is_newer_is_read, Invariant.DAMAGE_STOPS),
    ("shared_pod", _nobody_knows_what_the_other_walker_took, Invariant.HOUR_AND_DAY),
    ("months_late", _nobody_waits_for_a_pod, Invariant.HOUR_AND_DAY),
    ("files_swapped", _nobody_asks_whose_files_they_are, Invariant.DAMAGE_STOPS),
    ("pod_replaced", _a_pod_that_went_stays_in_what_is_shown, Invariant.SHOWN_IS_COUNTED),
    ("walk_added", _a_walk_by_hand_is_not_counted, Invariant.HOUR_AND_DAY),
)


@pytest.mark.parametrize(("fault", "breaks", "invariant"), BROKEN)
def test_a_broken_line_makes_a_story_end_badly(
    library: ctypes.CDLL,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    breaks: Breaks,
    invariant: Invariant,
) -> None:
    breaks(monkeypatch)
    errors = (tell(seed, library, Plan.of(fault))[1] for seed in SEEDS)
    assert any(f"({invariant.name}:" in error for error in errors)
