"""What a phone shows of a guided session while it goes on, and how often.

Phones draw a clock by themselves from the time a stage ends; a bar moves only when it is sent. So it is sent
at most once in `PAUSE_S`, and only if something on it changed.

Nothing here knows Home Assistant or reads a clock; times are seconds since 1970.
"""

from dataclasses import dataclass
from typing import Final

from .result import SessionMoment, SessionView

PAUSE_S: Final = 10
"""Seconds between two updates: phones limit how many they show, services how many they send."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a phone shows: the stage, how far it is, why it waits, when it ends, the whole in percent."""

    stage: str
    number: int
    of: int
    unit: str
    done: int
    target: int
    waiting: str | None
    ends_at: int | None
    progress: int

    @classmethod
    def of_view(cls, view: SessionView) -> Shown | None:
        """Read it from a session; None: there is none."""
        if not view.active:
            return None
        # Seconds are drawn by the phone itself while somebody walks.
        counts_itself = view.unit == "seconds" and view.ends_at is not None
        return cls(
            stage=view.stage,
            number=view.number or 0,
            of=view.of or 0,
            unit=view.unit or "",
            done=0 if counts_itself else view.done or 0,
            target=view.target or 0,
            waiting=view.waiting,
            ends_at=view.ends_at,
            progress=view.progress or 0,
        )


class LiveView:
    """Decides when what a phone shows is sent anew."""

    def __init__(self) -> None:
        self._sent: Shown | None = None
        self._sent_at = 0.0

    @property
    def is_shown(self) -> bool:
        """Whether a phone shows a session."""
        return self._sent is not None

    def clock_jumped(self, by_s: float) -> None:
        """Go on as if the clock had not been set."""
        self._sent_at += by_s

    def take(self, moment: SessionMoment) -> Shown | None:
        """Give what is to be sent now; None: nothing new, or too soon."""
        shown = Shown.of_view(moment.view)
        if shown is None or shown == self._sent:
            return None
        if self._sent and 0 <= moment.now_s - self._sent_at < PAUSE_S:
            return None
        self._sent, self._sent_at = shown, moment.now_s
        return shown

    def clear(self) -> None:
        """Show nothing any more."""
        self._sent = None
