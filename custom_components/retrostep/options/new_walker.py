"""The form that makes a walker: who walks, a goal to begin with, a phone for reminders, a dashboard."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import voluptuous as vol
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.person.const import DOMAIN as PERSON_DOMAIN
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.http import current_request
from homeassistant.helpers.selector import (
    BooleanSelector,
    DeviceFilterSelectorConfig,
    DeviceSelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)

from ..const import (
    CONF_DASHBOARD,
    CONF_GUEST_NAME,
    CONF_PERSON,
    CONF_WALKER_SLUG,
    MOBILE_APP_DOMAIN,
    SECTION_GOALS,
    SECTION_REMINDERS,
)
from ..core.goals.plan import Plan
from ..core.sitting.settings import CONF_PHONES, CONF_SEND
from ..features.phones import async_person_phones
from ..walker import (
    PERSON_SELECTOR,
    SLUG_MAX,
    Walker,
    async_free_slug,
    async_slugs,
    async_valid_walker,
    async_walker_entries,
)
from .selectors import ShortDeviceSelector

CONF_GOAL: Final = "goal"
CONF_SHORT_NAME: Final = "short_name"
# Plans that a beginner can judge at a glance.
FIRST_GOALS: Final = (Plan.GENTLE_START, Plan.SHORT_AND_OFTEN, Plan.FIRST_200_METRES)

SLUG: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form proposes: a person (entity id) or nobody, and what follows from who it is."""

    person: str | None = None
    guest: str = ""
    short_name: str = ""
    phones: list[str] = field(default_factory=list)

    def as_fields(self) -> dict[str, Any]:
        """Give what to show in the fields."""
        shown = {CONF_PERSON: self.person, CONF_SHORT_NAME: self.short_name, CONF_PHONES: self.phones}
        return {name: value for name, value in shown.items() if value}


@dataclass(frozen=True, slots=True)
class NewWalker:
    """A walker as filled in: who it is, with the data and the options of the entry to be."""

    walker: Walker
    data: dict[str, Any]
    options: dict[str, Any]


class NewWalkerForm:
    """The form's fields, and what becomes of what was filled in.

    It remembers what it proposed: short name and phone follow whom a person chooses instead, and are shown
    once more before anything is made of them.
    """

    def __init__(self, hass: HomeAssistant, *, dashboard: bool) -> None:
        self._hass = hass
        self._dashboard = dashboard
        self._proposal = Proposal()

    @callback
    def async_schema(self) -> vol.Schema:
        """Give the fields; phones and the dashboard only where there is a choice."""
        fields: dict[vol.Marker, Any] = {
            vol.Optional(CONF_PERSON): PERSON_SELECTOR,
            vol.Optional(CONF_GUEST_NAME): TextSelector(),
            vol.Required(CONF_GOAL, default=FIRST_GOALS[0].value): SelectSelector(
                SelectSelectorConfig(
                    options=[plan.value for plan in FIRST_GOALS],
                    mode=SelectSelectorMode.LIST,
                    translation_key="first_goal",
                )
            ),
        }
        if self._hass.config_entries.async_entries(MOBILE_APP_DOMAIN, include_ignore=False):
            fields[vol.Optional(CONF_PHONES)] = ShortDeviceSelector(
                DeviceSelectorConfig(
                    filter=DeviceFilterSelectorConfig(integration=MOBILE_APP_DOMAIN), multiple=True
                )
            )
        if self._dashboard:
            fields[vol.Required(CONF_DASHBOARD, default=True)] = BooleanSelector()
        fields[vol.Optional(CONF_SHORT_NAME)] = TextSelector()
        return vol.Schema(fields)

    @callback
    def async_propose(self) -> dict[str, Any]:
        """Give what the form begins with, for who looks at it."""
        person = _async_person_who_looks(self._hass)
        errors: dict[str, str] = {}
        walker = async_valid_walker(self._hass, {CONF_PERSON: person}, errors) if person else None
        self._proposal = self._async_proposal(walker, person, "") if walker else Proposal()
        return self._proposal.as_fields()

    @callback
    def async_read(self, user_input: dict[str, Any], errors: dict[str, str]) -> NewWalker | None:
        """Return the walker that was filled in, or say in `errors` what is missing.

        Changes what is proposed in `user_input` where it belonged to somebody else.
        """
        if (walker := async_valid_walker(self._hass, user_input, errors)) is None:
            return None
        person, guest = user_input.get(CONF_PERSON), user_input.get(CONF_GUEST_NAME, "")
        proposed = self._async_proposal(walker, person, guest)
        if self._belonged_to_another(user_input, proposed):
            errors["base"] = "look_again"
        self._proposal = proposed
        slug = user_input.get(CONF_SHORT_NAME) or proposed.short_name
        if not SLUG.fullmatch(slug) or len(slug) > SLUG_MAX + len("_99"):
            errors[CONF_SHORT_NAME] = "short_name_wrong"
        elif slug in async_slugs(self._hass):
            errors[CONF_SHORT_NAME] = "short_name_taken"
        if errors:
            return None
        return self._filled_in(walker, slug, user_input)

    def _belonged_to_another(self, user_input: dict[str, Any], proposed: Proposal) -> bool:
        """Put what follows from who walks in the place of what was proposed for somebody else or nobody."""
        before, is_seen = self._proposal, current_request.get() is not None
        if (before.person, before.guest) == (proposed.person, proposed.guest):
            return False
        given = user_input.get(CONF_SHORT_NAME)
        renames = before.short_name != proposed.short_name and (
            given == before.short_name if given else is_seen
        )
        phones = user_input.get(CONF_PHONES, [])
        moves = before.phones != proposed.phones and phones == before.phones and (bool(phones) or is_seen)
        if renames:
            user_input[CONF_SHORT_NAME] = proposed.short_name
        if moves:
            user_input[CONF_PHONES] = proposed.phones
        return renames or moves

    @callback
    def _async_proposal(self, walker: Walker, person: str | None, guest: str) -> Proposal:
        phones = async_person_phones(self._hass, walker.person)
        return Proposal(person, guest, async_free_slug(self._hass, walker.name), phones)

    def _filled_in(self, walker: Walker, slug: str, user_input: Mapping[str, Any]) -> NewWalker:
        data: dict[str, Any] = {CONF_PERSON: walker.person, CONF_WALKER_SLUG: slug}
        if user_input.get(CONF_DASHBOARD):
            data[CONF_DASHBOARD] = True
        options: dict[str, Any] = {SECTION_GOALS: {"plan": user_input[CONF_GOAL]}}
        # What is not said here is the usual: the person's own phones.
        phones = user_input.get(CONF_PHONES, [])
        if phones and phones != self._proposal.phones:
            options[SECTION_REMINDERS] = {CONF_PHONES: phones}
        elif self._proposal.phones and not phones and current_request.get() is not None:
            # Somebody saw them and took them out.
            options[SECTION_REMINDERS] = {CONF_SEND: False}
        return NewWalker(walker, data, options)


@callback
def _async_person_who_looks(hass: HomeAssistant) -> str | None:
    """Give the person of the user who has the form on the screen, else the only one who may be meant.

    A flow knows no user: one that was started by a discovery has none until somebody opens it. But every
    form is drawn for a request, and Home Assistant knows who sent that.
    """
    registry, taken = er.async_get(hass), {entry.unique_id for entry in async_walker_entries(hass)}
    persons = {
        state.entity_id: state.attributes.get("user_id")
        for state in hass.states.async_all(PERSON_DOMAIN)
        if (entry := registry.async_get(state.entity_id)) and entry.id not in taken
    }
    request = current_request.get()
    user = request.get(KEY_HASS_USER) if request is not None else None
    mine = [person for person, user_id in persons.items() if user and user_id == user.id]
    candidates = mine or list(persons)
    return candidates[0] if len(candidates) == 1 else None
