"""What a sheet for a professional holds of a period: weeks, program, 3 m walks, how it felt.

Gathered at once with `of`; `sheet_page` makes a page of it, in another thread if need be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from math import ceil
from statistics import fmean
from typing import Final

from ..feelings.ratings import Rating
from ..goals.goal import GoalDay
from ..goals.programme import Adherence, ProgrammeView
from ..guided_sessions.three_metre_trials import TimedWalk, Trend, TrialSet, sets_of, trend_of
from ..ledger.counts import ZERO, Counts
from .answers import HistoryAnswers
from .gait import Gait

DAYS_MAX: Final = 366
"""A sheet shows a year at most."""
ROWS_MAX: Final = 13
"""So many rows leave room for the rest of the page; of more weeks the rows are averages."""
_WEEK: Final = timedelta(weeks=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SheetWeek:
    """One calendar week, or the average of some: steps, minutes and days are a week's."""

    first: date
    last: date
    minutes: float
    steps: float
    days_walked: float
    speed_mps: float | None
    cadence_spm: float | None
    stride_m: float | None
    asked: int
    met: int
    effort: float | None
    pain: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A period of a walker, ready to be written; `initials` are empty if none were given."""

    first: date
    last: date
    made: date
    initials: str
    weeks: tuple[SheetWeek, ...]
    rows: tuple[SheetWeek, ...]
    weeks_a_row: int
    programme: ProgrammeView | None
    programme_weeks: tuple[Adherence, ...]
    sets: tuple[TrialSet, ...]
    trend: Trend | None

    @classmethod
    def of(
        cls,
        answers: HistoryAnswers,
        programme: ProgrammeView | None,
        walks: Sequence[TimedWalk],
        period: tuple[date, date],
        initials: str = "",
    ) -> Sheet:
        """Gather what is known of the days of a period, both ends included."""
        first, last = period
        mondays = _mondays(first, last)
        by_week = [
            _gather(answers, max(monday, first), min(monday + _WEEK - _DAY, last)) for monday in mondays
        ]
        weeks_a_row = ceil(len(by_week) / ROWS_MAX)
        sets = [each for each in sets_of(walks) if first <= _day(answers, each.walks[0].at_s) <= last]
        programme_weeks = programme.programme.by_week(answers.goals.values()) if programme else []
        return cls(
            first=first,
            last=last,
            made=answers.at.astimezone(answers.zone).date(),
            initials=initials,
            weeks=tuple(_Sums.shown([week]) for week in by_week),
            rows=tuple(_Sums.shown(row) for row in batched(by_week, weeks_a_row, strict=False)),
            weeks_a_row=weeks_a_row,
            programme=programme,
            programme_weeks=tuple(programme_weeks),
            sets=tuple(sets),
            trend=trend_of(sets),
        )

    @property
    def asked(self) -> int:
        """On how many days of the period a goal was asked for."""
        return sum(week.asked for week in self.weeks)

    @property
    def met(self) -> int:
        """On how many of them it was reached."""
        return sum(week.met for week in self.weeks)


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a week adds up to."""

    first: date
    last: date
    counts: Counts
    days_walked: int
    goal_days: tuple[GoalDay, ...]
    ratings: tuple[Rating, ...]

    @staticmethod
    def shown(weeks: Sequence[_Sums]) -> SheetWeek:
        """Show one week, or some as their average."""
        counts = sum((week.counts for week in weeks), ZERO)
        gait = Gait(counts.back, counts.back_dm / 10, counts.back_s, None)
        asked = [day for week in weeks for day in week.goal_days if day.asks]
        ratings = [rating for week in weeks for rating in week.ratings]
        return SheetWeek(
            first=weeks[0].first,
            last=weeks[-1].last,
            minutes=counts.back_s / 60 / len(weeks),
            steps=counts.back / len(weeks),
            days_walked=sum(week.days_walked for week in weeks) / len(weeks),
            speed_mps=gait.speed_mps,
            cadence_spm=gait.cadence_spm,
            stride_m=gait.stride_length_m,
            asked=len(asked),
            met=sum(day.met for day in asked),
            effort=_mean(rating.effort for rating in ratings),
            pain=_mean(rating.pain for rating in ratings),
        )


def _gather(answers: HistoryAnswers, first: date, last: date) -> _Sums:
    days = answers.history.days(first, last, answers.at)
    return _Sums(
        first=first,
        last=last,
        counts=sum((day.counts for day in days), ZERO),
        days_walked=sum(day.counts.back > 0 for day in days),
        goal_days=tuple(day for day in answers.goals.values() if first <= day.day <= last),
        ratings=tuple(
            rating for rating in answers.ratings.all() if first <= _day(answers, rating.at_s) <= last
        ),
    )


def _day(answers: HistoryAnswers, at_s: int) -> date:
    return answers.ledger.calendar.span_at(at_s // 60).day


def _mondays(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    return [monday + _WEEK * number for number in range((last - monday).days // 7 + 1)]


def _mean(values: Iterable[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
