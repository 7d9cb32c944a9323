"""Who may read a walker, and who may change something, is decided by Home Assistant's own rights."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.core import Context, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.retrostep.const import DOMAIN

from ..helpers import STEPS_TODAY, settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

READ = {"get_sheet", "get_history", "get_sessions", "get_summary", "export"}
CONTROL = {"rate_session", "add_walk", "start_session", "stop_session", "snooze", "dismiss", "sync"}
ADMIN = {"remove_walk"}
DATA: Mapping[str, dict[str, Any]] = {
    "add_walk": {"start": "2026-11-18 10:00", "minutes": 5, "backward_steps": 3_000},
    "remove_walk": {"walk": 1},
    "rate_session": {"effort": 3},
}

ONE_LAMP = {"entities": {"entity_ids": {"light.kitchen": True}}}
READS = {"entities": {"entity_ids": {STEPS_TODAY: {"read": True}}}}
CONTROLS = {"entities": {"entity_ids": {STEPS_TODAY: {"read": True, "control": True}}}}


@pytest.fixture(autouse=True)
async def _noon(noon: None) -> None:
    """Let it be noon in Berlin."""


async def is_refused(hass: HomeAssistant, action: str, policy: dict[str, Any] | None) -> bool:
    """Say whether an action is refused to a user with a policy; None is nobody, as in an automation."""
    context = Context()
    if policy is not None:
        user = MockUser().add_to_hass(hass)
        user.mock_policy(policy)
        context = Context(user_id=user.id)
    responds = hass.services.supports_response(DOMAIN, action) is not SupportsResponse.NONE
    try:
        await hass.services.async_call(
            DOMAIN, action, DATA.get(action, {}), blocking=True, context=context, return_response=responds
        )
    except Unauthorized:
        return True
    except HomeAssistantError:
        # Asked for what can't be done now, as a session without a pod: but allowed to ask.
        return False
    return False


@pytest.mark.usefixtures("walker")
def test_every_action_has_its_rights(hass: HomeAssistant) -> None:
    assert hass.services.async_services_for_domain(DOMAIN).keys() == READ | CONTROL | ADMIN


@pytest.mark.usefixtures("walker")
@pytest.mark.parametrize("action", sorted(READ | CONTROL | ADMIN))
async def test_an_action_needs_the_right_to_the_steps_of_the_walker(hass: HomeAssistant, action: str) -> None:
    assert await is_refused(hass, action, ONE_LAMP)
    assert await is_refused(hass, action, READS) == (action not in READ)
    assert await is_refused(hass, action, CONTROLS) == (action in ADMIN)
    assert not await is_refused(hass, action, None)


@pytest.mark.usefixtures("walker")
async def test_a_user_who_only_reads_adds_no_steps(hass: HomeAssistant) -> None:
    assert await is_refused(hass, "add_walk", READS)
    found = hass.states.get(STEPS_TODAY)
    assert found
    assert found.state == "0"


@pytest.mark.usefixtures("walker")
async def test_a_user_who_was_deleted_may_nothing(hass: HomeAssistant) -> None:
    with pytest.raises(UnknownUser):
        await hass.services.async_call(
            DOMAIN, "export", {}, blocking=True, context=Context(user_id="gone"), return_response=True
        )


async def test_a_sensor_that_is_disabled_or_renamed_gives_the_same_rights(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    registry.async_update_entity(STEPS_TODAY, new_entity_id="sensor.renamed")
    registry.async_update_entity("sensor.renamed", disabled_by=er.RegistryEntryDisabler.USER)
    await settle(hass)
    renamed = {"entities": {"entity_ids": {"sensor.renamed": {"read": True}}}}
    assert not await is_refused(hass, "export", renamed)
    assert await is_refused(hass, "export", READS)
