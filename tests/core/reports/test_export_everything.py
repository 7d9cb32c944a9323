"""Whatever is kept of a walker is in the export, or is named here with the reason why it is not."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from custom_components.retrostep.core.feelings.ratings import Ratings
from custom_components.retrostep.core.goals.activity import Journal
from custom_components.retrostep.core.goals.goal_days import GoalDays
from custom_components.retrostep.core.guided_sessions.session import GuidedSession
from custom_components.retrostep.core.guided_sessions.three_metre_walks import ThreeMetreWalks
from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.reports.answers import HistoryAnswers
from custom_components.retrostep.core.reports.export import Beside, Export
from custom_components.retrostep.core.sitting.settings import SittingSettings
from custom_components.retrostep.core.sitting.sitting import Sitting
from custom_components.retrostep.core.storage.layout import FEELINGS, GOALS, GUIDE, LEDGER, PARTS, REMINDERS
from tests.core.ledger.story import BERLIN, OTHER_MAC, Pod, berlin, keep_little, pull, walked

if TYPE_CHECKING:
    from custom_components.retrostep.core.storage.versions import Parts

NOON = berlin("2026-03-05 12:00")
TODAY = date(2026, 3, 5)
# How many numbers a row of a block has, its key among them.
BLOCKS = {
    "ledger.totals.hours": 8,
    "ledger.totals.days": 8,
    "ledger.totals.manual": 8,
    "ledger.totals.undated": 8,
    "ledger.pods.*.minutes": 11,
    "ledger.old_sessions": 2,
}
NOT_TOLD = {
    "ledger.version": "the form of the file",
    "goals.version": "the form of the file",
    "feelings.version": "the form of the file",
    "reminders.version": "the form of the file",
    "ledger.totals.rules.*[0]": "since when a rule for days holds: days are told with their bounds",
    "ledger.totals.hours_from": "hours are told from there on",
    "ledger.minutes_from": "minutes are told from there on",
    "ledger.pods.*.logs": "which rows were taken: what to ask the pod for next",
    "ledger.pods.*.live": "what was seen and has no row yet: it comes with the row",
    "ledger.pods.*.fetched": "up to when a pod is known: what to wait for",
    "ledger.pods.*.gone": "whether a pod was taken off: what to wait for",
    "ledger.walk_number": "the number of the next walk by hand",
    "ledger.lent": "what pods may still tell of the last hour of statistics",
    "ledger.shown_day": "what figures must not fall below",
    "ledger.shown_total": "what figures must not fall below",
    "goals.goal_days.progress": "what the next goal follows from; goals are told day by day",
    "goals.goal_days.before_leap": "the same before a clock leapt",
    "goals.goal_days.began": "the day somebody first looked",
    "goals.goal_days.days.*[4]": "whether steps may still arrive for a day",
    "goals.goal_days.days.*[5]": "whether a journey cut a day short; its bounds are told",
    "goals.journal": "which events were sent",
    "reminders.given": "the reminder that is out",
    "reminders.moments": "the reminder that is out",
    "reminders.posture": "what the walker does just now",
    "reminders.diary.open": "the bounds of the last days, told with the days",
    "guide.three_metres.shown": "what pods showed last, so that a result is taken once",
    "guide.three_metres.waiting": "which pods wait for a walk",
    "guide.session.meters": "the session that goes on",
    "guide.session.session": "the session that goes on",
}


def ledger() -> dict[str, Any]:
    """Have Ann walk with two pods for months; of what is old only sums are kept."""
    pod, other, kept = Pod(), Pod(mac=OTHER_MAC, log=815), Ledger(BERLIN)
    for day in range(8):
        pod.walk(berlin("2026-02-01 09:30") + timedelta(days=day), walked(20, fwd=4, side=2))
        pull(kept, pod, berlin("2026-02-01 10:00") + timedelta(days=day))
    pod.walk(None, walked(7, fwd=3, side=1))
    for moment in ("2026-03-04 18:00", "2026-03-04 18:30", "2026-03-05 09:00"):
        pod.walk(berlin(moment), walked(20, fwd=4, side=2), (3, 50))
        other.walk(berlin(moment), walked(10, fwd=2, side=1), (5, 40))
    pull(kept, pod, NOON)
    pull(kept, other, NOON)
    kept.add_walk(berlin("2026-03-02 09:00"), 600, walked(30, fwd=6, side=3), NOON)
    kept.remove_walk(berlin("2026-03-04 18:30"), berlin("2026-03-04 18:40"), NOON)
    pod.walk(berlin("2026-03-05 11:50"), 8)
    kept.live(pod.mac, pod.live(), NOON)
    return kept.as_dict()


def at_s(text: str) -> int:
    return int(berlin(text).timestamp())


def parts() -> Parts:
    """Give all that can be kept, in its written form."""
    result = {
        "routine": "short",
        "started_at": at_s("2026-03-04 10:00"),
        "ended_at": at_s("2026-03-04 10:10"),
        "reason": "completed",
        "stages": [["backward", "seconds", 10, 9, True]],
        "backward": [100.0, 400.0, 300.0],
        "forward": [10.0, 60.0, 20.0],
    }
    sit = [at_s("2026-03-05 08:00"), at_s("2026-03-05 08:50"), True]
    open_day = [TODAY.toordinal(), at_s("2026-03-05 00:00"), at_s("2026-03-06 00:00")]
    now = NOON.astimezone(UTC)
    sitting = Sitting(SittingSettings(), now).as_dict()
    sitting["diary"] = {
        "sits": [sit],
        "open": [open_day],
        "settled": [[date(2026, 3, 3).toordinal(), 7_200, 3_600, 4]],
    }
    return {
        LEDGER: ledger(),
        GOALS: {
            "version": 2,
            "goal_days": {
                "progress": None,
                "before_leap": None,
                "began": "2026-02-01",
                "days": [
                    ["2026-03-01", ["steps", 300.0, 60], "rest", 0.0, True, True],
                    ["2026-03-05", ["steps", 300.0, 60], "active", 20.0, False],
                ],
            },
            "journal": Journal().as_dict(),
        },
        REMINDERS: sitting,
        GUIDE: {
            "session": {"last": result, "meters": {}, "session": None},
            "three_metres": {
                "walks": [[at_s("2026-03-04 18:05"), 6.4]],
                "best": [at_s("2025-03-04 18:05"), 5.4],
                "count": 700,
                "shown": {"a0:00:00:00:00:01": 6.4},
                "waiting": ["a0:00:00:00:00:01"],
            },
        },
        FEELINGS: {"version": 1, "ratings": [[at_s("2025-03-04 18:00"), 4, 2]]},
    }


def told(kept: Parts) -> str:
    """Read what is kept and export it."""
    read, goals = Ledger.from_dict(kept[LEDGER]), GoalDays.from_dict(kept[GOALS]["goal_days"])
    sitting = Sitting(SittingSettings(), NOON.astimezone(UTC), kept[REMINDERS])
    walks = ThreeMetreWalks.from_dict(kept[GUIDE]["three_metres"])
    guided = GuidedSession.from_dict(kept[GUIDE]["session"])
    history = History(read)
    history.refresh(NOON)
    answers = HistoryAnswers(
        read,
        history,
        {day.day: day for day in goals.days()},
        {day.date: day for day in sitting.days(date.min, date.max, NOON.astimezone(UTC))},
        BERLIN,
        NOON,
        Ratings.from_dict(kept[FEELINGS]),
    )
    return Export.of(answers, Beside(walks.kept(), walks.view(), guided.last, sitting.sits())).json_text(
        "Ann"
    )


def name(key: str) -> str:
    return "*" if ":" in key or key.lstrip("-").isdecimal() else key


def leaves(kept: Any, path: tuple[Any, ...] = (), pattern: str = "") -> Iterator[tuple[tuple[Any, ...], str]]:
    """Give each value that is kept: the way to it, and what it is, whatever the pod, the day or the row."""
    if isinstance(kept, Mapping) and kept:
        for key, value in kept.items():
            yield from leaves(value, (*path, key), f"{pattern}.{name(key)}" if pattern else key)
    elif isinstance(kept, list) and kept:
        width = BLOCKS.get(pattern.removesuffix(".*"))
        is_table = all(isinstance(value, list) for value in kept)
        for index, value in enumerate(kept):
            column = index % width if width else index
            yield from leaves(value, (*path, index), f"{pattern}.*" if is_table else f"{pattern}[{column}]")
    else:
        yield path, pattern


def other(value: Any) -> Any:
    """Give another value that could be kept in its place."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        pairs = [("rest", "active"), ("steps", "metres"), ("short", "custom"), ("completed", "user")]
        pairs += [("Europe/Berlin", "Asia/Tokyo"), ("backward", "forward"), ("seconds", "metres")]
        words = dict(pairs) | {"active": "rest"}
        return words.get(value) or (date.fromisoformat(value) - timedelta(days=2)).isoformat()
    # A second would be lost in rounding.
    return value + 60 if value >= 1_000 else value + 1


def changed(kept: Parts, path: tuple[Any, ...]) -> Parts:
    copy: Any = deepcopy(kept)
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = other(place[path[-1]])
    return copy


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Parts:
    keep_little(monkeypatch, days=2, weeks=4)
    found: Parts = json.loads(json.dumps(parts()))
    return found


def test_the_story_has_everything_in_its_written_form(kept: Parts) -> None:
    """What is kept in a new form is kept here, too."""
    assert kept.keys() == set(PARTS)
    goals, guide = kept[GOALS], kept[GUIDE]
    assert GoalDays.from_dict(goals["goal_days"]).as_dict() == goals["goal_days"]
    assert GuidedSession.from_dict(guide["session"]).as_dict() == guide["session"]
    assert ThreeMetreWalks.from_dict(guide["three_metres"]).as_dict() == guide["three_metres"]
    sitting = Sitting(SittingSettings(), NOON.astimezone(UTC), kept[REMINDERS])
    assert sitting.as_dict().keys() == kept[REMINDERS].keys()
    assert Ledger.from_dict(kept[LEDGER]).as_dict() == kept[LEDGER]
    patterns = {pattern.removesuffix(".*") for _, pattern in leaves(kept)}
    for block, width in BLOCKS.items():
        assert {f"{block}.*[{column}]" for column in range(width)} <= patterns, f"{block} holds something"
    for untold in NOT_TOLD:
        assert any(pattern.startswith(untold) for pattern in patterns), (
            f"nothing is kept as {untold} any more"
        )


def test_whatever_is_kept_changes_the_export_or_is_named_with_a_reason(kept: Parts) -> None:
    before = told(kept)
    silent = {
        pattern
        for path, pattern in leaves(kept)
        if not any(pattern.startswith(untold) for untold in NOT_TOLD) and told(changed(kept, path)) == before
    }
    assert not silent


def test_days_without_a_step_are_told_with_their_goal_and_their_sitting(kept: Parts) -> None:
    days = {day["date"]: day for day in json.loads(told(kept))["days"]}
    assert days["2026-03-01"]["goal_status"] == "rest"
    assert (days["2026-03-03"]["backward_steps"], days["2026-03-03"]["sitting_min"]) == (0, 120)


def test_single_sits_and_the_rows_of_every_pod_are_told(kept: Parts) -> None:
    document = json.loads(told(kept))
    assert document["sits"] == [
        {"start": "2026-03-05T08:00:00+01:00", "end": "2026-03-05T08:50:00+01:00", "got_up": True}
    ]
    assert {row["pod"] for row in document["pod_minutes"]} == {1, 2}
    removed = [row for row in document["pod_minutes"] if row["start"] == "2026-03-04T18:30:00+01:00"]
    assert len(removed) == 2, "what was taken away by hand is kept, too"
    assert document["three_metre_walks_ever"] == 700
