"""What is shown of guided sessions and of the 3 m walk."""

from datetime import UTC, datetime
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfTime

from ..coordinator import WalkerData
from ..core.guided_sessions.routine import Kind
from .description import WalkerSensorEntityDescription

IDLE: Final = "idle"


def _time(epoch_s: int | None) -> datetime | None:
    return datetime.fromtimestamp(epoch_s, UTC) if epoch_s is not None else None


def _progress(data: WalkerData) -> dict[str, Any]:
    """Describe how far the stage is; `done` and `remaining` are told every 10 s."""
    view = data.guided_session
    return {
        "unit": view.unit,
        "target": view.target,
        "done": view.done,
        "remaining": view.remaining,
        "waiting": view.waiting,
    }


def _stage(data: WalkerData) -> dict[str, Any]:
    view = data.guided_session
    return {
        "number": view.number,
        "of": view.of,
        "direction": view.direction,
        **_progress(data),
        "next_stage": view.next_stage,
        "next_target": view.next_target,
        "next_unit": view.next_unit,
        "routine": view.routine,
        "ends_at": _time(view.ends_at),
        "progress": view.progress,
        "last_session": view.last.summary() if view.last and not view.active else None,
    }


def _last_session(data: WalkerData) -> dict[str, Any]:
    if (last := data.guided_session.last) is None:
        return {}
    return {
        "last_start": _time(last.started_at),
        "last_end": _time(last.ended_at),
        "last_session": {**last.summary(), "stages": last.stage_list()},
    }


def _three_metres(data: WalkerData) -> dict[str, Any]:
    view = data.three_metres
    trials, trend = view.trials, view.trend
    return {
        "measured_at": _time(view.last.at_s) if view.last else None,
        "previous": view.before.seconds if view.before else None,
        "best": view.best.seconds if view.best else None,
        "best_at": _time(view.best.at_s) if view.best else None,
        "walks": view.count,
        "status": view.status,
        "speed": round(view.last.mps, 2) if view.last else None,
        "trial": len(trials.walks) if trials else None,
        "set_best": trials.best_s if trials else None,
        "set_mean": round(trials.mean_s, 2) if trials else None,
        "set_speed": round(trials.mean_mps, 2) if trials else None,
        "rest_until": _time(trials.rest_until_s) if trials else None,
        "usual": round(trend.usual_s, 2) if trend else None,
        "smallest_change": round(trend.smallest_change_s, 2) if trend else None,
        "change": trend.change if trend else None,
    }


GUIDED_SESSION_SENSORS: tuple[WalkerSensorEntityDescription, ...] = (
    WalkerSensorEntityDescription(
        key="guided_session_stage",
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.ENUM,
        options=[IDLE, *(kind.value for kind in Kind)],
        pause_s=0,
        value_fn=lambda data: data.guided_session.stage,
        attributes_fn=_stage,
    ),
    WalkerSensorEntityDescription(
        key="guided_session_time_left",
        entity_registry_enabled_default=False,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.TIMESTAMP,
        pause_s=0,
        value_fn=lambda data: _time(data.guided_session.ends_at),
        attributes_fn=_progress,
    ),
    WalkerSensorEntityDescription(
        key="guided_session_progress",
        entity_registry_enabled_default=False,
        native_unit_of_measurement=PERCENTAGE,
        pause_s=0,
        value_fn=lambda data: data.guided_session.progress,
        attributes_fn=_last_session,
    ),
    WalkerSensorEntityDescription(
        key="walk_3m_time",
        entity_registry_enabled_default=False,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        pause_s=0,
        value_fn=lambda data: data.three_metres.last.seconds if data.three_metres.last else None,
        attributes_fn=_three_metres,
    ),
)
