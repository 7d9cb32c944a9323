"""What the person should know about a pod, as repair issues; each goes when its cause is gone."""

from collections.abc import Collection
from typing import Any, Final

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_MAC, DOMAIN, ESPHOME_DOMAIN, SUBENTRY_POD
from ..core.ledger.page import PageFailure
from ..core.ledger.row_sync import Outcome, SyncResult
from ..pods.device import Presence, async_presence
from ..pods.identity import async_successor
from ..pods.pod import CHARGING, PROBLEM, SENSOR_STATUS, WORN, Pod
from ..walker import async_macs_in_use, async_walker_entries
from .issue import async_show_issue, async_withdraw_issues

FIRMWARE_TOO_OLD: Final = PageFailure.VERSION_TOO_OLD
FIRMWARE_TOO_NEW: Final = PageFailure.VERSION_TOO_NEW
CLOCK_WRONG: Final = PageFailure.FUTURE_MINUTE
LOG_REWOUND: Final = PageFailure.REWOUND
MINUTES_LOST: Final = "minutes_lost"
POD_GONE: Final = Presence.GONE
POD_DISABLED: Final = Presence.DISABLED
POD_NAME_SHARED: Final = Presence.AMBIGUOUS
POD_REPLACED: Final = "pod_replaced"
BATTERY_LOW: Final = "battery_low"
NUMBERS_REFUSED: Final = "numbers_refused"
SENSOR_FAILED: Final = "sensor_failed"
SENSOR_OUT_OF_RANGE: Final = "sensor_out_of_range"

# What *Sensor status* of a pod says then; anything else that is a problem is a sensor that failed.
STATUS_OUT_OF_RANGE: Final = "Out of range"

# Why a page was refused, as far as the person can do something about it.
REFUSALS: Final = (FIRMWARE_TOO_OLD, FIRMWARE_TOO_NEW, CLOCK_WRONG, LOG_REWOUND)

# Ids of the subentries of all pods that had a walker since the start, by MAC.
_SUBENTRIES: HassKey[dict[str, str]] = HassKey(f"{DOMAIN}_pod_subentries")

# A pod follows Home Assistant's clock; further away its minutes land in the wrong hour.
CLOCK_SKEW_MAX_S: Final = 5 * 60
# ESPHome asks for the time every 15 minutes.
CLOCKS_DIFFER_MAX_S: Final = 30 * 60

# A pod that lasts a week has a day left then, one that lasts a day a few hours.
BATTERY_LOW_PERCENT: Final = 20
# The voltage of a cell recovers a little when nothing is drawn; so much it only is after charging.
BATTERY_CHARGED_PERCENT: Final = 35


@callback
def async_about(hass: HomeAssistant, mac: str) -> str:
    """Give what the ids of a pod's issues end in: the id of its subentry, also once that is removed."""
    known = hass.data.setdefault(_SUBENTRIES, {})
    for entry in async_walker_entries(hass):
        for subentry in entry.get_subentries_of_type(SUBENTRY_POD):
            known[subentry.data[CONF_MAC]] = subentry.subentry_id
    return known.get(mac, "")


@callback
def async_report(
    hass: HomeAssistant, entry: ConfigEntry, pod: Pod, result: SyncResult, clocks_differ_s: float
) -> None:
    """Raise and withdraw the issues of a pod after its minutes were fetched.

    `clocks_differ_s`: for how long nothing was taken because the pod's clock and ours disagree.
    """
    if result.lost_rows:
        _async_report_lost(hass, pod, result.lost_rows)
    if result.outcome is Outcome.REFUSED:
        wrong = result.reason
    elif result.outcome is Outcome.OK:
        wrong = CLOCK_WRONG if abs(result.clock_skew_s or 0) > CLOCK_SKEW_MAX_S else None
    else:
        return
    if wrong is CLOCK_WRONG and clocks_differ_s < CLOCKS_DIFFER_MAX_S:
        # One of the clocks was set a moment ago; the pod will ask for the time.
        return
    for key in REFUSALS:
        async_show_issue(
            hass,
            key,
            async_about(hass, pod.mac),
            {"pod": pod.name},
            holds=key is wrong,
            severity=ir.IssueSeverity.ERROR,
            data={"entry_id": entry.entry_id, "mac": pod.mac},
        )


@callback
def async_report_refused(hass: HomeAssistant, pod: Pod, refused: Collection[str], reason: str | None) -> None:
    """Say what of a pod has not been believed for long; a page refused for a known `reason` has its issue."""
    async_show_issue(
        hass,
        NUMBERS_REFUSED,
        async_about(hass, pod.mac),
        {"pod": pod.name, "what": ", ".join(refused)},
        holds=bool(refused) and reason not in REFUSALS,
        is_fixable=False,
    )


@callback
def _async_report_lost(hass: HomeAssistant, pod: Pod, lost_rows: int) -> None:
    """Say how many minutes the pod had to overwrite, until the person has taken note."""
    about = async_about(hass, pod.mac)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{MINUTES_LOST}_{about}")
    told = int((issue.data or {}).get("minutes") or 0) if issue else 0
    minutes = told + lost_rows
    async_show_issue(
        hass,
        MINUTES_LOST,
        about,
        {"minutes": str(minutes)},
        data={"minutes": minutes},
        is_persistent=True,
    )


@callback
def async_report_shown(hass: HomeAssistant, pod: Pod) -> None:
    """Say what is wrong with a pod by what its entities show now."""
    _async_report_battery(hass, pod)
    _async_report_sensor(hass, pod)


@callback
def _async_report_battery(hass: HomeAssistant, pod: Pod) -> None:
    """Say that a worn pod wants to be charged, until it is being charged or was."""
    if (percent := pod.battery_percent) is None:
        return
    is_charged = bool(pod.is_on(CHARGING)) or percent >= BATTERY_CHARGED_PERCENT
    if is_charged or (percent < BATTERY_LOW_PERCENT and pod.is_on(WORN)):
        async_show_issue(
            hass,
            BATTERY_LOW,
            async_about(hass, pod.mac),
            {"pod": pod.name, "percent": str(BATTERY_LOW_PERCENT)},
            holds=not is_charged,
            is_fixable=False,
        )


@callback
def _async_report_sensor(hass: HomeAssistant, pod: Pod) -> None:
    """Say that a pod counts nothing because its motion sensor failed, until it works again."""
    if (problem := pod.is_on(PROBLEM)) is None:
        return
    out_of_range = pod.text(SENSOR_STATUS) == STATUS_OUT_OF_RANGE
    for key, holds in ((SENSOR_FAILED, not out_of_range), (SENSOR_OUT_OF_RANGE, out_of_range)):
        async_show_issue(
            hass,
            key,
            async_about(hass, pod.mac),
            {"pod": pod.name},
            holds=problem and holds,
            severity=ir.IssueSeverity.ERROR,
            is_fixable=False,
        )


@callback
def async_watch_pods(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Say when ESPHome lost, disabled or replaced a pod of the walker, until the walker is unloaded."""

    @callback
    def check() -> None:
        for subentry in entry.get_subentries_of_type(SUBENTRY_POD):
            mac: str = subentry.data[CONF_MAC]
            about = async_about(hass, mac)
            wrong: str = async_presence(hass, mac)
            new = async_successor(hass, subentry, async_macs_in_use(hass)) if wrong == POD_GONE else None
            if new:
                wrong = POD_REPLACED
            names = {"pod": subentry.title, "walker": entry.title}
            for key in (POD_GONE, POD_REPLACED, POD_DISABLED, POD_NAME_SHARED):
                async_show_issue(
                    hass,
                    key,
                    about,
                    {**names, "mac": mac, "new_mac": new.mac} if new else names,
                    holds=key == wrong,
                    data={"entry_id": entry.entry_id, "mac": mac},
                    is_fixable=key != POD_NAME_SHARED,
                )

    @callback
    def entry_changed(change: ConfigEntryChange, changed: ConfigEntry) -> None:
        # Of walkers too: a board that waits for an answer may be given to another one.
        if changed.domain in (ESPHOME_DOMAIN, DOMAIN):
            check()

    @callback
    def device_changed(event: Any) -> None:
        check()

    entry.async_on_unload(async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, entry_changed))
    entry.async_on_unload(hass.bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, device_changed))
    check()


@callback
def async_withdraw(hass: HomeAssistant, mac: str, subentry_id: str | None = None) -> None:
    """Withdraw all issues of a pod that has no walker any more; its subentry is known if it was set up."""
    gone = (POD_GONE, POD_REPLACED, POD_DISABLED, POD_NAME_SHARED)
    sensor = (SENSOR_FAILED, SENSOR_OUT_OF_RANGE)
    keys = (*REFUSALS, *gone, *sensor, MINUTES_LOST, BATTERY_LOW, NUMBERS_REFUSED)
    async_withdraw_issues(hass, keys, subentry_id or async_about(hass, mac))
