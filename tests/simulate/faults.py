"""What goes wrong at a home or a pod, each as one function of a table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .home import Home
    from .pod import SimPod
    from .world import World

ZONES: Final = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Nuuk"]
type Fault = Callable[[World, SimPod, Home], None]


def _pod_cut(world: World, pod: SimPod, _: Home) -> None:
    pod.cut(world.now_s)
    world.wake(pod)


def _pod_torn_write(world: World, pod: SimPod, _: Home) -> None:
    pod.flash.operations_left = world.dice.randrange(7)


def _pod_restart(world: World, pod: SimPod, _: Home) -> None:
    pod.restart(world.now_s)
    for home in world.homes:
        home.lost(pod.mac)
        world.at(world.dice.randrange(2, 20), world.connect, home, pod)
    world.wake(pod)


def _pod_erased(world: World, pod: SimPod, _: Home) -> None:
    if world.dice.random() < 0.3:
        pod.erase(world.now_s)
        for home in world.homes:
            home.lost(pod.mac)
            world.connect(home, pod)
        world.wake(pod)


def _pod_clock(world: World, pod: SimPod, _: Home) -> None:
    if pod.on and pod.clock_ahead_s is not None:
        pod.clock_ahead_s = world.dice.choice([-5_000, -61, -2, 2, 61, 5_000])
        world.wake(pod)


def _link_down(world: World, pod: SimPod, home: Home) -> None:
    world.network.break_link(home, pod)
    home.lost(pod.mac)
    delay_s = world.dice.choice([3, 40, 4_000])
    world.at(delay_s, world.network.mend_link, home, pod)
    world.at(delay_s, world.connect, home, pod)


def _home_killed(world: World, _: SimPod, home: Home) -> None:
    world.kill(home)


def _home_killed_at_await(world: World, _: SimPod, home: Home) -> None:
    home.kill_at_wait = world.dice.randrange(8)


def _home_clock(world: World, _: SimPod, home: Home) -> None:
    home.clock_ahead_s = world.dice.choice([-7_000, -100, 100, 7_000])
    world.at(world.dice.choice([60, 3_000]), setattr, home, "clock_ahead_s", 0)


def _disk_full(world: World, _: SimPod, home: Home) -> None:
    home.saves_to_fail += world.dice.randrange(1, 5)


def _backup(_world: World, _: SimPod, home: Home) -> None:
    home.backup = home.disk.copy()


def _restore(world: World, _: SimPod, home: Home) -> None:
    if home.backup is None:
        return
    world.kill(home)
    backup = home.backup.copy()
    home.disk.document = backup.document
    if world.dice.random() < 0.5:  # else the recorder's database is newer than the ledger
        home.disk.table = backup.table


def _travel(world: World, _: SimPod, home: Home) -> None:
    home.travel(ZoneInfo(world.dice.choice(ZONES)), world.now_s)


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
