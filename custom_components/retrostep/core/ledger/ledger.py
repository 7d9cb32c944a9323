"""The ledger of one walker: every step once, in the minute it was walked.

Minute rows of pods are credited to UTC hours and to the walker's days the moment they are taken; hours and
days are running sums, never recomputed. Of several pods the one with the most steps gives its whole row for
a minute; all rows are kept, so a late one changes its minute by the difference. What was seen live and has
no row yet is shown on top (`today`, `total`), never stored as counted. Nothing here reads a clock.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from ..clock import Jump
from .blocks import BlockMap
from .corrections import Corrections, Walk, WalkChange, WalkError, WalkFailure
from .counts import ZERO, Counts, summed
from .day_calendar import DayCalendar, DaySpan, epoch_minute, minute_start
from .document import VERSION, DocumentError, DocumentFailure, current_document
from .log_age import Age, age_of
from .pace import refuse_impossible_pace
from .page import CLOCK_SLACK_MIN, NOTHING_YET, MinuteRow, Page, Position, refuse_wrong_clock
from .pod_log import KeptMinute, MergeResult, PodLog, PodRecord
from .pod_records import PodRecords
from .redating import Redating
from .sessions import BackwardMinute, Session, find_sessions
from .totals import DayTotals, Totals

SESSION_MAX_MIN: Final = 6 * 60
"""Nobody walks backward for longer without a pause."""


class Ledger:
    """All counts of one walker."""

    def __init__(self, zone: ZoneInfo, day_start: time = time(0)) -> None:
        """Start an empty ledger for days of a zone that start at a wall-clock time."""
        self._totals = Totals(zone, day_start.replace(second=0, microsecond=0))
        self._pods = PodRecords()
        self._corrections = Corrections()
        self._old_sessions = BlockMap(tuple, 1, 64)
        self.redating = Redating()
        self._minutes_from = 0
        self._last_step_s = 0
        self._shown_day, self._shown_total = (0, ZERO), ZERO

    @classmethod
    def from_dict(cls, kept: object) -> Ledger:
        """Read what `as_dict` wrote, by this version or an older one; raises DocumentError."""
        document = current_document(kept)
        try:
            totals = Totals.from_dict(document["totals"])
            ledger = cls(totals.calendar.rules[0].zone, totals.calendar.rules[0].day_start)
            ledger._totals = totals
            ledger._pods = PodRecords((mac, PodRecord(pod)) for mac, pod in document["pods"].items())
            ledger._corrections = Corrections(document)
            ledger._old_sessions = BlockMap(tuple, 1, 64, document["old_sessions"])
            ledger._minutes_from = document["minutes_from"]
            ledger._last_step_s = ledger.redating.step_before_s = document["last_step_s"]
            ledger._shown_day = (document["shown_day"][0], Counts(*document["shown_day"][1]))
            ledger._shown_total = Counts(*document["shown_total"])
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise DocumentError(DocumentFailure.LEDGER_UNREADABLE, repr(error)) from error
        return ledger

    def as_dict(self) -> dict[str, Any]:
        """Write everything down; the result is never changed afterwards."""
        return {
            "version": VERSION,
            "totals": self._totals.as_dict(),
            "pods": {mac: pod.as_dict() for mac, pod in self._pods.items()},
            **self._corrections.as_dict(),
            "old_sessions": self._old_sessions.as_blocks(),
            "minutes_from": self._minutes_from,
            "last_step_s": self._last_step_s,
            "shown_day": [self._shown_day[0], list(self._shown_day[1].as_tuple())],
            "shown_total": list(self._shown_total.as_tuple()),
        }

    # -- what comes in ------------------------------------------------------------------------

    def set_zone(self, zone: ZoneInfo, day_start: time, now: datetime, *, in_doubt: bool = False) -> bool:
        """Follow another zone or day start once the day that is open has ended; returns whether it is new.

        By a clock that is `in_doubt` days that were walked may lie ahead: then it has to be asked again.
        Whole minutes of the day start count. The change should be saved: made again later, it holds later.
        """
        day_start = day_start.replace(second=0, microsecond=0)
        minute = epoch_minute(now)
        newest = max(self._pods.newest_minute() - CLOCK_SLACK_MIN, self._totals.newest_minute())
        return not (in_doubt and newest > minute) and self._totals.calendar.change(zone, day_start, minute)

    def position(self, mac: str) -> Position | None:
        """Give where to ask a pod for more; None: never heard of it."""
        pod = self._pods.get(mac)
        log = pod.current if pod else None
        return log.position if log else None

    def merge(
        self, mac: str, page: Page, now: datetime, asked: Position | None = None, *, insist: bool = False
    ) -> MergeResult:
        """Take the rows of a page that were never taken before; `asked` is the question (None: `position`).

        `insist`: also while the clocks disagree; what is ahead of ours counts as without a time. The same
        page twice, pages in another order or pages after a restored backup change nothing that was counted.
        Raises PageError, then nothing was taken.
        """
        arrival = epoch_minute(now)
        refuse_wrong_clock(page, now, insist=insist)
        proven = page.proves_gaps(asked or self.position(mac) or NOTHING_YET)
        pod = self._pods.get(mac) or PodRecord()
        age = age_of(pod, page, self._minutes_from, proven=proven)
        if age is Age.DOUBTED:
            return MergeResult()
        pod.known_log(page.log).refuse_impossible(page)
        refuse_impossible_pace(page, pod, self._totals.day(self._totals.calendar.span_at(arrival)).undated)
        self._note_shown(now)
        self._pods[mac] = pod
        log_changed = pod.enter_log(page.log) or age is Age.NEW
        log = pod.logs[-1]
        new = [row for row in page.rows if not log.has(row.seq)]
        log.credited += summed(row.counts for row in new)
        undated_rows, changed, dated = 0, set[datetime](), list[tuple[int, Counts]]()
        for row in new:
            log.take(row.seq)
            if 0 < row.epoch_min <= arrival + CLOCK_SLACK_MIN:
                dated.append((row.epoch_min, self._take_row(mac, pod, row)))
            else:
                undated_rows += 1
                self.redating.note_undated(arrival, row.counts)
                changed.add(self._totals.credit(arrival, row.counts, undated=True))
        changed |= self._totals.credit_minutes(dated)
        if page.rows and proven:
            log.after = max(log.after, page.rows[-1].seq)
        state = log.settle(page, proven=proven)
        # Rows that wait for a time are dated back; a pod with a clock has none left.
        if is_complete := state.complete and page.now_s > 0:
            pod.fetched = arrival
        pod.live.rows_arrived(log.rows_total, arrival, complete=is_complete, new_log=log_changed)
        self._forget_old(arrival)
        return MergeResult(
            new_rows=len(new),
            undated_rows=undated_rows,
            lost_rows=state.lost_rows,
            lost=state.lost,
            changed_hours=frozenset(changed),
            complete=state.complete,
            log_changed=log_changed,
            log_reused=age is Age.NEW,
        )

    def live(self, mac: str, totals: Mapping[str, int], now: datetime) -> None:
        """Take a pod's live totals (any of the names in `COUNTS`): they count since its log began."""
        self._note_shown(now)
        pod = self._pods.setdefault(mac, PodRecord())
        if pod.live.update(totals, pod.rows_total, epoch_minute(now)).back:
            self._stepped(int(now.timestamp()))

    def clock_jumped(self, jump: Jump) -> frozenset[datetime]:
        """Move what a clock dated that proved wrong; gives the UTC hours whose counts changed.

        What is taken from now on was dated by the clock after the jump.
        """
        changed = self.redating.jumped(jump, self._pods, self._totals, self._corrections)
        self._last_step_s = self.redating.last_step_s()
        self._shown_day, self._shown_total = (0, ZERO), ZERO
        return changed

    @property
    def known_s(self) -> int:
        """A moment that had passed when the ledger was last written, as far as rows and steps tell."""
        return max(self._last_step_s, self._pods.newest_minute() * 60)

    def live_lost(self, mac: str) -> None:
        """Note that a pod is out of reach."""
        if mac in self._pods:
            self._pods[mac].live.lost()

    def expect_pods(self, macs: Collection[str]) -> None:
        """Know which pods are the walker's: what they may have counted so far is still to come."""
        self._pods.expect(macs)
        for mac, pod in self._pods.items():
            if pod.is_gone and pod.live.minutes():
                # It went while nobody could note it: no row would ever take that away.
                self.forget_pod(mac)

    def forget_pod(self, mac: str) -> None:
        """Let go of a pod's live part; its rows and its position stay, so that it may come back.

        What was shown of the live part may be counted for another walker: the figures may fall this once.
        """
        if mac in self._pods:
            self._pods[mac].live.forget()
            self._shown_day, self._shown_total = (0, ZERO), ZERO

    def logs(self, mac: str) -> list[PodLog]:
        """Give what was taken of a pod, for the ledger of a walker who gets the pod next."""
        return self._pods[mac].handed_on() if mac in self._pods else []

    def take_over(self, mac: str, logs: list[PodLog]) -> bool:
        """Go on where another walker's ledger ended; returns whether that is further than this one.

        What the pod still holds of the other walker's minutes is then not counted here once more.
        """
        return self._pods.setdefault(mac, PodRecord()).go_on_from(logs)

    def add_walk(self, start: datetime, duration_s: int, counts: Counts, now: datetime) -> WalkChange:
        """Add a walk by hand; raises WalkError."""
        walk = self._corrections.add(start, duration_s, counts, now, self._totals.calendar)
        changed = {self._totals.credit(minute, part, manual=True) for minute, part in walk.portions()}
        return WalkChange(counts, frozenset(changed), walk)

    def take_back_walk(self, number: int) -> WalkChange:
        """Take away one walk that was added by hand, however old; raises WalkError."""
        walk = self._corrections.take_back(number)
        changed = {self._totals.credit(minute, ZERO - part, manual=True) for minute, part in walk.portions()}
        self._shown_day, self._shown_total = (0, ZERO), ZERO
        return WalkChange(walk.counts, frozenset(changed), walk)

    def remove_walk(self, start: datetime, end: datetime, now: datetime) -> WalkChange:
        """Take away what was counted from `start` to `end`, also what arrives later for that time.

        Walks added by hand that start in it go too. Raises WalkError.
        """
        first, stop = epoch_minute(start), min(epoch_minute(end), epoch_minute(now) + 1)
        if first >= stop:
            raise WalkError(WalkFailure.SPAN_EMPTY if start >= end else WalkFailure.SPAN_IN_FUTURE)
        if first < self._minutes_from:
            raise WalkError(WalkFailure.REMOVAL_TOO_OLD)
        taken_away, changed = ZERO, set[datetime]()
        for walk in [walk for walk in self.walks() if first <= walk.minute < stop]:
            change = self.take_back_walk(walk.number)
            taken_away += change.counts
            changed |= change.changed_hours
        for minute, row in self._minute_rows(first, stop):
            taken_away += row.counts
            changed.add(self._totals.credit(minute, ZERO - row.counts))
        self._corrections.remove(first, stop)
        self.redating.note_removed(first, stop)
        self._shown_day, self._shown_total = (0, ZERO), ZERO
        return WalkChange(taken_away, frozenset(changed))

    def take_hours(self, hours: Mapping[datetime, Counts]) -> None:
        """Count hours known from elsewhere; of the last one pods may know more, of those before nothing."""
        last = max(hours)
        self._corrections.remove(0, epoch_minute(last))
        self._corrections.lend(epoch_minute(last) // 60, hours[last])
        for start, counts in hours.items():
            self._totals.credit(epoch_minute(start), counts)

    # -- what is known ------------------------------------------------------------------------

    def today(self, now: datetime) -> DayTotals:
        """Give the day of `now` with what is seen live; it never shows less than it did before."""
        span, counts = self._today(now)
        return replace(self._totals.day(span), counts=counts)

    def day(self, day: date) -> DayTotals:
        """Give a day as counted by rows and corrections."""
        return self._totals.day(self._totals.calendar.span_of(day))

    def days(self, first: date = date.min, last: date = date.max) -> list[DayTotals]:
        """Give the days with anything counted, ascending, both ends included."""
        return self._totals.days(first, last)

    def total(self) -> Counts:
        """Give the lifetime counts with what is seen live; they never show less than before."""
        return self._shown_total.floor(self._totals.all() + self._ahead(0, None))

    def settled_total(self) -> Counts:
        """Give the lifetime counts by rows and corrections."""
        return self._totals.all()

    @property
    def calendar(self) -> DayCalendar:
        """The walker's days; to be read, `set_zone` changes them."""
        return self._totals.calendar

    @property
    def minutes_since(self) -> datetime:
        """Minutes, and so single sessions, are known from here on."""
        return minute_start(self._minutes_from)

    @property
    def hours_since(self) -> datetime:
        """Hours are known from here on."""
        return self._totals.hours_since

    def hours(self, since: datetime | None = None) -> list[tuple[datetime, Counts]]:
        """Give the UTC hours with anything counted, ascending, from the hour of `since` on."""
        return self._totals.hours(epoch_minute(since) // 60 if since else 0)

    def keep_hours(self, starts: Iterable[datetime]) -> None:
        """Have hours even if they hold nothing: statistics become zero there and follow earlier ones."""
        for start in starts:
            self._totals.keep_hour(epoch_minute(start) // 60)

    def hours_base(self) -> Counts:
        """Give what was counted before the first of all `hours`."""
        return self._totals.hours_base()

    def minutes(self, start: datetime, end: datetime) -> list[tuple[datetime, Counts]]:
        """Give the minutes of pods that count, ascending, start <= minute < end."""
        rows = self._minute_rows(epoch_minute(start), epoch_minute(end))
        return [(minute_start(minute), row.counts) for minute, row in rows]

    def pod_minutes(self) -> list[tuple[str, int, KeptMinute]]:
        """Give every row kept with its pod and minute, pod by pod, whether it counts or not."""
        return self._pods.rows()

    def ahead(self, start: datetime, end: datetime) -> Counts:
        """Give what is seen live of start <= t < end and has no row yet."""
        return self._ahead(epoch_minute(start), epoch_minute(end))

    def last_step_at(self) -> datetime | None:
        """Give when the last backward step was seen or walked."""
        return datetime.fromtimestamp(self._last_step_s, UTC) if self._last_step_s else None

    def sessions(self, start: datetime, end: datetime) -> list[Session]:
        """Give the sessions that start in start <= t < end, of the minutes kept."""
        # A session may have begun before `start` or go on after `end`.
        rows = self._minute_rows(epoch_minute(start) - SESSION_MAX_MIN, epoch_minute(end) + SESSION_MAX_MIN)
        found = find_sessions(
            BackwardMinute(minute, row.back, row.back_dm, row.back_s, row.first_s, row.last_s, row.max_cm)
            for minute, row in rows
        )
        return [session for session in found if start <= session.start < end]

    def session_count(self, day: date) -> int:
        """Give how many sessions began on a day; that of days whose minutes are gone was kept."""
        if (kept := self._old_sessions.get(day.toordinal())) is not None:
            return kept[0]
        span = self._totals.calendar.span_of(day)
        return len(self.sessions(minute_start(span.first), minute_start(span.end)))

    def walks(self) -> list[Walk]:
        """Give the walks added by hand."""
        return self._corrections.walks()

    def removed(self) -> list[tuple[datetime, datetime]]:
        """Give the stretches of time whose steps count nothing."""
        return self._corrections.removed()

    # -- inside -------------------------------------------------------------------------------

    def _note_shown(self, now: datetime) -> None:
        """Remember what is shown, before a pod is heard: whatever it says, figures do not fall below."""
        span, counts = self._today(now)
        self._shown_day = (span.day.toordinal(), counts)
        self._shown_total = self.total()

    def _today(self, now: datetime) -> tuple[DaySpan, Counts]:
        """Give the day of `now` and what it shows."""
        span = self._totals.calendar.span_at(epoch_minute(now))
        counts = self._totals.counted(span) + self._ahead(span.first, span.end)
        if self._shown_day[0] == span.day.toordinal():
            counts = counts.floor(self._shown_day[1])
        return span, counts

    def _take_row(self, mac: str, pod: PodRecord, row: MinuteRow) -> Counts:
        """Keep a dated row; gives what it changes in what its minute counts."""
        minute, kept = row.epoch_min, KeptMinute.of(row)
        before = self._pods.best(minute)
        self.redating.note(mac, minute, kept, pod.put_row(minute, kept))
        if self._corrections.is_removed(minute):
            return ZERO
        if row.counts.back:
            self._stepped(minute * 60 + max(row.last_s, 0))
        return self._corrections.beyond_lent(minute, self._pods.best(minute).counts - before.counts)

    def _stepped(self, dated_s: int) -> None:
        self.redating.stepped(dated_s)
        self._last_step_s = max(self._last_step_s, dated_s)

    def _minute_rows(self, first: int, end: int) -> Iterator[tuple[int, KeptMinute]]:
        """Give the rows that count, ascending."""
        rows = self._pods.minutes(first, end)
        return ((minute, row) for minute, row in rows if not self._corrections.is_removed(minute))

    def _ahead(self, first: int, end: int | None) -> Counts:
        """Give what is seen live and has no row yet, for minutes first <= m < end."""
        return self._pods.ahead(first, end, self._corrections.is_removed)

    def _forget_old(self, arrival: int) -> None:
        """Let go of minutes and hours of too many days; no clock is asked how old they are."""
        self._totals.forget_old_hours()
        horizon = self._totals.calendar.span_at(self._pods.oldest_needed(arrival, self._minutes_from)).first
        if horizon <= self._minutes_from:
            return
        self._keep_session_counts(horizon)
        for pod in self._pods.values():
            pod.minutes.drop_before(horizon)
        self._minutes_from = horizon

    def _keep_session_counts(self, horizon: int) -> None:
        """Write down how many sessions the days before a minute have, while their minutes are there."""
        minutes = (minute for pod in self._pods.values() for minute, _ in pod.minutes.rows(0, horizon))
        for day in {self._totals.calendar.span_at(minute).day for minute in minutes}:
            self._old_sessions.put(day.toordinal(), (self.session_count(day),))
