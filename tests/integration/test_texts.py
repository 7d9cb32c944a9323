"""What the integration says of itself is complete, and nothing of it is left over."""

import json
import re
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.util.yaml import load_yaml_dict

from custom_components.retrostep import calendar, config_flow
from custom_components.retrostep.binary_sensor import BINARY_SENSORS
from custom_components.retrostep.button import BUTTONS
from custom_components.retrostep.const import SUBENTRY_POD
from custom_components.retrostep.core.goals.goal import UNITS, GoalKind
from custom_components.retrostep.core.goals.plan import Plan
from custom_components.retrostep.core.goals.published_programmes import PUBLISHED, ProgrammeName
from custom_components.retrostep.core.guided_sessions.cues import CueKind
from custom_components.retrostep.core.guided_sessions.path import Role
from custom_components.retrostep.core.guided_sessions.result import EndReason, Waiting
from custom_components.retrostep.core.guided_sessions.three_metre_walks import STATUS_OF_TEXT
from custom_components.retrostep.core.reports import sheet_page
from custom_components.retrostep.core.sitting import settings as sitting_settings
from custom_components.retrostep.core.sitting.models import QuietReason
from custom_components.retrostep.event import EVENTS
from custom_components.retrostep.features import (
    clear_path,
    companion,
    feelings,
    goal_texts,
    guided_sessions,
    live_notification,
    reminder_notifier,
    spoken_cues,
)
from custom_components.retrostep.number import NUMBERS
from custom_components.retrostep.options import clear_path as clear_path_form
from custom_components.retrostep.options import coaching as coaching_options
from custom_components.retrostep.options import goal_form
from custom_components.retrostep.options import guided_sessions as guided_options
from custom_components.retrostep.options import reminders as reminder_options
from custom_components.retrostep.options.new_walker import FIRST_GOALS
from custom_components.retrostep.select import SELECTS
from custom_components.retrostep.sensor import SENSORS
from custom_components.retrostep.switch import SWITCHES

from .text_files import FOLDER, ROOT, code, parts_of


def flow_parts(class_name: str) -> tuple[str, set[str], set[str], set[str]]:
    """Return the source of a flow's class and its steps, errors and abort reasons."""
    source = code("config_flow")
    begin = source.index(f"class {class_name}")
    following = source.find("\nclass ", begin + 1)
    return parts_of(source[begin : following if following > 0 else None])


# Flows


def test_every_step_error_and_abort_of_the_config_flow_has_a_text(english: Any) -> None:
    _, steps, errors, aborts = flow_parts("RetroStepConfigFlow")
    errors |= parts_of(code("walker", "options/new_walker"))[2]

    assert steps == english["config"]["step"].keys()
    assert errors == english["config"]["error"].keys()
    # Home Assistant aborts with these by itself too.
    assert aborts | {"already_configured", "reconfigure_successful"} == english["config"]["abort"].keys()


def test_every_step_error_and_abort_of_the_pod_flow_has_a_text(english: Any) -> None:
    _, steps, errors, aborts = flow_parts("PodSubentryFlow")
    texts = english["config_subentries"][SUBENTRY_POD]

    assert steps == texts["step"].keys()
    assert errors == texts["error"].keys()
    assert aborts == texts["abort"].keys()
    assert texts["entry_type"]
    assert texts["initiate_flow"].keys() == {"user"}


def test_every_step_of_the_options_flow_has_a_text(english: Any) -> None:
    """The flow is put together from the forms of all modules in `options/` but the one of the set-up."""
    _, steps, errors, aborts = parts_of(code("options/[!n]*"))

    assert steps | goal_form.FIELDS.keys() == english["options"]["step"].keys()
    assert errors == english["options"].get("error", {}).keys()
    assert not aborts


def test_every_field_has_a_label_and_a_description(english: Any) -> None:
    new_walker = {"person", "guest_name", "goal", "phones", "dashboard", "short_name"}
    fields = {
        ("config", "user"): {*new_walker, "pods"},
        ("config", "walker"): {"walker"},
        ("config", "new_walker"): new_walker,
        ("config", "without_pod"): new_walker,
        ("config", "reconfigure"): {"person", "guest_name"},
        ("options", "day"): {"time_zone", "day_start"},
        ("options", "body"): {"weight"},
        ("options", "calendar"): {"show"},
        ("options", "clear_path"): {str(key) for key in clear_path_form.FORM},
    }
    for (flow, step), keys in fields.items():
        texts = english[flow]["step"][step]
        assert texts["data"].keys() == texts["data_description"].keys() == keys
    parts = english["options"]["step"]["guided_sessions"]["sections"]
    assert parts.keys() == guided_options.FORM.keys()
    for name, form in guided_options.FORM.items():
        assert (
            parts[name]["data"].keys() == parts[name]["data_description"].keys() == {str(key) for key in form}
        )
    parts = english["options"]["step"]["coaching"]["sections"]
    assert parts.keys() == coaching_options.FORM.keys()
    for name, fields_of_part in coaching_options.FORM.items():
        keys = {str(key) for key in fields_of_part}
        assert parts[name]["data"].keys() == parts[name]["data_description"].keys() == keys
    pod = english["config_subentries"][SUBENTRY_POD]["step"]["user"]
    assert pod["data"].keys() == pod["data_description"].keys() == {"mac"}


def test_the_choice_of_a_new_walker_has_a_text(english: Any) -> None:
    assert english["selector"][config_flow.CONF_WALKER] == {"options": {config_flow.NEW_WALKER: "New walker"}}


def test_every_first_goal_has_a_text(english: Any) -> None:
    assert english["selector"]["first_goal"]["options"].keys() == set(FIRST_GOALS)


def test_every_choice_of_an_action_has_a_text(english: Any) -> None:
    actions = load_yaml_dict(str(FOLDER / "services.yaml"))
    selectors = [field["selector"] for action in actions.values() for field in action["fields"].values()]
    choices = {
        select["select"]["translation_key"]: select["select"]["options"]
        for select in selectors
        if "select" in select
    }

    assert english["selector"].keys() >= choices.keys()
    for key, options in choices.items():
        assert set(options) == english["selector"][key]["options"].keys()


def test_every_day_of_the_week_has_a_text(english: Any) -> None:
    assert english["selector"]["weekday"]["options"].keys() == set(sitting_settings.WEEKDAYS)


def test_every_field_of_the_reminders_has_a_label_and_a_description(english: Any) -> None:
    texts = english["options"]["step"]["reminders"]
    for name, fields in reminder_options.FIELDS.items():
        part = texts["sections"][name] if name else texts
        keys = {str(marker) for marker in fields}
        assert part["data"].keys() == part["data_description"].keys() == keys
    assert texts["sections"].keys() == reminder_options.FIELDS.keys() - {""}
    asked = {str(marker) for fields in reminder_options.FIELDS.values() for marker in fields}
    assert asked == sitting_settings.DEFAULTS.keys() - {sitting_settings.CONF_ENABLED}


def test_every_text_of_a_notification_is_there_and_none_is_left_over(english: Any) -> None:
    used = {
        *reminder_notifier.MESSAGES,
        *reminder_notifier.AGAIN,
        reminder_notifier.TITLE,
        reminder_notifier.BACKWARD,
        reminder_notifier.SNOOZE,
        reminder_notifier.DONE,
        reminder_notifier.MINUTE,
        reminder_notifier.MINUTES,
        reminder_notifier.TEST,
        reminder_notifier.TEST_TITLE,
        reminder_notifier.TEST_SENT,
        reminder_notifier.TEST_FAILED,
        reminder_notifier.NO_PHONE,
        *cue_texts(),
        *(companion.path_key(role) for role in Role),
        clear_path.TITLE,
        clear_path.HELD,
        clear_path.LIMITS,
        clear_path.UNSEEN,
        clear_path.UNSEEN_TITLE,
        live_notification.TITLE,
        live_notification.STAGE,
        live_notification.PART,
        *(f"sheet_{name}" for name in sheet_page.TEXTS),
        feelings.PAUSE_TITLE,
        feelings.PAUSE,
        calendar.SESSION,
        calendar.GOAL,
        calendar.GOAL_REACHED,
        calendar.GOAL_MISSED,
    }
    assert english["common"].keys() == used | written_goals()
    for key in (*reminder_notifier.MESSAGES, *reminder_notifier.AGAIN):
        assert "{time}" in english["common"][key]


def cue_texts() -> set[str]:
    """Give the texts of what is said in sessions."""
    reasons = spoken_cues.REASONS
    keys = {spoken_cues.text_key(kind, reason) for kind in reasons for reason in reasons[kind]}
    keys |= {spoken_cues.text_key(kind) for kind in CueKind if kind not in reasons}
    told = {spoken_cues.FAILED, spoken_cues.FAILED_TITLE, spoken_cues.SECONDS}
    return keys | told | set(spoken_cues.DIRECTIONS.values())


def test_a_stage_that_waits_says_why(english: Any) -> None:
    for sensor in ("guided_session_stage", "guided_session_time_left"):
        texts = english["entity"]["sensor"][sensor]["state_attributes"]["waiting"]["state"]
        assert texts.keys() == set(Waiting)


def test_every_reason_to_wait_or_to_end_is_said() -> None:
    waits = {
        "direction" if reason.startswith("direction") else reason
        for reason in spoken_cues.REASONS[CueKind.WAITING]
    }
    # What is in the way is said by what it is.
    assert waits == set(Waiting) - {Waiting.PATH}
    assert set(spoken_cues.REASONS[CueKind.ENDED]) == set(EndReason) - {EndReason.COMPLETED}


def written_goals() -> set[str]:
    """Give the texts that amounts and dates are put together from."""
    amounts = {key for pair in goal_texts.AMOUNTS.values() for key in pair}
    return {
        *amounts,
        goal_texts.AMOUNT_FEET,
        goal_texts.DECIMAL_MARK,
        goal_texts.DATE,
        *goal_texts.MONTHS,
    } | {*goal_texts.ABOUT_PROGRAMME.values()}


def test_every_state_and_event_type_has_a_text(english: Any, icons: Any) -> None:
    for description in SENSORS:
        if description.options is not None:
            states = english["entity"]["sensor"][description.key]["state"]
            assert states.keys() == set(description.options)
    reasons = english["entity"]["sensor"]["sitting_state"]["state_attributes"]["reason"]["state"]
    assert reasons.keys() == set(QuietReason)
    for event in EVENTS:
        for texts in (english, icons):
            types = texts["entity"]["event"][event.key]["state_attributes"]["event_type"]["state"]
            assert types.keys() == set(event.event_types)


def test_every_explanation_kind_and_plan_of_a_goal_has_a_text(english: Any) -> None:
    attributes = english["entity"]["sensor"]["daily_goal_progress"]["state_attributes"]
    used = set(re.findall(r'Explanation\("(\w+)"', code("core/goals/view")))

    assert attributes["explanation"]["state"].keys() == used
    assert attributes["unit"]["state"].keys() == set(UNITS.values())
    for texts, choices in ((attributes["kind"], GoalKind), (attributes["plan"], Plan)):
        assert texts["state"].keys() == set(choices)
    assert english["selector"]["goal_programme"]["options"].keys() == set(ProgrammeName)
    assert goal_texts.ABOUT_PROGRAMME.keys() == PUBLISHED.keys()
    for select in SELECTS:
        assert english["entity"]["select"][select.key]["state"].keys() == set(select.options or ())
        assert english["selector"][select.key]["options"].keys() == set(select.options or ())


def test_every_field_of_the_goal_has_a_label_and_a_description(english: Any) -> None:
    for step, fields in goal_form.FIELDS.items():
        texts = english["options"]["step"][step]
        assert texts["data"].keys() == texts["data_description"].keys() == fields.keys()


# Entities


def test_every_entity_has_a_name_and_an_icon_and_no_text_is_left_over(english: Any, icons: Any) -> None:
    keys = {
        "sensor": {description.key for description in SENSORS},
        "binary_sensor": {description.key for description in BINARY_SENSORS},
        "button": {description.key for description in BUTTONS},
        "event": {description.key for description in EVENTS},
        "number": {description.key for description in NUMBERS},
        "select": {description.key for description in SELECTS},
        "switch": {description.key for description in SWITCHES},
        "calendar": {description.key for description in calendar.CALENDARS},
    }
    for platform, expected in keys.items():
        assert english["entity"][platform].keys() == expected
        assert icons["entity"][platform].keys() == expected
        assert all(texts["name"] for texts in english["entity"][platform].values())
    assert english["entity"].keys() == icons["entity"].keys() == keys.keys()


# Their names say what they count, and a unit that has no singular would read "1 sessions".
COUNTS = ("sessions_today", "breaks_today")


def test_a_number_has_either_a_unit_of_home_assistant_or_a_translated_one(english: Any) -> None:
    for description in SENSORS:
        translated = "unit_of_measurement" in english["entity"]["sensor"][description.key]
        if description.unit_fn is not None:
            assert not translated
            continue
        no_number = description.device_class in (SensorDeviceClass.TIMESTAMP, SensorDeviceClass.ENUM)
        no_number = no_number or description.key in COUNTS
        assert translated + (description.native_unit_of_measurement is not None) + no_number == 1


def test_safety_notes_are_complete(english: Any) -> None:
    assert set(guided_sessions.SAFETY) == english["selector"]["safety"]["options"].keys()
    assert "professional" in english["services"]["start_session"]["description"]
    assert "professional" in english["options"]["step"]["guided_sessions"]["description"]


def test_every_state_of_the_3m_walk_has_a_text(english: Any) -> None:
    attributes = english["entity"]["sensor"]["walk_3m_time"]["state_attributes"]
    assert attributes["status"]["state"].keys() == set(STATUS_OF_TEXT.values())


def test_what_the_integration_reads_of_the_3m_walk_is_what_the_firmware_says() -> None:
    source = (ROOT / "esphome/components/retrostep/three_metres.cpp").read_text(encoding="utf-8")
    assert set(re.findall(r'return "([^"]+)"', source)) == {*STATUS_OF_TEXT, "Not started"}


def test_every_icon_is_one_of_the_material_set(icons: Any) -> None:
    found = re.findall(r'"([^"]+)"', json.dumps([*_leaves(icons)]))

    assert found
    assert all(re.fullmatch(r"mdi:[a-z0-9-]+", icon) for icon in found)


def _leaves(node: Any) -> Any:
    for value in node.values():
        if isinstance(value, dict):
            yield from _leaves(value)
        else:
            yield value
