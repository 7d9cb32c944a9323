"""Names are text in Markdown, whatever they look like."""

import pytest

from custom_components.retrostep.core.markdown import as_text


@pytest.mark.parametrize("name", ["Ann", "Ann's left shoe", "Zoë (blue) & Bob_2", "安", "*", "{{ 1 }}"])
def test_a_usual_name_stays_as_it_is(name: str) -> None:
    assert as_text(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "![x](http://example.org/seen.png)",
        "[Log in](http://example.org)",
        "`code`",
        "first\n\n# second",
        "\\[",
    ],
)
def test_a_name_begins_no_tag_no_image_and_no_link(name: str) -> None:
    text = as_text(name)
    assert len(text) == len(name)
    assert not set("<>[]`\\\n") & set(text)
