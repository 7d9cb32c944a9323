"""What may be in the way of somebody who walks backward, as far as the chosen sensors say.

- Only "clear" is clear: a door that is closed, a vacuum in its dock, nobody seen, a light that is on.
- What says nothing is not in the way, and is named as not seen. What was in the way and then falls silent
  stays in the way until it says that it is clear.
- Who starts anyway accepts what is in the way then; it counts again once it was clear.

Nobody looks behind the walker here. That nothing is named does not mean that the path is clear.
Nothing here knows Home Assistant or reads a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a sensor watches."""

    DOOR = "door"
    VACUUM = "vacuum"
    PRESENCE = "presence"
    LIGHT = "light"


CLEAR: Final[Mapping[Role, str]] = {
    Role.DOOR: "off",
    Role.VACUUM: "docked",
    Role.PRESENCE: "off",
    Role.LIGHT: "on",
}
"""The state in which each is not in the way; a vacuum that stands idle stands somewhere."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is watched, by its name; `state` is None while it says nothing."""

    key: str
    role: Role
    name: str
    state: str | None

    @property
    def is_clear(self) -> bool:
        """Whether it says that it is not in the way."""
        return self.state == CLEAR[self.role]


@dataclass(frozen=True, slots=True)
class PathView:
    """What is in the way, and what can't be seen now."""

    in_the_way: tuple[Thing, ...] = ()
    not_seen: tuple[Thing, ...] = ()


class Path:
    """Remembers what was in the way, and what of it the walker accepted."""

    def __init__(self) -> None:
        self._in_the_way: set[str] = set()
        self._accepted: set[str] = set()

    def look(self, things: Iterable[Thing]) -> PathView:
        """Look at everything; what was accepted is not named."""
        things = list(things)
        clear = {thing.key for thing in things if thing.is_clear}
        silent = {thing.key for thing in things if thing.state is None}
        self._accepted -= clear
        self._in_the_way = {
            thing.key
            for thing in things
            if thing.key not in clear and (thing.key not in silent or thing.key in self._in_the_way)
        }
        return PathView(
            in_the_way=tuple(
                thing for thing in things if thing.key in self._in_the_way and thing.key not in self._accepted
            ),
            not_seen=tuple(thing for thing in things if thing.key in silent),
        )

    def forget(self) -> None:
        """Begin anew: nothing was accepted and nothing was in the way."""
        self._in_the_way.clear()
        self._accepted.clear()

    def accept(self, things: Iterable[Thing]) -> None:
        """Accept what is in the way now."""
        self.look(things)
        self._accepted |= self._in_the_way
