"""Home Assistant's automation editor, used as a person uses it."""

from typing import TYPE_CHECKING

from tools.stage import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

    from tools.stage.client import Client

# Elements of Home Assistant's pages that have no name a person reads.
_TARGETS = "ha-automation-add-from-target"
_OFFERS = "ha-automation-add-items"
_SAVE_DIALOG = "ha-dialog-automation-save"

_PATIENCE_MS = 20_000


async def _choose(page: Page, button: str, walker: str, name: str) -> None:
    """Press "Add …", choose the walker as target, and from what is offered for it the one named."""
    await page.get_by_role("button", name=button).click()
    # A walker's device is a service without an area.
    await page.get_by_text("Services", exact=True).click()
    await page.locator(_TARGETS).get_by_text(walker, exact=True).last.click()
    await page.locator(_OFFERS).get_by_text(name).click()


async def make_automation(
    client: Client,
    url: str,
    *,
    walker: str,
    trigger: str,
    condition: str,
    name: str,
    picture: Path | None = None,
) -> None:
    """Make and save an automation with a trigger and a condition, both named as the editor names them.

    `picture`: where to save what the editor shows before it is saved. Raises Playwright's TimeoutError if
    the editor does not offer something.
    """
    async with pictures.page(client, width=1280, height=800) as page:
        page.set_default_timeout(_PATIENCE_MS)
        await page.goto(f"{url}/config/automation/edit/new")
        await _choose(page, "Add trigger", walker, trigger)
        await _choose(page, "Add condition", walker, condition)
        if picture:
            await page.wait_for_timeout(2_000)
            await page.screenshot(path=picture)
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("textbox", name="Name").fill(name)
        await page.locator(_SAVE_DIALOG).get_by_role("button", name="Save").click()
        # Only a saved automation has traces.
        await page.get_by_text("Traces").wait_for()
