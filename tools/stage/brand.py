"""Renders the brand images of the integration from the drawings in docs/brand."""

import asyncio
import re
import sys
from typing import Final

from PIL import Image

from tools import ROOT

from . import pictures

DRAWINGS = ROOT / "docs" / "brand"
BRAND = ROOT / "custom_components" / "retrostep" / "brand"
HEIGHT_PX: Final = {"icon": 256, "logo": 128}
"""Height of a picture; its `@2x` is twice as high (rules of Home Assistant's brands)."""


def sizes(drawing: str, height_px: int) -> tuple[int, int]:
    """Width and height in pixels of a drawing at a height, from its view box."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing)
    if box is None:
        raise ValueError("a drawing has no view box that begins at 0 0")
    return round(int(box[1]) * height_px / int(box[2])), height_px


async def render() -> None:
    """Write every picture, transparent where nothing is drawn."""
    BRAND.mkdir(exist_ok=True)
    async with pictures.browser() as browser:
        for source in sorted(DRAWINGS.glob("*.svg")):
            drawing = source.read_text(encoding="utf-8")
            width, height = sizes(drawing, HEIGHT_PX[source.stem.removeprefix("dark_")])
            for scale, suffix in ((1, ""), (2, "@2x")):
                page = await browser.new_page(
                    viewport={"width": width, "height": height}, device_scale_factor=scale
                )
                style = f"body{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}"
                await page.set_content(f"<style>{style}</style>{drawing}")
                picture = BRAND / f"{source.stem}{suffix}.png"
                await page.screenshot(path=picture, omit_background=True)
                Image.open(picture).save(picture, optimize=True)
                await page.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(render()))
