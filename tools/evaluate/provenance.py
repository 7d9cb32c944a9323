"""Where each set of recordings comes from, who walked in it, and how its truth is known."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .sets import GENERATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .sets import Result


@dataclass(frozen=True, slots=True)
class Provenance:
    """A set of recordings. `person` finds in a recording's name who walked, where names say so."""

    what: str
    people: str
    truth: str
    terms: str
    person: str | None = None


SETS = {
    "bandai1": Provenance(
        "motion capture turned into the readings of a foot-worn sensor: walking backward in ten styles, "
        "forward, running, turning, gestures ([Bandai-Namco Research Motiondataset]"
        "(https://github.com/BandaiNamcoResearchInc/Bandai-Namco-Research-Motiondataset))",
        "3 actors; which one is not told",
        "exact",
        "CC BY-NC-ND 4.0",
    ),
    "cmu": Provenance(
        "the same from [mocap.cs.cmu.edu](http://mocap.cs.cmu.edu): mixed clips; feet jitter in stance "
        "(29 °/s) by model fitting, a stress test",
        "named by number",
        "exact",
        "free to use, not to resell",
        r"^(\d+)_",
    ),
    "cmu_iclone60": Provenance(
        "more of it, 60 frames a second", "named by number", "exact", "as above", r"^(\d+)_"
    ),
    "ipol": Provenance(
        "sensors on both feet: stand, walk 10 m, turn, walk back, stand",
        "named by number",
        "estimated by a program",
        "AGPL-3.0",
        r"^(\d+)-",
    ),
    "gaitmap": Provenance(
        "sensors on both feet: 20 m with optical markers, and a person with multiple sclerosis "
        "([gaitmap](https://github.com/mad-lab-fau/gaitmap))",
        "2",
        "estimated by a program; lengths of the marked walk by markers",
        "MIT",
        r"^(imu_sample|ms)_",
    ),
    "koroglu_hallway": Provenance(
        "a sensor on the foot, along a corridor", "not told", "estimated by a program", "MIT"
    ),
    "openshoe_c": Provenance("a sensor in the heel, one walk", "1", "estimated by a program", "CC BY 4.0"),
    "xio": Provenance(
        "a sensor on the foot: two closed walks, a straight line", "not told", "estimated by a program", "MIT"
    ),
    GENERATED: Provenance(
        "`tools.gait.generate`: kinematics of healthy, slow, elderly and lively walkers; integrating the "
        "readings gives the truth back",
        "nobody: 4 profiles",
        "exact",
        "part of this project",
    ),
    "negatives": Provenance(
        "`tools.gait.generate`: motion without a step", "nobody", "exact", "part of this project"
    ),
}
"""All sets an evaluation may meet; others are listed without a word about them."""


def person_of(result: Result) -> str | None:
    """Return who walked, unique over all sets, or None where the set does not tell people apart."""
    known = SETS.get(result.group)
    found = re.match(known.person, result.truth.name) if known and known.person else None
    if not found:
        return None
    # Both sets are of the same laboratory and number people alike.
    group = "cmu" if result.group == "cmu_iclone60" else result.group
    return f"{group} {found[1]}"


def by_person(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Return the results of each person who can be told apart, in the order of their numbers."""
    people: dict[str, list[Result]] = {}
    for result in results:
        person = person_of(result)
        if person is not None:
            people.setdefault(person, []).append(result)
    return dict(sorted(people.items(), key=lambda item: [_number(part) for part in item[0].split()]))


def _number(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isdigit() else (-1, part)


def people_in(group: str, results: Sequence[Result]) -> str:
    """Say how many people a set holds: counted where its names tell them apart, else what its authors say."""
    known = SETS.get(group)
    people = {person_of(result) for result in results} - {None}
    return str(len(people)) if people else known.people if known else "not told"
