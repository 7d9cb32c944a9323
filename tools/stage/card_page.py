"""The card alone on a page, in made-up households: for pictures of every designed state and for axe."""

import subprocess
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

FRONTEND: Final = ROOT / "frontend"
PAGE: Final = FRONTEND / "test" / "page"
AXE: Final = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
_SETTLED: Final = """async () => {
    const boxes = (root, into = []) => {
        for (const part of root.querySelectorAll("*")) {
            const { x, y, width, height } = part.getBoundingClientRect();
            into.push(x, y, width, height);
            if (part.shadowRoot) boxes(part.shadowRoot, into);
        }
        return into;
    };
    for (let before = "", same = 0; same < 10; ) {
        await new Promise(requestAnimationFrame);
        const now = boxes(document).join();
        same = now === before ? same + 1 : 0;
        before = now;
    }
}"""
"""Returns when nothing moved for ten frames, however long a busy machine takes to draw them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: households of `frontend/test/fakes.ts`, each with a configuration of the card."""

    shows: tuple[tuple[str, dict[str, Any]], ...]
    width: int = 420
    card_width: int = 320
    dark: bool = False
    rtl: bool = False
    language: str = "en"
    letters: int = 1
    """How many times larger than usual letters are."""
    height: int = 0
    """Of the window, where it is not as high as what it shows."""
    then: tuple[str, ...] = ()
    """What the card's household becomes, one picture after the other."""


COMPACT: Final = {"layout": "compact"}
TALL: Final = {"layout": "tall"}
FEATURE: Final[dict[str, Any]] = {"type": "custom:retrostep-goal-feature", "tile": "bottom"}
INLINE: Final[dict[str, Any]] = {**FEATURE, "tile": "inline"}
FULL_SCREEN: Final = {"open_session": True}

# By the name of the picture in docs/images.
PICTURES: Final[dict[str, Picture]] = {
    "card-standard": Picture((("ordinary", {}),)),
    "card-walking": Picture((("walking", {}),)),
    "card-compact": Picture((("ordinary", COMPACT), ("over", COMPACT), ("due", COMPACT))),
    "card-tall": Picture((("due", TALL),)),
    "card-phone": Picture((("over", {}),), width=320, card_width=280),
    "card-dark": Picture((("over", {}),), dark=True),
    "card-session": Picture((("session", {}),)),
    "card-session-dark": Picture((("session", {}),), dark=True),
    "card-first-day": Picture((("first_day", {}),)),
    "card-two-walkers": Picture((("two", {}),), width=760, card_width=700),
    "card-right-to-left": Picture((("walking", {}),), rtl=True),
    "card-messages": Picture(
        tuple((name, {}) for name in ("pod_away", "unavailable", "not_loaded", "nobody", "error")),
        width=860,
        card_width=400,
    ),
    "card-tile": Picture(
        (
            ("ordinary", FEATURE),
            ("over", {**FEATURE, "show_streak": True}),
            ("ordinary", INLINE),
            ("ordinary", {**INLINE, "number": "percent"}),
        ),
        width=660,
        card_width=300,
    ),
    "session-screen": Picture((("session", FULL_SCREEN),), width=640, height=400, dark=True),
    "session-series": Picture(
        (("session_start", FULL_SCREEN),),
        width=640,
        height=400,
        then=("session", "session_turn", "session_pause", "session_done"),
    ),
    "card-history": Picture((("ordinary", {"type": "retrostep-history-card", "period": "month"}),)),
}


def build(folder: Path) -> Path:
    """Bundle the page's script into `folder` and return it."""
    script = folder / "page.js"
    esbuild = FRONTEND / "node_modules" / ".bin" / "esbuild"
    options = ["--bundle", "--format=iife", f"--outfile={script}", "--log-level=error"]
    subprocess.run([esbuild, PAGE / "page.ts", *options], cwd=FRONTEND, check=True)
    return script


async def open_page(browser: Browser, script: Path) -> Page:
    """Open the page; nothing moves on it, as a user without motion has it."""
    page = await browser.new_page(reduced_motion="reduce", locale="en-GB", timezone_id="UTC")
    await page.set_content((PAGE / "index.html").read_text(encoding="utf-8"))
    await page.add_script_tag(path=script)
    await page.add_script_tag(path=AXE)
    return page


async def show(page: Page, picture: Picture) -> None:
    """Show what a picture shows, and nothing else."""
    # Higher than anything: what moves out of sight is drawn only once a second.
    await page.set_viewport_size({"width": picture.width, "height": 4000})
    await page.evaluate(
        """([width, dark, rtl, letters]) => {
            const root = document.documentElement;
            for (const [name, size] of Object.entries({ s: 12, m: 14, l: 16, xl: 20 })) {
                root.style.setProperty(`--ha-font-size-${name}`, `${size * letters}px`);
            }
            root.style.setProperty("--width", `${width}px`);
            root.classList.toggle("dark", dark);
            root.dir = rtl ? "rtl" : "ltr";
            document.querySelector("main").replaceChildren();
        }""",
        [picture.card_width, picture.dark, picture.rtl, picture.letters],
    )
    for household, config in picture.shows:
        await page.evaluate(
            "([household, config, language]) => show(household, config, speaking(language))",
            [household, config, picture.language],
        )
    await page.evaluate(_SETTLED)
    # Lower than any card: the whole page is as high as what it shows.
    await page.set_viewport_size({"width": picture.width, "height": picture.height or 60})


async def cut_off(page: Page) -> list[str]:
    """Give the texts that do not fit: those cut off, and those that stand out of the page."""
    found: list[str] = await page.evaluate(
        """() => {
            const found = [];
            const look = (root) => {
                for (const part of root.querySelectorAll("*")) {
                    if (part.shadowRoot) look(part.shadowRoot);
                    const text = part.textContent.trim();
                    const box = part.getBoundingClientRect();
                    if (!text || !box.width || part.closest("svg, style, script, .hidden")) continue;
                    const hides = getComputedStyle(part).overflowX !== "visible";
                    const cut = hides && part.scrollWidth > part.clientWidth + 1;
                    if (cut || box.left < -1 || box.right > innerWidth + 1) found.push(text);
                }
            };
            look(document.body);
            return found;
        }"""
    )
    return found


async def take(page: Page, name: str, folder: Path) -> Path:
    """Save one of the pictures in `folder`; those of a series stand side by side."""
    target = folder / f"{name}.png"
    picture = PICTURES[name]
    await show(page, picture)
    if not picture.then:
        await page.screenshot(path=target, full_page=not picture.height)
        return target
    frames = [await page.screenshot()]
    for household in picture.then:
        await page.evaluate("change", household)
        await page.evaluate(_SETTLED)
        frames.append(await page.screenshot())
    width, height = picture.width // 2, picture.height // 2
    series = Image.new("RGB", (width * len(frames), height))
    for place, frame in enumerate(frames):
        series.paste(Image.open(BytesIO(frame)).resize((width, height)), (place * width, 0))
    series.save(target)
    return target
