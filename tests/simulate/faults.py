"""What goes wrong at a home or a pod, each as one function of a table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from random import Random

    from .home import Home
    from .network import Network
    from .pod import SimPod

ZONES: Final = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Nuuk"]


class Story(Protocol):
    """What a fault may know of the world it comes over, and set off in it."""

    dice: Random
    now_s: int
    homes: list[Home]
    network: Network

    def at(self, delay_s: int, event: Callable[..., None], *arguments: object) -> None:
        """Let something happen later."""

    def wake(self, pod: SimPod) -> None:
        """Look at the pod every second for a while."""

    def connect(self, home: Home, pod: SimPod) -> None:
        """Let a home find the pod."""

    def kill(self, home: Home) -> None:
        """End a home's process at once; it starts again after a while."""


type Fault = Callable[[Story, SimPod, Home], None]


def _pod_cut(story: Story, pod: SimPod, _: Home) -> None:
    pod.cut(story.now_s)
    story.wake(pod)


def _pod_torn_write(story: Story, pod: SimPod, _: Home) -> None:
    pod.flash.operations_left = story.dice.randrange(7)


def come_back(story: Story, pod: SimPod) -> None:
    """Have a pod that began anew found by its homes again."""
    for home in story.homes:
        home.lost(pod.mac, story.now_s)
        story.at(story.dice.randrange(2, 20), story.connect, home, pod)
    story.wake(pod)


def _pod_restart(story: Story, pod: SimPod, _: Home) -> None:
    pod.restart(story.now_s)
    come_back(story, pod)


def _pod_erased(story: Story, pod: SimPod, _: Home) -> None:
    if story.dice.random() < 0.3:
        pod.erase(story.now_s)
        for home in story.homes:
            home.lost(pod.mac, story.now_s)
            story.connect(home, pod)
        story.wake(pod)


def _pod_clock(story: Story, pod: SimPod, _: Home) -> None:
    if pod.on and pod.clock_ahead_s is not None:
        pod.clock_ahead_s = story.dice.choice([-5_000, -61, -2, 2, 61, 5_000])
        story.wake(pod)


def _link_down(story: Story, pod: SimPod, home: Home) -> None:
    story.network.break_link(home, pod)
    home.lost(pod.mac, story.now_s)
    delay_s = story.dice.choice([3, 40, 4_000])
    story.at(delay_s, story.network.mend_link, home, pod)
    story.at(delay_s, story.connect, home, pod)


def _home_killed(story: Story, _: SimPod, home: Home) -> None:
    story.kill(home)


def _home_killed_at_await(story: Story, _: SimPod, home: Home) -> None:
    home.kill_at_wait = story.dice.randrange(8)


def _home_clock(story: Story, _: SimPod, home: Home) -> None:
    home.clock_ahead_s = story.dice.choice([-7_000, -100, 100, 7_000])
    story.at(story.dice.choice([60, 3_000]), setattr, home, "clock_ahead_s", 0)


def _disk_full(story: Story, _: SimPod, home: Home) -> None:
    home.saves_to_fail += story.dice.randrange(1, 5)


def _backup(_story: Story, _: SimPod, home: Home) -> None:
    home.backup = home.disk.copy()


def _restore(story: Story, _: SimPod, home: Home) -> None:
    if home.backup is None:
        return
    story.kill(home)
    home.disk.restore(home.backup, with_table=story.dice.random() < 0.5)


def _travel(story: Story, _: SimPod, home: Home) -> None:
    home.travel(ZoneInfo(story.dice.choice(ZONES)), story.now_s)


FAULTS: Final[dict[str, Fault]] = {
    "pod_cut": _pod_cut,
    "pod_torn_write": _pod_torn_write,
    "pod_restart": _pod_restart,
    "pod_erased": _pod_erased,
    "pod_clock": _pod_clock,
    "link_down": _link_down,
    "home_killed": _home_killed,
    "home_killed_at_await": _home_killed_at_await,
    "home_clock": _home_clock,
    "disk_full": _disk_full,
    "backup": _backup,
    "restore": _restore,
    "travel": _travel,
}
