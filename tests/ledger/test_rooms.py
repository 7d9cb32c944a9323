"""The pure rooms know no Home Assistant and read no clock."""

import ast
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ROOMS = [
    "models", "calendar_days", "energy", "history", "ledger", "ledger_document", "ledger_live", "ledger_pods",
    "ledger_result", "ledger_shelf", "ledger_totals", "ledger_walks", "link", "session_book", "sessions",
    "statistics_rows", "history_answers", "history_export", "walk_by_hand",
    "activity", "activity_sessions", "goals", "goals_book", "goals_facts", "goals_plan", "goals_run",
    "goals_view", "streaks",
    "coach", "coach_meter", "coach_result", "coach_routine", "coach_view", "three_metre_walks",
    "reminders_settings", "sitting", "sitting_body", "sitting_diary", "sitting_models", "sitting_steps",
    "sitting_times",
]  # fmt: skip


@pytest.mark.parametrize("room", ROOMS)
def test_a_pure_room_imports_only_python_and_pure_rooms(root: Path, room: str) -> None:
    tree = ast.parse((root / "custom_components" / "retrostep" / f"{room}.py").read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert all(not name.name.startswith("homeassistant") for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            assert node.module in ROOMS
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.module.startswith(("homeassistant", "voluptuous", "aiohttp"))


def test_each_pure_room_can_be_read_without_the_ones_that_build_on_it(root: Path) -> None:
    """No circles, not even of types: the sorter raises CycleError and names the rooms of one."""
    folder = root / "custom_components" / "retrostep"
    builds_on = {
        room: {
            node.module
            for node in ast.walk(ast.parse((folder / f"{room}.py").read_text()))
            if isinstance(node, ast.ImportFrom) and node.level
        }
        for room in ROOMS
    }
    assert len(list(TopologicalSorter(builds_on).static_order())) == len(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_pure_room_reads_no_clock(root: Path, room: str) -> None:
    tree = ast.parse((root / "custom_components" / "retrostep" / f"{room}.py").read_text())
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert not {node.attr for node in attributes} & {"now", "utcnow", "monotonic", "perf_counter"}
    # The ledger's `today` is told the time.
    today_of = [ast.unparse(node.value) for node in attributes if node.attr == "today"]
    assert not any("date" in owner for owner in today_of)
