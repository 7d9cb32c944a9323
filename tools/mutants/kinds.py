"""The ways to break a line.

A mutant is one piece of a file's text replaced by another, so that what is shown is what was run. Left alone
are imports, types, decorators, docstrings, messages (f-strings), assertions and words: they hold no decision.
"""

import ast
import difflib
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPARED: Final = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
}  # fmt: skip
_COMPUTED: Final = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"), ast.Mod: ("%", "*"), ast.Pow: ("**", "*"),
    ast.BitOr: ("|", "&"), ast.BitAnd: ("&", "|"),
}  # fmt: skip
_JOINED: Final = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
_NO_DECISION: Final = (ast.Import, ast.ImportFrom, ast.TypeAlias, ast.Assert, ast.Pass)
_PARTS: Final = ("test", "iter", "subject", "value", "exc")
_PLACE: Final = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_BODIES: Final = ("body", "orelse", "finalbody", "handlers", "cases")

type _Change = tuple[str, ast.AST | tuple[int, int], str]


@dataclass(frozen=True)
class Statement:
    """One statement, or the head of a compound one, and the lines whose tests touch it.

    `names`: what it defines at import; the tests of those who name it touch it too. `within`: the class and
    function it stands in, as in `Ledger.merge`.
    """

    path: Path
    node: ast.stmt
    lines: range
    names: tuple[str, ...] = ()
    within: str = ""

    def parts(self) -> list[ast.expr]:
        """Give its own expressions, not those of statements inside it."""
        if isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef):
            defaults = [*self.node.args.defaults, *self.node.args.kw_defaults]
            return [default for default in defaults if default]
        found = [getattr(self.node, name, None) for name in _PARTS]
        found += [item.context_expr for item in getattr(self.node, "items", ())]
        found += [case.guard for case in getattr(self.node, "cases", ())]
        return [part for part in found if part]


@dataclass(frozen=True)
class Mutant:
    """A statement with the bytes `start` to `end` of its file replaced by `text`."""

    statement: Statement
    kind: str
    start: int
    end: int
    text: str

    def source(self) -> str:
        """Give the whole file with the change."""
        whole = self.statement.path.read_bytes()
        return (whole[: self.start] + self.text.encode() + whole[self.end :]).decode()

    def changed(self) -> tuple[list[str], list[str]]:
        """Give the lines as they were and as they are."""
        before, after = self.statement.path.read_text().splitlines(), self.source().splitlines()
        lines = list(difflib.ndiff(before, after))
        return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]

    def is_other_code(self) -> bool:
        """Say whether it can be read and does not mean the same by its form already."""
        try:
            return ast.dump(ast.parse(self.source())) != ast.dump(ast.parse(self.statement.path.read_text()))
        except SyntaxError:
            return False


class Breaker:
    """The statements of one file and the ways to break them."""

    def __init__(self, path: Path) -> None:
        """Read a file."""
        self._path, self._bytes = path, path.read_bytes()
        self._starts = [0]
        for line in self._bytes.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self.statements = list(self._statements(ast.parse(self._bytes).body, "", inside=False))

    def mutants(self, statement: Statement) -> list[Mutant]:
        """Give the ways to break a statement."""
        node = statement.node
        changes = list(_removed(node)) if not statement.names else []
        for part in statement.parts():
            for each in _walk(part):
                changes += self._of(each)
        if isinstance(node, ast.If | ast.While):
            changes.append(self._negated(node.test))
        if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
            truth = isinstance(node.value, ast.Compare | ast.BoolOp)
            changes.append(("returned value", node.value, self._negated(node.value)[2] if truth else "None"))
        if isinstance(node, ast.AugAssign):
            changes += self._swapped("arithmetic", node.target, node.value, _COMPUTED.get(type(node.op)))
        return [Mutant(statement, kind, *self._span(place), text) for kind, place, text in changes]

    def _statements(self, body: list[ast.stmt], within: str, *, inside: bool) -> Iterator[Statement]:
        for node in body:
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            if isinstance(node, _NO_DECISION) or is_text or is_for_types:
                continue
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            nested = [each for name in _BODIES for each in getattr(node, name, [])]
            if not isinstance(node, ast.ClassDef):
                names = () if inside and not is_function else _defined(node)
                statement = Statement(self._path, node, range(0), names, within)
                parts = statement.parts() if nested and not is_function else [node]
                last = max([node.lineno, *(part.end_lineno or 0 for part in parts)])
                yield replace(statement, lines=range(node.lineno, last + 1))
            place = f"{within}.{getattr(node, 'name', '')}".strip(".")
            for each in nested:
                is_part = isinstance(each, ast.ExceptHandler | ast.match_case)
                yield from self._statements(
                    each.body if is_part else [each],
                    place,
                    inside=is_function or (inside and not isinstance(node, ast.ClassDef)),
                )

    def _of(self, node: ast.AST) -> Iterator[_Change]:  # noqa: PLR0912 - a branch for each kind
        """Give the changes of one expression."""
        match node:
            case ast.Constant(value=bool(value)):
                yield "constant", node, str(not value)
            case ast.Constant(value=int(value)):
                yield from (("constant", node, str(other)) for other in (value + 1, value - 1) if other >= 0)
            case ast.Constant(value=float(value)):
                yield from (("constant", node, str(value * by or round(by - 1, 1))) for by in (1.1, 0.9))
            case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
                yield "negated condition", node, self._text(operand)
            case ast.Compare():
                for (left, right), op in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
                    yield from self._swapped("comparison", left, right, _COMPARED[type(op)])
            case ast.BinOp():
                yield from self._swapped("arithmetic", node.left, node.right, _COMPUTED.get(type(node.op)))
            case ast.BoolOp():
                words = _JOINED[type(node.op)]
                for left, right in pairwise(node.values):
                    yield from self._swapped("boolean operator", left, right, words)
                for left_out in node.values:
                    others = [self._text(each) for each in node.values if each is not left_out]
                    yield "boolean operator", node, f"({f' {words[0]} '.join(others)})"
            case ast.IfExp():
                yield self._negated(node.test)
            case ast.comprehension():
                yield from (self._negated(condition) for condition in node.ifs)
            case ast.Call():
                yield from self._of_call(node)

    def _of_call(self, call: ast.Call) -> Iterator[_Change]:
        function, arguments = self._text(call.func), [self._text(each) for each in call.args]
        keywords = [self._text(each) for each in call.keywords]
        for keyword in call.keywords:
            left = [*arguments, *(text for text in keywords if text != self._text(keyword))]
            if keyword.arg != "strict":
                yield "dropped argument", call, f"{function}({', '.join(left)})"
        if function in {"min", "max"}:
            yield "min and max", call.func, "max" if function == "min" else "min"
            if len(arguments) > 1:
                yield from (("min and max", call, text) for text in arguments if text[0] != "*")
        elif function in {"sorted", "round", "abs"} and arguments:
            yield "dropped argument", call, arguments[0]
        elif len(arguments) > 1:
            yield "dropped argument", call, f"{function}({', '.join([*arguments[:-1], *keywords])})"

    def _negated(self, condition: ast.expr) -> _Change:
        return "negated condition", condition, f"(not ({self._text(condition)}))"

    def _swapped(
        self, kind: str, left: ast.AST, right: ast.AST, words: tuple[str, str] | None
    ) -> Iterator[_Change]:
        """Swap the operator that stands between two expressions."""
        first, last = self._span(left)[1], self._span(right)[0]
        between = self._bytes[first:last].decode()
        if words and words[0] in between:
            yield kind, (first, last), between.replace(*words, 1)

    def _span(self, place: ast.AST | tuple[int, int]) -> tuple[int, int]:
        """Give the bytes an expression stands on."""
        if isinstance(place, tuple):
            return place
        line, column, last, end = (getattr(place, name) for name in _PLACE)
        return self._starts[line - 1] + column, self._starts[last - 1] + end

    def _text(self, node: ast.AST) -> str:
        return self._bytes[slice(*self._span(node))].decode()


def _removed(node: ast.stmt) -> Iterator[_Change]:
    """Leave a statement out, where that leaves something that can run."""
    is_place = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript)
    other = (ast.Expr, ast.AugAssign, ast.Raise, ast.Delete, ast.Continue, ast.Break)
    if is_place or isinstance(node, other):
        yield "removed statement", node, "pass"


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Give a node and all in it but messages."""
    if not isinstance(node, ast.JoinedStr) and getattr(node, "arg", "") != "strict":
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _walk(child)


def _defined(node: ast.stmt) -> tuple[str, ...]:
    """Name what a function or a statement outside of functions defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return (node.name,)
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return tuple(target.id for target in targets if isinstance(target, ast.Name)) or ("",)
