"""The section *Daily life* of docs/accuracy.md: false steps of each activity, with what can be excluded."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .day import Day

TITLE = "## Daily life"
EMPTY_SECTION = f"{TITLE}\n\nTo be written by `script/daily-life --long --write-docs`."
_METHOD = """\
Hours of a foot while nobody walks, by `script/daily-life`: every half hour follows a law of its own, drawn
from a seed (how long the foot waits, how far, which way, and how often the same way it goes, how fast, along
which path, how high, how it tips and turns). None of these laws was used while the rules were made. Steps in
any direction are false; the bound is the highest rate that the count does not exclude (95 %, Poisson)."""
_SECTION = re.compile(rf"{TITLE}\n.*?(?=\n## |\Z)", re.DOTALL)


def kept_section(page: Path) -> str:
    """Return the section as it stands in a page written before; empty where there is none."""
    if not page.exists():
        return ""
    found = _SECTION.search(page.read_text(encoding="utf-8"))
    return found[0].rstrip("\n") if found else ""


def write_section(page: Path, days: Sequence[Day]) -> None:
    """Put the section of these days into a page; ValueError where the page has no place for it."""
    text = page.read_text(encoding="utf-8")
    if not _SECTION.search(text):
        raise ValueError(f"{page}: no section {TITLE!r}")
    page.write_text(_SECTION.sub(lambda _: section(days) + "\n", text), encoding="utf-8")


def section(days: Sequence[Day]) -> str:
    """Return the section: a table with a row for each activity."""
    lines = [
        TITLE,
        "",
        *_METHOD.splitlines(),
        "",
        "| activity | mounting | hours | laws | false steps | below, steps/h | allowed | |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {day.activity} | {day.mount} | {day.hours:.1f} | {day.parts} | {day.false_steps}"
        f" | {day.bound_per_hour:.3f} | {day.most_per_hour:g} | {day.verdict} |"
        for day in days
    ]
    return "\n".join(lines)
