"""Nobody stops Home Assistant by sending too much."""

from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.yaml import load_yaml_dict

from custom_components.retrostep.actions.common import TEXT_MAX, VALUES_MAX, refuse_too_large
from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.guided_sessions.routine import STAGES_MAX

from ..text_files import FOLDER

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry
    from pytest_homeassistant_custom_component.typing import WebSocketGenerator

pytestmark = pytest.mark.usefixtures("noon")

LONG = "9" * 10_000_000
# So much less than the three seconds of before that a busy machine makes no difference.
AT_ONCE_S = 0.5
FIELDS = [
    (name, field)
    for name, action in load_yaml_dict(str(FOLDER / "services.yaml")).items()
    for field in action["fields"]
]


async def refused(hass: HomeAssistant, action: str, data: dict[str, Any]) -> None:
    """Call an action that must refuse at once."""
    wants_answer = action.startswith("get_") or action == "export"
    began = perf_counter()
    with pytest.raises(ServiceValidationError) as error:
        await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=wants_answer)
    assert perf_counter() - began < AT_ONCE_S
    assert error.value.translation_key == "input_too_large"


@pytest.mark.parametrize(("action", "field"), FIELDS)
async def test_a_text_of_ten_megabytes_is_refused_at_once(
    hass: HomeAssistant, walker: MockConfigEntry, action: str, field: str
) -> None:
    await refused(hass, action, {field: LONG})
    await refused(hass, action, {field: [[{"a": LONG}]]})


async def test_so_is_a_field_nobody_knows_and_a_list_without_end(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    await refused(hass, "get_history", {LONG: 1})
    await refused(hass, "start_session", {"stages": [{"minutes": 1}] * 1_000_000})
    nested: list[Any] = []
    for _ in range(VALUES_MAX):
        nested = [nested]
    await refused(hass, "start_session", {"stages": nested})
    await refused(hass, "start_session", {"stages": {str(n): n for n in range(100_000)}})


async def test_the_frontend_is_told_why(
    hass: HomeAssistant, walker: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    call = {"type": "call_service", "domain": DOMAIN, "service": "get_history", "return_response": True}
    await client.send_json_auto_id({**call, "service_data": {"period": "9" * 1_000_000}})
    answer = await client.receive_json()
    assert answer["error"]["translation_key"] == "input_too_large"
    assert len(str(answer)) < 1_000


def test_what_people_send_is_small_enough() -> None:
    stage = {"direction": "backward", "minutes": 2, "kind": "backward"}
    refuse_too_large({"stages": [stage] * STAGES_MAX, "config_entry_id": "x" * TEXT_MAX})
    refuse_too_large({"start": "2026-11-18 10:00", "minutes": 5.5, "backward_steps": None})
    with pytest.raises(ServiceValidationError):
        refuse_too_large({"start": "x" * (TEXT_MAX + 1)})
