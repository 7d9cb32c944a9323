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
MINUTES_LOST = "minutes_lost"

# A pod follows Home Assistant's clock; further away its minutes land in the wrong hour.
CLOCK_SKEW_MAX_S = 5 * 60


@callback
def async_report(hass: HomeAssistant, pod: Pod, result: SyncResult) -> None:
    """Raise and withdraw the issues of a pod after its minutes were fetched."""
    if result.lost_rows:
        _async_report_lost(hass, pod, result.lost_rows)
    if result.outcome is Outcome.REFUSED:
        wrong_firmware = result.reason == "schema_version"
        wrong_clock = result.reason == "future_minute"
    elif result.outcome is Outcome.OK:
        wrong_firmware = False
        wrong_clock = abs(result.clock_skew_s or 0) > CLOCK_SKEW_MAX_S
    else:
        return
    for key, is_wrong in ((FIRMWARE_MISMATCH, wrong_firmware), (CLOCK_WRONG, wrong_clock)):
        if not is_wrong:
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
    for key in (FIRMWARE_MISMATCH, CLOCK_WRONG, MINUTES_LOST):
        ir.async_delete_issue(hass, DOMAIN, f"{key}_{mac}")


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Let the person take note of an issue."""
    return ConfirmRepairFlow()
