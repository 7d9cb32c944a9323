"""Nobody walks, nothing is counted: hours of daily life by laws that the rules were not made on."""

import math
import subprocess
from typing import TYPE_CHECKING

import pytest

from tools import ROOT
from tools.evaluate.daily import LAWS, live
from tools.evaluate.daily_page import TITLE, kept_section, write_section
from tools.evaluate.day import Day, added
from tools.evaluate.interval import upper_bound
from tools.gait.daily import built, drawn, unseen
from tools.gait.daily.activities import ACTIVITIES, SENSOR, Activity, daily
from tools.gait.generate_motion import MotionBuilder
from tools.gait.kinematics import record

if TYPE_CHECKING:
    from pathlib import Path

NO_STEPS = [activity for activity in ACTIVITIES if activity.most_per_hour < 1.0]
CARRIED = [activity for activity in ACTIVITIES if activity.most_per_hour >= 1.0]
DESK = ACTIVITIES[0]
CREEPING = 3  # the number among the unseen laws of a foot that creeps the same way in step rhythm


@pytest.fixture(scope="module")
def _library() -> None:
    """Build the stride core for this process."""
    subprocess.run([ROOT / "script" / "daily-life", "--help"], check=True, capture_output=True)


def day_of(hours: float, false_steps: int) -> Day:
    return Day("desk", hours, false_steps, 0.1, 1, "known", {})


def test_the_bound_is_the_exact_one_of_poisson() -> None:
    assert upper_bound(0) == pytest.approx(-math.log(0.05))
    assert upper_bound(1) == pytest.approx(4.744, abs=0.001)
    assert upper_bound(5) == pytest.approx(10.513, abs=0.001)


def test_ten_quiet_hours_prove_less_than_what_is_asked_for() -> None:
    assert day_of(10.0, 0).verdict == "not shown"
    assert day_of(30.0, 0).verdict == "pass"
    assert day_of(40.0, 2).verdict == "not shown"
    assert day_of(40.0, 6).verdict == "FAIL"


def test_days_lived_one_after_the_other_add_up() -> None:
    desk, more = day_of(5.0, 0), day_of(10.0, 4)
    other = Day("desk", 5.0, 2, 0.1, 10, "auto", {"law": 2})
    assert [(day.hours, day.false_steps, day.parts) for day in added((desk, other, more))] == [
        (15.0, 4, 2),
        (5.0, 2, 10),
    ]


def test_laws_of_building_unseen_and_drawn_ones_have_nothing_in_common() -> None:
    names = [law.name for law in (*built.LAWS, *unseen.LAWS, *(drawn.law(seed) for seed in range(50)))]
    assert len(set(names)) == len(names)


def test_a_law_that_is_drawn_again_sets_the_foot_the_same_way() -> None:
    first, again, other = (daily(DESK, drawn.law(seed), 1, 60.0) for seed in (7, 7, 8))
    assert (first.accel_g == again.accel_g).all()
    assert first.accel_g.shape != other.accel_g.shape or (first.accel_g != other.accel_g).any()


def test_rests_that_are_not_looked_at_are_recorded_as_they_are() -> None:
    motion = MotionBuilder()
    motion.rest(3.0)
    motion.move(0.6, x_m=((1.0, 0.2),), pitch_deg=((0.5, 20.0), (1.0, 5.0)))
    motion.rest(20.0)
    motion.move(0.4, y_m=((1.0, 0.1),))
    motion.rest(3.0)
    whole = record(motion.trajectory(), motion.now_s, SENSOR, 4)
    quick = record(motion.trajectory(), motion.now_s, SENSOR, 4, motion.moves)
    assert (whole.accel_g == quick.accel_g).all()
    assert (whole.gyro_dps == quick.gyro_dps).all()
    assert motion.moves(whole.t_s).mean() < 0.1


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("activity", NO_STEPS, ids=lambda activity: activity.name)
def test_two_hours_in_which_nobody_walks_hold_no_step(activity: Activity) -> None:
    day = live(activity, LAWS["drawn"], 2.0, known=True, seed=200, part_s=1800.0)
    assert day.hours >= 2.0
    assert day.false_steps == 0, day.by_law


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize(
    ("activity", "known"),
    # With its mounting unknown a pod takes crawling for walking: docs/limits.md says so.
    [(one, known) for one in CARRIED for known in (True, False) if known or one.name != "crawling"],
    ids=lambda value: value.name if isinstance(value, Activity) else "known" if value else "auto",
)
def test_a_pod_that_is_carried_counts_hardly_any(activity: Activity, known: bool) -> None:
    day = live(activity, LAWS["drawn"], 0.5, known=known, seed=200, part_s=900.0)
    assert day.false_steps <= 0.5 * activity.most_per_hour, day.by_law


@pytest.mark.usefixtures("_library")
def test_a_foot_that_creeps_in_step_rhythm_is_taken_back_before_it_counts() -> None:
    day = live(DESK, lambda _: unseen.LAWS[CREEPING], 0.5, known=True, seed=1005, part_s=1800.0)
    assert day.false_steps == 0


def test_the_page_keeps_what_was_lived_until_it_is_lived_again(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"# Page\n\n{TITLE}\n\nold\n\n## Limits\n\n- one\n")
    write_section(page, [day_of(40.0, 0), day_of(40.0, 6)])
    text = page.read_text()
    assert "old" not in text
    assert text.endswith("\n\n## Limits\n\n- one\n")
    assert "| desk | known | 40.0 | 1 | 0 | 0.075 | 0.1 | pass |" in kept_section(page)
    assert "| 6 | 0.296 | 0.1 | FAIL |" in kept_section(page)


def test_a_page_without_a_place_for_it_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("# Page\n")
    with pytest.raises(ValueError, match="no section"):
        write_section(page, [day_of(40.0, 0)])
    assert page.read_text() == "# Page\n"
    assert kept_section(tmp_path / "none.md") == ""
