"""The results of an evaluation as text, JSON and Markdown."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from .match import INVENTED, MISSED
from .rows import SIDES, Row, length_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .sets import Result

WALKING = ("backward", "forward", *SIDES)


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """Return the sums and rates of some results."""
    hours = sum(result.score.duration_s for result in results) / 3600.0
    invented = sum(result.score.invented for result in results)
    mean, whole, _ = length_error(results)
    return {
        "recordings": len(results),
        "hours": round(hours, 3),
        "directions": {direction: _direction(results, direction) for direction in WALKING},
        "false_backward": sum(len(result.score.false_backward) for result in results),
        "false_steps_per_hour": round(2 * invented / hours, 2) if hours else None,
        "undecided_strides": sum(result.score.undecided for result in results),
        "length_error_percent": _rounded(mean, 2),
        "distance_error_percent": _rounded(whole, 2),
        "confusion": confusion(results),
    }


def confusion(results: Iterable[Result]) -> dict[str, dict[str, int]]:
    """Return counts of true direction (or `invented`) against the one reported (or `missed`)."""
    joined: Counter[tuple[str, str]] = Counter()
    for result in results:
        joined.update(result.score.confusion)
    table: dict[str, dict[str, int]] = {}
    for (true, reported), number in sorted(joined.items()):
        table.setdefault(true, {})[reported] = number
    return table


def _direction(results: Iterable[Result], direction: str) -> dict[str, Any]:
    """Return recall, precision and F1 of one direction, in strides."""
    scores = [result.score for result in results]
    true = sum(score.true[direction] for score in scores)
    found = sum(score.found[direction] for score in scores)
    counted = sum(score.counted[direction] for score in scores)
    wrong = sum(
        number
        for score in scores
        for (truth, reported), number in score.confusion.items()
        if reported == direction and truth != direction
    )
    recall = found / true if true else None
    precision = found / (found + wrong) if found + wrong else None
    f1 = 2 * recall * precision / (recall + precision) if recall and precision else None
    return {
        "true": true,
        "found": found,
        "found_iou": sum(score.found_iou[direction] for score in scores),
        "counted": counted,
        "wrong": wrong,
        "recall": _rounded(recall, 4),
        "precision": _rounded(precision, 4),
        "f1": _rounded(f1, 4),
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _grouped(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return groups


def by_class(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Return the results by set and class of motion."""
    return _grouped(results, lambda result: f"{result.group}/{result.truth.motion_class}")


def by_set(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Return the results by set."""
    return _grouped(results, lambda result: result.group)


def as_json(results: Sequence[Result], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "targets": rows,
        "passed": sum(row["passed"] is True for row in rows),
        "failed": sum(row["passed"] is False for row in rows),
        "not_measured": sum(row["passed"] is None for row in rows),
        "all": summary(results),
        "sets": {name: summary(group) for name, group in by_set(results).items()},
        "classes": {name: summary(group) for name, group in by_class(results).items()},
        "recordings": [
            {
                "name": f"{result.group}/{result.truth.name}",
                "class": result.truth.motion_class,
                "label": result.truth.label,
                **summary([result]),
                "missed": [
                    {"start_s": s.start_s, "direction": s.direction, "length_m": s.length_m}
                    for s in result.score.missed
                ],
                "false_backward_at_s": [stride.start_s for stride in result.score.false_backward],
            }
            for result in results
        ],
    }


_HEADER = f"{'':44}{'back':>10}{'forward':>12}{'side':>10}{'false back':>11}{'invented':>9}{'length %':>9}"


def as_text(results: Sequence[Result], rows: Sequence[Row]) -> str:
    """Return the tables for a terminal: recordings, classes, sets, confusion, targets."""
    lines = ["Recordings: found/true strides", _HEADER]
    lines += [_line(f"{r.group}/{r.truth.name}", [r]) for r in results]
    for title, groups in (("Classes", by_class(results)), ("Sets", by_set(results))):
        lines += ["", f"{title}: found/true strides", _HEADER]
        lines += [_line(name, group) for name, group in groups.items()]
    lines += ["", *_confusion_lines(results), "", "Targets"]
    for row in rows:
        lines.append(f"{verdict(row):5} {value(row):>9} {row.target:>8}  {row.title}  [{row.detail}]")
        if row.recordings:
            lines.append(f"{'':26}{', '.join(row.recordings)}")
    return "\n".join(lines)


def _line(name: str, results: Sequence[Result]) -> str:
    data = summary(results)

    def part(*directions: str) -> str:
        cells = [data["directions"][direction] for direction in directions]
        return f"{sum(cell['found'] for cell in cells)}/{sum(cell['true'] for cell in cells)}"

    invented = sum(result.score.invented for result in results)
    length = data["length_error_percent"]
    return (
        f"{name[:43]:44}{part('backward'):>10}{part('forward'):>12}{part(*SIDES):>10}"
        f"{data['false_backward']:>11}{invented:>9}{'' if length is None else f'{length:.1f}':>9}"
    )


def _confusion_lines(results: Sequence[Result]) -> list[str]:
    table = confusion(results)
    columns = (*WALKING, MISSED)
    lines = ["Confusion: true (rows) against reported", f"{'':12}" + "".join(f"{c:>10}" for c in columns)]
    for true in (*WALKING, INVENTED):
        cells = "".join(f"{table.get(true, {}).get(column, 0):>10}" for column in columns)
        lines.append(f"{true:12}{cells}")
    return lines


def verdict(row: Row) -> str:
    """Return whether a row passes, in one word."""
    return "-" if row.passed is None else "pass" if row.passed else "FAIL"


def value(row: Row) -> str:
    """Return a row's value for people."""
    if row.value is None:
        return "-"
    return f"{row.value:.4g}"
