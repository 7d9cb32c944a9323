"""A morning at the desk."""

import pytest

from .day import Day


@pytest.fixture
def day() -> Day:
    """Nine o'clock at the desk, just walked in with the pod on."""
    day = Day("2026-11-18 08:57")
    day.wear()
    day.until("08:58")
    day.walk(120)
    assert day.state == "moving"
    return day
