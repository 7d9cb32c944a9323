"""Every piece of YAML in the documentation is one that Home Assistant takes, with a walker called Ann."""

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.components.automation.config import async_validate_config_item as validate_automation
from homeassistant.components.logbook import CONFIG_SCHEMA as LOGBOOK_SCHEMA
from homeassistant.components.logger import CONFIG_SCHEMA as LOGGER_SCHEMA
from homeassistant.components.lovelace import CONFIG_SCHEMA as LOVELACE_SCHEMA
from homeassistant.components.rest_command import CONFIG_SCHEMA as REST_COMMAND_SCHEMA
from homeassistant.components.script.config import async_validate_config_item as validate_script
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import SupportsResponse, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.statistics import statistic_ids
from tests.docs.pages import ROOT, Block, blocks

from .guided_sessions import read_safety_notes
from .helpers import reach, settle, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import Event, HomeAssistant

    from .fake_pod import FakePod
    from .helpers import MakeWalker

YAML = blocks("yaml")
NOON = "2026-11-22 12:00:00+00:00"
# What the pages speak of and is off until somebody turns it on.
OPTIONS = {
    "calendar": {"show": True},
    "coach": {"speaker": "media_player.hallway", "tts": "tts.piper"},
}

# By what a block is known, and what it is; the first that fits.
KINDS = {
    "triggers+actions": "automation",
    "triggers": "trigger",
    "trigger": "trigger",
    "condition": "condition",
    "action": "action",
    "sequence": "script",
    "strategy": "dashboard",
    "type": "card",
    "logger": "logger",
    "lovelace": "lovelace",
    "logbook": "logbook",
    "rest_command": "rest_command",
    # Of these tests/firmware/test_documented.py takes care.
    "packages": "pod",
    "substitutions": "pod",
    "wifi": "pod",
}


def kind(block: Block) -> str:
    """Say what a block is; nobody may write one that nothing checks."""
    content = block.yaml
    assert isinstance(content, dict), block.name
    found = next((what for keys, what in KINDS.items() if set(keys.split("+")) <= content.keys()), None)
    assert found, f"{block.name}: nothing checks this"
    return found


def test_what_hears_of_an_event_does_not_hear_of_it_again_after_a_restart() -> None:
    triggers = [trigger for block in YAML for trigger in block.yaml.get("triggers", [])]
    by_event = [trigger for trigger in triggers if str(trigger.get("entity_id", "")).startswith("event.")]
    assert by_event
    for trigger in by_event:
        assert "unavailable" in trigger["not_from"], trigger


def chosen(*kinds: str) -> list[Block]:
    """Give the blocks of some kinds."""
    found = [block for block in YAML if kind(block) in kinds]
    assert found, kinds
    return found


def of_kind(*kinds: str) -> Any:
    """Run a test for each block of some kinds."""
    return pytest.mark.parametrize("block", chosen(*kinds), ids=lambda block: block.name)


@pytest.fixture(autouse=True)
async def _house(hass: HomeAssistant) -> None:
    """Have what the recipes speak of besides Ann."""
    assert await async_setup_component(hass, "homeassistant", {})
    hass.states.async_set("sensor.step_pod_battery_level", "80")


@pytest.fixture
async def walker(hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker) -> MockConfigEntry:
    """Ann, who has turned on what the pages speak of."""
    entry = make_walker(pod, options=OPTIONS)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
async def answering(hass: HomeAssistant, walker: MockConfigEntry) -> list[str]:
    """Let the actions of others do nothing; gives the names of all that are called."""
    for name in (
        "assist_satellite.announce",
        "light.turn_off",
        "light.turn_on",
        "media_player.media_stop",
        "media_player.play_media",
        "notify.mobile_app_ann",
        "notify.send_message",
        "rest_command.influxdb_write",
        "tts.speak",
    ):
        async_mock_service(hass, *name.split("."))
    called: list[str] = []

    @callback  # else it is told by a thread, later than a test looks
    def note(event: Event) -> None:
        called.append(f"{event.data['domain']}.{event.data['service']}")

    hass.bus.async_listen(EVENT_CALL_SERVICE, note)
    return called


# What is named is there


@pytest.mark.parametrize("block", YAML, ids=lambda block: block.name)
def test_every_block_is_of_a_kind_that_is_checked(block: Block) -> None:
    assert kind(block) in KINDS.values()


async def test_entities_and_statistics_of_ann_exist(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    registry, named = er.async_get(hass), 0
    for block in YAML:
        for entity_id in re.findall(r"\b([a-z_]+\.ann_\w+)", block.text):
            named += 1
            assert registry.async_get(entity_id), f"{block.name}: {entity_id}"
        for statistic_id in re.findall(r"\b(retrostep:\w+)", block.text):
            assert statistic_id in statistic_ids("ann").values(), f"{block.name}: {statistic_id}"
    assert named > 50


# Automations, scripts and their parts


def automation(part: str, content: dict[str, Any]) -> dict[str, Any]:
    """Make an automation around a trigger, a condition or an action."""
    triggers = (
        content.get("triggers", [content])
        if part == "trigger"
        else [{"trigger": "homeassistant", "event": "start"}]
    )
    return {
        "alias": "Ann",
        "triggers": triggers,
        "conditions": [content] if part == "condition" else [],
        "actions": [content] if part == "action" else [{"stop": "done"}],
    }


async def test_automations_and_their_parts_are_valid(
    hass: HomeAssistant, walker: MockConfigEntry, answering: list[str]
) -> None:
    for block in chosen("automation", "trigger", "condition", "action"):
        content, part = block.yaml, kind(block)
        config = content if part == "automation" else automation(part, content)
        validated = await validate_automation(hass, "docs", config)
        assert validated is not None
        assert validated.validation_status == "ok", f"{block.name}: {validated.validation_error}"


def steps(actions: list[dict[str, Any]]) -> set[str]:
    """Give the actions that are called whatever happens, up to where something is waited for."""
    called = set()
    for step in actions:
        if "wait_for_trigger" in step:
            break
        called |= {step["action"]} if "action" in step else set()
    return called


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give what Home Assistant logged as wrong."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelname in ("ERROR", "WARNING") and record.name.startswith("homeassistant.")
    ]


# What happens to Ann when one of these triggers is tried; others are triggered by hand.
HAPPENS = {
    "retrostep.reminder_due": ("reminder", "due"),
    "retrostep.reminder_ended": ("reminder", "done"),
    "retrostep.goal_reached": ("activity", "goal_reached"),
    "event.ann_guided_session": ("guided_session", "stage_started"),
}


@of_kind("automation")
async def test_automations_do_what_they_say(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    answering: list[str],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    block: Block,
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to(NOON)
    walked_minute(pod, back=40)
    await reach(hass, pod)
    content = block.yaml
    assert await async_setup_component(hass, "automation", {"automation": content})
    await settle(hass)
    (made,) = hass.states.async_all("automation")
    assert made.state == "on"
    read_safety_notes(hass)
    answering.clear()
    trigger = content["triggers"][0]
    if happens := HAPPENS.get(trigger["trigger"]) or HAPPENS.get(trigger.get("entity_id")):
        key, event_type = happens
        walker.runtime_data.events.async_add(key, event_type, late=False, direction="backward")
        walker.runtime_data.events.async_publish()
    else:
        data = {"entity_id": made.entity_id, "skip_condition": True}
        await hass.services.async_call("automation", "trigger", data)
    for _ in range(500):
        await asyncio.sleep(0)
    # Some would wait for half an hour.
    await hass.services.async_call("automation", "turn_off", {"entity_id": made.entity_id}, blocking=True)
    called = [name for name in answering if not name.startswith("automation.")]
    assert called
    assert steps(content["actions"]) <= set(called)
    assert complaints(caplog) == []


async def test_actions_are_answered(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOON)
    walked_minute(pod, back=40)
    await reach(hass, pod)
    for block in chosen("action"):
        content = block.yaml
        domain, name = content["action"].split(".")
        assert domain == DOMAIN, block.name
        if name == "start_session" and walker.runtime_data.guided_sessions.session.active:
            walker.runtime_data.guided_sessions.async_stop_session()
        read_safety_notes(hass)
        data = {key: value for key, value in content.get("data", {}).items() if key != "config_entry_id"}
        answers = hass.services.supports_response(domain, name) is not SupportsResponse.NONE
        assert answers or "response_variable" not in content, block.name
        answer = await hass.services.async_call(domain, name, data, blocking=True, return_response=answers)
        assert answer or not answers, block.name


@of_kind("script")
async def test_scripts_run(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    answering: list[str],
    caplog: pytest.LogCaptureFixture,
    block: Block,
) -> None:
    config = block.yaml
    validated = await validate_script(hass, "docs", config)
    assert validated is not None
    assert validated.validation_status == "ok", validated.validation_error
    assert await async_setup_component(hass, "script", {"script": {"docs": config}})
    given = {"minutes": 10, "metres": 250}
    data = {key: given[key] for key in config.get("fields", {})}
    await hass.services.async_call("script", "docs", data, blocking=True)
    assert steps(config["sequence"]) <= set(answering)
    assert complaints(caplog) == []


# Cards and configuration


def source(name: str) -> str:
    return (ROOT / "frontend" / "src" / name).read_text(encoding="utf-8")


def words(pattern: str, text: str) -> list[str]:
    """Give the quoted words of the list a pattern finds."""
    found = re.search(pattern, text)
    assert found, pattern
    return re.findall(r'"(\w+)"', found[1])


def fields(interface: str) -> dict[str, list[str] | None]:
    """Give the fields of an interface of the card's source."""
    found = re.search(rf"interface {interface} \{{(.*?)\n\}}", source("types.ts"), re.DOTALL)
    assert found, interface
    return dict.fromkeys(re.findall(r"^  (\w+)\??:", found[1], re.MULTILINE))


def card_options() -> dict[str, dict[str, list[str] | None]]:
    """Give the options of our cards as their source has them, with their values where those are few."""
    shared, feature = fields("CardConfig"), fields("FeatureConfig")
    editor = source("editor.ts")
    feature["number"] = words(r"const NUMBERS = \[(.*?)\]", editor)
    shared["layout"] = words(r"LAYOUTS: readonly Layout\[\] = \[(.*?)\]", source("config.ts"))
    periods = words(r"PERIODS: readonly Period\[\] = \[(.*?)\]", source("periods.ts"))
    return {
        "custom:retrostep-card": shared,
        "custom:retrostep-goal-feature": feature,
        "custom:retrostep-history-card": {"type": None, "walkers": None, "period": periods},
    }


# What Home Assistant's own cards take, as far as the documentation uses them.
CORE_CARDS = {
    "statistics-graph": {"type", "title", "chart_type", "period", "days_to_show", "stat_types", "entities"},
    "statistic": {"type", "entity", "name", "period", "stat_type"},
    "vertical-stack": {"type", "cards"},
    "tile": {"type", "entity", "features", "features_position"},
    "gauge": {"type", "entity", "min", "max"},
    "entities": {"type", "entities"},
}
STAT_TYPES = {"change", "sum", "state", "min", "mean", "max"}
# Options every card may have, which the dashboard reads.
OF_THE_DASHBOARD = {"grid_options", "visibility"}


def check_card(card: dict[str, Any], where: str) -> None:
    options = card_options()
    assert card["type"] in options or card["type"] in CORE_CARDS, f"{where}: {card['type']}"
    if card["type"] in CORE_CARDS:
        assert card.keys() <= CORE_CARDS[card["type"]], where
        assert (
            set(card.get("stat_types", [])) | ({card["stat_type"]} if "stat_type" in card else set())
            <= STAT_TYPES
        )
        for inner in (*card.get("cards", []), *card.get("features", [])):
            check_card(inner, where)
        return
    allowed = options[card["type"]]
    assert card.keys() - OF_THE_DASHBOARD <= allowed.keys(), where
    for name, values in allowed.items():
        given = card.get(name, [])
        if values is not None:
            assert set([given] if isinstance(given, str) else given) <= set(values), f"{where}: {name}"
    assert set(card.get("walkers", [])) <= {"ann"}


@of_kind("card")
def test_cards_know_their_options(block: Block) -> None:
    check_card(block.yaml, block.name)


def test_the_page_tells_every_option_of_the_card() -> None:
    page = (ROOT / "docs" / "dashboard.md").read_text(encoding="utf-8")
    for card in card_options().values():
        for name, values in card.items():
            assert name == "type" or f"`{name}`" in page, name
            for value in values or ():
                assert f"`{value}`" in page, value


@of_kind("dashboard")
def test_the_dashboard_is_the_one_that_is_registered(block: Block) -> None:
    name = block.yaml["strategy"]["type"].removeprefix("custom:")
    assert block.yaml.keys() == {"strategy"}
    assert f'"ll-strategy-dashboard-{name}"' in source("index.ts")


@of_kind("logger", "lovelace", "logbook", "rest_command")
def test_configuration_is_taken(block: Block) -> None:
    schemas = {
        "logger": LOGGER_SCHEMA,
        "lovelace": LOVELACE_SCHEMA,
        "logbook": LOGBOOK_SCHEMA,
        "rest_command": REST_COMMAND_SCHEMA,
    }
    schema = schemas[kind(block)]
    schema(block.yaml)
    with pytest.raises(vol.Invalid):
        schema({kind(block): {"nonsense": [1]}})
