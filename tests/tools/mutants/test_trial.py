"""What became of a broken line: a test fell, the processor's time ran out, or nobody knows."""

import subprocess
import sys
from pathlib import Path

from tools import ROOT

ROOM = '''
"""A room."""


def counted(event):
    number = 0
    while number < 3:
        number += 1
    event.wait(timeout=0.01)
    unseen = 5
    return number
'''
TESTS = """
import threading

from house.room import counted


def test_it_counts() -> None:
    assert counted(threading.Event()) == 3
"""
# In a process of its own: a trial forks it and loads the tests anew. Each kind of change with its own limits.
TRIALS = """
import sys
from pathlib import Path

from tools.mutants import trial
from tools.mutants.kinds import Breaker

root = Path(sys.argv[1])
sys.path.insert(0, str(root))
breaker = Breaker(root / "house" / "room.py")
ways = {}
for way in (way for each in breaker.statements for way in breaker.mutants(each)):
    (was,), (becomes,) = way.changed()
    ways[f"{was.strip()} → {becomes.strip()}"] = way
for change, processor_s, wall_s in (
    ("while number < 3: → while number < 4:", 60, 300),
    ("unseen = 5 → unseen = 6", 60, 300),
    ("number += 1 → pass", 2, 300),
    ("event.wait(timeout=0.01) → event.wait()", 60, 6),
):
    trial.CPU_LIMIT_S = processor_s
    wanted = [(ways[change], ["test_room.py::test_it_counts"])]
    for _, verdict in trial.Trials(root, "house", 1, wall_s).run(wanted):
        print(verdict.killed, Path(verdict.by).name)
"""


def test_only_a_test_that_falls_and_a_loop_without_end_notice_a_change(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "__init__.py").write_text("")
    (tmp_path / "house" / "room.py").write_text(ROOM)
    (tmp_path / "test_room.py").write_text(TESTS)
    said = subprocess.run(
        [sys.executable, "-c", TRIALS, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.stdout.splitlines() == [
        "True test_room.py::test_it_counts",
        "False ",
        "True the limit of processor time",
        "False broken off by SIGALRM",
    ], said.stderr
