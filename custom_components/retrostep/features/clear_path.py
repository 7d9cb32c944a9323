"""Watches what may come into the way during a guided session, as far as sensors of the house say.

What comes into the way holds the session at once: the pods buzz, and a voice says why. It goes on by itself
when nothing named is in the way any more. This never means that the path is clear.
"""

from typing import Any, Final

from homeassistant.components import persistent_notification
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event

from ..const import DOMAIN
from ..core.guided_sessions.coaching import CoachSettings
from ..core.guided_sessions.path import Path, PathView, Role, Thing
from ..core.guided_sessions.result import SessionEvent, SessionMoment
from ..core.markdown import as_text
from .companion import Leading, async_in_the_way
from .goal_texts import async_common
from .host import Host
from .surroundings import async_to_entity_id

TITLE: Final = "path_title"
HELD: Final = "path_held"
LIMITS: Final = "path_limits"
UNSEEN_TITLE: Final = "path_unseen_title"
UNSEEN: Final = "path_unseen"


class ClearPath:
    """Holds the session of a walker while something named is in the way."""

    def __init__(self, host: Host, chosen: CoachSettings, leading: Leading) -> None:
        """Prepare to watch what the walker named."""
        self._host = host
        self._hass: HomeAssistant = host.hass
        self._chosen = chosen
        self._leading = leading
        self._path = Path()
        self._stop_tracking: CALLBACK_TYPE | None = None
        self._shown: tuple[tuple[Thing, ...], ...] = ((), ())
        self._notification = f"{DOMAIN}_path_{host.config_entry.entry_id}"

    @callback
    def async_begin(self, now_s: float, *, anyway: bool) -> list[SessionEvent]:
        """Look before a session; `anyway`: what is in the way now is accepted. Gives what happens."""
        self._path.forget()
        if anyway:
            self._path.accept(self._things())
        self._async_track()
        return self._async_held(now_s)

    @callback
    def async_accept(self) -> None:
        """Go on although something is in the way."""
        self._path.accept(self._things())
        self._async_look()

    @callback
    def async_report(self) -> dict[str, Any]:
        """Say what is in the way and what can't be seen, for the answer of an action."""
        view = self._path.look(self._things())
        return {
            "in_the_way": [self._said(thing) for thing in view.in_the_way],
            "not_seen": [thing.name for thing in view.not_seen],
            "limits": async_common(self._hass, LIMITS),
        }

    @callback
    def async_take(self, moment: SessionMoment) -> None:
        """Watch while a session goes on."""
        if not moment.view.active:
            self.async_end()
        elif not self._stop_tracking:
            # It went on before a restart: what was in the way then may be gone.
            self._async_track()
            self._hass.loop.call_soon(self._async_look)

    @callback
    def async_clock_jumped(self, by_s: float) -> None:
        """Nothing here depends on the clock."""

    @callback
    def async_end(self) -> None:
        """Watch nothing any more."""
        if self._stop_tracking:
            self._stop_tracking()
            self._stop_tracking = None
        self._async_show(PathView())

    @callback
    def _async_track(self) -> None:
        if not self._stop_tracking:
            entity_ids = [
                entity_id for kept, _ in self._chosen.watched if (entity_id := self._entity_id(kept))
            ]
            self._stop_tracking = async_track_state_change_event(
                self._hass, entity_ids, self._async_state_changed
            )

    @callback
    def _async_state_changed(self, event: Event[EventStateChangedData]) -> None:
        self._async_look()

    @callback
    def _async_look(self) -> None:
        """Hold or go on, if that is new."""
        if self._stop_tracking and self._leading.session.active:
            now_s = self._host.now().timestamp()
            if events := self._async_held(now_s):
                self._leading.async_announce(events, now_s)
                self._host.show()

    def _async_held(self, now_s: float) -> list[SessionEvent]:
        """Hold the session or let it go on, and give what happens; nothing if it stays as it was."""
        view = self._path.look(self._things())
        session = self._leading.session
        self._async_show(view)
        if not view.in_the_way:
            return session.release(now_s)
        return session.hold(now_s, [(thing.role.value, thing.name) for thing in view.in_the_way])

    @callback
    def _async_show(self, view: PathView) -> None:
        """Show what is in the way and what can't be seen: who pressed a button got no answer."""
        unseen = [thing for thing in view.not_seen if thing not in view.in_the_way]
        shown = (view.in_the_way, tuple(unseen))
        if shown == self._shown:
            return
        self._shown = shown
        if not view.in_the_way and not unseen:
            persistent_notification.async_dismiss(self._hass, self._notification)
            return
        said = [self._said(thing) for thing in view.in_the_way]
        said += [async_common(self._hass, UNSEEN).format(name=thing.name) for thing in unseen]
        below = [async_common(self._hass, key) for key in ((HELD,) if view.in_the_way else ()) + (LIMITS,)]
        text = "\n".join(f"- {as_text(line)}" for line in said) + "\n\n" + " ".join(below)
        title = async_common(self._hass, TITLE if view.in_the_way else UNSEEN_TITLE)
        title = f"{title} · {self._host.config_entry.title}"
        persistent_notification.async_create(self._hass, text, title, self._notification)

    def _said(self, thing: Thing) -> str:
        return async_in_the_way(self._hass, thing.role, thing.name)

    def _things(self) -> list[Thing]:
        return [self._thing(kept, role) for kept, role in self._chosen.watched]

    def _thing(self, kept: str, role: Role) -> Thing:
        entity_id = self._entity_id(kept)
        state = self._hass.states.get(entity_id) if entity_id else None
        says = state.state if state and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN) else None
        return Thing(kept, role, state.name if state else entity_id or kept, says)

    def _entity_id(self, kept: str) -> str | None:
        return async_to_entity_id(self._hass, kept)
