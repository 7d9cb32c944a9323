"""What every test of the integration starts from."""

import logging
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.retrostep.const import CONF_MAC, CONF_PERSON, CONF_WALKER_SLUG, DOMAIN, SUBENTRY_POD
from tools.check.complaints import complaints

from .desk import Desk
from .fake_pod import FakePod
from .helpers import settle
from .phones import add_phone
from .repairs_page import Repairs
from .text_files import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

# The test package lets the recorder print every query; nobody reads them.
logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture
async def persons(hass: HomeAssistant) -> dict[str, str]:
    """Two people; gives their registry ids by entity id."""
    people = [{"id": "1", "name": "Ann"}, {"id": "2", "name": "Jörg Müller"}]
    assert await async_setup_component(hass, "person", {"person": people})
    registry = er.async_get(hass)
    ids = {}
    for entity_id in ("person.ann", "person.jorg_muller"):
        entry = registry.async_get(entity_id)
        assert entry
        ids[entity_id] = entry.id
    return ids


@pytest.fixture
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


@pytest.fixture
def pod(hass: HomeAssistant) -> FakePod:
    """Ann's pod, known to ESPHome and not in reach yet."""
    fake = FakePod(hass)
    fake.adopt()
    return fake


@pytest.fixture
def other_pod(hass: HomeAssistant) -> FakePod:
    """Make a second pod, known to ESPHome and not in reach yet."""
    fake = FakePod(hass, mac="aa:bb:cc:dd:ee:02", node="step-pod-02", name="Right shoe", log=815)
    fake.adopt()
    return fake


def pod_subentry(fake: FakePod) -> ConfigSubentryData:
    """Subentry that gives a pod to a walker."""
    return ConfigSubentryData(
        data={CONF_MAC: fake.mac}, subentry_type=SUBENTRY_POD, title=fake.name, unique_id=fake.mac
    )


@pytest.fixture
def make_walker(hass: HomeAssistant) -> Callable[..., MockConfigEntry]:
    """Make a walker's entry with pods; it still has to be set up."""

    def make(
        *pods: FakePod,
        slug: str = "ann",
        options: dict[str, str] | None = None,
        person: str | None = None,
    ) -> MockConfigEntry:
        entry = MockConfigEntry(
            domain=DOMAIN,
            title=slug.title(),
            unique_id=f"person-{slug}",
            data={CONF_PERSON: person, CONF_WALKER_SLUG: slug},
            options=options or {},
            subentries_data=[pod_subentry(fake) for fake in pods],
        )
        entry.add_to_hass(hass)
        return entry

    return make


@pytest.fixture
async def walker(
    hass: HomeAssistant, pod: FakePod, make_walker: Callable[..., MockConfigEntry]
) -> MockConfigEntry:
    """Ann, set up with her pod, which is not in reach yet."""
    entry = make_walker(pod)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
async def desk(hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod) -> Desk:
    """Make Ann's desk, at noon in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:00+00:00")
    return Desk(hass, freezer, pod)


@pytest.fixture
async def phone(hass: HomeAssistant) -> str:
    """Ann's phone with the companion app; gives its device id."""
    return await add_phone(hass, "Ann's Phone")


@pytest.fixture
def as_delivered() -> None:
    """Leave entities off that are off by default."""


@pytest.fixture(autouse=True)
def every_entity(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch on the entities that are off by default, but where a test is about what people have at first."""
    if "as_delivered" not in request.fixturenames:
        monkeypatch.setattr(Entity, "entity_registry_enabled_default", True)


class Listener(logging.Handler):
    """Keeps what the log says against us."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line if it is against us."""
        self.heard += complaints([record.getMessage()])


@pytest.fixture(autouse=True)
def _nothing_is_said_against_us() -> Iterator[None]:
    """Fail a test in which the log says that we use what will end."""
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    assert not listener.heard


@pytest.fixture(autouse=True)
def _custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant find the integration."""


@pytest.fixture(autouse=True)
def storage_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the walkers' files in a folder of the test's own."""
    folder = tmp_path / ".storage"
    monkeypatch.setattr("custom_components.retrostep.storage.STORAGE_DIR", str(folder))
    return folder


@pytest.fixture(scope="module")
def english() -> Any:
    """Every English text of the integration."""
    return read("translations/en.json")


@pytest.fixture(scope="module")
def icons() -> Any:
    """Every icon of the integration."""
    return read("icons.json")


@pytest.fixture
async def repairs(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, issue_registry: ir.IssueRegistry
) -> Repairs:
    """The page on which issues are fixed."""
    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, "http", {})
    return Repairs(hass_client, issue_registry)


@pytest.fixture
async def in_feet(hass: HomeAssistant, walker: MockConfigEntry) -> MockConfigEntry:
    """Ann, whose goal is a distance, in a house with US units."""
    hass.config.units = US_CUSTOMARY_SYSTEM
    options = {"goals": {"plan": "fixed", "kind": "metres", "metres": 100}}
    hass.config_entries.async_update_entry(walker, options=options)
    await settle(hass)
    return walker
