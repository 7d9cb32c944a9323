"""The world of the fault simulator: walking, homes and pods that find and lose each other.

One seed is one story, so a story that ends badly can be told again. Which faults may happen is drawn per
story, so that rare combinations come up ("swarm testing", Groce et al. 2012).
"""

from collections import Counter
from datetime import time
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.storage.files import StorageError

from .archived_disk import ArchivedDisk
from .check import check_truth
from .earlier import WEEK_DAYS, Earlier
from .faults import FAULTS, ZONES
from .features import GOALS
from .home import Home
from .later_faults import (
    DAY_S,
    FILE_FAULTS,
    LATER_FAULTS,
    LOG_BACK,
    MONTHS_LATE,
    SHARED_POD,
)
from .network import Network
from .plan import CLASSIC, EVERYTHING, MUTE, OVERFLOW, REUSED_NAME, Plan
from .pod import BACKWARD, FORWARD, LEFT, Firmware, SimPod

if TYPE_CHECKING:
    import ctypes


# Moments worth living through, as epoch seconds: the hours before Berlin's two clock changes of 2026, New
# York's two, and a plain midnight.
MOMENTS: Final = (1_774_746_000, 1_792_890_000, 1_772_953_200, 1_793_512_800, 1_780_264_800)
AWAKE_S: Final = 80
"""The pod is looked at every second for so long after anything happened: a minute closes, a save is done."""
HOUR_S: Final = 3_600
SENSORS: Final = ("back", "fwd", "back_dm", "fwd_dm", "back_s")


class World(Earlier):
    """One story."""

    def __init__(
        self, seed: int, library: ctypes.CDLL, firmware: Firmware | None = None, plan: Plan = EVERYTHING
    ) -> None:
        super().__init__(seed)
        self._library, self._plan = library, plan
        self._later_faults = plan.later(self.later)
        dice = self.dice
        self.now_s = dice.choice(MOMENTS) - dice.randrange(4 * HOUR_S)
        macs = ["pod-a", "pod-b"][: 1 if dice.random() < 0.85 else 2]
        odd = Random(seed)
        repeats, reuses = odd.random() < 0.5, odd.random() < 0.5
        self._firmware = firmware = firmware or Firmware(
            not plan.has(MUTE, drawn=not repeats), plan.has(REUSED_NAME, drawn=reuses)
        )
        self.pods = {mac: SimPod(library, mac, Random(dice.random()), firmware) for mac in macs}
        self.homes = [
            Home(
                name,
                list(macs),
                ZoneInfo(dice.choice(ZONES)),
                dice.choice([time(0), time(4)]),
                watches=plan != CLASSIC,
                goals=GOALS[seed % len(GOALS)],
            )
            for name in ["home", "second home"][: 1 if dice.random() < 0.75 else 2]
        ]
        self.network = Network(self)
        self.network.follow(plan.names, plan.odds)
        self._enabled = plan.classic([fault for fault in FAULTS if dice.random() < 0.5])
        if plan != CLASSIC:
            self._cast()
        self._quiet = False
        self._awake: set[str] = set()
        self._awake_until: dict[str, int] = {}
        self._moving_until: dict[str, int] = {}
        self._restless: set[str] = set()
        """Whose foot nobody sees at rest while this bout lasts."""
        self._unsynced: dict[str, int] = {}

    def _cast(self) -> None:
        """Have the pods and walkers that the later faults need, and none of those that can't meet."""
        if self._firmware.reuses_names:
            # Nobody can tell which of two logs of one name has come back.
            self._later_faults = [name for name in self._later_faults if name != LOG_BACK]
        if MONTHS_LATE in self._later_faults and len(self.pods) == 1:
            self._new_pod("pod-b")
        if SHARED_POD in self._later_faults and len(self.pods) == 1 and MONTHS_LATE not in self._later_faults:
            first = self.homes[0]
            self.homes = [first, Home("other walker", [], first.zone, first.day_start, watches=True)]
            # Both are copied and put back together, and share a clock: that is another story.
            self._enabled = [
                name for name in self._enabled if name not in ("backup", "restore", "home_clock")
            ]
            apart = {"home_clock_years", "home_starts_wrong", "pod_replaced", "stretch_removed"}
            self._later_faults = [name for name in self._later_faults if name not in apart]
            self._later_faults = [name for name in self._later_faults if name not in FILE_FAULTS]
        elif SHARED_POD in self._later_faults:
            self._later_faults.remove(SHARED_POD)
        if FILE_FAULTS & {*self._later_faults}:
            for home in self.homes:
                home.disk = ArchivedDisk(walker=home.name)

    def _new_pod(self, mac: str) -> SimPod:
        pod = self.pods[mac] = SimPod(self._library, mac, Random(self.later.random()), self._firmware)
        for home in self.homes:
            if home.macs:
                home.macs.append(mac)
        return pod

    # -- the story -----------------------------------------------------------------------------

    def run(self) -> None:
        """Live through it; raises AssertionError when something is not as it must be."""
        for pod in self.pods.values():
            pod.boot(self.now_s)
            pod.clock_ahead_s = self.dice.choice([0, None])
        if self._plan.has(OVERFLOW, drawn=self.dice.random() < 0.06):
            self._holiday()
        for home in self.homes:
            self._start(home)
            self._slow_timer(home)
        if MONTHS_LATE in self._later_faults:
            self._months()
        elif FILE_FAULTS & {*self._later_faults}:
            self._days(WEEK_DAYS)
        length_s = self.dice.randrange(2, 8) * HOUR_S
        for pod in self.pods.values():
            for _ in range(self.dice.randrange(3, 16)):
                self.at(self.dice.randrange(length_s), self._walk, pod)
        for _ in range(self.dice.randrange(2, 25) if self._enabled else 0):
            self.at(self.dice.randrange(length_s), self._fault, self.dice.choice(self._enabled))
        for name in self._later_faults:
            if LATER_FAULTS[name].strikes:
                for _ in range(self.later.randrange(1, 4)):
                    self.at(self.later.randrange(length_s), self._later_fault, name)
        self.live_until(self.now_s + length_s)
        self._calm_down()
        check_truth(
            self.homes, list(self.pods.values()), self.now_s, is_shared=SHARED_POD in self._later_faults
        )

    def drawn(self) -> set[str]:
        """Give the faults that may happen in this story."""
        return {
            *self._enabled,
            *self._later_faults,
            *(name for name, odds in self.network.odds.items() if odds),
        }

    def sums(self) -> Counter[str]:
        """Give how much was walked, lost to power cuts and asked."""
        return Counter(
            strides=sum(len(book.safe) for pod in self.pods.values() for book in pod.books),
            strides_lost_to_cuts=sum(pod.lost_to_cuts for pod in self.pods.values()),
            pages=self.network.pages,
        )

    def _later_fault(self, name: str) -> None:
        strikes = LATER_FAULTS[name].strikes
        if self._quiet or strikes is None:
            return
        self.faults[name] += 1
        self.note(f"fault: {name}")
        strikes(self, self.later.choice(self._worn()), self.later.choice(self.homes))

    def _worn(self) -> list[SimPod]:
        return [pod for pod in self.pods.values() if not pod.retired]

    def walk(self, pod: SimPod) -> None:
        """Have somebody walk a little later."""
        self.at(20, self._walk, pod)

    def replace(self, pod: SimPod) -> None:
        """Put another board into the walker's shoe: another pod, which begins with nothing."""
        pod.retire(self.now_s)
        board = self._new_pod(f"{pod.mac}+")
        board.boot(self.now_s)
        for home in self.homes:
            home.lost(pod.mac, self.now_s)
            home.drop(pod.mac)
            self._restart(home)
        self.wake(board)

    def hand_over(self, pod: SimPod) -> None:
        """Give the pod to the other walker; what the one before has of it is written down first."""
        here, there = sorted(self.homes, key=lambda home: pod.mac not in home.macs)
        if here.ledger is None or there.ledger is None or here.saves_to_fail or there.saves_to_fail:
            return
        here.write(here.ledger.as_dict())
        there.write(there.ledger.as_dict())
        there.before[pod.mac] = here.ledger.logs(pod.mac)
        here.drop(pod.mac)
        there.macs.append(pod.mac)
        self._restart(here)
        self._restart(there)

    def _restart(self, home: Home) -> None:
        """Set a walker up anew, at once, if it runs."""
        if home.ledger is not None:
            self._end(home)
            self._start(home)

    def _fault(self, fault: str) -> None:
        if not self._quiet:
            self.faults[fault] += 1
            self.note(f"fault: {fault}")
            FAULTS[fault](self, self.dice.choice(self._worn()), self.dice.choice(self.homes))

    def _calm_down(self) -> None:
        """Let everything be well again and come to rest."""
        self._quiet = True
        self.note("quiet")
        self.network.calm_down()
        for pod in self._worn():
            pod.flash.operations_left = None
            pod.flash.refusals_left = 0
            self._power_on(pod)
        for home in self.homes:
            home.calm_down()
            self._start(home)
            for pod in self._worn():
                self.connect(home, pod)
        # Clocks were at most two hours ahead: what was dated into the future has come by then.
        self.live_until(self.now_s + 3 * HOUR_S)
        if any(pod.unsynced() for pod in self._worn()) or any(home.refuses for home in self.homes):
            # By more than that: after a week a home takes what is dated ahead as what has no date.
            self._sparse = True
            self.live_until(self.now_s + 8 * DAY_S)
        for pod in self._worn():
            self.wake(pod)
        self.live_until(self.now_s + 3 * AWAKE_S)
        for home in self.homes:
            for pod in self._worn():
                self._speak(pod, SENSORS)
                self._sync(home, pod)
        self.live_until(self.now_s + HOUR_S // 4)

    # -- pods ----------------------------------------------------------------------------------

    def _walk(self, pod: SimPod) -> None:
        """Start a bout: strides of one direction. Two pods are mostly worn at once, one on each foot."""
        length_s = self.dice.choice([5, 20, 60, 150])
        direction = self.dice.choice([BACKWARD, BACKWARD, FORWARD, LEFT])
        self.note(f"{pod.mac} walks {length_s} s in direction {direction}")
        if pod.retired:
            return
        for each in self._worn():
            if each is not pod and self.dice.random() < 0.3:
                continue
            self._moving_until[each.mac] = self.now_s + length_s
            if self._plan != CLASSIC:
                (self._restless.add if self.later.random() < 0.3 else self._restless.discard)(each.mac)
            for second in range(length_s):
                if self.dice.random() < 0.85:
                    self.at(second, self._stride, each, direction)
            self.wake(each, length_s + AWAKE_S)

    def _stride(self, pod: SimPod, direction: int) -> None:
        if pod.on:
            pod.stride(self.now_s, direction, self.dice.uniform(0.3, 1.2), self.dice.randrange(900, 1_300))
            self._speak(pod, ("back",))
            self.wake(pod)

    def _speak(self, pod: SimPod, names: tuple[str, ...]) -> None:
        """Publish live totals to every home in reach; now and then that is left out, but not in the end."""
        if not pod.on or (not self._quiet and self.dice.random() < 0.2):
            return
        totals = pod.totals()
        for home in self.homes:
            if self.network.in_reach(home, pod):
                home.live(pod.mac, {name: totals[name] for name in names}, self.now_s)

    def wake(self, pod: SimPod, for_s: int = AWAKE_S) -> None:
        """Look at the pod every second for a while."""
        if pod.retired:
            return
        self._awake_until[pod.mac] = max(self._awake_until.get(pod.mac, 0), self.now_s + for_s)
        if pod.mac not in self._awake:
            self._awake.add(pod.mac)
            self._second(pod)

    def _second(self, pod: SimPod) -> None:
        rest_s: float = self.now_s - self._moving_until.get(pod.mac, 0)
        if rest_s <= 0:
            stance_s = self.dice.choice([-1, 0.3])
            rest_s = -1 if pod.mac in self._restless else stance_s
        pod.tick(self.now_s, rest_s)
        if pod.retired:
            return
        if not pod.on:
            self.note(f"{pod.mac} is without power")
            self._awake.discard(pod.mac)
            for home in self.homes:
                home.lost(pod.mac, self.now_s)
            self.at(self.dice.choice([1, 30, 900]), self._power_on, pod)
            return
        unsynced = pod.unsynced()
        if unsynced != self._unsynced.get(pod.mac):
            self._unsynced[pod.mac] = unsynced
            for home in self.homes:
                self.at(self.dice.randrange(4), self._sync, home, pod)
        if self.now_s % 10 == 0:
            self._speak(pod, SENSORS)
        if self.now_s < self._awake_until[pod.mac]:
            self.at(1, self._second, pod)
        else:
            self._awake.discard(pod.mac)

    def _power_on(self, pod: SimPod) -> None:
        if not pod.on and not pod.retired:
            pod.boot(self.now_s)
            self.note(f"{pod.mac} boots")
            for home in self.homes:
                self.at(self.dice.randrange(2, 20), self.connect, home, pod)
        self.wake(pod)

    def connect(self, home: Home, pod: SimPod) -> None:
        """Let a home find the pod: set its clock, hear its sensors, pull its rows, in any order."""
        if self.network.in_reach(home, pod):
            self.note(f"{home.name} and {pod.mac} are connected")
            home.lost(pod.mac, self.now_s)
            self.at(self.dice.randrange(3), self._set_clock, home, pod)
            self.at(self.dice.randrange(3), self._speak, pod, SENSORS)
            self.at(self.dice.randrange(3), self._sync, home, pod)

    def _set_clock(self, home: Home, pod: SimPod) -> None:
        if self.network.in_reach(home, pod):
            pod.clock_ahead_s = home.clock_ahead_s
            self.wake(pod)

    # -- homes ---------------------------------------------------------------------------------

    def _start(self, home: Home) -> None:
        if home.ledger is not None:
            return
        self.note(f"{home.name} starts")
        try:
            work = home.start(self.now_s)
        except (StorageError, OSError) as error:
            home.stop()
            self.note(f"{home.name} can't: {error}")
            go_on = self._decide if isinstance(error, StorageError) else self._start
            self.at(self.later.choice([60, 900]), go_on, home)
            return
        self._run(home, work)
        for pod in self.pods.values():
            self.at(self.dice.randrange(1, 30), self.connect, home, pod)
        self._recorder(home)

    def _decide(self, home: Home) -> None:
        """Have the person answer the repair of a home that can't read what was kept."""
        if home.ledger is None and isinstance(home.disk, ArchivedDisk):
            if home.disk.is_full:
                self.at(60, self._decide, home)
            else:
                self.note(f"{home.name} goes on from {home.decide(self.later, self.now_s)}")
                self._start(home)

    def _recorder(self, home: Home) -> None:
        """Let the recorder work through its queue, now and then slowly."""
        if home.ledger is not None:
            home.record()
            self.at(HOUR_S if self._sparse else self.dice.choice([1, 5, 30]), self._recorder, home)

    def kill(self, home: Home) -> None:
        """End a home's process at once; it starts again after a while."""
        if home.ledger is None:
            return
        self.note(f"{home.name} is killed")
        self._end(home)
        self.at(self.dice.choice([5, 60, 1_500]), self._start, home)

    def _slow_timer(self, home: Home) -> None:
        for pod in self.pods.values():
            self._sync(home, pod)
        self.at(6 * HOUR_S if self._sparse else self.dice.randrange(300, 900), self._slow_timer, home)

    def _sync(self, home: Home, pod: SimPod) -> None:
        if home.ledger is not None:
            self._run(home, home.sync(pod.mac, self.now_s))
