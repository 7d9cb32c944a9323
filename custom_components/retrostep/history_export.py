"""A walker's past as text to keep: JSON with everything, CSV with one table.

Days are there for ever, hours for two years, sessions and removed stretches for 60 days; minutes are
not exported (Home Assistant's own backup holds them).
"""

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from .history_answers import period_answer, removed_answer, session_answer, walk_answer

if TYPE_CHECKING:
    from .history_answers import Answer, HistoryAnswers

EXPORT_VERSION: Final = 1


class Table(StrEnum):
    """What a CSV text lists."""

    DAYS = "days"
    HOURS = "hours"
    SESSIONS = "sessions"


def export_document(answers: HistoryAnswers, walker: str) -> Answer:
    """Put everything that is known of a walker into one document."""
    return {
        "format": "retrostep",
        "version": EXPORT_VERSION,
        "walker": walker,
        "exported_at": answers.at.astimezone(answers.zone).isoformat(),
        "time_zone": answers.zone.key,
        **{table.value: export_rows(answers, table) for table in Table},
        "walks": [walk_answer(walk, answers.zone) for walk in answers.ledger.walks()],
        "removed": [removed_answer(start, end, answers.zone) for start, end in answers.ledger.removed()],
    }


def export_rows(answers: HistoryAnswers, table: Table) -> list[Answer]:
    """Give the rows of one table, ascending; days and hours without a step are left out."""
    history, now = answers.history, answers.at
    match table:
        case Table.DAYS:
            return [period_answer(day, answers.goals) for day in history.all_days(now)]
        case Table.HOURS:
            return [period_answer(hour, answers.goals) for hour in history.all_hours(now)]
        case Table.SESSIONS:
            return [session_answer(session, answers.zone) for session in history.sessions.all()]


def json_text(document: Answer) -> str:
    """Write a document."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def csv_text(rows: list[Answer]) -> str:
    """Write rows as a table with a header; a dictionary in a row becomes columns `name_key`."""
    flat = [_flat(row) for row in rows]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(flat[0]) if flat else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return text.getvalue()


def _flat(row: Answer) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{name}": part for name, part in value.items()}
        else:
            flat[key] = value
    return flat
