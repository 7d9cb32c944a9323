"""What the actions tell of a walker's past, as plain data: text, numbers, lists and dictionaries.

Distances are metres (`_m`), walking times minutes (`_min`), moments ISO texts in the zone of their day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..feelings.ratings import Rating, Ratings
from ..goals.goal import GoalDay
from ..guided_sessions.result import Result
from ..guided_sessions.three_metre_trials import TimedWalk, Trend, TrialSet
from ..history.history import History, HistoryError, HistoryFailure, Period, PeriodKind
from ..ledger.corrections import Walk
from ..ledger.counts import ZERO, Counts
from ..ledger.day_calendar import minute_start
from ..ledger.ledger import Ledger
from ..ledger.pod_log import KeptMinute
from ..ledger.sessions import Session
from ..sitting.diary import Sit, SittingDay
from .gait import Feet, changes_of, gait_of, weeks_of
from .gait_answers import Answer, comparison_answer, feet_answer, gait_answer, week_answer

AVERAGES_OF_DAYS: Final = (7, 30)
_DAY: Final = timedelta(days=1)


def counts_answer(counts: Counts) -> Answer:
    """Tell counts."""
    return {
        "backward_steps": counts.back,
        "forward_steps": counts.fwd,
        "side_steps": counts.side,
        "backward_m": counts.back_dm / 10,
        "forward_m": counts.fwd_dm / 10,
        "backward_min": round(counts.back_s / 60, 2),
        "forward_min": round(counts.fwd_s / 60, 2),
    }


def share_pct(counts: Counts) -> float | None:
    """Give the share of steps that went backward, in percent; None without a step."""
    return round(100 * counts.back / counts.steps, 1) if counts.steps else None


def period_answer(
    period: Period, goals: Mapping[date, GoalDay], sitting: Mapping[date, SittingDay]
) -> Answer:
    """Tell one period: its sitting, the goal of a day, or on how many days of a week or month it was met."""
    zone = ZoneInfo(period.zone)
    answer = {
        "start": period.start.astimezone(zone).isoformat(),
        "end": period.end.astimezone(zone).isoformat(),
        **counts_answer(period.counts),
        "sessions": period.sessions,
        "manual": counts_answer(period.manual),
    }
    if period.dates is None or period.undated is None:
        return answer
    first, last = period.dates
    answer = {"date": first.isoformat(), **answer, "undated": counts_answer(period.undated)}
    answer |= sitting_answer([sitting[day] for day in sitting if first <= day <= last])
    if first == last:
        return {**answer, **goal_answer(goals.get(first))}
    days = [goals[day] for day in goals if first <= day <= last]
    return {**answer, "goal_days": len(days), "goal_days_met": sum(day.met for day in days)}


def goal_answer(day: GoalDay | None) -> Answer:
    """Tell the goal that held on a day; all None on a day that had none."""
    if day is None:
        return dict.fromkeys(
            ("goal", "goal_kind", "goal_session_min", "goal_done", "goal_met", "goal_status")
        )
    return {
        "goal": day.goal.value,
        "goal_kind": day.goal.kind.value,
        "goal_session_min": round(day.goal.session_s / 60, 2) or None,
        "goal_done": round(day.done, 2),
        "goal_met": day.met,
        "goal_status": day.status.value,
    }


def sitting_answer(days: Sequence[SittingDay]) -> Answer:
    """Tell the sitting of some days; all None if nothing is known of any."""
    if not days:
        return dict.fromkeys(("sitting_min", "longest_sitting_min", "breaks"))
    return {
        "sitting_min": sum(day.sitting_s for day in days) // 60,
        "longest_sitting_min": max(day.longest_s for day in days) // 60,
        "breaks": sum(day.breaks for day in days),
    }


def session_answer(session: Session, zone: ZoneInfo) -> Answer:
    """Tell one session."""
    gait = gait_of([session])
    return {
        "start": session.start.astimezone(zone).isoformat(),
        "end": session.end.astimezone(zone).isoformat(),
        "length_min": round((session.end - session.start).total_seconds() / 60, 2),
        "steps": session.steps,
        "distance_m": session.distance_dm / 10,
        "walking_min": round(session.walking_s / 60, 2),
        **gait_answer(gait),
    }


def rating_answer(rating: Rating, zone: ZoneInfo) -> Answer:
    """Tell how a session felt; `session` is when it began."""
    began = datetime.fromtimestamp(rating.at_s, zone).isoformat()
    return {"session": began, "effort": rating.effort, "pain": rating.pain}


def walk_answer(walk: Walk, zone: ZoneInfo) -> Answer:
    """Tell one walk that was added by hand."""
    return {
        "walk": walk.number,
        "start": walk.start.astimezone(zone).isoformat(),
        "length_min": round(walk.duration_s / 60, 2),
        **counts_answer(walk.counts),
    }


def minute_answer(start: datetime, counts: Counts, zone: ZoneInfo) -> Answer:
    """Tell one minute a pod counted in; what is zero is left out."""
    told = {name: number for name, number in counts_answer(counts).items() if number}
    return {"start": start.astimezone(zone).isoformat(), **told}


def pod_minute_answer(pod: int, minute: int, row: KeptMinute, zone: ZoneInfo) -> Answer:
    """Tell what one pod counted in a minute, whether that counts or another pod's row does."""
    told = {"pod": pod, **minute_answer(minute_start(minute), row.counts, zone)}
    if row.first_s >= 0:
        told |= {"backward_from_s": row.first_s, "backward_to_s": row.last_s}
    if row.max_cm:
        told["longest_stride_m"] = row.max_cm / 100
    return told


def sit_answer(sit: Sit, zone: ZoneInfo) -> Answer:
    """Tell one sit."""
    start, end = (datetime.fromtimestamp(at_s, zone).isoformat() for at_s in (sit.start, sit.end))
    return {"start": start, "end": end, "got_up": sit.broken}


def guided_session_answer(result: Result, zone: ZoneInfo) -> Answer:
    """Tell a guided session that is over."""
    start, end = (
        datetime.fromtimestamp(at_s, zone).isoformat() for at_s in (result.started_at, result.ended_at)
    )
    return {"start": start, "end": end, **result.summary(), "stage_list": result.stage_list()}


def timed_walk_answer(walk: TimedWalk, zone: ZoneInfo) -> Answer:
    """Tell one timed walk of three metres."""
    at = datetime.fromtimestamp(walk.at_s, zone).isoformat()
    return {"at": at, "seconds": walk.seconds, "mps": round(walk.mps, 3)}


def trial_set_answer(trials: TrialSet, zone: ZoneInfo) -> Answer:
    """Tell trials of the 3 m walk that belong together."""
    return {
        "at": datetime.fromtimestamp(trials.walks[0].at_s, zone).isoformat(),
        "trials": [walk.seconds for walk in trials.walks],
        "best_s": trials.best_s,
        "mean_s": round(trials.mean_s, 2),
        "mean_mps": round(trials.mean_mps, 3),
    }


def trend_answer(trend: Trend) -> Answer:
    """Tell how the last complete set of trials stands to those before it."""
    return {
        "usual_s": round(trend.usual_s, 2),
        "smallest_change_s": round(trend.smallest_change_s, 2),
        "change": trend.change,
    }


def removed_answer(start: datetime, end: datetime, zone: ZoneInfo) -> Answer:
    """Tell one stretch of time whose steps count nothing."""
    return {"start": start.astimezone(zone).isoformat(), "end": end.astimezone(zone).isoformat()}


@dataclass(frozen=True, slots=True)
class HistoryAnswers:
    """Answers out of one walker's ledger and history at one moment."""

    ledger: Ledger
    history: History
    goals: Mapping[date, GoalDay]
    sitting: Mapping[date, SittingDay]
    zone: ZoneInfo
    at: datetime
    ratings: Ratings = field(default_factory=Ratings)
    feet: Mapping[str, str] = field(default_factory=dict)
    """`left` or `right` by pod, as far as the walker said so."""

    def period(self, period: Period) -> Answer:
        """Tell one period."""
        return period_answer(period, self.goals, self.sitting)

    def session(self, session: Session) -> Answer:
        """Tell one session, and how it felt."""
        rating = self.ratings.of(session)
        felt = {"effort": rating and rating.effort, "pain": rating and rating.pain}
        return {**session_answer(session, self.zone), **felt}

    def periods(self, kind: PeriodKind, start: datetime, end: datetime) -> list[Answer]:
        """Tell the periods of a span; raises HistoryError."""
        return [self.period(period) for period in self.history.periods(kind, start, end, self.at)]

    def corrections(self, start: datetime, end: datetime) -> Answer:
        """Tell what was corrected by hand in start <= t < end: walks added, stretches taken away."""
        return {
            "walks": [
                walk_answer(walk, self.zone) for walk in self.ledger.walks() if start <= walk.start < end
            ],
            "removed": [
                removed_answer(first, last, self.zone)
                for first, last in self.ledger.removed()
                if first < end and last > start
            ],
        }

    def sessions(self, start: datetime, end: datetime) -> Answer:
        """Tell the sessions that start in start <= t < end.

        Where the minutes are gone only their number a day is known: `days_before`. Raises HistoryError.
        """
        if start >= end:
            raise HistoryError(HistoryFailure.SPAN_EMPTY)
        known_since, last = self.ledger.minutes_since, self.history.sessions.last
        before = []
        if start < known_since:
            days = self.history.periods(PeriodKind.DAY, start, min(end, known_since), self.at)
            before = [
                {"date": day.dates[0].isoformat(), "sessions": day.sessions}
                for day in days
                if day.dates and day.sessions
            ]
        usual_cm = last.usual_cm if last else None
        feet = Feet(self._pod_minutes())
        return {
            "sessions": [
                {
                    **self.session(session),
                    **(feet_answer(found, self.feet) if (found := feet.of(session)) else {}),
                }
                for session in self.history.sessions.between(start, end)
            ],
            "days_before": before,
            "usual_longest_stride_m": None if usual_cm is None else usual_cm / 100,
        }

    def _pod_minutes(self) -> list[tuple[str, int, KeptMinute]]:
        """Give the rows of pods that were not taken away by hand."""
        removed = self.ledger.removed()
        return [
            (pod, minute, row)
            for pod, minute, row in self.ledger.pod_minutes()
            if not any(first <= minute_start(minute) < last for first, last in removed)
        ]

    def summary(self) -> Answer:
        """Tell how it goes: today, this week beside the last one, averages, what was best."""
        today_totals = self.ledger.today(self.at)
        today, monday = today_totals.date, today_totals.date - timedelta(days=today_totals.date.weekday())
        days = self.history.days(monday - 7 * _DAY, today, self.at)
        this_week = self._sum([day for day in days if day.dates and day.dates[0] >= monday])
        before = [day for day in days if day.dates and day.dates[0] < monday]
        so_far = [day for day in before if day.dates and day.dates[0] <= today - 7 * _DAY]
        last_week, last_week_so_far = self._sum(before), self._sum(so_far)
        return {
            "date": today.isoformat(),
            "time_zone": self.zone.key,
            "today": self._sum(days[-1:]),
            "this_week": this_week,
            "last_week": last_week,
            "last_week_so_far": last_week_so_far,
            "change_pct": _change_pct(this_week["backward_steps"], last_week_so_far["backward_steps"]),
            "averages": {f"last_{number}_days": self._average(number) for number in AVERAGES_OF_DAYS},
            "best_day": self._best_day(),
            "longest_session": self._longest_session(),
            "gait": self._gait(today),
            "total": self._shared(self.ledger.total()),
        }

    def _gait(self, today: date) -> Answer:
        """Tell the gait of the weeks whose minutes are kept, and what changed in the last one over."""
        weeks = weeks_of(self.history.sessions.all(), self.zone)
        changes = changes_of(weeks, today)
        return {
            "weeks": [week_answer(week) for week in weeks],
            "changes": {figure: comparison_answer(found) for figure, found in changes.items()},
        }

    def _sum(self, days: Sequence[Period]) -> Answer:
        counts = sum((day.counts for day in days), ZERO)
        return {**self._shared(counts), "sessions": sum(day.sessions or 0 for day in days)}

    @staticmethod
    def _shared(counts: Counts) -> Answer:
        return {**counts_answer(counts), "backward_share_pct": share_pct(counts)}

    def _average(self, number: int) -> Answer | None:
        """Give the mean of a day over so many days before today, as far as there were any."""
        first = self.history.first_day()
        days = [
            day
            for day in self.history.last_days(number + 1, self.at)[:-1]
            if first and day.dates and day.dates[0] >= first
        ]
        if not days:
            return None
        total = self._sum(days)
        return {
            "days": len(days),
            **{
                key: round(total[key] / len(days), 2)
                for key in ("backward_steps", "forward_steps", "backward_m", "backward_min", "sessions")
            },
            "backward_share_pct": total["backward_share_pct"],
        }

    def _best_day(self) -> Answer | None:
        """Give the day with the most backward steps; of equal ones the first."""
        days = self.history.all_days(self.at)
        best = max(days, key=lambda day: day.counts.back)
        return self.period(best) if best.counts.back else None

    def _longest_session(self) -> Answer | None:
        """Give the longest session of the minutes kept."""
        longest = max(
            self.history.sessions.all(), key=lambda session: session.end - session.start, default=None
        )
        return None if longest is None else self.session(longest)


def _change_pct(number: int, before: int) -> float | None:
    """Give by how many percent a number grew; None from nothing."""
    return round(100 * (number - before) / before, 1) if before else None
