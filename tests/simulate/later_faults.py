"""Faults that came after the first schedules; each story draws them with dice of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Final, Protocol

from custom_components.retrostep.core.ledger.counts import Counts

from .archived_disk import ArchivedDisk
from .faults import Story, come_back

if TYPE_CHECKING:
    from random import Random

    from .home import Home
    from .pod import SimPod

DAY_S: Final = 86_400
YEARS_S: Final = tuple(days * DAY_S for days in (-3_653, -400, -20, 20, 366, 3_653, 4_500))
"""Decades off on either side of 2020, before which nothing is believed, and of 2038."""
MONTHS_LATE: Final = "months_late"
"""A pod is worn beside another one and fetched 75 walked days later."""
MONTHS_DAYS: Final = 75
"""Of more days with walking on them than minutes are kept of if nothing is awaited."""
SHARED_POD: Final = "shared_pod"
"""Two walkers wear one pod, one after the other."""
LOG_BACK: Final = "log_back"
"""A log that was there before takes the place of the one that is."""
MANY: Final = "many_logs"
MANY_LOGS: Final = 10
"""So many logs one after the other: more than were known once."""


class LaterStory(Story, Protocol):
    """What a later fault may do besides."""

    def walk(self, pod: SimPod) -> None:
        """Have somebody walk."""

    def replace(self, pod: SimPod) -> None:
        """Put another board into the walker's shoe."""

    def hand_over(self, pod: SimPod) -> None:
        """Give the pod to the other walker."""


type LaterFault = Callable[[LaterStory, SimPod, Home], None]


@dataclass(frozen=True, slots=True)
class Later:
    """How many of the stories have a fault, and what it does; None: it stands for the whole story."""

    odds: float
    strikes: LaterFault | None


def _pod_clock_years(story: LaterStory, pod: SimPod, _: Home) -> None:
    if pod.on and pod.clock_ahead_s is not None:
        pod.clock_ahead_s = story.dice.choice(YEARS_S)
        story.wake(pod)
        for home in story.homes:
            story.at(story.dice.choice([30, 600, 4_000]), story.connect, home, pod)


def _home_clock_years(story: LaterStory, pod: SimPod, home: Home) -> None:
    home.clock_ahead_s = story.dice.choice(YEARS_S)
    story.at(story.dice.choice([60, 3_000]), _set_right, story, pod, home)
    story.connect(home, pod)


def _set_right(story: LaterStory, pod: SimPod, home: Home) -> None:
    home.clock_ahead_s = 0
    story.connect(home, pod)


def _home_starts_wrong(story: LaterStory, pod: SimPod, home: Home) -> None:
    """Start like a board without a battery, which learns the time a little later."""
    story.kill(home)
    home.clock_ahead_s = story.dice.choice([-400 * DAY_S, -3 * DAY_S, -7_000])
    story.at(story.dice.choice([1_600, 2_500]), _set_right, story, pod, home)


def _flash_refuses(story: LaterStory, pod: SimPod, _: Home) -> None:
    pod.flash.refusals_left += story.dice.choice([1, 3, 40])


def _many_logs(story: LaterStory, pod: SimPod, _: Home) -> None:
    for turn in range(MANY_LOGS):
        story.at(turn * 240, _erase_and_walk, story, pod)


def _erase_and_walk(story: LaterStory, pod: SimPod) -> None:
    if pod.retired:
        return
    pod.erase(story.now_s)
    for home in story.homes:
        home.lost(pod.mac, story.now_s)
        story.connect(home, pod)
    story.walk(pod)


def _log_back(story: LaterStory, pod: SimPod, _: Home) -> None:
    """Have another log for a while, as of an image of the flash that somebody writes back later."""
    _exchange_flash(story, pod)
    story.walk(pod)
    story.at(story.dice.choice([600, 2_400]), _exchange_flash, story, pod)


def _exchange_flash(story: LaterStory, pod: SimPod) -> None:
    if not pod.retired:
        pod.exchange_flash(story.now_s)
        come_back(story, pod)


def _format(story: LaterStory, pod: SimPod, _: Home) -> None:
    pod.change_format(story.now_s)
    come_back(story, pod)


def _day_start(story: LaterStory, _: SimPod, home: Home) -> None:
    home.move_day_start(story.dice.choice([time(0), time(4), time(12), time(20, 30)]), story.now_s)


def _walk_added(story: LaterStory, _: SimPod, home: Home) -> None:
    counts = Counts(back=story.dice.randrange(1, 40), fwd=story.dice.randrange(40), back_dm=90, back_s=30)
    home.add_walk(story.dice.randrange(30, 600), story.dice.randrange(60, 1_500), counts, story.now_s)


def _stretch_removed(story: LaterStory, _: SimPod, home: Home) -> None:
    home.remove_walk(story.dice.randrange(5, 300), story.dice.choice([3, 30, 120]), story.now_s)


def _pod_replaced(story: LaterStory, pod: SimPod, _: Home) -> None:
    story.replace(pod)


def _shared_pod(story: LaterStory, pod: SimPod, _: Home) -> None:
    story.hand_over(pod)


def _files(story: LaterStory, home: Home, happens: Callable[[ArchivedDisk, Random], None]) -> None:
    """Have something happen to a home's files while it is off."""
    if isinstance(home.disk, ArchivedDisk):
        story.kill(home)
        happens(home.disk, story.dice)


def _files_damaged(story: LaterStory, _: SimPod, home: Home) -> None:
    _files(story, home, ArchivedDisk.damage)


def _files_missing(story: LaterStory, _: SimPod, home: Home) -> None:
    _files(story, home, ArchivedDisk.lose)


def _files_old(story: LaterStory, _: SimPod, home: Home) -> None:
    _files(story, home, ArchivedDisk.go_back)


def _files_swapped(story: LaterStory, _: SimPod, home: Home) -> None:
    _files(story, home, ArchivedDisk.swap)


def _files_newer(story: LaterStory, _: SimPod, home: Home) -> None:
    _files(story, home, ArchivedDisk.be_upgraded)


def _copied_while_writing(story: LaterStory, _: SimPod, home: Home) -> None:
    if not isinstance(home.disk, ArchivedDisk):
        return
    copied = home.disk.copy_files(story.dice)
    if copied and story.dice.random() < 0.5:
        story.kill(home)
        home.disk.put_back(*copied)


def _disk_full_midway(story: LaterStory, _: SimPod, home: Home) -> None:
    """Have room for some more files and no other, for a while."""
    if isinstance(home.disk, ArchivedDisk):
        home.disk.files.fails_at = home.disk.files.writes + story.dice.randrange(4)
        story.at(story.dice.choice([30, 900]), setattr, home.disk.files, "fails_at", None)


FILE_FAULTS: Final = {
    "files_damaged",
    "files_missing",
    "files_old",
    "files_swapped",
    "files_newer",
    "copied_while_writing",
    "disk_full_midway",
}
LATER_FAULTS: Final[dict[str, Later]] = {
    "pod_clock_years": Later(0.1, _pod_clock_years),
    "home_clock_years": Later(0.1, _home_clock_years),
    "home_starts_wrong": Later(0.1, _home_starts_wrong),
    "flash_refuses": Later(0.3, _flash_refuses),
    MANY: Later(0.05, _many_logs),
    "format_changed": Later(0.1, _format),
    LOG_BACK: Later(0.1, _log_back),
    "day_start": Later(0.25, _day_start),
    "walk_added": Later(0.25, _walk_added),
    "stretch_removed": Later(0.2, _stretch_removed),
    "pod_replaced": Later(0.05, _pod_replaced),
    "files_damaged": Later(0.1, _files_damaged),
    "files_missing": Later(0.1, _files_missing),
    "files_old": Later(0.1, _files_old),
    "files_swapped": Later(0.05, _files_swapped),
    "files_newer": Later(0.05, _files_newer),
    "copied_while_writing": Later(0.1, _copied_while_writing),
    "disk_full_midway": Later(0.1, _disk_full_midway),
    SHARED_POD: Later(0.08, _shared_pod),
    MONTHS_LATE: Later(0.03, None),
}
