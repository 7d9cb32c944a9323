"""The one way in which an issue comes and goes."""

from collections.abc import Iterable
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..core.markdown import as_text


@callback
def async_show_issue(
    hass: HomeAssistant,
    key: str,
    about: str | None,
    placeholders: dict[str, str],
    *,
    holds: bool = True,
    severity: ir.IssueSeverity = ir.IssueSeverity.WARNING,
    data: dict[str, Any] | None = None,
    is_fixable: bool = True,
    is_persistent: bool = False,
) -> None:
    """Raise an issue while it holds, withdraw it when it does not.

    `key` is its text; `about` is the id of the pod's subentry or of the walker's entry that it is about,
    None for what is of the whole house. Diagnostics hold the ids of issues, so there is no MAC in them, and
    all that a persistent issue names.
    """
    if not holds:
        async_withdraw_issues(hass, [key], about)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        _id(key, about),
        data=data,
        is_fixable=is_fixable,
        is_persistent=is_persistent,
        severity=severity,
        translation_key=key,
        translation_placeholders={name: as_text(value) for name, value in placeholders.items()},
    )


@callback
def async_withdraw_issues(hass: HomeAssistant, keys: Iterable[str], about: str | None) -> None:
    """Withdraw issues about one pod or walker, or about the house."""
    for key in keys:
        ir.async_delete_issue(hass, DOMAIN, _id(key, about))


def _id(key: str, about: str | None) -> str:
    return key if about is None else f"{key}_{about}"
