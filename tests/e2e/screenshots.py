"""Takes the pictures of the documentation from a running demo."""

import asyncio
import shutil
import sys
from typing import TYPE_CHECKING, Any

from tools import ROOT
from tools.stage import card_page, demo, house, pictures, processes

from . import editor

if TYPE_CHECKING:
    from pathlib import Path

IMAGES = ROOT / "docs" / "images"
# The beginning of the page of a walker's device; all of it would be unreadable.
ENTITIES_HEIGHT = 1_000


def _walks_backward(states: dict[str, Any]) -> bool:
    slug = house.slug_of(states)
    steps = house.figures(states, slug, ["backward_steps_today"])["backward_steps_today"] or 0
    return steps >= 40 and states[f"binary_sensor.{slug}_walking_backward"]["state"] == "on"


async def take_all() -> None:
    """Run the demo from its first minute: the dashboard while the walker walks backward, then other pages."""
    folder = demo.STATE / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    async with demo.live_household(folder) as (home, client):
        await client.wait_for("a backward walk", _walks_backward, timeout_s=240)
        await pictures.take(client, home.url, f"/{house.DASHBOARD}/0", IMAGES / "demo.png", height=800)
        device = await house.device_of_the_walker(client)
        page = f"/config/devices/device/{device['id']}"
        await pictures.take(client, home.url, page, IMAGES / "entities.png", height=ENTITIES_HEIGHT)
        await editor.make_automation(
            client,
            home.url,
            walker=device["name"],
            trigger="Reminder to get up is due",
            condition="Daily goal is not reached",
            name="Get up and walk backward",
            picture=IMAGES / "automation-editor.png",
        )
    await take_cards(folder)


async def take_cards(folder: Path) -> None:
    """Picture the card in its designed states; `folder` takes what is built for that."""
    script = card_page.build(folder)
    async with pictures.browser() as browser:
        page = await card_page.open_page(browser, script)
        for name in card_page.PICTURES:
            await card_page.take(page, name, IMAGES)


def main() -> int:
    """Take the pictures; return the exit code."""
    try:
        asyncio.run(take_all())
    except processes.StageError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
