"""What axe finds wrong with our part of a page."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
# Rules about whole pages: a card is part of somebody else's.
NOT_OURS = ("region", "landmark-one-main", "page-has-heading-one", "heading-order")


async def complaints(page: Page, within: str) -> list[str]:
    """What axe finds wrong within elements that match a selector."""
    found: dict[str, Any] = await page.evaluate(
        "([within, rules]) => axe.run([...document.querySelectorAll(within)], rules)", [within, AXE_RULES]
    )
    return in_words(found["violations"])


def in_words(violations: list[dict[str, Any]]) -> list[str]:
    """Say what axe found, without what a card is not to blame for."""
    return [
        f"{violation['id']}: {node['html']}: {node['failureSummary']}"
        for violation in violations
        if violation["id"] not in NOT_OURS
        for node in violation["nodes"]
    ]
