"""A walker's past as text to keep."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

from custom_components.retrostep.core.guided_sessions.three_metre_trials import TimedWalk
from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.reports.answers import HistoryAnswers
from custom_components.retrostep.core.reports.export import Beside, Export, Table
from tests.core.goals.story import Life
from tests.core.ledger.story import BERLIN, Pod, berlin, pull, walked

NOON = berlin("2026-03-05 12:00")


def export() -> Export:
    """Give what is known of Ann, who walked on two days, forgot her pod once and let a friend try it."""
    pod, ledger = Pod(), Ledger(BERLIN)
    for moment in ("2026-03-03 09:30", "2026-03-04 18:00", "2026-03-04 20:00"):
        pod.walk(berlin(moment), 20)
    pull(ledger, pod, NOON)
    ledger.add_walk(berlin("2026-03-02 09:00"), 600, walked(30), NOON)
    ledger.remove_walk(berlin("2026-03-04 20:00"), berlin("2026-03-04 20:30"), NOON)
    history = History(ledger)
    history.refresh(NOON)
    timed = [TimedWalk(int(berlin("2026-03-04 18:05").timestamp()), 6.4)]
    return Export.of(HistoryAnswers(ledger, history, {}, {}, BERLIN, NOON), Beside(timed_walks=timed))


def test_the_json_text_holds_everything() -> None:
    text = export().json_text("Jörg")
    document = json.loads(text)
    assert "Jörg" in text, "people shall be able to read their names"
    assert text.startswith('{\n "format"'), "each entry has a line"
    assert text.endswith("}\n")
    assert (document["format"], document["version"], document["walker"]) == ("retrostep", 1, "Jörg")
    assert (document["exported_at"], document["time_zone"]) == ("2026-03-05T12:00:00+01:00", "Europe/Berlin")
    assert [(day["date"], day["backward_steps"]) for day in document["days"]] == [
        ("2026-03-02", 30),
        ("2026-03-03", 20),
        ("2026-03-04", 20),
        ("2026-03-05", 0),
    ]
    assert [hour["start"][:13] for hour in document["hours"]] == [
        "2026-03-02T09",
        "2026-03-03T09",
        "2026-03-04T18",
    ]
    assert [session["start"][:16] for session in document["sessions"]] == [
        "2026-03-03T09:30",
        "2026-03-04T18:00",
    ]
    assert [walk["backward_steps"] for walk in document["walks"]] == [30]
    assert [(each["start"][11:16], each["end"][11:16]) for each in document["removed"]] == [
        ("20:00", "20:30")
    ]
    assert document["three_metre_walks"] == [
        {"at": "2026-03-04T18:05:00+01:00", "seconds": 6.4, "mps": 0.469}
    ]
    minutes = [(minute["start"][:16], minute["backward_steps"]) for minute in document["minutes"]]
    assert minutes == [("2026-03-03T09:30", 20), ("2026-03-04T18:00", 20)]
    assert "side_steps" not in document["minutes"][0], "what is zero is left out"


def test_each_table_becomes_lines_with_a_header() -> None:
    told = export()
    for table, lines in ((Table.DAYS, 4), (Table.HOURS, 3), (Table.SESSIONS, 2)):
        rows = list(csv.DictReader(io.StringIO(told.csv_text(table))))
        assert len(rows) == lines
        assert all(None not in row and None not in row.values() for row in rows)
    first = next(csv.DictReader(io.StringIO(told.csv_text(Table.DAYS))))
    assert (first["backward_steps"], first["manual_backward_steps"], first["undated_backward_steps"]) == (
        "30",
        "30",
        "0",
    )
    assert "\r" not in told.csv_text(Table.DAYS)


def test_a_table_without_a_row_is_one_empty_line() -> None:
    history = History(ledger := Ledger(BERLIN))
    history.refresh(NOON)
    empty = Export.of(HistoryAnswers(ledger, history, {}, {}, BERLIN, NOON + timedelta()), Beside())
    assert empty.csv_text(Table.SESSIONS) == "\n"


def test_a_program_is_told_with_how_it_is_followed() -> None:
    ann = Life(
        {
            "plan": "programme",
            "programme": {"name": "knee", "weekdays": ["mon", "wed", "fri"], "start": "2026-03-02"},
        }
    )
    ann.live_day()
    told = Beside(programme=ann.view.programme)
    document = json.loads(replace(export(), beside=told).json_text("Ann"))["programme"]
    assert (document["name"], document["weeks"], document["start"]) == ("knee", 6, "2026-03-02")
    assert (document["planned"], document["done"], document["missed"], document["made_up"]) == (1, 1, 0, 0)
