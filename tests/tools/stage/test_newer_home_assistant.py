"""A test that the plugin breaks is expected to fail, by name, and only where it is broken."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.newer_home_assistant import expect_failures

NAME = "tests/conftest.py::test_a"
BROKEN = {NAME: (">=2026.11", "the plugin patches what moved")}


@pytest.fixture
def test_a() -> Any:
    """Stand for a collected test; its marks are kept."""
    marks: list[pytest.MarkDecorator] = []
    return SimpleNamespace(nodeid=NAME, marks=marks, add_marker=marks.append)


@pytest.mark.parametrize(("version", "broken"), [("2026.10.4", 0), ("2026.11.0", 1), ("2026.12.0b1", 1)])
def test_a_listed_test_must_fail_where_it_is_broken(test_a: Any, version: str, broken: int) -> None:
    expect_failures([test_a], BROKEN, version)
    assert [mark.kwargs for mark in test_a.marks] == [
        {"reason": "the plugin patches what moved", "strict": True}
    ] * broken


def test_a_listed_test_whose_file_does_not_run_is_left_alone() -> None:
    expect_failures([], BROKEN, "2026.11.0")


@pytest.mark.parametrize("name", ["tests/gone.py::test_a", "tests/conftest.py::test_gone"])
def test_a_listed_test_that_is_no_more_ends_the_run(test_a: Any, name: str) -> None:
    with pytest.raises(pytest.UsageError, match="no such test"):
        expect_failures([test_a], {name: BROKEN[NAME]}, "2026.11.0")
