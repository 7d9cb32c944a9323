"""What happens is told exactly once, also late, after restarts and after days of absence."""

from datetime import timedelta
from typing import Any

from custom_components.retrostep.core.documents import lift
from custom_components.retrostep.core.goals.activity import Activity, ActivityKind, Journal
from custom_components.retrostep.core.goals.document import MIGRATIONS, VERSION
from custom_components.retrostep.core.goals.goal_days import GoalDays
from tests.core.ledger.story import berlin

from .story import DAY, FIXED_100, MONDAY, Life

EVENING = ["half_goal", "goal_reached", "streak_extended"]


def test_a_day_tells_half_and_whole_goal_and_the_streak_once_each() -> None:
    ann = Life(FIXED_100)
    for _ in range(6):
        ann.walk(30)
        ann.sync()
        ann.restart()
    assert ann.told_kinds() == EVENING


def test_a_goal_reached_one_minute_before_midnight_and_a_restart_tells_nothing_twice() -> None:
    ann = Life(FIXED_100, now=berlin("2026-03-02 23:59"), settle=False)
    ann.live_steps(58)
    assert ann.told_kinds() == EVENING
    ann.restart()
    ann.at("2026-03-03 00:01")
    ann.pod.walk(berlin("2026-03-02 23:59"), ann.pod.open_minute)
    ann.sync()
    assert (ann.told_kinds(), ann.streak) == (EVENING, 1)


def test_what_is_known_only_the_next_day_is_told_late_and_once() -> None:
    ann = Life(FIXED_100)
    ann.walk(100)
    ann.next_day()
    ann.sync()
    ann.sync()
    assert [(str(each.kind), each.day, each.late) for each in ann.told] == [
        (kind, MONDAY, True) for kind in EVENING
    ]


def test_what_is_older_than_a_week_is_no_event() -> None:
    ann = Life(FIXED_100)
    ann.walk(100)
    for _ in range(8):
        ann.next_day()
    ann.sync()
    assert ann.told == []


def test_a_streak_lost_while_home_assistant_was_off_for_days_is_told_once() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.now += timedelta(days=5)
    ann.restart()
    ann.next_day()
    assert ann.told_kinds() == [*EVENING, "streak_lost"]
    assert (ann.told[-1].day, ann.told[-1].data) == (MONDAY + DAY, {"streak": 1})


def test_a_lost_streak_that_late_steps_repair_is_not_lost_again_for_days_that_were_over() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.next_day()
    ann.walk(100)
    ann.next_day()
    ann.next_day()
    assert ann.told_kinds().count("streak_lost") == 1
    ann.sync()
    assert ann.told_kinds().count("streak_lost") == 1
    assert ann.told_kinds(MONDAY + DAY).count("streak_extended") == 1


def test_a_record_is_told_once_a_day_and_not_in_the_first_days() -> None:
    ann = Life(FIXED_100)
    for _ in range(3):
        ann.live_day()
        ann.next_day()
    assert "record" not in ann.told_kinds()
    for _ in range(3):
        ann.walk(60)
        ann.sync()
    assert ann.told_kinds().count("record") == 1


def test_a_raised_goal_is_not_reached_twice_on_a_day() -> None:
    ann = Life(FIXED_100)
    ann.walk(60)
    ann.sync()
    ann.change(steps=500)
    ann.walk(440)
    ann.sync()
    assert ann.told_kinds() == EVENING


def test_what_could_not_be_told_is_told_later() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    before = list(ann.told)
    for activity in before:
        ann.journal.take_back(activity)
    ann.restart()
    assert ann.told == before * 2


def test_a_lost_streak_that_could_not_be_told_is_told_later() -> None:
    ann = Life(FIXED_100)
    ann.live_day()
    ann.next_day()
    ann.next_day()
    lost = ann.told[-1]
    assert lost == Activity(ActivityKind.STREAK_LOST, MONDAY + DAY, data={"streak": 1})
    ann.journal.take_back(lost)
    ann.look()
    assert ann.told[-2:] == [lost, lost]


# Sessions


def test_a_session_is_told_after_ten_live_steps_and_its_end_when_its_rows_are_there() -> None:
    ann = Life(FIXED_100)
    began = ann.now
    ann.live_steps(4)
    assert ann.session_news == []
    ann.live_steps(30)
    (started,) = ann.session_news
    assert (started.ended, started.start_s) == (False, int(began.timestamp()) + 1)
    ann.pod.walk(began, ann.pod.open_minute, span=(0, 34))
    ann.pod.open_minute -= ann.pod.open_minute
    ann.now += timedelta(seconds=100)
    ann.sync()
    assert len(ann.session_news) == 1
    ann.now += timedelta(seconds=30)
    ann.look()
    ended = ann.session_news[-1]
    assert (len(ann.session_news), ended.ended, ended.late) == (2, True, False)
    assert ended.counts
    assert ended.counts.back == 68
    ann.restart()
    assert len(ann.session_news) == 2


def test_a_pause_of_a_minute_is_one_session_and_one_of_three_minutes_two() -> None:
    ann = Life(FIXED_100)
    ann.live_steps(30)
    ann.live_steps(30, after_s=60)
    assert [news.ended for news in ann.session_news] == [False]
    ann.live_steps(30, after_s=180)
    assert [news.ended for news in ann.session_news] == [False, True, False]


def test_a_session_that_goes_on_over_a_restart_starts_once() -> None:
    ann = Life(FIXED_100)
    ann.live_steps(30)
    ann.restart()
    ann.live_steps(30, after_s=40)
    assert [news.ended for news in ann.session_news] == [False]


def test_of_a_session_walked_out_of_reach_only_the_end_is_told_late_and_once() -> None:
    ann = Life(FIXED_100)
    ann.walk(100, at=ann.now - timedelta(hours=2))
    ann.sync()
    ann.restart()
    (news,) = ann.session_news
    assert (news.ended, news.late) == (True, True)
    ann.journal.take_back(Activity(ActivityKind.SESSION_ENDED, MONDAY, key_s=news.start_s))
    ann.look()
    assert [each.start_s for each in ann.session_news] == [news.start_s] * 2


def test_a_session_of_last_week_is_no_event() -> None:
    ann = Life(FIXED_100)
    ann.walk(100)
    ann.now += 8 * DAY
    ann.sync()
    assert ann.session_news == []


def test_a_pod_that_leaves_in_mid_walk_ends_its_session_once() -> None:
    ann = Life(FIXED_100)
    ann.live_steps(30)
    for _ in range(12):
        ann.now += timedelta(seconds=30)
        ann.look()
    assert [news.ended for news in ann.session_news] == [False, True]
    ended = ann.session_news[-1]
    assert ended.counts
    assert ended.counts.back == 60
    ann.pod.walk(berlin("2026-03-02 08:00"), 60, span=(0, 59))
    ann.pod.walk(berlin("2026-03-02 08:01"), 60, span=(0, 59))
    ann.sync()
    assert len(ann.session_news) == 2


def test_a_session_that_could_not_be_told_is_told_later() -> None:
    ann = Life(FIXED_100)
    ann.live_steps(30)
    (started,) = ann.session_news
    ann.journal.take_back(Activity(ActivityKind.SESSION_STARTED, MONDAY, key_s=started.start_s))
    ann.look()
    assert [news.start_s for news in ann.session_news] == [started.start_s] * 2


# Older documents


def test_goals_that_version_1_wrote_are_those_of_today() -> None:
    ann = Life({"plan": "gentle_start"})
    ann.live_day()
    days, journal = ann.goal_days.as_dict(), ann.journal.as_dict()
    assert days["progress"]
    assert journal["published"]
    first = {
        "version": 1,
        "book": {**without(days, "progress"), "run": days["progress"]},
        "journal": {**without(journal, "published"), "told": journal["published"]},
    }
    now = lift(first, VERSION, MIGRATIONS)
    assert GoalDays.from_dict(now["goal_days"]).as_dict() == days
    assert Journal.from_dict(now["journal"]).as_dict() == journal


def without(document: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != key}
