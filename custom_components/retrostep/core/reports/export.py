"""A walker's past as text to keep: JSON with everything, CSV with one table.

Days are there for ever, hours for two years, minutes and sessions for 60 days, the last 500 timed walks.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from ..guided_sessions.three_metre_walks import TimedWalk
from ..history.history import Period
from ..ledger.corrections import Walk
from ..ledger.counts import Counts
from ..ledger.sessions import Session
from .answers import (
    Answer,
    HistoryAnswers,
    minute_answer,
    removed_answer,
    session_answer,
    timed_walk_answer,
    walk_answer,
)

EXPORT_VERSION: Final = 1


class Table(StrEnum):
    """What a CSV text lists."""

    DAYS = "days"
    HOURS = "hours"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that is known of a walker at one moment, still to be put into words.

    Taken at once with `of`; the words, which take longer, may be made in another thread.
    """

    answers: HistoryAnswers
    days: list[Period]
    hours: list[Period]
    sessions: list[Session]
    walks: list[Walk]
    removed: list[tuple[datetime, datetime]]
    minutes: list[tuple[datetime, Counts]]
    timed_walks: Sequence[TimedWalk]

    @classmethod
    def of(cls, answers: HistoryAnswers, timed_walks: Sequence[TimedWalk]) -> Export:
        """Take what there is; days and hours without a step are left out, but today is there."""
        return cls(
            answers=answers,
            days=answers.history.all_days(answers.at),
            hours=answers.history.all_hours(answers.at),
            sessions=answers.history.sessions.all(),
            walks=answers.ledger.walks(),
            removed=answers.ledger.removed(),
            minutes=answers.ledger.minutes(answers.ledger.minutes_since, answers.at),
            timed_walks=timed_walks,
        )

    def rows(self, table: Table) -> list[Answer]:
        """Give the rows of one table, ascending."""
        zone = self.answers.zone
        match table:
            case Table.DAYS:
                return [self.answers.period(day) for day in self.days]
            case Table.HOURS:
                return [self.answers.period(hour) for hour in self.hours]
            case Table.SESSIONS:
                return [session_answer(session, zone) for session in self.sessions]

    def json_text(self, walker: str) -> str:
        """Write everything into one document."""
        zone = self.answers.zone
        document = {
            "format": "retrostep",
            "version": EXPORT_VERSION,
            "walker": walker,
            "exported_at": self.answers.at.astimezone(zone).isoformat(),
            "time_zone": zone.key,
            **{table.value: self.rows(table) for table in Table},
            "walks": [walk_answer(walk, zone) for walk in self.walks],
            "removed": [removed_answer(start, end, zone) for start, end in self.removed],
            "three_metre_walks": [timed_walk_answer(walk, zone) for walk in self.timed_walks],
            "minutes": [minute_answer(start, counts, zone) for start, counts in self.minutes],
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def csv_text(self, table: Table) -> str:
        """Write one table with a header; a dictionary in a row becomes columns `name_key`."""
        rows = [_flat(row) for row in self.rows(table)]
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()


def _flat(row: Answer) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{name}": part for name, part in value.items()}
        else:
            flat[key] = value
    return flat
