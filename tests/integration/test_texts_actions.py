"""Errors, actions, triggers and conditions have their texts, and what texts name is filled in."""

import re
from string import Formatter
from typing import Any

import pytest
from homeassistant.util.yaml import load_yaml_dict

from custom_components.retrostep import services
from custom_components.retrostep.actions import feelings as feeling_actions
from custom_components.retrostep.actions import guided_sessions as guided_actions
from custom_components.retrostep.actions import history as history_actions
from custom_components.retrostep.actions import reminders as reminder_actions
from custom_components.retrostep.actions import sheet as sheet_actions
from custom_components.retrostep.actions import walks as walk_actions
from custom_components.retrostep.condition import CONDITIONS
from custom_components.retrostep.core.guided_sessions.routine import StageFailure
from custom_components.retrostep.core.history.history import HistoryFailure
from custom_components.retrostep.core.ledger.corrections import WalkFailure
from custom_components.retrostep.core.ledger.row_sync import Outcome
from custom_components.retrostep.issues.walker import STORAGE_DAMAGED, STORAGE_REFUSED, STORAGE_TOO_NEW
from custom_components.retrostep.trigger import TRIGGERS

from .text_files import FOLDER, code


def test_every_error_has_a_text_and_no_text_is_left_over(english: Any) -> None:
    source = code("coordinator", "features/*", "number", "services", "actions/*")
    used = set(re.findall(r'translation_key="(\w+)"', source))
    used |= {outcome for outcome in Outcome if outcome.failed}
    used |= {*HistoryFailure, *WalkFailure, *StageFailure}
    used |= {STORAGE_DAMAGED, STORAGE_TOO_NEW, STORAGE_REFUSED}

    assert used == english["exceptions"].keys()


def test_every_action_and_field_has_a_text_and_an_icon(english: Any, icons: Any) -> None:
    actions = load_yaml_dict(str(FOLDER / "services.yaml"))
    schemas = {
        services.ACTION_SYNC: services.SYNC_SCHEMA,
        **history_actions.SCHEMAS,
        **guided_actions.SCHEMAS,
        feeling_actions.ACTION_RATE_SESSION: feeling_actions.RATE_SCHEMA,
        sheet_actions.ACTION_GET_SHEET: sheet_actions.SHEET_SCHEMA,
        walk_actions.ACTION_ADD_WALK: walk_actions.ADD_SCHEMA,
        walk_actions.ACTION_REMOVE_WALK: walk_actions.REMOVE_SCHEMA,
        reminder_actions.ACTION_SNOOZE: reminder_actions.SNOOZE_SCHEMA,
        reminder_actions.ACTION_DISMISS: reminder_actions.DISMISS_SCHEMA,
    }
    assert actions.keys() == english["services"].keys() == icons["services"].keys() == schemas.keys()
    for name, action in actions.items():
        texts = english["services"][name]
        assert texts["name"]
        assert texts["description"]
        assert action["fields"].keys() == texts["fields"].keys()
        assert all(field["name"] and field["description"] for field in texts["fields"].values())
        assert {str(key) for key in schemas[name].schema} == action["fields"].keys()


@pytest.mark.parametrize(("kind", "keys"), [("trigger", {*TRIGGERS}), ("condition", {*CONDITIONS})])
def test_every_trigger_and_condition_has_texts_and_an_icon(
    english: Any, icons: Any, kind: str, keys: set[str]
) -> None:
    described = load_yaml_dict(str(FOLDER / f"{kind}s.yaml"))
    offered = {key: value for key, value in described.items() if not key.startswith(".")}
    texts = english[f"{kind}s"]

    assert keys == offered.keys() == texts.keys() == icons[f"{kind}s"].keys()
    for key, value in offered.items():
        assert texts[key]["name"]
        assert texts[key]["description"]
        assert texts[key].get("fields", {}).keys() == value.get("fields", {}).keys()
        assert all(field["name"] for field in texts[key].get("fields", {}).values())
        assert icons[f"{kind}s"][key].keys() == {kind}


def test_placeholders_of_texts_are_filled_in_by_the_code(english: Any) -> None:
    filled = {"url", "name", "walker", "pod", "detail", "minutes", "since", "steps", "walk", "field"}
    filled |= {"goal", "next", "day", "month", "week", "met", "needed", "last_met", "last_needed", "value"}
    filled |= {"best", "count", "date", "end", "found", "length", "made_up", "missed", "paused", "speed"}
    filled |= {"start", "strides", "year"}
    filled |= {"about", "done", "people", "planned", "source", "times", "weeks"}
    filled |= {
        "entity",
        "length_unit",
        "time",
        "percent",
        "phone",
        "error",
        "copied",
        "mac",
        "new_mac",
        "what",
        "first",
        "last",
        "hours",
        "characters",
        "values",
        "targets",
        "stage",
        "number",
        "of",
        "notes",
        "dashboard",
        "docs",
        "esphome",
        "low",
        "high",
    }
    for path, text in _texts(english):
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        assert names <= filled, path


def _texts(node: Any, path: str = "") -> Any:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{path}.{key}")
        else:
            yield f"{path}.{key}", value
