"""Actions that tell of a walker's past."""

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.exceptions import ServiceValidationError

from custom_components.retrostep.const import DOMAIN
from tests.core.ledger.story import keep_little

from ..helpers import MakeWalker, pass_time, reach, this_minute, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

DAY_MIN = 24 * 60


@pytest.fixture(autouse=True)
async def wednesday_noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon on a Wednesday in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


async def ask(hass: HomeAssistant, action: str, **data: Any) -> Any:
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)


async def walk_days(hass: HomeAssistant, pod: FakePod, *days_ago: int) -> None:
    """Walk 20 steps at noon of each of these days."""
    for days in days_ago:
        pod.walk(back=20, fwd=60, back_dm=100, back_s=15)
        pod.close_minute(this_minute() - days * DAY_MIN)
    await reach(hass, pod)


# History


async def test_the_history_of_the_last_seven_days_ends_today(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await walk_days(hass, pod, 7, 6, 1, 0)
    answer = await ask(hass, "get_history")

    assert (answer["walker"], answer["period"], answer["time_zone"]) == ("Ann", "day", "Europe/Berlin")
    assert [day["date"] for day in answer["periods"]] == [f"2026-11-{day}" for day in range(12, 19)]
    assert [day["backward_steps"] for day in answer["periods"]] == [20, 0, 0, 0, 0, 20, 20]
    today = answer["periods"][-1]
    assert today["start"] == "2026-11-18T00:00:00+01:00"
    assert today["end"] == "2026-11-19T00:00:00+01:00"
    assert {key: today[key] for key in ("forward_steps", "backward_m", "backward_min", "sessions")} == {
        "forward_steps": 60,
        "backward_m": 10.0,
        "backward_min": 0.25,
        "sessions": 1,
    }
    assert today["manual"]["backward_steps"] == today["undated"]["backward_steps"] == 0
    assert answer["walks"] == answer["removed"] == []
    assert json.loads(json.dumps(answer)) == answer


async def test_times_without_a_zone_are_the_walkers_and_a_date_is_a_whole_day(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await walk_days(hass, pod, 0)
    hours = await ask(
        hass, "get_history", period="hour", start="2026-11-18 11:00:00", end="2026-11-18T12:30:00"
    )
    assert [hour["start"] for hour in hours["periods"]] == [
        "2026-11-18T11:00:00+01:00",
        "2026-11-18T12:00:00+01:00",
    ]
    assert [hour["backward_steps"] for hour in hours["periods"]] == [0, 20]
    same = await ask(
        hass,
        "get_history",
        period="hour",
        start="2026-11-18 10:00:00+00:00",
        end="2026-11-18 06:30:00-05:00",
    )
    assert same["periods"] == hours["periods"]
    days = await ask(hass, "get_history", start="2026-11-16", end=date(2026, 11, 17))
    assert [day["date"] for day in days["periods"]] == ["2026-11-16", "2026-11-17"]


async def test_weeks_and_months_are_told_up_to_today(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await walk_days(hass, pod, 18, 17, 3, 2, 0)
    weeks = await ask(hass, "get_history", period="week")
    assert len(weeks["periods"]) == 12
    assert [week["backward_steps"] for week in weeks["periods"]][-4:] == [40, 0, 20, 40]
    assert weeks["periods"][-1]["date"] == "2026-11-16"
    months = await ask(hass, "get_history", period="month")
    assert [month["backward_steps"] for month in months["periods"]][-2:] == [20, 80]
    assert len(months["periods"]) == 13


async def test_days_tell_the_goal_that_held_and_weeks_how_many_were_met(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, freezer: FrozenDateTimeFactory
) -> None:
    entry = make_walker(pod, options={"goals": {"plan": "fixed", "kind": "steps", "steps": 20}})
    await hass.config_entries.async_setup(entry.entry_id)
    await walk_days(hass, pod, 0)
    await pass_time(hass, freezer, days=1)

    days = (await ask(hass, "get_history"))["periods"]
    assert [day["goal_kind"] for day in days[-3:]] == [None, "steps", "steps"]
    assert [day["goal_met"] for day in days[-3:]] == [None, True, False]
    assert [(day["goal"], day["goal_done"], day["goal_status"]) for day in days[-2:]] == [
        (20, 20, "active"),
        (20, 0, "active"),
    ]
    (week,) = (await ask(hass, "get_history", period="week", start="2026-11-18"))["periods"]
    assert (week["goal_days"], week["goal_days_met"]) == (2, 1)
    summary = await ask(hass, "get_summary")
    assert (summary["goals"]["streak"], summary["goals"]["best_streak"]) == (1, 1)
    assert (summary["goals"]["goal"], summary["goals"]["met"]) == (20, False)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"start": "2026-11-17", "end": "2026-11-16"}, "span_empty"),
        ({"period": "hour", "start": "2020-01-01"}, "span_too_long"),
        ({"period": "day", "start": "2020-01-01"}, "span_too_long"),
    ],
)
async def test_a_span_that_makes_no_sense_is_refused_in_words(
    hass: HomeAssistant, walker: MockConfigEntry, data: dict[str, str], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "get_history", **data)
    assert refused.value.translation_key == key
    assert refused.value.translation_domain == DOMAIN


async def test_hours_that_are_gone_are_refused_with_the_day_they_begin(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_little(monkeypatch)
    await walk_days(hass, pod, 1_500, 0)
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "get_history", period="hour", start="2022-11-01", end="2022-11-01")
    assert refused.value.translation_key == "hours_gone"
    assert refused.value.translation_placeholders["since"].startswith("2026-11-")
    days = await ask(hass, "get_history", start="2022-10-10", end="2022-10-11")
    assert [day["backward_steps"] for day in days["periods"]] == [20, 0]


@pytest.mark.parametrize("start", ["soon", 5, "0001-01-01", "9999-12-31 23:59", None])
async def test_what_is_no_time_is_refused(
    hass: HomeAssistant, walker: MockConfigEntry, start: object
) -> None:
    with pytest.raises(vol.Invalid):
        await ask(hass, "get_history", start=start)


async def test_the_walker_has_to_be_named_where_there_are_several(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    bob = make_walker(other_pod, slug="bob")
    await hass.config_entries.async_setup(bob.entry_id)
    walked_minute(other_pod, back=44)
    await reach(hass, other_pod)

    for action in ("get_history", "get_sessions", "get_summary", "export"):
        with pytest.raises(ServiceValidationError):
            await ask(hass, action)
        answer = await ask(hass, action, config_entry_id=bob.entry_id)
        assert answer["walker"] == "Bob"
    for entry, steps in ((bob, 44), (walker, 0)):
        summary = await ask(hass, "get_summary", config_entry_id=entry.entry_id)
        assert summary["today"]["backward_steps"] == steps


# Sessions


async def test_sessions_are_listed_and_of_days_long_ago_only_counted(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_little(monkeypatch)
    pod.walk(back=30)
    pod.close_minute(this_minute() - 80 * DAY_MIN)
    for ago_min in (20, 10):
        pod.walk(back=80, back_dm=240, back_s=40)
        pod.close_minute(this_minute() - ago_min)
    await reach(hass, pod)
    answer = await ask(hass, "get_sessions", start="2026-08-01")

    assert [session["start"] for session in answer["sessions"]] == [
        "2026-11-18T11:40:05+01:00",
        "2026-11-18T11:50:05+01:00",
    ]
    assert answer["sessions"][0] == {
        "start": "2026-11-18T11:40:05+01:00",
        "end": "2026-11-18T11:40:51+01:00",
        "length_min": 0.77,
        "steps": 80,
        "distance_m": 24.0,
        "walking_min": 0.67,
        "speed_mps": 0.6,
        "cadence": 120,
        "stride_length_m": 0.6,
        "stride_time_s": 1.0,
        "longest_stride_m": 1.1,
        "effort": None,
        "pain": None,
    }
    assert answer["days_before"] == [{"date": "2026-08-30", "sessions": 1}]
    assert (await ask(hass, "get_sessions"))["days_before"] == []
    with pytest.raises(ServiceValidationError):
        await ask(hass, "get_sessions", start="2026-11-18 12:00", end="2026-11-18 11:00")


async def test_with_a_pod_on_each_shoe_the_feet_are_told_apart_by_what_was_chosen_on_them(
    hass: HomeAssistant, pod: FakePod, other_pod: FakePod, make_walker: MakeWalker
) -> None:
    for each, foot, back_dm in ((pod, "Right foot", 180), (other_pod, "Left foot", 200)):
        each.register("select", "Foot")
        each.set("select", "Foot", foot)
        each.walk(back=40, back_dm=back_dm, back_s=20)
        each.close_minute(this_minute() - 10)
    entry = make_walker(pod, other_pod)
    assert await hass.config_entries.async_setup(entry.entry_id)
    for each in (pod, other_pod):
        await reach(hass, each)
    (told,) = (await ask(hass, "get_sessions"))["sessions"]

    assert [(each["foot"], each["stride_length_m"]) for each in told["pods"]] == [
        ("left", 1.0),
        ("right", 0.9),
    ]
    assert told["right_minus_left_pct"] == {"stride_length": -10.5, "stride_time": 0.0}


# Summary


async def test_the_summary_sets_this_week_beside_the_same_days_of_the_last(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await walk_days(hass, pod, 9, 7, 6, 2, 1, 0)
    summary = await ask(hass, "get_summary")

    assert (summary["date"], summary["time_zone"]) == ("2026-11-18", "Europe/Berlin")
    assert summary["today"]["backward_steps"] == 20
    assert summary["today"]["backward_share_pct"] == 25.0
    assert summary["this_week"]["backward_steps"] == 60
    assert summary["last_week"]["backward_steps"] == 60
    assert summary["last_week_so_far"]["backward_steps"] == 40
    assert summary["change_pct"] == 50.0
    assert summary["averages"]["last_7_days"]["days"] == 7
    assert summary["averages"]["last_7_days"]["backward_steps"] == round(80 / 7, 2)
    assert summary["averages"]["last_30_days"]["days"] == 9
    assert summary["best_day"]["date"] == "2026-11-09"
    assert summary["longest_session"]["steps"] == 20
    assert summary["total"]["backward_steps"] == 120
    assert json.loads(json.dumps(summary)) == summary


async def test_the_summary_of_a_walker_who_just_began_has_nothing_to_say(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    summary = await ask(hass, "get_summary")
    assert summary["averages"] == {"last_7_days": None, "last_30_days": None}
    assert summary["best_day"] is summary["longest_session"] is summary["change_pct"] is None
    assert summary["total"]["backward_share_pct"] is None


# Export


async def test_the_json_text_holds_everything_there_is(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_little(monkeypatch, days=2, weeks=100)
    await walk_days(hass, pod, 400, 1, 0)
    await ask(hass, "add_walk", start="2026-11-17 08:00", minutes=10, backward_steps=100)
    answer = await ask(hass, "export")
    document = json.loads(answer["content"])

    assert answer["filename"] == "retrostep_ann_2026-11-18.json"
    assert (document["format"], document["version"], document["walker"]) == ("retrostep", 1, "Ann")
    assert document["exported_at"] == "2026-11-18T12:00:30+01:00"
    assert [day["date"] for day in document["days"]] == ["2025-10-14", "2026-11-17", "2026-11-18"]
    assert sum(day["backward_steps"] for day in document["days"]) == 160
    assert sum(hour["backward_steps"] for hour in document["hours"]) == 160
    assert [session["steps"] for session in document["sessions"]] == [20, 20]
    assert [walk["backward_steps"] for walk in document["walks"]] == [100]
    assert document["removed"] == []


@pytest.mark.parametrize(("table", "rows"), [("days", 2), ("hours", 2), ("sessions", 2)])
async def test_each_table_is_given_as_csv(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, table: str, rows: int
) -> None:
    await walk_days(hass, pod, 1, 0)
    answer = await ask(hass, "export", format="csv", table=table)
    read = list(csv.DictReader(io.StringIO(answer["content"])))

    assert answer["filename"] == f"retrostep_ann_2026-11-18_{table}.csv"
    assert len(read) == rows
    steps = "steps" if table == "sessions" else "backward_steps"
    assert [row[steps] for row in read] == ["20", "20"]
    assert all(None not in row and None not in row.values() for row in read)
    assert ("manual_backward_steps" in read[0]) == (table != "sessions")


async def test_a_walker_without_a_step_has_empty_tables(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    for table in ("hours", "sessions"):
        answer = await ask(hass, "export", format="csv", table=table)
        assert answer["content"].strip() == ""
    assert json.loads((await ask(hass, "export"))["content"])["hours"] == []
