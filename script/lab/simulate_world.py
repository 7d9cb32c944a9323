"""The world of the fault simulator: time, walking, network, power switches, and what goes wrong.

One seed is one story. Nothing but the seed decides what happens, so a story that ends badly can be
told again. Faults are drawn per story, so that rare combinations come up ("swarm testing").
"""

import copy
import heapq
import math
from collections import Counter
from datetime import time
from random import Random
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from custom_components.retrostep.link import TransportError

from .simulate_check import check_acknowledged, check_truth
from .simulate_home import Home, Wait
from .simulate_pod import BACKWARD, FORWARD, LEFT, SimPod

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Callable, Coroutine

ZONES: Final = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Nuuk"]
# Moments worth living through, as epoch seconds: Berlin's two clock changes, New York's, a plain midnight.
MOMENTS: Final = [1_774_746_000, 1_792_890_000, 1_772_953_200, 1_793_512_800, 1_780_264_800]
AWAKE_S: Final = 80
"""The pod is looked at every second for so long after anything happened: a minute closes, a save is done."""
HOUR: Final = 3_600
CALL_TIMEOUT_S: Final = 30

FAULTS: Final = (
    "pod_cut", "pod_torn_write", "pod_restart", "pod_erased", "pod_clock", "link_down", "home_killed",
    "home_killed_at_await", "home_clock", "disk_full", "backup", "restore", "travel",
)  # fmt: skip
NETWORK_FAULTS: Final = ("request_lost", "answer_lost", "answer_late", "asked_twice", "garbage", "stray")


class World:
    """One story."""

    def __init__(self, seed: int, library: ctypes.CDLL) -> None:
        self.dice = Random(seed)
        dice = self.dice
        self.now_s = dice.choice(MOMENTS) - dice.randrange(4 * HOUR)
        self.trace: list[str] = []
        self.faults: Counter[str] = Counter()
        self.pages = 0
        self.quiet = False
        macs = ["pod-a", "pod-b"][: 1 if dice.random() < 0.85 else 2]
        self.pods = {mac: SimPod(library, mac, Random(dice.random())) for mac in macs}
        self.homes = [
            Home(name, macs, ZoneInfo(dice.choice(ZONES)), dice.choice([time(0), time(4)]))
            for name in ["home", "second home"][: 1 if dice.random() < 0.75 else 2]
        ]
        self.enabled = [fault for fault in FAULTS if dice.random() < 0.5]
        self.odds = {fault: dice.choice([0, 0, 0.05, 0.3]) for fault in NETWORK_FAULTS}
        self._backups: dict[str, Any] = {}
        self._saves_to_fail: Counter[str] = Counter()
        self._saved_s: dict[str, int] = {}
        self._down: set[tuple[str, str]] = set()
        self._awake: set[str] = set()
        self._awake_until: dict[str, int] = {}
        self._moving_until: dict[str, int] = {}
        self._unsynced: dict[str, int] = {}
        self._answers: dict[tuple[str, str], object] = {}
        self._tasks: dict[str, list[Coroutine[Any, Any, None]]] = {home.name: [] for home in self.homes}
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._events = 0

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
        end_s = self.now_s + self.dice.randrange(2, 8) * HOUR
        for pod in self.pods.values():
            for _ in range(self.dice.randrange(3, 16)):
                self._at(self.dice.randrange(end_s - self.now_s), lambda pod=pod: self._walk(pod))
        for _ in range(self.dice.randrange(2, 25) if self.enabled else 0):
            fault = self.dice.choice(self.enabled)
            self._at(self.dice.randrange(end_s - self.now_s), lambda fault=fault: self._fault(fault))
        for home in self.homes:
            self._slow_timer(home)
        self._live_until(end_s)
        self._calm_down()
        check_truth(self)

    def _holiday(self) -> None:
        """Walk a little every minute for a day and more, out of reach: more than the pod can keep."""
        self.note("holiday: more minutes than the pod can keep")
        self.faults["overflow"] += 1
        for _ in range(self.dice.randrange(1_400, 1_800)):
            for pod in self.pods.values():
                pod.stride(self.now_s + 5, self.dice.choice([FORWARD, BACKWARD]), 0.6, 1_000)
                pod.tick(self.now_s + 9, 4)
            self.now_s += 60

    def _calm_down(self) -> None:
        """Let everything be well again and come to rest."""
        self.quiet = True
        self.note("quiet")
        self.odds = dict.fromkeys(self.odds, 0.0)
        self._saves_to_fail.clear()
        self._down.clear()
        for pod in self.pods.values():
            pod.flash.operations_left = None
            self._power_on(pod)
        for home in self.homes:
            home.clock_ahead_s = 0
            home.kill_at_wait = None
            self._start(home)
            for pod in self.pods.values():
                self._connected(home, pod)
        # Clocks were at most two hours ahead: what was dated into the future has come by then.
        self._live_until(self.now_s + 3 * HOUR)
        for pod in self.pods.values():
            self._wake(pod)
        self._live_until(self.now_s + 3 * AWAKE_S)
        for home in self.homes:
            for mac in self.pods:
                self._sync(home, mac)
        self._live_until(self.now_s + HOUR // 4)

    def sums(self) -> Counter[str]:
        """Give how much was walked, lost to power cuts and asked."""
        return Counter(
            strides=sum(len(book.safe) for pod in self.pods.values() for book in pod.books),
            strides_lost_to_cuts=sum(pod.lost_to_cuts for pod in self.pods.values()),
            pages=self.pages,
        )

    # -- time ----------------------------------------------------------------------------------

    def note(self, text: str) -> None:
        """Add a line to the trace."""
        self.trace.append(f"{self.now_s} {text}")

    def _at(self, delay_s: float, event: Callable[[], None]) -> None:
        self._events += 1
        heapq.heappush(self._queue, (self.now_s + math.ceil(delay_s), self._events, event))

    def _live_until(self, end_s: int) -> None:
        while self._queue and self._queue[0][0] <= end_s:
            self.now_s, _, event = heapq.heappop(self._queue)
            event()
        self.now_s = end_s

    # -- the pod -------------------------------------------------------------------------------

    def _walk(self, pod: SimPod) -> None:
        """Start a bout: strides of mostly one direction."""
        if self.quiet:
            return
        length_s = self.dice.choice([5, 20, 60, 150])
        direction = self.dice.choice([BACKWARD, BACKWARD, FORWARD, LEFT])
        self.note(f"{pod.mac} walks {length_s} s in direction {direction}")
        for each in self.pods.values():
            # Two pods are mostly worn at once, one on each foot.
            if each is not pod and self.dice.random() < 0.3:
                continue
            self._moving_until[each.mac] = self.now_s + length_s
            for second in range(length_s):
                if self.dice.random() < 0.85:
                    self._at(second, lambda each=each: self._stride(each, direction))
            self._wake(each, length_s + AWAKE_S)

    def _stride(self, pod: SimPod, direction: int) -> None:
        pod.stride(self.now_s, direction, self.dice.uniform(0.3, 1.2), self.dice.randrange(900, 1_300))
        self._speak(pod, ("back",))
        if pod.on:
            self._wake(pod)

    def _speak(self, pod: SimPod, names: tuple[str, ...]) -> None:
        """Publish live totals to every home in reach; now and then a value is left out."""
        if not pod.on or self.dice.random() < 0.2:
            return
        totals = pod.totals()
        for home in self.homes:
            if self._in_reach(home, pod.mac):
                home.live(pod.mac, {name: totals[name] for name in names}, self.now_s)

    def _wake(self, pod: SimPod, for_s: int = AWAKE_S) -> None:
        """Look at the pod every second for a while."""
        self._awake_until[pod.mac] = max(self._awake_until.get(pod.mac, 0), self.now_s + for_s)
        if pod.mac not in self._awake:
            self._awake.add(pod.mac)
            self._second(pod)

    def _second(self, pod: SimPod) -> None:
        rest_s = self.now_s - self._moving_until.get(pod.mac, 0)
        pod.tick(self.now_s, rest_s if rest_s > 0 else self.dice.choice([-1, 0.3]))
        if pod.on:
            unsynced = pod.unsynced()
            if unsynced != self._unsynced.get(pod.mac):
                self._unsynced[pod.mac] = unsynced
                for home in self.homes:
                    self._at(self.dice.randrange(4), lambda home=home: self._sync(home, pod.mac))
            if self.now_s % 10 == 0:
                self._speak(pod, ("back", "fwd", "back_dm", "fwd_dm", "back_s"))
        elif not self.quiet:
            self._at(self.dice.choice([1, 30, 900]), lambda: self._power_on(pod))
            self.note(f"{pod.mac} is without power")
            for home in self.homes:
                home.lost(pod.mac)
        if pod.on and self.now_s < self._awake_until[pod.mac]:
            self._at(1, lambda: self._second(pod))
        else:
            self._awake.discard(pod.mac)

    def _power_on(self, pod: SimPod) -> None:
        if not pod.on:
            pod.boot(self.now_s)
            self.note(f"{pod.mac} boots")
            for home in self.homes:
                self._at(self.dice.randrange(2, 20), lambda home=home: self._connected(home, pod))
        self._wake(pod)

    # -- the network ---------------------------------------------------------------------------

    def _in_reach(self, home: Home, mac: str) -> bool:
        up = home.ledger is not None and self.pods[mac].on
        return up and (home.name, mac) not in self._down

    def _connected(self, home: Home, pod: SimPod) -> None:
        """A home finds the pod: sets its clock, hears its sensors, pulls its rows, in any order."""
        if not self._in_reach(home, pod.mac):
            return
        self.note(f"{home.name} and {pod.mac} are connected")
        home.lost(pod.mac)
        self._at(self.dice.randrange(3), lambda: self._set_clock(home, pod))
        self._at(
            self.dice.randrange(3), lambda: self._speak(pod, ("back", "fwd", "back_dm", "fwd_dm", "back_s"))
        )
        self._at(self.dice.randrange(3), lambda: self._sync(home, pod.mac))

    def _set_clock(self, home: Home, pod: SimPod) -> None:
        if self._in_reach(home, pod.mac):
            pod.clock_ahead_s = home.clock_ahead_s
            self._wake(pod)

    # -- the homes -----------------------------------------------------------------------------

    def _start(self, home: Home) -> None:
        if home.ledger is not None:
            return
        self.note(f"{home.name} starts")
        self._run(home, home.start(self.now_s))
        for pod in self.pods.values():
            self._at(self.dice.randrange(1, 30), lambda pod=pod: self._connected(home, pod))
        self._recorder(home)

    def _recorder(self, home: Home) -> None:
        """Let the recorder work through its queue, now and then slowly."""
        if home.ledger is not None:
            home.record()
            self._at(self.dice.choice([1, 1, 7]), lambda: self._recorder(home))

    def _kill(self, home: Home) -> None:
        if home.ledger is None:
            return
        self.note(f"{home.name} is killed")
        home.stop()
        for task in self._tasks[home.name]:
            task.close()
        self._tasks[home.name] = []
        self._at(self.dice.choice([5, 60, 1_500]), lambda: self._start(home))

    def _slow_timer(self, home: Home) -> None:
        for mac in self.pods:
            self._sync(home, mac)
        self._at(self.dice.randrange(300, 900), lambda: self._slow_timer(home))

    def _sync(self, home: Home, mac: str) -> None:
        if home.ledger is not None:
            self._run(home, home.sync(mac, self.now_s))

    def _run(self, home: Home, task: Coroutine[Any, Any, None]) -> None:
        self._tasks[home.name].append(task)
        self._go_on(home, task, None)

    def _go_on(self, home: Home, task: Coroutine[Any, Any, None], outcome: object) -> None:
        """Resume a task with a value or an exception and see what it awaits next."""
        if task not in self._tasks[home.name]:
            return  # killed meanwhile
        try:
            wait: Wait = task.throw(outcome) if isinstance(outcome, Exception) else task.send(outcome)
        except StopIteration:
            self._tasks[home.name].remove(task)
            if home.ledger is not None:
                home.check_today(self.now_s)
            return
        if home.kill_at_wait is not None:
            home.kill_at_wait -= 1
            if home.kill_at_wait < 0:
                if wait.kind == "save" and self.dice.random() < 0.5:
                    home.disk.document = wait.detail
                self.note(f"killed while it waits for {wait.kind}")
                self._kill(home)
                return
        match wait.kind:
            case "ask":
                self._ask(home, task, *wait.detail)
            case "save":
                # A store writes in the order it was asked to, slowly at times.
                due_s = max(self.now_s + self.dice.choice([0, 0, 2]), self._saved_s.get(home.name, 0))
                self._saved_s[home.name] = due_s
                self._at(due_s - self.now_s, lambda: self._save(home, task, wait.detail))
            case _:
                table = copy.deepcopy(home.disk.table)
                self._at(self.dice.choice([0, 3]), lambda: self._go_on(home, task, table))

    def _save(self, home: Home, task: Coroutine[Any, Any, None], document: dict[str, Any]) -> None:
        if task not in self._tasks[home.name]:
            return
        if self._saves_to_fail[home.name] > 0:
            self._saves_to_fail[home.name] -= 1
            self.note(f"{home.name} can't save")
            self._go_on(home, task, OSError("no space left"))
            return
        home.disk.document = document
        self._go_on(home, task, None)

    def _happens(self, fault: str) -> bool:
        if self.dice.random() >= self.odds[fault]:
            return False
        self.faults[fault] += 1
        return True

    def _ask(
        self, home: Home, task: Coroutine[Any, Any, None], mac: str, log: int, after: int, limit: int
    ) -> None:
        """Carry a request to the pod and its answer back."""
        if self._happens("request_lost"):
            self._at(CALL_TIMEOUT_S, lambda: self._go_on(home, task, TimeoutError("no answer")))
            return

        def arrive() -> None:
            if not self._in_reach(home, mac):
                self._go_on(home, task, TransportError("not connected"))
                return
            self.pages += 1
            check_acknowledged(home, self.pods[mac], log, after)
            answer: object = self.pods[mac].page(log, after, limit, self.now_s)
            if self._happens("asked_twice"):
                answer = self.pods[mac].page(log, after, limit, self.now_s)
            if self._happens("answer_lost"):
                self._at(CALL_TIMEOUT_S, lambda: self._go_on(home, task, TimeoutError("no answer")))
                return
            if self._happens("stray"):
                answer = self._answers.get((home.name, mac), answer)
            else:
                self._answers[home.name, mac] = answer
            if self._happens("garbage"):
                answer = self._spoil(answer)
            late = self._happens("answer_late")
            self._at(self.dice.randrange(20) if late else 0, lambda: self._go_on(home, task, answer))

        self._at(self.dice.choice([0, 0, 1]), arrive)

    def _spoil(self, answer: Any) -> object:
        """Make an answer that no pod gives."""
        spoilt = copy.deepcopy(answer)
        rows = spoilt["m"]
        match self.dice.randrange(9):
            case 0:
                return None
            case 1:
                del spoilt[self.dice.choice(sorted(spoilt))]
            case 2:
                spoilt["v"] = 2
            case 3:
                spoilt["total"][0] = math.nan
            case 4 if rows:
                rows[-1][2] = -4
            case 5 if rows:
                rows[-1][1] = 2**31 - 1
            case 6 if rows:
                rows.append(rows[-1])
            case 7 if len(rows) > 1:
                rows.reverse()
            case _:
                spoilt["next"] = 2**40
        return spoilt

    # -- what goes wrong -----------------------------------------------------------------------

    def _fault(self, fault: str) -> None:
        if self.quiet:
            return
        self.faults[fault] += 1
        self.note(f"fault: {fault}")
        pod = self.dice.choice(list(self.pods.values()))
        home = self.dice.choice(self.homes)
        getattr(self, f"_fault_{fault}")(pod, home)

    def _fault_pod_cut(self, pod: SimPod, _: Home) -> None:
        pod.cut(self.now_s)
        self._wake(pod)

    def _fault_pod_torn_write(self, pod: SimPod, _: Home) -> None:
        pod.flash.operations_left = self.dice.randrange(7)

    def _fault_pod_restart(self, pod: SimPod, _: Home) -> None:
        pod.restart(self.now_s)
        for home in self.homes:
            home.lost(pod.mac)
            self._at(self.dice.randrange(2, 20), lambda home=home: self._connected(home, pod))
        self._wake(pod)

    def _fault_pod_erased(self, pod: SimPod, _: Home) -> None:
        if self.dice.random() < 0.3:
            pod.erase(self.now_s)
            for home in self.homes:
                home.lost(pod.mac)
                self._connected(home, pod)
            self._wake(pod)

    def _fault_pod_clock(self, pod: SimPod, _: Home) -> None:
        if pod.on and pod.clock_ahead_s is not None:
            pod.clock_ahead_s = self.dice.choice([-5_000, -61, -2, 2, 61, 5_000])
            self._wake(pod)

    def _fault_link_down(self, pod: SimPod, home: Home) -> None:
        self._down.add((home.name, pod.mac))
        home.lost(pod.mac)

        def up() -> None:
            self._down.discard((home.name, pod.mac))
            self._connected(home, pod)

        self._at(self.dice.choice([3, 40, 4_000]), up)

    def _fault_home_killed(self, _: SimPod, home: Home) -> None:
        self._kill(home)

    def _fault_home_killed_at_await(self, _: SimPod, home: Home) -> None:
        home.kill_at_wait = self.dice.randrange(8)

    def _fault_home_clock(self, _: SimPod, home: Home) -> None:
        home.clock_ahead_s = self.dice.choice([-7_000, -100, 100, 7_000])
        self._at(self.dice.choice([60, 3_000]), lambda: setattr(home, "clock_ahead_s", 0))

    def _fault_disk_full(self, _: SimPod, home: Home) -> None:
        self._saves_to_fail[home.name] += self.dice.randrange(1, 5)

    def _fault_backup(self, _: SimPod, home: Home) -> None:
        self._backups[home.name] = home.disk.copy()

    def _fault_restore(self, _: SimPod, home: Home) -> None:
        if home.name in self._backups:
            self._kill(home)
            backup = self._backups[home.name].copy()
            home.disk.document = backup.document
            if self.dice.random() < 0.5:
                home.disk.table = backup.table

    def _fault_travel(self, _: SimPod, home: Home) -> None:
        home.zone = ZoneInfo(self.dice.choice(ZONES))
        if home.ledger is not None:
            home.ledger.set_zone(home.zone, home.day_start, home.now(self.now_s))
            home.disk.document = copy.deepcopy(home.ledger.as_dict())
