"""What the homes' processes wait for: pods, disks and statistics, each of which may take its time."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from .agenda import Agenda

if TYPE_CHECKING:
    from .disk import Table
    from .home import Home
    from .network import Network
    from .pod import SimPod
    from .waits import Wait

type Task = Coroutine[Any, Any, None]


class Processes(Agenda):
    """Runs what homes do, and ends it at any await."""

    pods: dict[str, SimPod]
    network: Network

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._saved_s: dict[str, int] = {}
        self._tasks: defaultdict[str, list[Task]] = defaultdict(list)

    @abstractmethod
    def kill(self, home: Home) -> None:
        """End a home's process at once; it starts again after a while."""

    def _end(self, home: Home) -> None:
        home.stop()
        for task in self._tasks[home.name]:
            task.close()
        self._tasks[home.name] = []

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
                home.write(wait.detail)
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
