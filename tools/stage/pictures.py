"""Pictures of Home Assistant's pages, taken with the machine's Chromium and the project's own font."""

import contextlib
import json
import os
import shutil
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from tools import ROOT

from .processes import StageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from .client import Client

# For a browser's environment: no font of the machine is used, so that pages are as wide everywhere.
FONTS = {"FONTCONFIG_FILE": str(ROOT / "frontend" / "test" / "fonts.conf")}
SETTLE_MS = 6_000  # until a page has drawn everything
# No sandbox: the tests may run as root. The rest keeps Chromium from looking for the network.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """The machine's Chromium, else the one of script/setup, started for the time of the block.

    Raises StageError if there is none.
    """
    chromium = shutil.which("chromium") or next(
        (ROOT / ".cache" / "browsers").glob("chromium-*/*/chrome"), None
    )
    if chromium is None:
        raise StageError("no Chromium here; script/setup test installs it")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium, args=_ARGUMENTS, env={**os.environ, **FONTS}
        )
        yield started
        await started.close()


@contextlib.asynccontextmanager
async def page(client: Client, *, width: int, height: int) -> AsyncIterator[Page]:
    """An empty page of a browser that is signed in as the client's account."""
    async with browser() as started:
        opened = await started.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        tokens = json.dumps(json.dumps(client.tokens))
        await opened.add_init_script(f"localStorage.setItem('hassTokens', {tokens})")
        yield opened


async def take(
    client: Client,
    url: str,
    path: str,
    picture: Path,
    *,
    height: int,
) -> None:
    """Save the page at `path` as `picture` (PNG, 1280 pixels wide), signed in as the client's account."""
    async with page(client, width=1280, height=height) as opened:
        await opened.goto(f"{url}{path}")
        await opened.wait_for_timeout(SETTLE_MS)
        await opened.screenshot(path=picture)
