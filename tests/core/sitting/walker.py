"""A walker at a desk, told by the second."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from custom_components.retrostep.core.sitting.diary import SittingDiary
from custom_components.retrostep.core.sitting.models import Facts, SittingSettings
from custom_components.retrostep.core.sitting.posture import Posture, PostureTracker

NINE = datetime(2026, 11, 18, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def at(minutes: float = 0, seconds: float = 0) -> datetime:
    """Give a moment after nine."""
    return NINE + minutes * MINUTE + seconds * SECOND


class Walker:
    """A walker at a desk; every call is a moment in which something is told."""

    def __init__(self, settings: SittingSettings | None = None) -> None:
        self.diary = SittingDiary()
        self.diary.begin_day(NINE.date(), at(-540), at(900))
        self.settings = settings or SittingSettings()
        self.posture = PostureTracker(self.diary, self.settings)
        self.total = 0

    def tell(self, now: datetime, **facts: Any) -> Posture:
        """Tell facts; what is not given nobody tells."""
        self.posture.observe(Facts(**facts), now)
        self.posture.settle(now)
        return self.posture.posture

    def pod(self, now: datetime, steps: int | None = 0, **facts: Any) -> Posture:
        """Tell steps of the pod, too; None: it is out of reach."""
        self.posture.observe(Facts(**facts), now)
        self.total += steps or 0
        self.posture.walk({"a": None if steps is None else {"fwd": self.total}}, now)
        self.posture.settle(now)
        return self.posture.posture

    @property
    def sits(self) -> list[tuple[float, float, bool]]:
        """The sits in the diary: first and last minute after nine, and whether a walk ended them."""
        return [
            ((start - NINE.timestamp()) / 60, (end - NINE.timestamp()) / 60, broken)
            for start, end, broken in self.diary.as_dict()["sits"]
        ]

    def restart(self) -> None:
        """Write it down and read it again, through real JSON."""
        kept = json.loads(json.dumps(self.posture.as_dict()))
        self.posture = PostureTracker(self.diary, self.settings, kept)
