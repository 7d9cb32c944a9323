"""The world of the fault simulator: walking, homes and pods that find and lose each other.

One seed is one story, so a story that ends badly can be told again. Which faults may happen is drawn per
story, so that rare combinations come up ("swarm testing", Groce et al. 2012).
"""

from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from .agenda import Agenda
from .check import check_truth
from .faults import FAULTS, ZONES
from .home import Home, Table, Wait
from .network import Network
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
type Task = Coroutine[Any, Any, None]


class World(Agenda):
    """One story."""

    def __init__(self, seed: int, library: ctypes.CDLL, firmware: Firmware | None = None) -> None:
        super().__init__(seed)
        dice = self.dice
        self.now_s = dice.choice(MOMENTS) - dice.randrange(4 * HOUR_S)
        macs = ["pod-a", "pod-b"][: 1 if dice.random() < 0.85 else 2]
        odd = Random(seed)
        firmware = firmware or Firmware(odd.random() < 0.5, odd.random() < 0.5)
        self.pods = {mac: SimPod(library, mac, Random(dice.random()), firmware) for mac in macs}
        self.homes = [
            Home(name, macs, ZoneInfo(dice.choice(ZONES)), dice.choice([time(0), time(4)]))
            for name in ["home", "second home"][: 1 if dice.random() < 0.75 else 2]
        ]
        self.network = Network(self)
        self._enabled = [fault for fault in FAULTS if dice.random() < 0.5]
        self._quiet = False
        self._saved_s: dict[str, int] = {}
        self._awake: set[str] = set()
        self._awake_until: dict[str, int] = {}
        self._moving_until: dict[str, int] = {}
        self._unsynced: dict[str, int] = {}
        self._tasks: dict[str, list[Task]] = {home.name: [] for home in self.homes}

    # -- the story -----------------------------------------------------------------------------

    def run(self) -> None:
        """Live through it; raises AssertionError when something is not as it must be."""
        for pod in self.pods.values():
            pod.boot(self.now_s)
            pod.clock_ahead_s = self.dice.choice([0, None])
        if self.dice.random() < 0.06:
            self._holiday()
        for home in self.homes:
            self._start(home)
            self._slow_timer(home)
        length_s = self.dice.randrange(2, 8) * HOUR_S
        for pod in self.pods.values():
            for _ in range(self.dice.randrange(3, 16)):
                self.at(self.dice.randrange(length_s), self._walk, pod)
        for _ in range(self.dice.randrange(2, 25) if self._enabled else 0):
            self.at(self.dice.randrange(length_s), self._fault, self.dice.choice(self._enabled))
        self.live_until(self.now_s + length_s)
        self._calm_down()
        check_truth(self.homes, list(self.pods.values()), self.now_s)

    def sums(self) -> Counter[str]:
        """Give how much was walked, lost to power cuts and asked."""
        return Counter(
            strides=sum(len(book.safe) for pod in self.pods.values() for book in pod.books),
            strides_lost_to_cuts=sum(pod.lost_to_cuts for pod in self.pods.values()),
            pages=self.network.pages,
        )

    def _holiday(self) -> None:
        """Walk a little every minute for a day and more, out of reach: more than the pod can keep."""
        self.note("holiday: more minutes than the pod can keep")
        self.faults["overflow"] += 1
        for _ in range(self.dice.randrange(1_400, 1_800)):
            for pod in self.pods.values():
                pod.stride(self.now_s + 5, self.dice.choice([FORWARD, BACKWARD]), 0.6, 1_000)
                pod.tick(self.now_s + 9, 4)
            self.now_s += 60

    def _fault(self, fault: str) -> None:
        if not self._quiet:
            self.faults[fault] += 1
            self.note(f"fault: {fault}")
            FAULTS[fault](self, self.dice.choice(list(self.pods.values())), self.dice.choice(self.homes))

    def _calm_down(self) -> None:
        """Let everything be well again and come to rest."""
        self._quiet = True
        self.note("quiet")
        self.network.calm_down()
        for pod in self.pods.values():
            pod.flash.operations_left = None
            self._power_on(pod)
        for home in self.homes:
            home.calm_down()
            self._start(home)
            for pod in self.pods.values():
                self.connect(home, pod)
        # Clocks were at most two hours ahead: what was dated into the future has come by then.
        self.live_until(self.now_s + 3 * HOUR_S)
        for pod in self.pods.values():
            self.wake(pod)
        self.live_until(self.now_s + 3 * AWAKE_S)
        for home in self.homes:
            for pod in self.pods.values():
                self._speak(pod, SENSORS)
                self._sync(home, pod)
        self.live_until(self.now_s + HOUR_S // 4)

    # -- pods ----------------------------------------------------------------------------------

    def _walk(self, pod: SimPod) -> None:
        """Start a bout: strides of one direction. Two pods are mostly worn at once, one on each foot."""
        length_s = self.dice.choice([5, 20, 60, 150])
        direction = self.dice.choice([BACKWARD, BACKWARD, FORWARD, LEFT])
        self.note(f"{pod.mac} walks {length_s} s in direction {direction}")
        for each in self.pods.values():
            if each is not pod and self.dice.random() < 0.3:
                continue
            self._moving_until[each.mac] = self.now_s + length_s
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
        self._awake_until[pod.mac] = max(self._awake_until.get(pod.mac, 0), self.now_s + for_s)
        if pod.mac not in self._awake:
            self._awake.add(pod.mac)
            self._second(pod)

    def _second(self, pod: SimPod) -> None:
        rest_s = self.now_s - self._moving_until.get(pod.mac, 0)
        pod.tick(self.now_s, rest_s if rest_s > 0 else self.dice.choice([-1, 0.3]))
        if not pod.on:
            self.note(f"{pod.mac} is without power")
            self._awake.discard(pod.mac)
            for home in self.homes:
                home.lost(pod.mac)
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
        if not pod.on:
            pod.boot(self.now_s)
            self.note(f"{pod.mac} boots")
            for home in self.homes:
                self.at(self.dice.randrange(2, 20), self.connect, home, pod)
        self.wake(pod)

    def connect(self, home: Home, pod: SimPod) -> None:
        """Let a home find the pod: set its clock, hear its sensors, pull its rows, in any order."""
        if self.network.in_reach(home, pod):
            self.note(f"{home.name} and {pod.mac} are connected")
            home.lost(pod.mac)
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
        self._run(home, home.start(self.now_s))
        for pod in self.pods.values():
            self.at(self.dice.randrange(1, 30), self.connect, home, pod)
        self._recorder(home)

    def _recorder(self, home: Home) -> None:
        """Let the recorder work through its queue, now and then slowly."""
        if home.ledger is not None:
            home.record()
            self.at(self.dice.choice([1, 5, 30]), self._recorder, home)

    def kill(self, home: Home) -> None:
        """End a home's process at once; it starts again after a while."""
        if home.ledger is None:
            return
        self.note(f"{home.name} is killed")
        home.stop()
        for task in self._tasks[home.name]:
            task.close()
        self._tasks[home.name] = []
        self.at(self.dice.choice([5, 60, 1_500]), self._start, home)

    def _slow_timer(self, home: Home) -> None:
        for pod in self.pods.values():
            self._sync(home, pod)
        self.at(self.dice.randrange(300, 900), self._slow_timer, home)

    def _sync(self, home: Home, pod: SimPod) -> None:
        if home.ledger is not None:
            self._run(home, home.sync(pod.mac, self.now_s))

    def _run(self, home: Home, task: Task) -> None:
        self._tasks[home.name].append(task)
        self._go_on(home, task, None)

    def _go_on(self, home: Home, task: Task, outcome: object) -> None:
        """Resume a task with a value or an exception and see what it awaits next."""
        if task not in self._tasks[home.name]:
            return  # killed meanwhile
        try:
            wait: Wait = task.throw(outcome) if isinstance(outcome, Exception) else task.send(outcome)
        except StopIteration:
            self._tasks[home.name].remove(task)
            home.check_today(self.now_s)
            return
        if home.dies_now():
            if wait.kind == "save" and self.dice.random() < 0.5:
                home.disk.document = wait.detail
            self.note(f"{home.name} waits for {wait.kind}")
            self.kill(home)
            return
        go_on = partial(self._go_on, home, task)
        if wait.kind == "ask":
            mac, *question = wait.detail
            self.network.ask(home, self.pods[mac], tuple(question), go_on)
        elif wait.kind == "save":
            # A store writes in the order it was asked to, slowly at times.
            due_s = max(self.now_s + self.dice.choice([0, 0, 2]), self._saved_s.get(home.name, 0))
            self._saved_s[home.name] = due_s
            self.at(due_s - self.now_s, self._save, home, task, wait.detail)
        else:
            self.at(self.dice.choice([0, 3]), self._read, home, go_on)

    def _read(self, home: Home, go_on: Callable[[Table], None]) -> None:
        """Read the statistics once the recorder has written what it was given."""
        while home.queue:
            home.record()
        go_on(home.disk.copy().table)

    def _save(self, home: Home, task: Task, document: dict[str, Any]) -> None:
        if task in self._tasks[home.name]:
            outcome = home.write(document)
            if outcome:
                self.note(f"{home.name} can't save")
            self._go_on(home, task, outcome)
