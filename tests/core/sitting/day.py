"""A walker's day, told minute by minute, so that tests read as what happened."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from custom_components.retrostep.core.clock import ClockWatch, Jump
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.sitting.models import (
    Facts,
    QuietReason,
    ReminderEvent,
    SittingSettings,
    SittingView,
)
from custom_components.retrostep.core.sitting.sitting import Sitting

if TYPE_CHECKING:
    from custom_components.retrostep.core.sitting.diary import SittingDay
    from custom_components.retrostep.core.sitting.settings import WeeklyTimes

BERLIN = ZoneInfo("Europe/Berlin")
POD = "a0:00:00:00:00:01"
# What the pod tells while walking, and how fast people walk.
TELLS_EVERY_S = 10
STEPS_A_S = 1.5


@dataclass
class Day:
    """One walker from a wall-clock time in Berlin on; `events` are what happened and when."""

    begin: str
    settings: SittingSettings = field(default_factory=SittingSettings)
    times: WeeklyTimes | None = None
    kept: dict[str, Any] | None = None
    events: list[tuple[str, str]] = field(default_factory=list)
    minutes: list[tuple[datetime, Counts]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self._berlin(self.begin)
        self.machine = Sitting(self.settings, self.now, self.kept)
        self.facts = Facts()
        self.in_reach = False
        self.back = self.fwd = 0
        self.looks = 0
        self.clock = ClockWatch()
        self.behind = timedelta()
        self.clock.look(self.now.timestamp(), self.steady_s)
        self._follow()

    @property
    def steady_s(self) -> float:
        """What a clock says that nobody can set."""
        return (self.now + self.behind).timestamp() - 1_700_000_000

    def _berlin(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)

    @property
    def date(self) -> date:
        """Date on the wall."""
        return self.now.astimezone(BERLIN).date()

    # What the world does

    def set(self, **facts: Any) -> None:
        """Change what is known from outside."""
        self.facts = replace(self.facts, **facts)
        self._follow()

    def wear(self) -> None:
        """Put the pod on, within reach."""
        self.in_reach = True
        self.set(worn=True)

    def take_off(self) -> None:
        """Put the pod off."""
        self.set(worn=False)

    def lose_reach(self) -> None:
        """The pod sleeps, or Wi-Fi is gone."""
        self.in_reach = False
        self.set(worn=None)

    def quiet(self, reason: QuietReason | None) -> None:
        """Begin or end a quiet time."""
        self.set(quiet=reason)

    def set_clock(self, by: timedelta) -> None:
        """Set the wall clock; it was wrong before, or will be."""
        jump = self.clock.look(self.now.timestamp(), self.steady_s)
        assert jump is None
        self.now += by
        self.behind -= by
        jump = self.clock.look(self.now.timestamp(), self.steady_s) or Jump(0, 0, ())
        self.machine.clock_jumped(jump, self.now)
        self._follow()

    def until(self, clock: str) -> None:
        """Let time pass up to a time of the same or, with a date, of another day."""
        text = clock if "-" in clock else f"{self.date} {clock}"
        self._pass_to(self._berlin(text))

    def sit(self, minutes: float) -> None:
        """Let time pass without a step."""
        self._pass_to(self.now + timedelta(minutes=minutes))

    def walk(self, seconds: int, *, backward: bool = False) -> None:
        """Walk; out of reach only the pod's minute rows know."""
        for _ in range(0, seconds, TELLS_EVERY_S):
            self._pass_to(self.now + timedelta(seconds=TELLS_EVERY_S))
            steps = round(TELLS_EVERY_S * STEPS_A_S)
            self._count(steps, backward=backward)
            self._follow()

    def shuffle(self, steps: int) -> None:
        """Move the feet a little."""
        self._count(steps, backward=False)
        self._follow()

    def _count(self, steps: int, *, backward: bool) -> None:
        counts = Counts(back=steps) if backward else Counts(fwd=steps)
        self.back += counts.back
        self.fwd += counts.fwd
        # The step was walked in the seconds before it is told.
        minute = (self.now - timedelta(seconds=1)).replace(second=0, microsecond=0)
        if self.minutes and self.minutes[-1][0] == minute:
            self.minutes[-1] = (minute, self.minutes[-1][1] + counts)
        else:
            self.minutes.append((minute, counts))

    def sync(self) -> None:
        """Fetch the pod's minute rows."""
        self.machine.walked(self.minutes, self.now)
        self._follow()

    # What the person does

    def snooze(self, minutes: float) -> None:
        """Ask for no reminder for a while."""
        self._note(self.machine.snooze(self.now + timedelta(minutes=minutes)))
        self._follow()

    def dismiss(self) -> None:
        """Do not want to hear of this one again."""
        self._note(self.machine.dismiss(self.now))
        self._follow()

    def change(self, settings: SittingSettings) -> None:
        """Choose other settings."""
        self.machine.change_settings(settings)
        self._follow()

    def done(self) -> None:
        """Say that one got up."""
        self._note(self.machine.done(self.now))

    def restart(self, after_min: float = 0, *, worn: bool | None = None) -> None:
        """Restart Home Assistant; pods tell nothing at first."""
        kept = self.machine.as_dict()
        self.now += timedelta(minutes=after_min)
        self.machine = Sitting(self.settings, self.now, kept)
        self.facts = Facts(worn=worn)
        self.in_reach = worn is not None
        self._follow()

    # The clockwork

    def _pass_to(self, end: datetime) -> None:
        while (look := self.machine.next_look(self.now)) is not None and look <= end:
            assert look > self.now
            self.looks += 1
            self.now = look
            self._follow()
        self.now = end
        self._follow()

    def _follow(self) -> None:
        start = datetime.combine(self.date, datetime.min.time(), BERLIN)
        self.machine.begin_day(
            self.date, start, datetime.combine(self.date + timedelta(days=1), datetime.min.time(), BERLIN)
        )
        facts = self.facts
        if self.times:
            facts = replace(
                facts,
                quiet=self.facts.quiet or self.times.reason(self.now, BERLIN),
                until=self.times.next_look(self.now, BERLIN),
            )
        self.machine.observe(facts, self.now)
        self.machine.walk({POD: {"back": self.back, "fwd": self.fwd} if self.in_reach else None}, self.now)
        self._note(self.machine.evaluate(self.now))

    def _note(self, events: list[ReminderEvent]) -> None:
        clock = f"{self.now.astimezone(BERLIN):%H:%M}"
        self.events += [(clock, str(event)) for event in events]

    # What is known

    @property
    def shown(self) -> SittingView:
        """What the entities show."""
        return self.machine.view(self.date, self.now)

    @property
    def state(self) -> str:
        """The state shown."""
        return str(self.shown.state)

    @property
    def next_reminder(self) -> str | None:
        """The next reminder on the wall clock."""
        at = self.shown.next_reminder
        return f"{at.astimezone(BERLIN):%H:%M}" if at else None

    def figures(self, day: str | None = None) -> SittingDay:
        """What a day holds."""
        wanted = date.fromisoformat(day) if day else self.date
        found = self.machine.days(wanted, wanted, self.now)
        return found[0]
