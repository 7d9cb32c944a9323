"""The power budget is what the simulated day and the currents on paper give."""

from typing import TYPE_CHECKING

import pytest

from tools.bench.battery import DAY_S, PAGE, build, drawn_mah, filled, simulate, tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the simulation of a day."""
    return build(tmp_path_factory.mktemp("day"))


def test_the_page_agrees_with_the_simulation(program: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page, tables(program)) == page


@pytest.mark.parametrize("profile", ["balanced", "endurance"])
def test_every_second_of_the_day_is_accounted_for(program: Path, profile: str) -> None:
    assert sum(simulate(program, profile, 180).seconds.values()) == pytest.approx(DAY_S)


def test_a_worn_pod_is_heard_of_and_mostly_sleeps(program: Path) -> None:
    day = simulate(program, "endurance", 180)
    assert day.rounds > 14 * 4
    assert day.seconds["asleep"] > 20 * 3600
    assert day.seconds["connected"] + day.seconds["joining"] < 1200


def test_what_is_drawn_is_time_times_current(program: Path) -> None:
    day = simulate(program, "home", 180)
    currents = {"connected": [20, "somebody"], "imu": [1, "somebody"]}
    assert drawn_mah(day, currents, scaled=False) == pytest.approx(24 * 21)
