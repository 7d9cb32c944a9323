"""What repairs say is complete, and nothing of it is left over."""

from typing import Any

from custom_components.retrostep import repairs
from custom_components.retrostep.card import resources as frontend_resources
from custom_components.retrostep.issues import pod as issues_pod
from custom_components.retrostep.issues import pod_flows as repairs_pod
from custom_components.retrostep.issues import storage_flows
from custom_components.retrostep.issues import walker as issues_walker
from custom_components.retrostep.issues.flow import CONFIRM, MENU, STILL_SO


def test_every_issue_has_a_text_and_no_text_is_left_over(english: Any) -> None:
    confirmed = {issues_pod.MINUTES_LOST, issues_pod.POD_GONE, *issues_walker.ISSUE_OF_SETTING.values()}
    confirmed |= {*issues_pod.REFUSALS, issues_walker.STORAGE_TOO_NEW}
    confirmed |= {frontend_resources.ISSUE_YAML_RESOURCES, issues_walker.POSITIONS_LOST}
    confirmed |= {issues_walker.SAFETY_NOTES}
    steps = {
        **{key: {CONFIRM} for key in confirmed},
        issues_pod.FIRMWARE_TOO_OLD: {MENU, CONFIRM},
        issues_pod.POD_DISABLED: {MENU},
        issues_pod.POD_REPLACED: {MENU},
        issues_walker.PERSON_GONE: {MENU, repairs.OTHER_PERSON},
        issues_walker.STORAGE_DAMAGED: {
            MENU,
            storage_flows.TRY_AGAIN,
            storage_flows.LAST_COPY,
            storage_flows.STATISTICS,
            storage_flows.NEW_BEGINNING,
        },
    }

    passing = {
        issues_pod.BATTERY_LOW,
        issues_pod.NUMBERS_REFUSED,
        issues_pod.POD_NAME_SHARED,
        issues_pod.SENSOR_FAILED,
        issues_pod.SENSOR_OUT_OF_RANGE,
        issues_walker.HOURS_MISSING,
        issues_walker.PHONES_SILENT,
        issues_walker.STORAGE_FULL,
        issues_walker.STORAGE_REFUSED,
    }
    assert english["issues"].keys() == steps.keys() | passing
    for key, expected in steps.items():
        assert english["issues"][key]["fix_flow"]["step"].keys() == expected
    for key in passing:
        assert english["issues"][key].keys() == {"title", "description"}


def test_every_fix_that_may_not_help_says_why(english: Any) -> None:
    pod = {STILL_SO, repairs_pod.OUT_OF_REACH}
    errors = {
        issues_pod.CLOCK_WRONG: {*pod, repairs_pod.FUTURE_MINUTES},
        issues_pod.FIRMWARE_TOO_OLD: pod,
        issues_pod.FIRMWARE_TOO_NEW: pod,
        issues_pod.LOG_REWOUND: pod,
        issues_walker.STORAGE_TOO_NEW: {STILL_SO},
        issues_walker.STORAGE_DAMAGED: {STILL_SO, storage_flows.NOT_SURE, storage_flows.NOT_DONE},
        frontend_resources.ISSUE_YAML_RESOURCES: {STILL_SO, repairs.NOT_READ},
        # A person is always chosen there.
        issues_walker.PERSON_GONE: {"person_has_walker", "person_not_found"},
    }
    aborts = {
        issues_pod.FIRMWARE_TOO_OLD: {repairs_pod.ABORT_UPDATE_STARTED},
        issues_pod.POD_REPLACED: {repairs_pod.ABORT_BOARD_GONE},
        issues_walker.PERSON_GONE: {repairs.ABORT_WALKER_GONE},
        issues_walker.SAFETY_NOTES: {repairs.ABORT_WALKER_GONE},
    }
    for key, texts in english["issues"].items():
        if "fix_flow" not in texts:
            continue
        assert texts["fix_flow"].get("error", {}).keys() == errors.get(key, set())
        assert texts["fix_flow"].get("abort", {}).keys() == aborts.get(key, set())


def test_every_choice_and_field_of_a_fix_has_a_text(english: Any) -> None:
    menus = {
        issues_pod.POD_DISABLED: {repairs_pod.ENABLE, repairs_pod.REMOVE},
        issues_pod.POD_REPLACED: {repairs_pod.SAME_SHOE, repairs_pod.OTHER_POD},
        issues_pod.FIRMWARE_TOO_OLD: {repairs_pod.INSTALL, CONFIRM},
        issues_walker.PERSON_GONE: {repairs.GUEST, repairs.OTHER_PERSON},
    }
    for key, choices in menus.items():
        assert english["issues"][key]["fix_flow"]["step"][MENU]["menu_options"].keys() == choices
    form = english["issues"][issues_walker.PERSON_GONE]["fix_flow"]["step"][repairs.OTHER_PERSON]
    assert form["data"].keys() == form["data_description"].keys() == {"person"}
