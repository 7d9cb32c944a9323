"""What the page on security says is shown by tests that are there."""

import ast
import re

from tools import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# What only people can see to.
NO_TEST = {"the pod is lost or stolen", "the battery"}


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading, without its head."""
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert len(found) > 2
    return found[2:]


def test_every_sentence_names_a_test_that_is_there() -> None:
    named = TEST.findall(PAGE)
    assert len(named) >= 25
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        functions = {
            node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        assert name in functions, f"{file}::{name}"


def test_every_threat_is_met_by_a_test_that_is_named_beside_it() -> None:
    threats = rows("Against whom")
    assert {len(row) for row in threats} == {4}
    assert {row[0] for row in threats if not TEST.search(row[3])} == NO_TEST
    assert {row[0] for row in threats if row[3] == "nothing can"} == NO_TEST


def test_a_test_of_the_card_is_named_as_it_is_called() -> None:
    ((name, file),) = re.findall(r"\*([^*|]+)\* in `(frontend/[\w/.]+)`", PAGE)
    assert f'it("{name}"' in (ROOT / file).read_text(encoding="utf-8")
