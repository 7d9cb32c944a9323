"""The cards alone, with made-up households: how they look, fit, are read and are reached."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import pytest_asyncio
from PIL import Image

from tools import ROOT
from tools.stage import card_page, pictures

from .axe import complaints

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

# Fonts are drawn a little differently on every machine; a part that is missing or elsewhere is far more.
PIXELS_OFF_MAX = 0.02
PIXEL_OFF = 48

TILE_ROW_PX = 56
TAPPED_PX = 40
LETTERS_PX = 11
# Six of a section's twelve columns on a phone of 390 pixels, and the height a card there must not come near.
PHONE_HALF_PX = 183
TOWER_PX = 520

LANGUAGES = sorted(file.stem for file in (card_page.FRONTEND / "src" / "translations").glob("*.json"))


OURS = "retrostep-card, retrostep-history-card, retrostep-goal-feature, retrostep-session"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    """The page that shows the card alone."""
    script = card_page.build(tmp_path_factory.mktemp("page"))
    async with pictures.browser() as browser:
        yield await card_page.open_page(browser, script)


@pytest.mark.parametrize("name", card_page.PICTURES)
async def test_the_card_looks_as_in_its_picture_and_axe_is_content(
    alone: Page, tmp_path: Path, name: str
) -> None:
    taken = await card_page.take(alone, name, tmp_path)
    assert await complaints(alone, OURS) == []
    now, kept = (
        np.asarray(Image.open(path).convert("RGB"), dtype=np.int16)
        for path in (taken, ROOT / "docs" / "images" / f"{name}.png")
    )
    assert abs(now.shape[0] - kept.shape[0]) <= 8, "script/screenshots renews the pictures"
    assert now.shape[1] == kept.shape[1]
    rows = min(now.shape[0], kept.shape[0])
    off = (np.abs(now[:rows] - kept[:rows]).max(axis=2) > PIXEL_OFF).mean()
    assert off < PIXELS_OFF_MAX, f"{off:.1%} of the pixels differ; script/screenshots renews the pictures"


@pytest.mark.parametrize("letters", [1, 2])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_language_fits_into_the_narrowest_phone(alone: Page, language: str, letters: int) -> None:
    shows = (
        *((name, {}) for name in ("ordinary", "walking", "over", "session", "first_day", "pod_away")),
        ("due", card_page.TALL),
        ("due", card_page.COMPACT),
        ("ordinary", {"type": "retrostep-history-card", "period": "month"}),
        ("over", {**card_page.FEATURE, "show_streak": True}),
        ("ordinary", {**card_page.INLINE, "number": "left"}),
        ("unavailable", card_page.INLINE),
    )
    picture = card_page.Picture(shows, width=320, card_width=288, language=language, letters=letters)
    await card_page.show(alone, picture)

    assert await card_page.cut_off(alone) == []


@pytest.mark.parametrize("size", [(320, 480), (568, 320), (1280, 800)])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_session_fills_every_screen_in_every_language(
    alone: Page, language: str, size: tuple[int, int]
) -> None:
    width, height = size
    for household in ("session_start", "session", "session_turn", "session_pause"):
        shows = ((household, card_page.FULL_SCREEN),)
        picture = card_page.Picture(shows, width=width, height=height, language=language)
        await card_page.show(alone, picture)
        assert await card_page.cut_off(alone) == []
        stop = await alone.locator("retrostep-session .stop").bounding_box()
        assert stop
        assert stop["height"] >= 48
        assert stop["y"] + stop["height"] <= height, household
    assert await complaints(alone, "retrostep-session") == []


@pytest.mark.parametrize("width", [288, 400])
async def test_everything_that_can_be_tapped_is_large_enough(alone: Page, width: int) -> None:
    shows = tuple((name, card_page.TALL) for name in ("due", "session", "walking", "no_pod"))
    others = (("due", card_page.COMPACT), ("ordinary", {"type": "retrostep-history-card"}))
    await card_page.show(alone, card_page.Picture((*shows, *others), width=width + 32, card_width=width))
    small = await alone.evaluate(
        """(least) => [...document.querySelectorAll("retrostep-card, retrostep-history-card")]
            .flatMap((card) => [...card.shadowRoot.querySelectorAll("button, a.action")])
            .map((part) => [part.textContent.trim(), part.getBoundingClientRect().height])
            .filter(([, height]) => height && height < least)""",
        TAPPED_PX,
    )
    assert small == []


SIZES_IN_HALF_A_SECTION = """(least) => [...document.querySelectorAll("retrostep-card")].map((card) => ({
    height: card.getBoundingClientRect().height,
    small: [...card.shadowRoot.querySelectorAll("*")]
        .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((part) => !part.closest("style, .hidden") && part.getClientRects().length)
        .filter((part) => parseFloat(getComputedStyle(part).fontSize) < least)
        .map((part) => part.textContent.trim()),
}))"""


@pytest.mark.parametrize("width", [148, 183])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_half_of_a_section_is_legible_and_no_tower(alone: Page, language: str, width: int) -> None:
    full: list[tuple[str, dict[str, Any]]] = [(name, {}) for name in ("ordinary", "walking", "over", "due")]
    lines = [(name, card_page.COMPACT) for name in ("ordinary", "over")]
    picture = card_page.Picture((*full, *lines), width=2 * width + 36, card_width=width, language=language)
    await card_page.show(alone, picture)

    assert await card_page.cut_off(alone) == []
    sizes = await alone.evaluate(SIZES_IN_HALF_A_SECTION, LETTERS_PX)
    assert [text for card in sizes for text in card["small"]] == []
    assert max(card["height"] for card in sizes) < TOWER_PX
    if width >= PHONE_HALF_PX:
        assert {card["height"] for card in sizes[len(full) :]} == {TILE_ROW_PX}


async def test_every_part_can_be_reached_with_the_keyboard(alone: Page) -> None:
    await card_page.show(alone, card_page.Picture((("due", card_page.TALL),)))
    await alone.evaluate(
        """() => {
            window.asked = [];
            document.addEventListener("hass-action", (event) => asked.push(event.detail.config.entity));
        }"""
    )
    reached: list[str] = []
    for _ in range(12):
        await alone.keyboard.press("Tab")
        label = await alone.evaluate(
            """() => {
                const part = document.activeElement.shadowRoot?.activeElement;
                return part?.getAttribute("aria-label") ?? part?.textContent ?? "";
            }"""
        )
        reached.append(" ".join(label.split()))
        if reached[-1].startswith("412 of"):
            await alone.keyboard.press("Enter")
    assert await alone.evaluate("asked") == ["sensor.ann_backward_steps_today"]
    for part in ("412 of 600", "203 m", "Backward 412", "5 days", "Snooze for Ann", "Start"):
        assert any(label.startswith(part) for label in reached), (part, reached)


async def test_no_font_of_the_machine_changes_how_wide_a_page_is(alone: Page) -> None:
    browser = alone.context.browser
    assert browser is not None
    page = await browser.new_page()
    await page.set_content('<p style="font-family: DejaVu Sans, Liberation Sans, monospace">12 steps</p>')
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("DOM.enable")
    await devtools.send("CSS.enable")
    root = (await devtools.send("DOM.getDocument"))["root"]["nodeId"]
    text = await devtools.send("DOM.querySelector", {"nodeId": root, "selector": "p"})
    fonts = await devtools.send("CSS.getPlatformFontsForNode", text)

    assert [font["familyName"] for font in fonts["fonts"]] == ["Noto Sans"]
