"""A walker's past as text to keep: JSON with everything, CSV with one table.

Days are there for ever, hours for two years, minutes and sessions for 60 days, the last 500 timed walks, the
sits of the last days. What only serves to go on is left out: where to ask a pod, what is shown just now.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from ..feelings.ratings import Rating
from ..goals.programme import ProgrammeView
from ..guided_sessions.result import Result
from ..guided_sessions.three_metre_trials import TimedWalk
from ..guided_sessions.three_metre_walks import ThreeMetreView
from ..history.history import Period
from ..ledger.corrections import Walk
from ..ledger.counts import Counts
from ..ledger.pod_log import KeptMinute
from ..ledger.sessions import Session
from ..sitting.diary import Sit
from .answers import (
    HistoryAnswers,
    counts_answer,
    guided_session_answer,
    minute_answer,
    pod_minute_answer,
    rating_answer,
    removed_answer,
    sit_answer,
    timed_walk_answer,
    walk_answer,
)
from .gait_answers import Answer

EXPORT_VERSION: Final = 1


class Table(StrEnum):
    """What a CSV text lists."""

    DAYS = "days"
    HOURS = "hours"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a walker besides the ledger's history."""

    timed_walks: Sequence[TimedWalk] = ()
    three_metres: ThreeMetreView = field(default_factory=ThreeMetreView)
    last_guided_session: Result | None = None
    sits: Sequence[Sit] = ()
    programme: ProgrammeView | None = None


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
    pod_minutes: list[tuple[int, int, KeptMinute]]
    total: Counts
    last_step: datetime | None
    ratings: list[Rating]
    beside: Beside

    @classmethod
    def of(cls, answers: HistoryAnswers, beside: Beside) -> Export:
        """Take what there is.

        Hours without a step are left out, days without one, a goal, or sitting, too; but today is there.
        """
        return cls(
            answers=answers,
            days=answers.history.all_days(answers.at, answers.goals.keys() | answers.sitting.keys()),
            hours=answers.history.all_hours(answers.at),
            sessions=answers.history.sessions.all(),
            walks=answers.ledger.walks(),
            removed=answers.ledger.removed(),
            minutes=answers.ledger.minutes(answers.ledger.minutes_since, answers.at),
            pod_minutes=_numbered(answers.ledger.pod_minutes()),
            total=answers.ledger.settled_total(),
            last_step=answers.ledger.last_step_at(),
            ratings=answers.ratings.all(),
            beside=beside,
        )

    def rows(self, table: Table) -> list[Answer]:
        """Give the rows of one table, ascending."""
        match table:
            case Table.DAYS:
                return [self.answers.period(day) for day in self.days]
            case Table.HOURS:
                return [self.answers.period(hour) for hour in self.hours]
            case Table.SESSIONS:
                return [self.answers.session(session) for session in self.sessions]

    def json_text(self, walker: str) -> str:
        """Write everything into one document."""
        zone, beside = self.answers.zone, self.beside
        best, last = beside.three_metres.best, beside.last_guided_session
        document = {
            "format": "retrostep",
            "version": EXPORT_VERSION,
            "walker": walker,
            "exported_at": self.answers.at.astimezone(zone).isoformat(),
            "time_zone": zone.key,
            "programme": beside.programme and beside.programme.as_dict(),
            "total": counts_answer(self.total),
            "last_step": self.last_step and self.last_step.astimezone(zone).isoformat(),
            **{table.value: self.rows(table) for table in Table},
            "ratings": [rating_answer(rating, zone) for rating in self.ratings],
            "walks": [walk_answer(walk, zone) for walk in self.walks],
            "removed": [removed_answer(start, end, zone) for start, end in self.removed],
            "three_metre_walks": [timed_walk_answer(walk, zone) for walk in beside.timed_walks],
            "three_metre_walks_ever": beside.three_metres.count,
            "best_three_metre_walk": best and timed_walk_answer(best, zone),
            "last_guided_session": last and guided_session_answer(last, zone),
            "sits": [sit_answer(sit, zone) for sit in beside.sits],
            "minutes": [minute_answer(start, counts, zone) for start, counts in self.minutes],
            "pod_minutes": [pod_minute_answer(*row, zone) for row in self.pod_minutes],
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


def _numbered(rows: Sequence[tuple[str, int, KeptMinute]]) -> list[tuple[int, int, KeptMinute]]:
    """Number the pods from 1 on: an export holds no hardware address."""
    numbers = {mac: number for number, mac in enumerate(dict.fromkeys(mac for mac, _, _ in rows), 1)}
    return [(numbers[mac], minute, row) for mac, minute, row in rows]


def _flat(row: Answer) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{name}": part for name, part in value.items()}
        else:
            flat[key] = value
    return flat
