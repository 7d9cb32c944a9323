"""Whom a question is about, who may ask it, and what is exposed to Assist."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.components.conversation.agent_manager import AgentManager, get_agent_manager
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.retrostep.const import DOMAIN

from ..guided_sessions import press
from ..helpers import MakeWalker, reach, settle, state
from .house import expose, say, set_up_assist

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from ..fake_pod import FakePod

STEPS = "How many backward steps today?"
NOT_ALLOWED = "Sorry, you don't have permission for that."
ALL = {"entities": True}
ONLY_BOB = {"entities": {"entity_ids": {"sensor.bob_backward_steps_today": True}}}


def reading(*slugs: str) -> dict[str, Any]:
    """Allow to read the steps of walkers."""
    return {
        "entities": {"entity_ids": {f"sensor.{one}_backward_steps_today": {"read": True} for one in slugs}}
    }


@pytest.fixture(autouse=True)
async def _noon(noon: None) -> None:
    """Let it be noon in Berlin."""


@pytest.fixture
def users(hass: HomeAssistant) -> dict[str, MockUser]:
    """Ann and Bob, who may read and control everything."""
    found = {}
    for name in ("ann", "bob"):
        user = MockUser(name=name).add_to_hass(hass)
        user.mock_policy(ALL)
        found[name] = user
    return found


@pytest.fixture
async def two(
    hass: HomeAssistant,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    users: dict[str, MockUser],
) -> dict[str, MockConfigEntry]:
    """Ann and Bob, persons with users, both exposed; 10 and 30 steps."""
    people = [{"id": name, "name": name.title(), "user_id": user.id} for name, user in users.items()]
    assert await async_setup_component(hass, "person", {"person": people})
    registry, made = er.async_get(hass), {}
    for slug, fake in (("ann", pod), ("bob", other_pod)):
        registered = registry.async_get(f"person.{slug}")
        assert registered
        made[slug] = make_walker(fake, slug=slug, person=registered.id)
    assert await hass.config_entries.async_setup(made["ann"].entry_id)
    await settle(hass)
    for slug, fake, steps in (("ann", pod, 10), ("bob", other_pod, 30)):
        await reach(hass, fake)
        fake.walk(back=steps, back_dm=steps * 5, back_s=steps // 2)
        fake.publish()
        await settle(hass)
        assert state(hass, f"sensor.{slug}_backward_steps_today") == str(steps)
    await set_up_assist(hass)
    expose(hass, "ann", "bob")
    return made


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(("speaker", "steps"), [("ann", 10), ("bob", 30)])
async def test_who_speaks_hears_of_themselves(
    hass: HomeAssistant, users: dict[str, MockUser], speaker: str, steps: int
) -> None:
    assert await say(hass, STEPS, user_id=users[speaker].id) == f"You've walked {steps} steps backward today."


@pytest.mark.usefixtures("two")
async def test_a_device_without_a_user_asks_back_and_takes_a_name(hass: HomeAssistant) -> None:
    assert await say(hass, STEPS) == "Please say who it's for: Ann, Bob."
    assert (
        await say(hass, "How many backward steps has Bob walked today?")
        == "Bob has walked 30 steps backward today."
    )
    assert await say(hass, "Wie viele Schritte ist Ann heute rückwärts gegangen?", "de") == (
        "Ann ist heute 10 Schritte rückwärts gegangen."
    )
    assert await say(hass, "How many backward steps has Grandma walked today?") is None


@pytest.mark.usefixtures("two")
async def test_somebody_without_a_walker_asks_back_too(hass: HomeAssistant) -> None:
    guest = MockUser().add_to_hass(hass)
    guest.mock_policy(ALL)
    assert await say(hass, STEPS, user_id=guest.id) == "Please say who it's for: Ann, Bob."


@pytest.mark.usefixtures("two")
async def test_nobody_is_told_of_another_whom_they_may_not_read(
    hass: HomeAssistant, users: dict[str, MockUser]
) -> None:
    users["ann"].mock_policy(reading("ann"))
    for sentence in (
        "How many backward steps has Bob walked today?",
        "How long has Bob been sitting?",
        "How was Bob's week?",
        "How far is Bob from his goal?",
        "Start Bob's backward walk",
        "Snooze Bob's reminder",
    ):
        assert await say(hass, sentence, user_id=users["ann"].id) == NOT_ALLOWED, sentence
    users["ann"].mock_policy(reading("ann", "bob"))
    assert "30 steps" in str(
        await say(hass, "How many backward steps has Bob walked today?", user_id=users["ann"].id)
    )


@pytest.mark.usefixtures("two")
async def test_who_only_reads_starts_and_snoozes_nothing(
    hass: HomeAssistant, users: dict[str, MockUser]
) -> None:
    users["ann"].mock_policy(reading("ann"))
    for sentence in ("Start my backward walk", "Snooze the reminder", "Stop my backward walk"):
        assert await say(hass, sentence, user_id=users["ann"].id) == NOT_ALLOWED, sentence
    assert await say(hass, STEPS, user_id=users["ann"].id) == "You've walked 10 steps backward today."


@pytest.mark.usefixtures("two")
async def test_a_user_who_was_deleted_is_told_nothing(hass: HomeAssistant) -> None:
    for sentence in ("How many backward steps has Bob walked today?", "Start Bob's backward walk"):
        assert await say(hass, sentence, user_id="gone") == NOT_ALLOWED, sentence


@pytest.mark.usefixtures("two")
async def test_an_administrator_may_ask_for_everybody(hass: HomeAssistant) -> None:
    group = await hass.auth.async_get_group(GROUP_ID_ADMIN)
    assert group
    admin = MockUser(groups=[group]).add_to_hass(hass)
    assert await say(hass, "How was Bob's week?", user_id=admin.id)


@pytest.mark.usefixtures("two")
async def test_who_is_not_exposed_is_not_spoken_of(hass: HomeAssistant, users: dict[str, MockUser]) -> None:
    expose(hass, "bob", exposed=False)
    answer = await say(hass, "How many backward steps has Bob walked today?", user_id=users["ann"].id)
    assert answer
    assert answer.startswith("Sorry, Bob's backward walking isn't exposed to Assist.")
    assert "30" not in answer
    # The only one who is left can be meant by a device, but is named, as nobody knows who asks.
    assert await say(hass, STEPS) == "Ann has walked 10 steps backward today."
    expose(hass, "ann", exposed=False)
    assert str(await say(hass, STEPS)).startswith("Sorry, nobody's backward walking is exposed")


@pytest.mark.usefixtures("two")
async def test_sitting_has_an_exposure_of_its_own(hass: HomeAssistant, users: dict[str, MockUser]) -> None:
    expose(hass, "bob", exposed=False)
    expose(hass, "bob", sitting=False)
    assert await say(hass, STEPS, user_id=users["bob"].id) == "You've walked 30 steps backward today."
    for sentence in ("How long have I been sitting?", "Snooze the reminder"):
        answer = await say(hass, sentence, user_id=users["bob"].id)
        assert str(answer).startswith("Sorry, Bob's sitting time isn't exposed to Assist."), sentence


@pytest.mark.usefixtures("two")
async def test_an_entity_that_is_switched_off_is_not_exposed(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, users: dict[str, MockUser]
) -> None:
    entity_registry.async_update_entity(
        "sensor.ann_backward_steps_today", disabled_by=er.RegistryEntryDisabler.USER
    )
    assert "isn't exposed" in str(await say(hass, STEPS, user_id=users["ann"].id))


async def test_a_bare_stop_is_ours_only_while_somebody_is_led(
    hass: HomeAssistant, two: dict[str, MockConfigEntry]
) -> None:
    assert await say(hass, "Stop") is None
    await press(hass, "start_session", "bob")
    sentences = len(get_agent_manager(hass).trigger_sentences)
    two["bob"].runtime_data.show()
    await settle(hass)
    assert len(get_agent_manager(hass).trigger_sentences) == sentences, "it is registered once"
    # A device knows no user; only Bob can be meant.
    assert await say(hass, "Stop") == "Stopped after 0 steps backward."
    assert state(hass, "sensor.bob_guided_session_stage") == "idle"
    assert await say(hass, "Stop") is None


@pytest.mark.usefixtures("two")
async def test_what_an_action_refuses_is_said_in_the_language_that_is_spoken(
    hass: HomeAssistant, users: dict[str, MockUser]
) -> None:
    assert await say(hass, "Start my backward walk", user_id=users["ann"].id) == (
        "Please read the safety notes before the first session. They're on the RetroStep card and under "
        "Settings, System, Repairs."
    )
    answer = await say(hass, "Beende mein Rückwärtsgehen", "de", user_id=users["ann"].id)
    assert answer == "Für Ann läuft keine geführte Runde."


async def test_walkers_come_go_and_change_their_names(
    hass: HomeAssistant, two: dict[str, MockConfigEntry]
) -> None:
    hass.config_entries.async_update_entry(two["bob"], title="Robert Smith")
    await settle(hass)
    assert await say(hass, "How was Bob's week?") is None
    assert "Robert Smith" in str(await say(hass, "How was Robert's week?"))
    await hass.config_entries.async_unload(two["ann"].entry_id)
    assert await say(hass, "How was Ann's week?") is None
    # Whoever is left is the only one.
    assert await say(hass, STEPS) == "You've walked 30 steps backward today."
    await hass.config_entries.async_unload(two["bob"].entry_id)
    assert await say(hass, STEPS) is None
    await hass.config_entries.async_setup(two["ann"].entry_id)
    await settle(hass)
    assert "10 steps" in str(await say(hass, STEPS))


@pytest.mark.usefixtures("two")
async def test_a_first_name_that_two_share_means_neither(
    hass: HomeAssistant, two: dict[str, MockConfigEntry]
) -> None:
    for slug, name in (("ann", "Kim Lee"), ("bob", "Kim (Oslo)")):
        hass.config_entries.async_update_entry(two[slug], title=name)
        await settle(hass)
    assert await say(hass, "How was Kim's week?") is None
    assert "Kim Lee" in str(await say(hass, "How was Kim Lee's week?"))
    assert "Kim (Oslo)" in str(await say(hass, "How was Kim Oslo's week?"))


async def test_nothing_is_loaded_where_there_is_no_assist(
    hass: HomeAssistant, walker: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    assert DOMAIN in hass.config.components
    assert "conversation" not in hass.config.components
    assert await hass.config_entries.async_unload(walker.entry_id)


async def test_without_the_way_for_sentences_all_else_goes_on_and_the_log_says_it_once(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(AgentManager, "register_trigger")
    await set_up_assist(hass)
    expose(hass, "ann")
    assert await say(hass, STEPS) is None
    await hass.config_entries.async_reload(walker.entry_id)
    await settle(hass)
    assert state(hass, "sensor.ann_backward_steps_today") == "0"
    assert caplog.text.count("takes no sentences from integrations") == 1
