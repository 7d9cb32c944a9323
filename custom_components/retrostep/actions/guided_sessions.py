"""The actions of guided sessions."""

from typing import Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.json import JsonValueType

from ..const import DOMAIN
from ..core.guided_sessions.routine import Routine, Stage, StageError, read_stages
from .common import WALKER_FIELD, async_walker, bounded, flag, number

ACTION_START_SESSION: Final = "start_session"
ACTION_STOP_SESSION: Final = "stop_session"

ATTR_ROUTINE: Final = "routine"
ATTR_STAGES: Final = "stages"
ATTR_METRONOME: Final = "metronome"
ATTR_MINUTES: Final = "minutes"
ATTR_READ_SAFETY: Final = "read_safety_notes"
ATTR_ANYWAY: Final = "start_anyway"
# Backward; who wants more has the routines and stages.
MINUTES_MIN: Final = 1
MINUTES_MAX: Final = 30

SCHEMAS: Final = {
    ACTION_START_SESSION: vol.Schema(
        {
            **WALKER_FIELD,
            vol.Optional(ATTR_ROUTINE): vol.Coerce(Routine),
            # Read by the pure room, so that an error names the field.
            vol.Optional(ATTR_STAGES): object,
            vol.Optional(ATTR_MINUTES): vol.All(number, vol.Range(min=MINUTES_MIN, max=MINUTES_MAX)),
            vol.Optional(ATTR_METRONOME): flag,
            vol.Optional(ATTR_READ_SAFETY): flag,
            vol.Optional(ATTR_ANYWAY): flag,
        }
    ),
    ACTION_STOP_SESSION: vol.Schema(WALKER_FIELD),
}


@callback
def async_setup_guided_session_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    for action, handler in ((ACTION_START_SESSION, _async_start), (ACTION_STOP_SESSION, _async_stop)):
        hass.services.async_register(
            DOMAIN,
            action,
            handler,
            schema=bounded(SCHEMAS[action]),
            supports_response=SupportsResponse.OPTIONAL,
        )


async def _async_start(call: ServiceCall) -> ServiceResponse:
    """Start a session; tell its stages and what to mind."""
    entry = await async_walker(call, POLICY_CONTROL)
    guided_sessions = entry.runtime_data.guided_sessions
    routine, stages = _read(call)
    if (minutes := call.data.get(ATTR_MINUTES)) is not None:
        if routine not in (None, Routine.FIT):
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="minutes_and_routine")
        routine, stages = Routine.FIT, guided_sessions.fitted_to(minutes)
    walked = guided_sessions.async_start_session(
        routine,
        stages,
        metronome=call.data.get(ATTR_METRONOME),
        has_read_safety=call.data.get(ATTR_READ_SAFETY, False),
        anyway=call.data.get(ATTR_ANYWAY, False),
    )
    described: list[JsonValueType] = [
        {
            "stage": stage.kind.value,
            "direction": stage.direction.value,
            "unit": stage.unit.value,
            # As exactly as it is walked.
            "target": int(stage.target) if stage.target.is_integer() else round(stage.target, 2),
        }
        for stage in walked
    ]
    path = guided_sessions.async_report_path()
    return {
        **({"path": path} if path else {}),
        "stages": described,
        "expected_minutes": round(sum(stage.expected_s for stage in walked) / 60),
        "safety": [*guided_sessions.safety.values()],
    }


async def _async_stop(call: ServiceCall) -> ServiceResponse:
    """End the session that goes on; tell what was done."""
    entry = await async_walker(call, POLICY_CONTROL)
    result = entry.runtime_data.guided_sessions.async_stop_session()
    return {**result.summary(), "stages": [*result.stage_list()]} if result else {}


def _read(call: ServiceCall) -> tuple[Routine | None, tuple[Stage, ...]]:
    """Read which routine is asked for, and the stages of one's own; raises ServiceValidationError."""
    routine: Routine | None = call.data.get(ATTR_ROUTINE)
    if ATTR_STAGES not in call.data and routine is not Routine.CUSTOM:
        return routine, ()
    if routine not in (None, Routine.CUSTOM):
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="stages_and_routine")
    try:
        return Routine.CUSTOM, read_stages(call.data.get(ATTR_STAGES, []))
    except StageError as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=err.reason,
            translation_placeholders={"field": err.field, "detail": err.detail},
        ) from err
