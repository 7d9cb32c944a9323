"""Figures and tables of the documentation say what the code says."""

import json
import re
from typing import Any

import pytest
import yaml

from custom_components.retrostep import (
    binary_sensor,
    button,
    calendar,
    event,
    number,
    select,
    sensor,
    switch,
)
from custom_components.retrostep.condition import CONDITIONS
from custom_components.retrostep.core.goals.goal import RANGES, GoalKind
from custom_components.retrostep.core.goals.growth import DAYS_NEEDED, GROWTH_MAX, PlanSpec
from custom_components.retrostep.core.goals.plan import PRESETS, Plan
from custom_components.retrostep.core.goals.published_programmes import PUBLISHED, Supervision
from custom_components.retrostep.core.guided_sessions.routine import (
    Direction,
    Kind,
    Lengths,
    Routine,
    Stage,
    Unit,
    stages_of,
)
from custom_components.retrostep.core.history.statistics_rows import SERIES
from custom_components.retrostep.core.sitting.settings import DEFAULTS, ReminderSettings
from custom_components.retrostep.statistics import statistic_ids
from custom_components.retrostep.trigger import TRIGGERS

from .pages import ROOT, anchors, table

DOCS = ROOT / "docs"
INTEGRATION = ROOT / "custom_components" / "retrostep"
ENTITIES = {
    "sensor": sensor.SENSORS,
    "binary_sensor": binary_sensor.BINARY_SENSORS,
    "event": event.EVENTS,
    "button": button.BUTTONS,
    "number": number.NUMBERS,
    "select": select.SELECTS,
    "switch": switch.SWITCHES,
    "calendar": calendar.CALENDARS,
}
# A minute is told by the clock; the pause is a little shorter, so that none is passed over.
RHYTHMS = {
    "each stride": 0,
    "at once": 0,
    "1 s": 1,
    "": 10,
    "20 s": 20,
    "60 s": 60,
    "5 min": 300,
    "30 min": 1_800,
}


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def weeks(spec: PlanSpec) -> list[float]:
    """Give what a plan asks for in good week after good week."""
    values = [float(spec.start)]
    while values[-1] < spec.target:
        values.append(spec.grown(values[-1], len(values) - 1))
    return values


@pytest.mark.parametrize(
    ("column", "plan"),
    [(1, Plan.GENTLE_START), (2, Plan.FIRST_200_METRES), (3, Plan.SHORT_AND_OFTEN)],
)
def test_the_weeks_of_plans_are_those_of_the_code(column: int, plan: Plan) -> None:
    rows = table(DOCS / "goals.md", "good week")
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    expected = weeks(PRESETS[plan])
    shown = [float(row[column]) for row in rows]
    assert shown == [*expected, *[expected[-1]] * (len(rows) - len(expected))]


def test_published_programs_are_those_of_the_code() -> None:
    rows = table(DOCS / "programs.md", "program")
    assert len(rows) == len(PUBLISHED)
    for row, study in zip(rows, PUBLISHED.values(), strict=True):
        anchor = row[0].split("](sources.md#")[1].removesuffix(")")
        part = next(
            part
            for part in re.split("^### ", text("sources.md"), flags=re.MULTILINE)
            if anchor == part.split("\n")[0].lower().replace(" ", "-")
        )
        assert f"<{study.source}>" in part
        assert [float(cell) for cell in row[1:5]] == [study.minutes, study.times, study.weeks, study.people]
        assert row[5:7] == [study.who, study.compared]
        assert row[7] == {Supervision.SUPERVISED: "yes", Supervision.NOT_SAID: "not said"}[study.supervision]


def test_a_plan_grows_by_a_quarter_at_most_after_five_days() -> None:
    assert (GROWTH_MAX, DAYS_NEEDED) == (1.25, 5)
    assert "more than a quarter" in text("goals.md")
    assert "on **five** days" in text("goals.md")


def test_fixed_goals_have_the_ranges_that_are_told() -> None:
    english = json.loads((INTEGRATION / "translations" / "en.json").read_text(encoding="utf-8"))
    names = english["selector"]["goal_kind"]["options"]
    rows = {row[0]: [float(cell) for cell in row[1:]] for row in table(DOCS / "goals.md", "goal type")}
    assert rows == {
        names[kind.value]: [allowed.low, allowed.high, allowed.step, allowed.usual]
        for kind, allowed in RANGES.items()
    }
    assert rows.keys() == {names[kind.value] for kind in GoalKind}


def told(stage: Stage) -> str:
    """Tell a stage as the page of sessions does."""
    amount = f"{stage.target / 60:g} min" if stage.unit is Unit.SECONDS else f"{stage.target:g} m"
    return f"{amount} {stage.direction}"


def test_routines_have_the_stages_that_are_told() -> None:
    rows = {row[0].strip("`"): row[1] for row in table(DOCS / "sessions.md", "routine")}
    assert rows.keys() == {routine.value for routine in Routine}
    for name, shown in rows.items():
        stages = [told(stage) for stage in stages_of(Routine(name), Lengths())]
        written_out = re.sub(
            r"(\d+) \u00d7 \(([^)]*)\)", lambda found: ", ".join([found[2]] * int(found[1])), shown
        )
        assert not stages or written_out.split(", ") == stages, name
    for word in (*Direction, *(kind for kind in Kind)):
        assert word.value in text("sessions.md")


def entity_rows() -> dict[tuple[str, str], list[str]]:
    """Give the rows of the page of entities by platform and key."""
    rows = re.findall(r"^\| `(\w+)` `(\w+)` \| (.+?) \|$", text("entities.md"), re.MULTILINE)
    return {(platform, key): re.split(r" ?\| ?", rest) for platform, key, rest in rows}


def test_every_entity_is_told_with_its_name_its_rhythm_and_whether_it_is_on() -> None:
    names = json.loads((INTEGRATION / "translations" / "en.json").read_text(encoding="utf-8"))["entity"]
    rows = entity_rows()
    known = {(platform, entity.key): entity for platform, entities in ENTITIES.items() for entity in entities}
    assert rows.keys() == known.keys()
    for (platform, key), entity in known.items():
        name, _says, _unit, rhythm = rows[platform, key]
        off = "" if entity.entity_registry_enabled_default else " (off)"
        assert name == names[platform][key]["name"] + off, key
        if platform not in ("button", "event"):
            step = getattr(entity, "step", None)
            assert RHYTHMS[rhythm] == (step * 60 if step else entity.pause_s), key


def test_cues_are_those_that_are_spoken() -> None:
    english = json.loads((INTEGRATION / "translations" / "en.json").read_text(encoding="utf-8"))["common"]
    told = " ".join(row[0] for row in table(DOCS / "spoken-coach.md", "cue"))
    amount = re.compile(r" ?\{\w+\}")
    cues = {
        key: value
        for key, value in english.items()
        if re.fullmatch(r"cue_(?!failed|ended|waiting_.*_f).*", key)
    }

    assert len(cues) > 8
    for key, value in cues.items():
        assert amount.split(value)[0] in told, key


def test_the_readme_shows_entities_that_exist_by_their_names() -> None:
    shown = table(ROOT / "README.md", "entity")
    assert len(shown) >= 8
    for entity_id, name, _ in shown:
        platform, _, key = entity_id.strip("`").replace(".ann_", ".").partition(".")
        assert entity_rows()[platform, key][0] == name, entity_id


def test_the_readme_tells_how_long_a_charge_lasts_as_it_was_worked_out() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "the Capsule lasts about six hours and a XIAO between most of a day and a week" in readme
    days: dict[str, list[float]] = {}
    for board, _cell, _profile, _a_day, lasts, _lively, scaled, _light in table(DOCS / "battery.md", "board"):
        days.setdefault(board.split()[0], []).append(float(lasts))
        days[board.split()[0]] += [float(scaled.strip("*"))] if scaled != "-" else []
    assert days["M5Stack"][0] == pytest.approx(6 / 24, abs=0.051)
    assert min(days["XIAO"]) == pytest.approx(0.7, abs=0.11)
    assert max(days["XIAO"]) >= 7


def test_the_page_of_the_battery_begins_with_the_days_of_its_budget() -> None:
    days = {
        (board, profile): lasts if light == "-" else f"{lasts} ({light})"
        for board, _cell, profile, _a_day, lasts, _lively, _scaled, light in table(
            DOCS / "battery.md", "board"
        )
    }
    shown = table(DOCS / "battery.md", "pod")
    assert len(shown) == len({board for board, _ in days})
    for pod, *lasts in shown:
        board = pod.partition(",")[0]
        assert lasts == [days.get((board, profile), "-") for profile in ("home", "balanced", "endurance")]


def test_statistics_have_the_ids_and_units_that_are_told() -> None:
    rows = {row[0].strip("`"): row[1] for row in table(DOCS / "statistics.md", "statistic id (walker `ann`)")}
    assert rows == {statistic_id: SERIES[key].unit for key, statistic_id in statistic_ids("ann").items()}


def described(name: str) -> dict[str, Any]:
    """Give one of the integration's lists of triggers, conditions or actions."""
    found = yaml.safe_load((INTEGRATION / f"{name}.yaml").read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if not key.startswith(".")}


@pytest.mark.parametrize(
    ("keys"),
    [TRIGGERS.keys(), CONDITIONS.keys(), described("services").keys()],
    ids=["triggers", "conditions", "actions"],
)
def test_the_reference_has_a_section_for_each(keys: set[str]) -> None:
    assert {f"retrostep{key}" for key in keys} <= anchors(DOCS / "automation-reference.md")


def test_the_reference_tells_every_field_of_every_action() -> None:
    sections = re.split(r"^### ", text("automation-reference.md"), flags=re.MULTILINE)
    for action, fields in described("services").items():
        section = next(part for part in sections if part.startswith(f"`retrostep.{action}`"))
        shown = re.findall(r"^\| `(\w+)` \| (yes)? ?\|", section, re.MULTILINE)
        assert dict(shown) == {
            name: "yes" if field.get("required") else ""
            for name, field in fields["fields"].items()
            if name != "config_entry_id"
        }, action


@pytest.mark.parametrize("kind", ["triggers", "conditions"])
def test_the_reference_tells_every_option_of_every_trigger_and_condition(kind: str) -> None:
    page = text("automation-reference.md")
    of_all = set(re.findall(r"^\| `(\w+)` \| ", page.partition("## Triggers")[0], re.MULTILINE))
    sections = re.split(r"^### ", page, flags=re.MULTILINE)
    for key, described_ in described(kind).items():
        section = next(part for part in sections if part.startswith(f"`retrostep.{key}`"))
        own = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
        assert own == described_.get("fields", {}).keys() - of_all, key


def test_the_reference_says_what_stands_on_the_screen() -> None:
    english = json.loads((INTEGRATION / "translations" / "en.json").read_text(encoding="utf-8"))
    sections = re.split(r"^### ", text("automation-reference.md"), flags=re.MULTILINE)[1:]
    for section in sections:
        found = re.match(r"`retrostep\.(\w+)`", section)
        assert found
        key = found[1]
        kinds = ("triggers", "conditions", "services")
        texts = next(english[kind][key] for kind in kinds if key in english[kind])
        assert f"**{texts['name']}.** {texts['description']}" in section, key
        for field, description in re.findall(r"^\| `(\w+)` \| (?:yes)? ?\| (.*) \|$", section, re.MULTILINE):
            assert description == texts["fields"][field]["description"], f"{key}: {field}"


def test_reminders_begin_when_the_page_says_so() -> None:
    settings = ReminderSettings.of(DEFAULTS).sitting
    page = text("reminders.md")
    assert f"sitting for {settings.threshold.seconds // 60} minutes" in page
    assert f"every {settings.repeat.seconds // 60} minutes" in page
    assert f"({DEFAULTS['quiet_from'][:5]} to {DEFAULTS['quiet_to'][:5].removeprefix('0')})" in page


def test_the_minutes_a_pod_keeps_are_those_of_the_firmware() -> None:
    def constant(file: str, name: str) -> int:
        header = (ROOT / "esphome/components/retrostep" / file).read_text(encoding="utf-8")
        found = re.search(rf"\b{name} = (\d+);", header)
        assert found, name
        return int(found[1])

    # One block of the ring is always being written anew.
    kept = (constant("minute_log_store.h", "RING_BLOCKS") - 1) * constant("minute_log_types.h", "BLOCK_ROWS")
    for page in ("troubleshooting.md", "faq.md", "limits.md", "how-it-works.md"):
        assert f"{kept:,}" in text(page), page


def test_the_questions_tell_how_exact_it_is_as_it_was_measured() -> None:
    found = re.search(
        r"^\| backward strides found, bandai1 \|.*?(\d+ of \d+)", text("accuracy.md"), re.MULTILINE
    )
    assert found
    assert found[1] in text("faq.md")
