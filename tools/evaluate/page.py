"""The page docs/accuracy.md: method, data, numbers and limits, with two pictures of generated walks."""

from typing import TYPE_CHECKING

from tools.gait.generate import generate

from .beside import as_lines
from .daily_page import EMPTY_SECTION, kept_section
from .interval import as_bound, as_interval
from .lab import figures_table
from .match import INVENTED, MISSED
from .plain import in_short
from .plots import plot
from .provenance import SETS, by_person, people_in
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
        short="\n".join(in_short(rows)),
        provenance=_provenance(results),
        targets=_targets(rows),
        sets=_sets(results),
        people=_people(results),
        gait=gait_section(results),
        confusion=_confusion(results),
        daily=kept_section(folder / "accuracy.md") or EMPTY_SECTION,
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
        "*95 %*: what the numbers behind a value leave possible, as a share, or as strides an hour where",
        "none should be counted.",
        "",
        "| | value | 95 % | target | | |",
        "| --- | ---: | ---: | ---: | --- | --- |",
    ]
    lines += [
        f"| {row.title} | {value(row)} | {row.interval} | {row.target} | {verdict(row)} | {row.detail} |"
        for row in rows
    ]
    return "\n".join(lines)


def gait_section(results: Sequence[Result]) -> str:
    """Write what gait figures are and how far they are off, where the truth is exact."""
    groups = {name: [result for result in results if result.group == name] for name in (GENERATED, "bandai1")}
    return f"""\
## Gait figures

Walks backward of at least six strides. Figures are named and defined as by
[Hollman 2011](sources.md#hollman-2011), but from when a foot leaves its rest, not from contact. Mean error
of a walk's figure against the truth ± standard deviation (walks); a positive error is a figure that is too
large. *Shown*: where a walker sees it, computed from minute rows, whose sums are rounded to 10 cm and 1 s;
*not yet* is measured here only, as minute rows hold no sums of squares.

{figures_table(groups)}

The pod calls a foot moving a little longer than the truth does, so stance is short by that."""


_SETS_HEAD = (
    "set",
    "people",
    "recordings",
    "hours",
    "backward",
    "forward",
    "side",
    "false backward",
    "false steps/h",
    "length",
)


def _sets(results: Sequence[Result]) -> str:
    lines = [
        "## Sets",
        "",
        "Found of true strides, with the 95 % interval of that share; length error is the mean absolute one.",
        "False backward strides: seen, and what that leaves possible an hour.",
        "",
        _line(_SETS_HEAD),
        "| --- | ---: | ---: | ---: | --- | --- | --- | --- | ---: | ---: |",
    ]
    for name, group in by_set(results).items():
        data = summary(group)
        cells = (
            name,
            people_in(name, group),
            data["recordings"],
            f"{data['hours']:.2f}",
            *(_found(data["directions"], directions) for directions in (("backward",), ("forward",), SIDES)),
            _seen(data),
            f"{data['false_steps_per_hour']:g}",
            _percent(data["length_error_percent"]),
        )
        lines.append(_line(cells))
    return "\n".join(lines)


def _people(results: Sequence[Result]) -> str:
    """Write the rows of everybody who can be told apart."""
    people = by_person(results)
    if not people:
        return ""
    lines = [
        "## People",
        "",
        "Everybody whom the sets tell apart, by the number they have there. Strides of one person are alike,",
        "so people differ by more than the intervals above allow for.",
        "",
        "| person | recordings | backward | forward | false backward | length |",
        "| --- | ---: | --- | --- | --- | ---: |",
    ]
    for name, group in people.items():
        data = summary(group)
        cells = (
            name,
            data["recordings"],
            *(_found(data["directions"], (direction,)) for direction in ("backward", "forward")),
            _seen(data),
            _percent(data["length_error_percent"]),
        )
        lines.append(_line(cells))
    return "\n".join(lines)


def _provenance(results: Sequence[Result]) -> str:
    lines = [
        "| set | people | what it is | truth | terms |",
        "| --- | --- | --- | --- | --- |",
    ]
    groups = by_set(results)
    for name, known in SETS.items():
        people = people_in(name, groups.get(name, ()))
        lines.append(_line((name, people, known.what, known.truth, known.terms)))
    return "\n".join(lines)


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} %"


def _seen(data: dict[str, Any]) -> str:
    """Write the false backward strides and what so many in these hours leave possible."""
    return f"{data['false_backward']} ({as_bound(data['false_backward'], data['hours'])})"


def _found(table: dict[str, dict[str, Any]], directions: Sequence[str]) -> str:
    true = sum(table[direction]["true"] for direction in directions)
    found = sum(table[direction]["found"] for direction in directions)
    return f"{found} of {true} ({as_interval(found, true)})" if true else ""


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
