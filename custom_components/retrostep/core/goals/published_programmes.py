"""Programs that were studied, as their abstracts describe them.

They say what was tried with whom, not what anybody should do; the words for people are in the translations
(`about_<name>`) and in docs/programs.md, with the same sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ProgrammeName(StrEnum):
    """The programs to choose from."""

    KNEE = "knee"
    STROKE = "stroke"
    BOYS = "boys"
    PRACTICE = "practice"
    OWN = "own"


class Supervision(StrEnum):
    """Whether somebody was there, as far as the abstract says so."""

    SUPERVISED = "supervised"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Study:
    """What was tried: so many minutes, so often a week, for so many weeks; `people` took part in all."""

    minutes: float
    times: int
    weeks: int
    people: int
    who: str
    compared: str
    supervision: Supervision
    source: str


PUBLISHED: Final[Mapping[ProgrammeName, Study]] = {
    ProgrammeName.KNEE: Study(
        minutes=10,
        times=3,
        weeks=6,
        people=68,
        who="people with knee osteoarthritis, mean age 56, in an outpatient physical therapy department",
        compared="three groups: backward or forward walking on top of usual care, or physical therapy alone",
        supervision=Supervision.SUPERVISED,
        source="https://doi.org/10.1186/s12891-019-2537-9",
    ),
    ProgrammeName.STROKE: Study(
        minutes=30,
        times=3,
        weeks=4,
        people=16,
        who="people whose stroke was more than six months ago, able to walk eleven meters",
        compared="walking backward on a treadmill on top of 30 minutes of physical therapy, or that alone",
        supervision=Supervision.SUPERVISED,
        source="https://doi.org/10.3390/ijerph18052376",
    ),
    ProgrammeName.BOYS: Study(
        minutes=25,
        times=2,
        weeks=12,
        people=16,
        who="healthy boys of about seven years",
        compared="walking backward, or no training",
        supervision=Supervision.NOT_SAID,
        source="https://doi.org/10.1186/1758-2555-3-24",
    ),
    ProgrammeName.PRACTICE: Study(
        minutes=15,
        times=3,
        weeks=4,
        people=8,
        who="men on a treadmill",
        compared="the same men before and after, without a control group",
        supervision=Supervision.NOT_SAID,
        source="https://doi.org/10.1054/ptsp.2001.0057",
    ),
}
