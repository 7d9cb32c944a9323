"""Names as text where Home Assistant reads Markdown: descriptions of repairs and of forms."""

from typing import Final

# What begins a tag, a link, an image or code. An image would have the browser fetch what a name says.
_MARKS: Final = str.maketrans(
    {"<": "(", ">": ")", "[": "(", "]": ")", "`": "'", "\\": "/", "\r": " ", "\n": " "}
)


def as_text(name: str) -> str:
    """Give a name that looks the same and is nothing but text in Markdown."""
    return name.translate(_MARKS)
