"""The page docs/accuracy.md: method, data, numbers and limits, with two pictures of generated walks."""

from typing import TYPE_CHECKING

from tools.gait.generate import generate

from .beside import as_lines
from .match import INVENTED, MISSED
from .plots import plot
from .report import WALKING, by_set, confusion, summary, value, verdict
from .rows import SIDES, Row
from .sets import GENERATED, Result, Take, evaluate

if TYPE_CHECKING:
    from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

_PICTURES = {"mixed": "Forward, side, backward and turning strides", "sitting": "Two minutes at a desk"}

_TEMPLATE = Path(__file__).with_name("accuracy_page.md")


def write_page(
    folder: Path, results: Sequence[Result], rows: Sequence[Row], beside: dict[str, Any] | None = None
) -> None:
    """Write `accuracy.md` and its pictures into a folder; `beside` adds the comparison with gaitmap."""
    pictures = []
    for name, caption in _PICTURES.items():
        recording, truth = generate(name)
        take = Take(GENERATED, recording, truth)
        picture = f"accuracy-{name}.png"
        plot(take, evaluate([take])[0], folder / picture)
        pictures.append(f"![{caption}]({picture})\n\n*{caption}, generated.*")
    page = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        targets=_targets(rows),
        sets=_sets(results),
        confusion=_confusion(results),
        beside=_beside(beside),
        pictures="\n\n".join(pictures),
    )
    (folder / "accuracy.md").write_text(page, encoding="utf-8")


def _beside(found: dict[str, Any] | None) -> str:
    if found is None:
        return ""
    core_s, library_s = found["core"]["cpu_s"], found["gaitmap"]["cpu_s"]
    text = f"""\
## Beside gaitmap

[gaitmap](https://github.com/mad-lab-fau/gaitmap) ({found["version"]}): zero-velocity regions by the norm of
the rates, trajectories from region to region, directions named by the same angles. It is a toolbox for gait
laboratories, not a step counter: no rule keeps fidgets out, and it needs a whole recording. For
{found["hours"]:.1f} hours the core took {core_s:.1f} s of processor time (reading the files included),
gaitmap {library_s:.0f} s (start-up included).
"""
    return "\n".join((text, *as_lines(found)))


def _targets(rows: Sequence[Row]) -> str:
    passed = sum(row.passed is True for row in rows)
    measured = sum(row.passed is not None for row in rows)
    lines = [
        "## Targets",
        "",
        f"{passed} of {measured} measured targets pass.",
        "",
        "| | value | target | | |",
        "| --- | ---: | ---: | --- | --- |",
    ]
    lines += [
        f"| {row.title} | {value(row)} | {row.target} | {verdict(row)} | {row.detail} |" for row in rows
    ]
    return "\n".join(lines)


def _sets(results: Sequence[Result]) -> str:
    lines = [
        "## Sets",
        "",
        "Found of true strides, F1 in brackets; length error is the mean absolute one.",
        "",
        "| set | recordings | hours | backward | forward | side | false backward | false steps/h | length |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, group in by_set(results).items():
        data = summary(group)
        length = data["length_error_percent"]
        cells = (
            name,
            data["recordings"],
            f"{data['hours']:.2f}",
            *(_found(data["directions"], directions) for directions in (("backward",), ("forward",), SIDES)),
            data["false_backward"],
            f"{data['false_steps_per_hour']:g}",
            "" if length is None else f"{length:.1f} %",
        )
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)


def _found(table: dict[str, dict[str, float | None]], directions: Sequence[str]) -> str:
    true = sum(table[direction]["true"] or 0 for direction in directions)
    found = sum(table[direction]["found"] or 0 for direction in directions)
    if not true:
        return ""
    f1 = table[directions[0]]["f1"] if len(directions) == 1 else None
    return f"{found:g} of {true:g}" + (f" ({f1:.3f})" if f1 is not None else "")


def _confusion(results: Sequence[Result]) -> str:
    table, columns = confusion(results), (*WALKING, MISSED)
    lines = [
        "## Confusion",
        "",
        "True direction (rows) against the one counted, all sets of recordings and generated walks.",
        "",
        f"| | {' | '.join(columns)} |",
        "| --- |" + " ---: |" * len(columns),
    ]
    lines += [
        f"| {true} | {' | '.join(str(table.get(true, {}).get(column, 0)) for column in columns)} |"
        for true in (*WALKING, INVENTED)
    ]
    return "\n".join(lines)
