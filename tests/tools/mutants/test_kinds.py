"""The ways in which `script/mutants` breaks a line, and what it leaves alone."""

import ast
from typing import TYPE_CHECKING, Any

import pytest

from tools.mutants.__main__ import INTEGRATION, judged, reason, sample
from tools.mutants.kinds import Breaker, Mutant

if TYPE_CHECKING:
    from pathlib import Path


def broken(path: Path, source: str) -> list[str]:
    """Give what the last statement of a file becomes."""
    path.write_text(source)
    breaker = Breaker(path)
    ways = breaker.mutants(breaker.statements[-1])
    return [" ".join(line.strip() for line in way.changed()[1]) for way in ways if way.is_other_code()]


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("return a < b", ["return a <= b", "return (not (a < b))"]),
        ("return a", ["return None"]),
        ("return a and b", ["return a or b", "return (b)", "return (a)", "return (not (a and b))"]),
        ("self.x = 1", ["pass", "self.x = 2", "self.x = 0"]),
        ("x = max(a, b)", ["x = min(a, b)", "x = a", "x = b"]),
        ("x = f(a, key=b)", ["x = f(a)"]),
        ("x = f(a, b)", ["x = f(a)"]),
        ("x = sorted(a)", ["x = a"]),
        ("x += a", ["pass", "x -= a"]),
        ("x = a // (b - c)", ["x = a / (b - c)", "x = a // (b + c)"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if (not (a))]"]),
        ("x = a if b else c", ["x = a if (not (b)) else c"]),
        ("x = not a", ["x = a"]),
        ("raise Wrong", ["pass"]),
    ],
)
def test_a_line_is_broken_in_each_way_that_changes_a_decision(
    tmp_path: Path, line: str, becomes: list[str]
) -> None:
    assert broken(tmp_path / "room.py", f"def f(self, a, b, c):\n    x = 0\n    {line}\n") == becomes


def test_a_condition_and_what_it_guards_are_two_statements(tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text("def f(a):\n    if a > 1:\n        return 2\n    return 3\n")
    breaker = Breaker(tmp_path / "room.py")
    assert [(each.lines.start, each.lines.stop) for each in breaker.statements] == [
        (1, 5),
        (2, 3),
        (3, 4),
        (4, 5),
    ]


def test_constants_and_defaults_are_broken_and_known_by_what_they_define(tmp_path: Path) -> None:
    assert broken(tmp_path / "room.py", "LIMIT: Final = 5\n") == ["LIMIT: Final = 6", "LIMIT: Final = 4"]
    (tmp_path / "room.py").write_text(
        "class C:\n    size: int = 5\n\n    def f(self, x=True):\n        return x\n"
    )
    size, function, _ = Breaker(tmp_path / "room.py").statements
    assert (size.names, function.names) == (("size",), ("f",))
    assert len(Breaker(tmp_path / "room.py").mutants(function)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""Words."""\n',
        "import a\n",
        "if TYPE_CHECKING:\n    x = 5\n",
        "def f(a):\n    assert a > 5\n",
        'x = f"more than {5 + 1}"\n',
        "x = zip(a, strict=True)\n",
    ],
)
def test_words_types_and_assertions_are_left_alone(tmp_path: Path, source: str) -> None:
    (tmp_path / "room.py").write_text(source)
    breaker = Breaker(tmp_path / "room.py")
    assert [way for each in breaker.statements for way in breaker.mutants(each)] == []


def test_a_seed_draws_the_same_mutants_and_one_of_each_statement() -> None:
    breakers = [Breaker(path) for path in sorted((INTEGRATION / "core" / "goals").glob("*.py"))]
    first, again, other = (sample(breakers, seed, 20) for seed in (1, 1, 2))
    assert first == again != other
    assert len({mutant.statement for mutant in first}) == 20


@pytest.mark.parametrize("each", judged(), ids=lambda each: f"{each['within']}: {each['was']}"[:60])
def test_what_is_said_to_be_equivalent_is_one_statement_of_the_code_and_has_a_reason(
    each: dict[str, Any],
) -> None:
    breaker = Breaker(INTEGRATION / each["file"])
    inside = [statement for statement in breaker.statements if statement.within == each["within"]]
    changes = {place: [changed(way) for way in breaker.mutants(place)] for place in inside}
    (found,) = [ways for ways in changes.values() if any(was == each["was"] for was, _ in ways)]
    assert {becomes for _, becomes in found} >= set(each["becomes"])
    assert len(each["reason"]) > 20


def changed(mutant: Mutant) -> list[str]:
    return [" ".join(line.strip() for line in lines) for lines in mutant.changed()]


def test_a_mutant_that_was_judged_is_known_in_its_function_only() -> None:
    breaker = Breaker(INTEGRATION / "core" / "ledger" / "row_sync.py")
    reasons = {
        statement.within: {reason(way) for way in breaker.mutants(statement)}
        for statement in breaker.statements
        if ast.unparse(statement.node) == "self._again = False"
    }
    assert reasons == {
        "RowSync.__init__": {None, "a sync sets it before it is read"},
        "RowSync.sync": {None},
    }
