"""The power budget is what the simulated day and the currents on paper give."""

from typing import TYPE_CHECKING

import pytest

from tools.bench.awake_chart import HOURS, minutes_awake
from tools.bench.battery import DAY_S, PAGE, PICTURE, build, drawn_mah, filled, picture, simulate, tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the simulation of a day."""
    return build(tmp_path_factory.mktemp("day"))


def test_the_page_agrees_with_the_simulation(program: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page, tables(program)) == page


def test_the_picture_agrees_with_the_simulation(program: Path) -> None:
    assert picture(program) == PICTURE.read_text(encoding="utf-8")


def test_a_chip_is_awake_for_its_looks_or_all_the_time() -> None:
    moving, resting = [0] * HOURS, [0] * HOURS
    moving[9], resting[9] = 600, 3000
    days = [{"moving_by_hour": moving, "resting_by_hour": resting}]
    looks = {"looks": {"moving": [5, 30], "resting": [2, 10]}, "count_ms": 0, "turn_ms": [1, 10]}
    minutes, asleep_between = minutes_awake(days, None), minutes_awake(days, looks)
    assert (minutes[8], minutes[9]) == (0, 60)
    assert asleep_between[9] == pytest.approx((600 * 0.080 + 3000 * 0.030) / 60)


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
