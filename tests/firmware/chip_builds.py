"""Which configurations of the boards are compiled for a chip: all that packages offer, or a sample."""

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGES = ROOT / "esphome" / "packages"
BOARDS = sorted(path.stem for path in (ROOT / "esphome" / "boards").glob("*.yaml") if "." not in path.stem)
# Packages that a user adds, by the substitution that names their pin.
ADDED = {"battery_pin": "packages/battery-divider.yaml", "charging_pin": "packages/charging.yaml"}

type Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Configuration:
    """A board with what somebody chose: pairs of an option and its value."""

    board: str
    choices: tuple[Choice, ...]

    @property
    def name(self) -> str:
        """Say what it is, as the id of a test."""
        return "-".join([self.board, *(value for _, value in self.choices if value)])

    @property
    def profile(self) -> str:
        """Give the power profile."""
        return dict(self.choices)["profile"]

    @property
    def substitutions(self) -> dict[str, str]:
        """Give what is substituted."""
        return {name: value for name, value in self.choices if name not in ADDED}

    @property
    def packages(self) -> list[str]:
        """Give the packages that are added."""
        return [ADDED[name] for name, value in self.choices if name in ADDED and value]

    @property
    def pairs(self) -> set[tuple[Choice, Choice]]:
        """Give what it holds two by two."""
        return set(combinations(self.choices, 2))


def offered(board: str) -> Iterator[Configuration]:
    """Give every configuration that the package of a board offers."""
    package = (PACKAGES / f"{board}.yaml").read_text(encoding="utf-8")
    sleeps = "wake_pin" in package
    options = {"profile": ["home", "balanced", *(["endurance"] if sleeps else [])]}
    if "sampling: " in package:
        options["sampling"] = ["fifo", "polling"]
    # The FIFO of a QMI8658 is too small for it.
    options["clock"] = ["fixed", "scaled", *([] if "qmi8658" in package else ["light-sleep"])]
    # Lines of the log that a level leaves out are gone for the compiler, too: all of them, and none.
    options["log_level"] = ["VERY_VERBOSE", "NONE"]
    if "led_signs: " in package:
        options["led_signs"] = ["false", "true"]
    for pin in ADDED:
        # What a board's own package includes is no option of it.
        if f"{pin}: " in package and f"!include {pin.partition('_')[0]}.yaml" not in package:
            options[pin] = ["", pin.partition("_")[0]]
    for values in product(*options.values()):
        # Only the driver of the FIFO can tell the IMU to watch for motion, and lets the chip sleep meanwhile;
        # flashes would wake it.
        excluded = [{"polling", "endurance"}, {"polling", "light-sleep"}, {"true", "light-sleep"}]
        if not any(together <= set(values) for together in excluded):
            yield Configuration(board, tuple(zip(options, values, strict=True)))


def sample(configurations: Iterable[Configuration]) -> list[Configuration]:
    """Take few that hold each board in each of its profiles, and each two values that go together."""
    left = list(configurations)
    pairs = set().union(*(one.pairs for one in left))
    boards = {(one.board, one.profile) for one in left}
    taken: list[Configuration] = []
    while boards or pairs:
        best = max(left, key=lambda one: ((one.board, one.profile) in boards, len(one.pairs & pairs)))
        taken.append(best)
        left.remove(best)
        boards.discard((best.board, best.profile))
        pairs.difference_update(best.pairs)
    return taken


ALL = [one for board in BOARDS for one in offered(board)]
