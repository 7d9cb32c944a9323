"""Actions that tell of a walker's past."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

import voluptuous as vol
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..coordinator import RetroStepConfigEntry
from ..core.history.history import HistoryError, PeriodKind
from ..core.reports.answers import HistoryAnswers
from ..core.reports.export import Beside, Export, Table
from ..pods.pod import Pod
from .common import WALKER_FIELD, async_walker, beginning, bounded, ending, moment, walkers_zone

ACTION_GET_HISTORY = "get_history"
ACTION_GET_SESSIONS = "get_sessions"
ACTION_GET_SUMMARY = "get_summary"
ACTION_EXPORT = "export"

ATTR_PERIOD = "period"
ATTR_START = "start"
ATTR_END = "end"
ATTR_FORMAT = "format"
ATTR_TABLE = "table"

FORMAT_JSON = "json"
FORMAT_CSV = "csv"

FOOT_SELECT: Final = "Foot"
FOOT: Final = {"Left foot": "left", "Right foot": "right"}

SPAN_FIELDS = {vol.Optional(ATTR_START): moment, vol.Optional(ATTR_END): moment}

SCHEMAS: Final = {
    ACTION_GET_HISTORY: vol.Schema(
        {
            **WALKER_FIELD,
            vol.Optional(ATTR_PERIOD, default=PeriodKind.DAY.value): vol.In(
                [kind.value for kind in PeriodKind]
            ),
            **SPAN_FIELDS,
        }
    ),
    ACTION_GET_SESSIONS: vol.Schema({**WALKER_FIELD, **SPAN_FIELDS}),
    ACTION_GET_SUMMARY: vol.Schema(WALKER_FIELD),
    ACTION_EXPORT: vol.Schema(
        {
            **WALKER_FIELD,
            vol.Optional(ATTR_FORMAT, default=FORMAT_JSON): vol.In([FORMAT_JSON, FORMAT_CSV]),
            vol.Optional(ATTR_TABLE, default=Table.DAYS.value): vol.In([table.value for table in Table]),
        }
    ),
}

# Where a span begins if nobody says so: so long before it ends.
USUAL_SPAN: Final = {
    PeriodKind.HOUR: timedelta(days=1),
    PeriodKind.DAY: timedelta(days=6),
    PeriodKind.WEEK: timedelta(weeks=11),
    PeriodKind.MONTH: timedelta(days=365),
}
USUAL_SPAN_OF_SESSIONS: Final = timedelta(days=30)
# A span that ends with a day must not reach into one more.
_INSTANT: Final = timedelta(microseconds=1)


@callback
def async_setup_history_actions(hass: HomeAssistant) -> None:
    """Register the actions that tell of the past."""
    handlers = {
        ACTION_GET_HISTORY: _async_get_history,
        ACTION_GET_SESSIONS: _async_get_sessions,
        ACTION_GET_SUMMARY: _async_get_summary,
        ACTION_EXPORT: _async_export,
    }
    for name, handler in handlers.items():
        hass.services.async_register(
            DOMAIN, name, handler, schema=bounded(SCHEMAS[name]), supports_response=SupportsResponse.ONLY
        )


@callback
def async_answers(entry: RetroStepConfigEntry) -> HistoryAnswers:
    """Take what is known of a walker now, for reports."""
    coordinator, now = entry.runtime_data, dt_util.utcnow()
    return HistoryAnswers(
        ledger=coordinator.ledger,
        history=coordinator.history,
        goals={day.day: day for day in coordinator.goals.goal_days.days()},
        sitting={day.date: day for day in coordinator.reminders.days(date.min, date.max)},
        zone=walkers_zone(coordinator.ledger, now),
        at=now,
        ratings=coordinator.feelings.ratings,
        feet={pod.mac: foot for pod in coordinator.pods.values() if (foot := _foot(pod))},
    )


def _foot(pod: Pod) -> str | None:
    """Give on which foot a pod is, by what the walker chose on it."""
    return FOOT.get(pod.text(FOOT_SELECT, Platform.SELECT) or "")


def _span(
    entry: RetroStepConfigEntry, call: ServiceCall, now: datetime, usual: timedelta
) -> tuple[datetime, datetime]:
    """Give start and end of the span an action asks for; an open end is now."""
    ledger = entry.runtime_data.ledger
    end = ending(ledger, call.data[ATTR_END], now) if ATTR_END in call.data else now
    start = (
        beginning(ledger, call.data[ATTR_START], now) if ATTR_START in call.data else end - usual - _INSTANT
    )
    return start, end


def _refused(error: HistoryError, entry: RetroStepConfigEntry) -> ServiceValidationError:
    since = dt_util.as_local(entry.runtime_data.ledger.hours_since)
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=error.reason,
        translation_placeholders={"since": since.date().isoformat()},
    )


async def _async_get_history(call: ServiceCall) -> ServiceResponse:
    """Tell hours, days, weeks or months of a walker."""
    entry, kind = await async_walker(call, POLICY_READ), PeriodKind(call.data[ATTR_PERIOD])
    answers = async_answers(entry)
    start, end = _span(entry, call, answers.at, USUAL_SPAN[kind])
    try:
        periods = answers.periods(kind, start, end)
    except HistoryError as err:
        raise _refused(err, entry) from err
    return {
        "walker": entry.title,
        "period": kind.value,
        "time_zone": answers.zone.key,
        "periods": periods,
        **answers.corrections(start, end),
    }


async def _async_get_sessions(call: ServiceCall) -> ServiceResponse:
    """Tell the sessions of a walker."""
    entry = await async_walker(call, POLICY_READ)
    answers = async_answers(entry)
    start, end = _span(entry, call, answers.at, USUAL_SPAN_OF_SESSIONS)
    try:
        return {"walker": entry.title, **answers.sessions(start, end)}
    except HistoryError as err:
        raise _refused(err, entry) from err


async def _async_get_summary(call: ServiceCall) -> ServiceResponse:
    """Tell how a walker is doing."""
    entry = await async_walker(call, POLICY_READ)
    answers = async_answers(entry)
    features = entry.runtime_data.features
    parts = {feature.part: dict(feature.summary(answers.at)) for feature in features}
    return {
        "walker": entry.title,
        **answers.summary(),
        **{part: told for part, told in parts.items() if told},
    }


async def _async_export(call: ServiceCall) -> ServiceResponse:
    """Give a walker's past as text to keep."""
    entry = await async_walker(call, POLICY_READ)
    answers, table = async_answers(entry), Table(call.data[ATTR_TABLE])
    made_on = answers.at.astimezone(answers.zone).date().isoformat()
    name = f"{DOMAIN}_{entry.runtime_data.slug}_{made_on}"
    guided, sitting = entry.runtime_data.guided_sessions, entry.runtime_data.reminders.sitting
    # What is read is read at once; only the writing of long texts needs time.
    export = Export.of(
        answers,
        Beside(
            timed_walks=guided.walks.kept(),
            three_metres=guided.walks.view(),
            last_guided_session=guided.session.last,
            sits=sitting.sits(),
            programme=entry.runtime_data.goals.view.programme,
        ),
    )
    if call.data[ATTR_FORMAT] == FORMAT_JSON:
        name, write = f"{name}.json", partial(export.json_text, entry.title)
    else:
        name, write = f"{name}_{table.value}.csv", partial(export.csv_text, table)
    content = await call.hass.async_add_executor_job(write)
    return {"walker": entry.title, "filename": name, "content": content}
