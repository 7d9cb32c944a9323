"""The claims of quality_scale.yaml, held against the code where code can show them."""

import ast
import json
import re
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import STATE_OFF, STATE_UNAVAILABLE, STATE_UNKNOWN, EntityCategory, Platform
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from custom_components.retrostep.condition import CONDITIONS
from custom_components.retrostep.const import CONF_MAC, SUBENTRY_POD
from custom_components.retrostep.trigger import TRIGGERS

from .conftest import pod_subentry
from .helpers import STEPS_TODAY, reach, settle, state, walked_minute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .fake_pod import FakePod
    from .helpers import MakeWalker

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "custom_components" / "retrostep"
MODULES = sorted(FOLDER.rglob("*.py"))
PLATFORMS = sorted({path.stem for path in MODULES} & set(Platform))

# Bronze, Silver, Gold and Platinum in one.
RULES = {
    "action-setup",
    "appropriate-polling",
    "brands",
    "common-modules",
    "config-flow-test-coverage",
    "config-flow",
    "dependency-transparency",
    "docs-actions",
    "docs-conditions",
    "docs-high-level-description",
    "docs-installation-instructions",
    "docs-removal-instructions",
    "docs-triggers",
    "entity-event-setup",
    "entity-unique-id",
    "has-entity-name",
    "runtime-data",
    "test-before-configure",
    "test-before-setup",
    "unique-config-entry",
    "action-exceptions",
    "config-entry-unloading",
    "docs-configuration-parameters",
    "docs-installation-parameters",
    "entity-unavailable",
    "integration-owner",
    "log-when-unavailable",
    "parallel-updates",
    "reauthentication-flow",
    "test-coverage",
    "devices",
    "diagnostics",
    "discovery-update-info",
    "discovery",
    "docs-data-update",
    "docs-examples",
    "docs-known-limitations",
    "docs-supported-devices",
    "docs-supported-functions",
    "docs-troubleshooting",
    "docs-use-cases",
    "dynamic-devices",
    "entity-category",
    "entity-device-class",
    "entity-disabled-by-default",
    "entity-translations",
    "exception-translations",
    "icon-translations",
    "reconfiguration-flow",
    "repair-issues",
    "stale-devices",
    "async-dependency",
    "inject-websession",
    "strict-typing",
}

# Off until somebody wants them: few do, or the recorder would fill.
# On for a new walker: the keys that other things rely on, and what people press or set every day.
ENABLED = {
    "binary_sensor.goal_reached",
    "binary_sensor.sitting_too_long",
    "binary_sensor.walking_backward",
    "binary_sensor.worn",
    "button.snooze",
    "button.start_session",
    "button.stop_session",
    "button.test_reminder",
    "event.activity",
    "event.reminder",
    "sensor.backward_distance_today",
    "sensor.backward_minutes_today",
    "sensor.backward_steps_today",
    "sensor.backward_steps_total",
    "sensor.daily_goal_progress",
    "sensor.forward_steps_today",
    "sensor.goal_streak",
    "sensor.guided_session_stage",
    "sensor.last_step",
    "sensor.sessions_today",
    "sensor.sitting_state",
    "sensor.sitting_time",
    "switch.plan_paused",
    "switch.reminders",
}
# Only for who entered a weight.
BY_CHOICE = {"sensor.energy_today"}


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "quality_scale.yaml").read_text(encoding="utf-8"))[
        "rules"
    ]
    return loaded


def source(name: str) -> str:
    return (FOLDER / f"{name}.py").read_text(encoding="utf-8")


def test_every_rule_is_done_or_exempt_with_its_reason(rules: dict[str, Any]) -> None:
    assert rules.keys() == RULES
    for rule, told in rules.items():
        if told != "done":
            assert told["status"] == "exempt", rule
            assert told["comment"].endswith("."), rule


def test_actions_are_registered_once_for_the_integration_and_not_per_walker() -> None:
    body = ast.parse(source("__init__")).body
    functions = {node.name: ast.unparse(node) for node in body if isinstance(node, ast.AsyncFunctionDef)}
    assert "async_setup_services" in functions["async_setup"]
    assert "services" not in functions["async_setup_entry"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_says_how_many_updates_may_run_at_once(platform: str) -> None:
    assert re.search(r"^PARALLEL_UPDATES = \d+$", source(platform), re.MULTILINE)


def test_every_platform_there_is_is_set_up() -> None:
    named = {name.lower() for name in re.findall(r"\bPlatform\.(\w+)", source("__init__"))}
    assert named == set(PLATFORMS)


def test_errors_that_people_see_are_translated() -> None:
    shown = {"HomeAssistantError", "ServiceValidationError", "ConfigEntryError", "ConfigEntryNotReady"}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in shown:
                named = {keyword.arg for keyword in node.keywords}
                assert {"translation_domain", "translation_key"} <= named, f"{path.name}:{node.lineno}"


def test_nothing_is_kept_in_the_shared_store_of_home_assistant_for_an_entry() -> None:
    """What belongs to a walker is the entry's runtime data."""
    for path in MODULES:
        assert "hass.data[DOMAIN]" not in path.read_text(encoding="utf-8"), path.name


def test_the_integration_opens_no_connection_and_needs_no_package() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        # Its server's part answers what Home Assistant's own web server is asked for.
        text = re.sub(r"^from aiohttp(\.hdrs import \w+| import web)$", "", text, flags=re.MULTILINE)
        for module in ("aiohttp", "requests", "httpx", "socket", "urllib.request"):
            assert not re.search(rf"^\s*(import|from) {re.escape(module)}\b", text, re.MULTILINE), path.name


def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def test_what_modules_share_is_where_everybody_looks_for_it() -> None:
    assert "class WalkerCoordinator(" in source("coordinator")
    assert "class WalkerEntity(" in source("entity")
    assert "entry.runtime_data = WalkerCoordinator(" in source("__init__")
    assert (FOLDER / "brand" / "icon.png").is_file()


def test_pods_are_discovered_and_a_walker_can_be_changed_and_unloaded() -> None:
    assert manifest()["zeroconf"]
    for step in ("zeroconf", "user", "reconfigure"):
        assert f"async def async_step_{step}(" in source("config_flow")
    assert "async def async_unload_entry(" in source("__init__")
    assert manifest()["requirements"] == []


def test_types_are_checked_strictly() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["mypy"]["strict"] is True


def test_entities_subscribe_to_nothing_before_they_are_added() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any("Entity" in ast.unparse(base) for base in node.bases):
                made = [item for item in node.body if getattr(item, "name", "") == "__init__"]
                text = "".join(ast.unparse(item) for item in made)
                assert not re.search(r"async_(listen|track_|dispatcher_connect|call_later)", text), path.name


def forms(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give every form and every section of one that has fields."""
    if isinstance(node, dict):
        if "data" in node and isinstance(node["data"], dict):
            yield path, node
        for key, value in node.items():
            yield from forms(value, f"{path}.{key}")


def test_every_field_of_every_form_is_described() -> None:
    english = json.loads((FOLDER / "translations" / "en.json").read_text(encoding="utf-8"))
    found = dict(forms(english))

    assert len(found) > 10
    for path, form in found.items():
        assert form["data"].keys() == form["data_description"].keys(), path


# Entities and devices, as Home Assistant has them


@pytest.fixture
async def entities(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, as_delivered: None
) -> dict[str, er.RegistryEntry]:
    """Every entity of a walker who entered a weight, by what stands behind the walker's name in its id."""
    entry = make_walker(pod, options={"body": {"weight_kg": 70}})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return {entity.entity_id.replace(".ann_", "."): entity for entity in found}


async def test_every_entity_has_a_unique_id_a_translated_name_and_the_walkers_device(
    hass: HomeAssistant, entities: dict[str, er.RegistryEntry]
) -> None:
    assert len(entities) > 40
    (device_id,) = {entity.device_id for entity in entities.values()}
    device = dr.async_get(hass).async_get(str(device_id))
    assert device
    assert device.entry_type is dr.DeviceEntryType.SERVICE
    for name, entity in entities.items():
        assert entity.has_entity_name, name
        assert entity.translation_key == name.partition(".")[2]
        assert entity.unique_id == f"{entity.config_entry_id}_{entity.translation_key}"


# What changes all day long and is no event for people; numbers are no rows of Activity anyway.
MOVES = {
    "binary_sensor.guided_session",
    "binary_sensor.long_strides",
    "binary_sensor.sitting_too_long",
    "binary_sensor.walking_backward",
    "sensor.guided_session_stage",
    "sensor.guided_session_time_left",
    "sensor.last_contact",
    "sensor.last_session",
    "sensor.last_step",
    "sensor.next_reminder",
    "sensor.sitting_state",
}


async def test_what_changes_a_setting_is_configuration_and_nothing_else_is(
    entities: dict[str, er.RegistryEntry],
) -> None:
    settings = {name for name in entities if name.partition(".")[0] in ("number", "select", "switch")}
    settings |= {"button.restart_plan", "button.test_reminder"}
    kinds = dict.fromkeys(settings, EntityCategory.CONFIG) | dict.fromkeys(MOVES, EntityCategory.DIAGNOSTIC)
    assert {
        name: entity.entity_category for name, entity in entities.items() if entity.entity_category
    } == kinds


async def test_what_few_people_want_or_what_changes_often_is_off_at_first(
    entities: dict[str, er.RegistryEntry],
) -> None:
    assert {name for name, entity in entities.items() if not entity.disabled_by} == ENABLED | BY_CHOICE


async def test_what_triggers_and_conditions_look_at_is_on(entities: dict[str, er.RegistryEntry]) -> None:
    looked_at = {kind._key for kind in (*TRIGGERS.values(), *CONDITIONS.values())}  # type: ignore[attr-defined]
    on = {entity.translation_key for entity in entities.values() if not entity.disabled_by}
    assert len(looked_at) >= 8
    assert looked_at <= on


@pytest.mark.parametrize("has_pod", [True, False])
async def test_on_the_first_day_nothing_is_unknown_that_is_known(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, as_delivered: None, *, has_pod: bool
) -> None:
    """Of events Home Assistant itself says "unknown" before the first, and of buttons before a press."""
    entry = make_walker(*[pod] if has_pod else [])
    assert await hass.config_entries.async_setup(entry.entry_id)
    if has_pod:
        await reach(hass, pod)
        for name in ("Walking backward", "Worn"):
            pod.set("binary_sensor", name, STATE_OFF)
    await settle(hass)
    found = {
        state.entity_id.replace(".ann_", "."): state.state
        for state in hass.states.async_all()
        if ".ann_" in state.entity_id
    }
    assert len(found) == len(ENABLED)
    unknown = {name for name, state in found.items() if state == STATE_UNKNOWN}
    assert {name for name in unknown if not name.startswith(("button.", "event."))} == set()
    unusable = {name for name, state in found.items() if state == STATE_UNAVAILABLE}
    nothing_to_do = {"button.stop_session"} | (set() if has_pod else {"button.start_session"})
    assert unusable == nothing_to_do
    assert found["sensor.last_step"] == "none"


async def test_a_walkers_device_and_entities_go_with_the_walker(
    hass: HomeAssistant, entities: dict[str, er.RegistryEntry]
) -> None:
    entry_id = next(iter(entities.values())).config_entry_id
    assert entry_id
    await hass.config_entries.async_remove(entry_id)
    await settle(hass)

    assert not er.async_entries_for_config_entry(er.async_get(hass), entry_id)
    assert not dr.async_entries_for_config_entry(dr.async_get(hass), entry_id)


async def test_pods_come_and_go_without_a_restart(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, other_pod: FakePod
) -> None:
    given = pod_subentry(other_pod)
    hass.config_entries.async_add_subentry(
        walker,
        ConfigSubentry(
            data=MappingProxyType(dict(given["data"])),
            subentry_type=SUBENTRY_POD,
            title=given["title"],
            unique_id=given["unique_id"],
        ),
    )
    await settle(hass)
    walked_minute(other_pod, back=12)
    await reach(hass, other_pod)
    assert state(hass, STEPS_TODAY) == "12"

    first = next(one for one in walker.subentries.values() if one.data[CONF_MAC] == pod.mac)
    hass.config_entries.async_remove_subentry(walker, first.subentry_id)
    await settle(hass)
    assert walker.runtime_data.syncs.keys() == {other_pod.mac}
