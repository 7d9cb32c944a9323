"""Reads the documentation: pages, fenced blocks, links, headings."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import yaml

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = tuple(
    sorted(
        path
        for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
        if path.name != "CHANGELOG.md"  # of other times
    )
)
FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class _AnyTag(yaml.SafeLoader):
    """Reads `!secret` and the like as their text."""


_AnyTag.add_multi_constructor("!", lambda loader, _suffix, node: loader.construct_scalar(node))


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `line` is that of its fence."""

    page: str
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        """Where it stands."""
        return f"{self.page}:{self.line}"

    @property
    def yaml(self) -> Any:
        """What its YAML says."""
        return yaml.load(self.text, Loader=_AnyTag)  # a safe loader with tags taken for text


def page_name(path: Path) -> str:
    """Give a page's path within the project."""
    return str(path.relative_to(ROOT))


def blocks(*languages: str) -> list[Block]:
    """Give the fenced blocks of all pages, or those of some languages."""
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(Block(page_name(path), line, match[1], match[2]))
    return [block for block in found if not languages or block.language in languages]


def prose(path: Path) -> str:
    """Give a page without its fenced blocks."""
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def links(path: Path) -> list[str]:
    """Give the targets of a page's links and pictures, also of bare ones in angle brackets."""
    text = prose(path)
    return [
        unquote(target)
        for target in re.findall(r"\]\(([^)\s]+)\)|<(https?://[^>]+)>|(?:src|srcset)=\"([^\"]+)\"", text)
        for target in target
        if target
    ]


def anchors(path: Path) -> set[str]:
    """Give the anchors that GitHub makes of a page's headings."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *$", prose(path), re.MULTILINE):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        number, unique = 0, anchor
        while unique in found:
            number += 1
            unique = f"{anchor}-{number}"
        found.add(unique)
    return found


def table(path: Path, first_header: str) -> list[list[str]]:
    """Give the rows of the table whose first column has this header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith(f"| {first_header} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows
