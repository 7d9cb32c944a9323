"""Which faults a story may have: `--faults NAME,…`, the faults of the first schedules, or all."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from .faults import FAULTS
from .later_faults import LATER_FAULTS
from .network import LATER_NETWORK_FAULTS, NETWORK_FAULTS

OVERFLOW: Final = "overflow"
"""More minutes than the pod can keep."""
REUSED_NAME: Final = "reused_log_name"
"""A log that begins on erased flash draws the name of the one before."""
MUTE: Final = "question_not_repeated"
"""Firmware that does not repeat what it was asked."""
CLASSIC_FAULTS: Final = (*FAULTS, *NETWORK_FAULTS, OVERFLOW, REUSED_NAME, MUTE)
"""What the first schedules knew; their dice are thrown as they were, so they stay what they are."""
EVERY_FAULT: Final = (*CLASSIC_FAULTS, *LATER_FAULTS, *LATER_NETWORK_FAULTS)


class UnknownFaultError(ValueError):
    """A name that no fault has."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The faults a story is made of."""

    names: frozenset[str]
    is_drawn: bool = True
    """Each story has about half of them, so that rare combinations come up; else it has all."""

    @classmethod
    def of(cls, text: str) -> Plan:
        """Read what was asked for; raises UnknownFaultError."""
        if text in PLANS:
            return PLANS[text]
        names = frozenset(text.split(","))
        if unknown := sorted(names - {*EVERY_FAULT}):
            raise UnknownFaultError(f"{', '.join(unknown)}: the faults are {', '.join(EVERY_FAULT)}")
        return cls(names, is_drawn=False)

    def classic(self, drawn: list[str]) -> list[str]:
        """Give which of the first faults may happen, once the dice of the first schedules were thrown."""
        return drawn if self.is_drawn else [fault for fault in FAULTS if fault in self.names]

    def later(self, dice: Random) -> list[str]:
        """Draw which of the later faults may happen."""
        if self.is_drawn:
            return [
                name
                for name, fault in LATER_FAULTS.items()
                if name in self.names and dice.random() < fault.odds
            ]
        return [name for name in LATER_FAULTS if name in self.names]

    def has(self, name: str, *, drawn: bool) -> bool:
        """Say whether a fault that stands for a whole story is in it; `drawn`: what the dice said."""
        return drawn if self.is_drawn else name in self.names

    def odds(self, drawn: Mapping[str, float]) -> dict[str, float]:
        """Give how often each fault of the network happens; `drawn`: by the dice of the first schedules."""
        if self.is_drawn:
            return {name: odds if name in self.names else 0 for name, odds in drawn.items()}
        return {name: 0.3 if name in self.names else 0 for name in drawn}


CLASSIC: Final = Plan(frozenset(CLASSIC_FAULTS))
EVERYTHING: Final = Plan(frozenset(EVERY_FAULT))
PLANS: Final = {"classic": CLASSIC, "all": EVERYTHING}
