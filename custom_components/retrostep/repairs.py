"""What the person should know about a pod, as repair issues."""

from typing import TYPE_CHECKING

from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .link import Outcome, SyncResult

if TYPE_CHECKING:
    from .pod import Pod

FIRMWARE_MISMATCH = "firmware_mismatch"
CLOCK_WRONG = "clock_wrong"
LOG_REWOUND = "log_rewound"
MINUTES_LOST = "minutes_lost"

# Why a page was refused, as far as the person can do something about it.
ISSUE_OF_REFUSAL = {
    "schema_version": FIRMWARE_MISMATCH,
    "future_minute": CLOCK_WRONG,
    "rewound": LOG_REWOUND,
}

# A pod follows Home Assistant's clock; further away its minutes land in the wrong hour.
CLOCK_SKEW_MAX_S = 5 * 60


@callback
def async_report(hass: HomeAssistant, pod: Pod, result: SyncResult) -> None:
    """Raise and withdraw the issues of a pod after its minutes were fetched."""
    if result.lost_rows:
        _async_report_lost(hass, pod, result.lost_rows)
    if result.outcome is Outcome.REFUSED:
        wrong = {ISSUE_OF_REFUSAL[result.reason]} if result.reason in ISSUE_OF_REFUSAL else set()
    elif result.outcome is Outcome.OK:
        wrong = {CLOCK_WRONG} if abs(result.clock_skew_s or 0) > CLOCK_SKEW_MAX_S else set()
    else:
        return
    for key in ISSUE_OF_REFUSAL.values():
        if key not in wrong:
            ir.async_delete_issue(hass, DOMAIN, f"{key}_{pod.mac}")
            continue
        ir.async_create_issue(
            hass,
            DOMAIN,
            f"{key}_{pod.mac}",
            is_fixable=False,
            severity=ir.IssueSeverity.ERROR,
            translation_key=key,
            translation_placeholders={"pod": pod.name},
        )


@callback
def _async_report_lost(hass: HomeAssistant, pod: Pod, lost_rows: int) -> None:
    """Say how many minutes the pod had to overwrite, until the person has taken note."""
    issue_id = f"{MINUTES_LOST}_{pod.mac}"
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    told = int((issue.data or {}).get("minutes") or 0) if issue else 0
    minutes = told + lost_rows
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        data={"minutes": minutes},
        is_fixable=True,
        is_persistent=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key=MINUTES_LOST,
        translation_placeholders={"pod": pod.name, "minutes": str(minutes)},
    )


@callback
def async_withdraw(hass: HomeAssistant, mac: str) -> None:
    """Withdraw all issues of a pod that has no walker any more."""
    for key in (*ISSUE_OF_REFUSAL.values(), MINUTES_LOST):
        ir.async_delete_issue(hass, DOMAIN, f"{key}_{mac}")


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Let the person take note of an issue."""
    return ConfirmRepairFlow()
