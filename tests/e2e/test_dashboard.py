"""The card and the dashboard in a real browser, on a real Home Assistant with a pod that walks."""

import json
import re
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tools.stage import card_page, demo, hostpod, house, pictures, processes, webkit
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

from .axe import AXE_RULES, in_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

TILE_ROW_PX = 56


class Kitchen:
    """A Home Assistant whose owner walks backward all the time, and a browser signed in to it."""

    def __init__(self, home: HomeAssistant, client: Client, page: Page) -> None:
        self.home = home
        self.client = client
        self.page = page

    async def go(self, path: str) -> None:
        """Open a page of Home Assistant."""
        await self.page.goto(f"{self.home.url}{path}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kitchen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Kitchen]:
    folder = tmp_path_factory.mktemp("kitchen")
    recording = demo.make_recording(folder, "backward")
    port = processes.free_port()
    program = await hostpod.build()
    async with AsyncExitStack() as stack:
        pod = await hostpod.start(
            program, recording, port=port, folder=folder, mac=demo.POD_MAC, loop=True, wait=True
        )
        await stack.enter_async_context(pod)
        home = await stack.enter_async_context(HomeAssistant(folder / "home-assistant"))
        client = await stack.enter_async_context(Client(home.url))
        await demo.furnish(client, port, "UTC")
        browser = await stack.enter_async_context(pictures.browser())
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        tokens = json.dumps(json.dumps(client.tokens))
        await page.add_init_script(f"localStorage.setItem('hassTokens', {tokens})")
        yield Kitchen(home, client, page)


# A real Home Assistant


async def test_the_strategy_makes_the_dashboard(kitchen: Kitchen) -> None:
    await kitchen.go(f"/{house.DASHBOARD}/0")
    card = kitchen.page.locator("retrostep-card .walker")
    await card.wait_for(timeout=20_000)
    assert await card.get_attribute("aria-label") == "Demo"
    await kitchen.page.locator("retrostep-history-card .history").wait_for()

    await kitchen.go(f"/{house.DASHBOARD}/history")
    await kitchen.page.locator("retrostep-history-card .plot").wait_for()  # one, or it would be refused
    await kitchen.go(f"/{house.DASHBOARD}/pods")
    for name in ("Contact", "Calibrate", "are here|still on the pod"):
        await kitchen.page.get_by_text(re.compile(name)).first.wait_for()


async def test_a_counted_stride_is_seen_within_a_second(kitchen: Kitchen) -> None:
    await kitchen.go(f"/{house.DASHBOARD}/0")
    await kitchen.page.locator("retrostep-card .legend").wait_for(timeout=20_000)
    late_ms = await kitchen.page.locator("retrostep-card").evaluate(
        """async (card) => {
            const legend = () => card.shadowRoot.querySelector(".legend").innerText;
            const steps = () => Number(/\\d+/.exec(legend())[0]);
            const pod = Object.keys(card.hass.entities).find((id) => /step_pod.*_backward_steps$/.test(id));
            const late = [];
            let shown = steps();
            for (const end = Date.now() + 40_000; Date.now() < end && late.length < 8; ) {
                await new Promise((resolve) => setTimeout(resolve, 20));
                if (steps() > shown) {
                    shown = steps();
                    late.push(Date.now() - Date.parse(card.hass.states[pod].last_updated));
                }
            }
            return late;
        }"""
    )
    assert len(late_ms) == 8, late_ms
    assert max(late_ms) < 1000, late_ms
    await kitchen.page.get_by_text("Walking backward").first.wait_for()


async def test_axe_finds_nothing_wrong_with_the_card_on_the_dashboard(kitchen: Kitchen) -> None:
    await kitchen.go(f"/{house.DASHBOARD}/0")
    await kitchen.page.locator("retrostep-card .walker").wait_for(timeout=20_000)
    await kitchen.page.add_script_tag(path=card_page.AXE)
    found = await kitchen.page.locator("retrostep-card").evaluate(
        "async (card, rules) => (await axe.run(card, rules)).violations", AXE_RULES
    )
    assert in_words(found) == []


async def test_a_session_in_full_screen_outlives_a_reload_and_stops_with_one_tap(kitchen: Kitchen) -> None:
    page = kitchen.page
    (entry,) = await kitchen.client.call("config_entries/get", domain="retrostep")
    await kitchen.go(f"/{house.DASHBOARD}/0")
    await house.start_session(kitchen.client, entry["entry_id"])
    await page.get_by_text("Full screen").click(timeout=20_000)
    stop = page.locator("retrostep-session .stop")
    await stop.wait_for()
    await page.reload()
    await stop.click(timeout=20_000)
    await page.locator("retrostep-session").get_by_text("Session ended").wait_for()
    await page.keyboard.press("Escape")
    await page.locator("retrostep-session").wait_for(state="detached")


async def test_the_editor_changes_the_card(kitchen: Kitchen) -> None:
    client, page = kitchen.client, kitchen.page
    await client.call("lovelace/dashboards/create", url_path="the-kitchen", title="Kitchen", mode="storage")
    view = {"title": "Kitchen", "cards": [{"type": "custom:retrostep-card"}]}
    await client.call("lovelace/config/save", url_path="the-kitchen", config={"views": [view]})
    await kitchen.go("/the-kitchen/0?edit=1")
    await page.locator("retrostep-card .week").wait_for(timeout=20_000)
    await page.locator("hui-card-options").get_by_text("Edit", exact=True).first.click()
    dialog = page.locator("hui-dialog-edit-card")
    await dialog.get_by_text("Show week").first.click()
    await dialog.locator("retrostep-card .walker").wait_for()
    await page.wait_for_function(
        """() => {
            const find = (root, name) => {
                for (const node of root.querySelectorAll("*")) {
                    if (node.localName === name) return node;
                    const inside = node.shadowRoot && find(node.shadowRoot, name);
                    if (inside) return inside;
                }
            };
            const dialog = find(document, "hui-dialog-edit-card");
            return dialog && !find(find(dialog.shadowRoot, "retrostep-card").shadowRoot, "ul");
        }"""
    )
    await dialog.get_by_text("Save", exact=True).click()
    await dialog.wait_for(state="hidden")
    saved = await client.call("lovelace/config", url_path="the-kitchen")
    assert saved["views"][0]["cards"] == [{"type": "custom:retrostep-card", "show_week": False}]


async def test_a_tile_shows_the_goal_in_its_own_row_and_its_editor_offers_that(kitchen: Kitchen) -> None:
    client, page = kitchen.client, kitchen.page
    steps = f"sensor.{house.slug_of(await client.states())}_backward_steps_today"
    tile = {"type": "tile", "entity": steps, "features_position": "inline"}
    shown = {**tile, "features": [{"type": "custom:retrostep-goal-feature"}]}
    view = {"type": "sections", "sections": [{"type": "grid", "cards": [shown]}]}
    await client.call("lovelace/dashboards/create", url_path="the-hall", title="Hall", mode="storage")
    await client.call("lovelace/config/save", url_path="the-hall", config={"views": [view]})
    await kitchen.go("/the-hall/0?edit=1")
    goal = page.get_by_role("img", name="Demo:").first
    await goal.wait_for(timeout=20_000)
    box = await page.locator("hui-tile-card").first.bounding_box()
    assert box is not None
    assert box["height"] == TILE_ROW_PX

    await page.locator("hui-card-edit-mode").first.click()
    dialog = page.locator("hui-dialog-edit-card")
    await dialog.get_by_text("Features", exact=True).click()
    await dialog.locator("hui-card-features-editor .edit-icon").first.click()
    await dialog.get_by_text("Show streak").first.wait_for()


async def test_the_dialog_for_new_dashboards_offers_ours(kitchen: Kitchen) -> None:
    page = kitchen.page
    await kitchen.go("/config/lovelace/dashboards")
    await page.get_by_text("Add dashboard").click()
    await page.get_by_text("A dashboard for everyone at home who walks backward.").wait_for(timeout=20_000)


async def test_the_dashboard_changes_when_walkers_come_and_go(kitchen: Kitchen) -> None:
    page = kitchen.page
    await kitchen.go(f"/{house.DASHBOARD}/0")
    await page.locator("retrostep-card .walker").wait_for(timeout=20_000)
    # The short name follows whom one chose, and is shown before it is fixed.
    step = await kitchen.client.flow("retrostep", {"guest_name": "Guest"}, {"guest_name": "Guest"})
    guest = page.locator("retrostep-card [aria-label=Guest]")
    await guest.wait_for(timeout=20_000)
    await kitchen.client.rest("DELETE", f"/api/config/config_entries/entry/{step['result']['entry_id']}")
    await guest.wait_for(state="detached", timeout=20_000)
    await page.locator("retrostep-card [aria-label=Demo]").wait_for()


async def test_the_pickers_know_card_and_dashboard(kitchen: Kitchen) -> None:
    slug = house.slug_of(await kitchen.client.states())
    await kitchen.go(f"/{house.DASHBOARD}/0")
    await kitchen.page.locator("retrostep-card .walker").wait_for(timeout=20_000)
    known = await kitchen.page.locator("retrostep-card").evaluate(
        """(card, entity) => ({
            cards: customCards.map(({ type, preview }) => [type, preview]),
            strategies: customStrategies.map(({ type, strategyType }) => [type, strategyType]),
            ours: customCards[0].getEntitySuggestion(card.hass, entity),
            other: customCards[0].getEntitySuggestion(card.hass, "sun.sun"),
        })""",
        f"sensor.{slug}_backward_steps_today",
    )
    assert known["cards"] == [["retrostep-card", True], ["retrostep-history-card", True]]
    assert known["strategies"] == [["retrostep", "dashboard"]]
    assert known["ours"]["config"]["type"] == "custom:retrostep-card"
    assert known["other"] is None


# A browser that is not Chromium

# What a person sees of the cards on the page, however deep they are; nothing until both have drawn.
SEEN_BY_WEBKIT = """
    const all = (root, name) => [...root.querySelectorAll("*")].flatMap((node) => [
        ...(node.localName === name ? [node] : []),
        ...(node.shadowRoot ? all(node.shadowRoot, name) : []),
    ]);
    const [card] = all(document, "retrostep-card");
    const [history] = all(document, "retrostep-history-card");
    const drawn = card?.shadowRoot?.querySelector(".week") && history?.shadowRoot?.querySelector(".plot li");
    const text = (shown) => shown.shadowRoot.querySelector("ha-card").innerText;
    return drawn ? { card: text(card), history: text(history) } : null;
"""


async def test_cards_show_in_webkit(kitchen: Kitchen, tmp_path: Path) -> None:
    async with webkit.browser(tmp_path) as window:
        await window.go(f"{kitchen.home.url}/manifest.json")
        await window.run("localStorage.hassTokens = arguments[0]", json.dumps(kitchen.client.tokens))
        await window.resize(1280, 900)
        await window.go(f"{kitchen.home.url}/{house.DASHBOARD}/0")
        seen = await window.wait_for(SEEN_BY_WEBKIT, timeout_s=60)
    assert "Demo" in seen["card"]
    assert "Backward" in seen["card"]
    assert "Demo" in seen["history"]
    assert "backward" in seen["history"]


# A newcomer, in the same house: nobody walks, and the pod is in ESPHome


async def test_three_clicks_lead_from_the_discovery_card_to_the_goal(kitchen: Kitchen) -> None:
    client, page = kitchen.client, kitchen.page
    for dashboard in await client.call("lovelace/dashboards/list"):
        await client.call("lovelace/dashboards/delete", dashboard_id=dashboard["id"])
    for entry in await client.call("config_entries/get", domain="retrostep"):
        await client.rest("DELETE", f"/api/config/config_entries/entry/{entry['entry_id']}")
    devices = await client.call("config/device_registry/list")
    pod = next(device for device in devices if device["manufacturer"] == "retrostep")
    await client.call("config/device_registry/update", device_id=pod["id"], name_by_user="Left shoe")

    await kitchen.go("/config/integrations/dashboard")
    card = page.locator("ha-config-flow-card").filter(has_text="Left shoe")
    await card.wait_for(timeout=20_000)
    await page.evaluate(
        "window.clicks = 0, addEventListener('click', (event) => { clicks += event.isTrusted }, true)"
    )
    await card.get_by_text("Add", exact=True).click()
    dialog = page.locator("dialog-data-entry-flow")
    await dialog.get_by_text("Is this your pod?").wait_for()
    await dialog.get_by_text("Submit", exact=True).click()
    await dialog.get_by_text("Open the dashboard").click()
    goal = page.locator("retrostep-card [aria-label=Demo]").get_by_role("button", name="of 3 min").first
    await goal.wait_for(timeout=20_000)

    assert await page.evaluate("clicks") == 3
    assert page.url == f"{kitchen.home.url}/{house.DASHBOARD}/today"
    saved = await client.call("lovelace/config", url_path=house.DASHBOARD)
    assert saved == {"strategy": {"type": "custom:retrostep"}}
