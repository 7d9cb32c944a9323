"""What a paper needs of recordings of people: a row for each person, agreement, the worst person.

The truth of a recording may name `person`, `age` (years), `pace` (slow, usual, fast) and `surface` (hallway,
treadmill): docs/validate.md says how to record them.
"""

from dataclasses import asdict
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from .agreement import Z95, Agreement, Estimate, agreement
from .gait_figures import FIGURES, Pair, pairs_of
from .interval import as_bound, as_interval
from .provenance import person_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .sets import Result

OLDER_FROM: Final = 65
_CONDITIONS: Final = ("pace", "surface", "older")


def who(result: Result) -> str:
    """Return who walked: as the truth or the set says; else each recording is somebody of its own."""
    return str(result.truth.notes.get("person") or person_of(result) or f"{result.group}/{result.truth.name}")


def condition(result: Result, key: str) -> str | None:
    """Return under what a recording was made, in one word; None if its truth does not say."""
    if key != "older":
        value = result.truth.notes.get(key)
        return None if value is None else str(value)
    age = result.truth.notes.get("age")
    return None if age is None else f"{OLDER_FROM} and older" if age >= OLDER_FROM else f"under {OLDER_FROM}"


def people(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return a row for each person: what was found of their strides, and the mean errors of their walks."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(who(result), []).append(result)
    rows = []
    for person, group in sorted(groups.items()):
        true = sum(result.score.true["backward"] for result in group)
        found = sum(result.score.found["backward"] for result in group)
        hours = sum(result.truth.duration_s for result in group) / 3600.0
        wrong = sum(len(result.score.false_backward) for result in group)
        rows.append(
            {
                "person": person,
                "age": group[0].truth.notes.get("age"),
                "recordings": len(group),
                "backward_true": true,
                "backward_found": found,
                "backward_95": as_interval(found, true) if true else "",
                "false_backward": wrong,
                "false_backward_95": as_bound(wrong, hours),
                "errors": {
                    name: round(fmean(pair.error for pair in pairs), 4)
                    for name, pairs in pairs_of(group, who).items()
                    if pairs
                },
            }
        )
    return rows


def report(results: Sequence[Result]) -> dict[str, Any]:
    """Return everything as plain data: people, agreement over all and under each condition."""
    by_condition = {}
    for key in _CONDITIONS:
        for value in sorted({found for result in results if (found := condition(result, key))}):
            group = [result for result in results if condition(result, key) == value]
            by_condition[f"{key}: {value}"] = _agreements(pairs_of(group, who))
    return {
        "people": people(results),
        "agreement": _agreements(pairs_of(results, who)),
        "conditions": by_condition,
    }


def _agreements(pairs: dict[str, list[Pair]]) -> dict[str, dict[str, Any] | None]:
    found = {name: agreement(of_figure) for name, of_figure in pairs.items()}
    return {name: asdict(one) if one else None for name, one in found.items()}


def as_tables(results: Sequence[Result]) -> str:
    """Return the tables in Markdown."""
    lines = ["## People", "", *_people_table(people(results)), ""]
    lines += ["## Agreement", "", *_agreement_table(pairs_of(results, who))]
    for key in _CONDITIONS:
        for value in sorted({found for result in results if (found := condition(result, key))}):
            group = [result for result in results if condition(result, key) == value]
            lines += ["", f"### {key}: {value}", "", *_agreement_table(pairs_of(group, who))]
    return "\n".join(lines)


def _people_table(rows: Sequence[dict[str, Any]]) -> list[str]:
    figures = [figure for figure in FIGURES if figure.id in ("speed", "stride_length", "three_metres")]
    heads = ("person", "age", "recordings", "backward found", "95 %", "false backward")
    lines = [
        _line((*heads, *(f"{figure.title}, mean error ({figure.unit})" for figure in figures))),
        _line(("---", *("---:" for _ in range(len(heads) - 1 + len(figures))))),
    ]
    for row in rows:
        errors = (row["errors"].get(figure.id) for figure in figures)
        lines.append(
            _line(
                (
                    row["person"],
                    "" if row["age"] is None else row["age"],
                    row["recordings"],
                    f"{row['backward_found']} of {row['backward_true']}",
                    row["backward_95"],
                    row["false_backward"],
                    *("" if error is None else f"{error:+.3f}" for error in errors),
                )
            )
        )
    return lines


def _agreement_table(pairs: dict[str, list[Pair]]) -> list[str]:
    heads = ("figure", "walks", "people", "bias", "limits of agreement", "ICC(A,1)", "worst person")
    lines = [_line(heads), _line(("---", *("---:" for _ in heads[1:])))]
    for figure in FIGURES:
        found = agreement(pairs[figure.id])
        if found:
            lines.append(_line((f"{figure.title} ({figure.unit})", *_cells(found))))
    return lines


def _cells(found: Agreement) -> tuple[object, ...]:
    return (
        found.walks,
        found.people,
        _said(found.bias, "+.3f"),
        f"{_said(found.low, '+.3f')} to {_said(found.high, '+.3f')}",
        _said(found.icc, ".3f"),
        f"{found.worst_person} {found.worst_bias:+.3f}",
    )


def _said(estimate: Estimate, form: str) -> str:
    if estimate.interval is None:
        return format(estimate.value, form)
    low, high = (format(bound, form) for bound in estimate.interval)
    return f"{estimate.value:{form}} ({low}, {high})"


def figures_table(groups: Mapping[str, Sequence[Result]]) -> str:
    """Return the gait figures with definition and mean error ± SD in each group, in Markdown."""
    heads = ("figure", "unit", "definition", "shown", *groups)
    lines = [_line(heads), _line(("---", "---", "---", "---", *("---:" for _ in groups)))]
    pairs = {name: pairs_of(group, who) for name, group in groups.items()}
    for figure in FIGURES:
        cells = (_error(pairs[name][figure.id]) for name in groups)
        lines.append(_line((figure.title, figure.unit, figure.definition, figure.shown, *cells)))
    return "\n".join(lines)


def _error(pairs: Sequence[Pair]) -> str:
    found = agreement(pairs)
    if found is None:
        return "too few"
    spread = (found.high.value - found.low.value) / 2 / Z95
    return f"{found.bias.value:+.3f} ± {spread:.3f} ({found.walks})"


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
