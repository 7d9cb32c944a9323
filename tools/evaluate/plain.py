"""What the numbers mean for somebody who wants to walk: the first part of the page."""

from typing import TYPE_CHECKING

from .interval import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .rows import Row

type _Say = Callable[[Row], str]


def in_short(rows: Sequence[Row]) -> list[str]:
    """Return a sentence or two for each question that the rows answer, as a list in Markdown."""
    known = {row.id: row for row in rows if row.value is not None}
    lines = [
        f"- **{question}** {say(known[row_id])}" for question, row_id, say in _QUESTIONS if row_id in known
    ]
    return ["## In short", "", *lines, "", _HOW_SURE] if lines else []


def _in_100(row: Row) -> str:
    """Write a share as strides in 100, with what it may be."""
    if row.share is None:
        return "none"
    low, high = wilson(*row.share)
    found, of = row.share
    return (
        f"{100 * found / max(of, 1):.0f} of 100 ({found} of {of}; the true share is probably between "
        f"{100 * low:.1f} and {100 * high:.1f})"
    )


def _false(row: Row) -> str:
    seen, lasted_h = row.seen or (0, 0.0)
    many = "None was seen" if seen == 0 else f"{seen} were seen"
    return (
        f"{many} in {lasted_h:.1f} hours of walking, running and gestures: {row.interval} can't be ruled out."
    )


def _percent(row: Row) -> str:
    return f"{row.value:.1f} %"


_QUESTIONS: tuple[tuple[str, str, _Say], ...] = (
    (
        "Are backward steps found?",
        "backward_bandai1",
        lambda row: (
            f"{_in_100(row)} backward strides of three actors, recorded by cameras. "
            "No recording of a person walking backward with a pod on the shoe exists yet."
        ),
    ),
    (
        "Are forward steps found?",
        "forward_worn",
        lambda row: f"{_in_100(row)} strides of people with a sensor on the shoe.",
    ),
    ("Is a forward step ever counted as backward?", "false_backward_strict", _false),
    (
        "Is the distance right?",
        "length_optical",
        lambda row: f"A stride is off by {_percent(row)} on average, measured against optical markers.",
    ),
    (
        "What about tiny steps?",
        "shuffle_15_40",
        lambda row: f"Of slow shuffles between 15 and 40 cm, {_in_100(row)} are found.",
    ),
    (
        "On a treadmill with a motor?",
        "ground_motor",
        lambda row: f"Yes, level and on inclines up to 25 %: {_in_100(row)} simulated strides are found.",
    ),
    (
        "On a treadmill that your feet drive?",
        "ground_ripple",
        lambda row: (
            f"{_in_100(row)} simulated strides are found, even if the belt runs 0.3 m/s faster and slower "
            "with every step. Distance is less certain there."
        ),
    ),
    (
        "Pulling a sled, or on a hill?",
        "ground_sled",
        lambda row: f"{_in_100(row)} simulated strides with a sled are found; slopes up to 25 % count, too.",
    ),
)

_HOW_SURE = (
    "The ranges say how far chance alone could have moved a number (95 %). They can't say how well other "
    "people, shoes and floors are covered: strides of one person resemble each other, and most of these "
    "people are healthy adults. [What was not measured](#limits) is at the end."
)
