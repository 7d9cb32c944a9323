"""What happened to a walker, for event entities and whoever else wants to hear of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, callback

# Keys of the event entities that events belong to.
ACTIVITY: Final = "activity"
REMINDER: Final = "reminder"
GUIDED_SESSION: Final = "coach"


@dataclass(frozen=True, slots=True)
class FeatureEvent:
    """Something that happened: the key of the event entity it belongs to, its type, what else is known."""

    key: str
    event_type: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Events:
    """Collects what happens and tells it when the entities already show what follows from it.

    What is told while nobody listens is gone: features add nothing before they are started.
    """

    def __init__(self) -> None:
        """Start with nothing heard and nobody listening."""
        self._waiting: list[FeatureEvent] = []
        self._listeners: dict[str, list[Callable[[FeatureEvent], None]]] = defaultdict(list)

    @callback
    def async_subscribe(self, key: str, listener: Callable[[FeatureEvent], None]) -> CALLBACK_TYPE:
        """Be told what happens; call what is returned to end it."""
        self._listeners[key].append(listener)

        @callback
        def stop() -> None:
            self._listeners[key].remove(listener)

        return stop

    @callback
    def async_add(self, key: str, event_type: str, **attributes: Any) -> None:
        """Note something; it is told with the next `async_publish`."""
        self._waiting.append(FeatureEvent(key, event_type, attributes))

    @callback
    def async_publish(self) -> None:
        """Tell what waits, in the order it happened."""
        waiting, self._waiting = self._waiting, []
        for happening in waiting:
            for listener in list(self._listeners[happening.key]):
                listener(happening)
