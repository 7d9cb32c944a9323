"""Small charts as SVG, for a page that is printed: bars and dots over time, a band behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

WIDTH: Final = 360
HEIGHT: Final = 92
_LEFT: Final = 34
_RIGHT: Final = 4
_BOTTOM: Final = 6
_TOP: Final = 8
_INK: Final = "#1565c0"

type Mark = Literal["bar", "dot", "open"]


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of time; None: nothing is known."""

    values: Sequence[float | None]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between these may be chance."""

    low: float
    high: float


def chart(
    series: Sequence[Series],
    number: Callable[[float, int], str],
    *,
    top: float = 0,
    band: Band | None = None,
) -> str:
    """Draw series over each other; `number` writes the scale, which goes from 0 to at least `top`."""
    known = [value for one in series for value in one.values if value is not None]
    high = max([top, *known, *([band.high] if band else [])], default=0) or 1

    def y(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * min(max(value, 0), high) / high, 1)

    drawn = [
        f'<rect x="{_LEFT}" width="{WIDTH - _LEFT}" y="{y(band.high)}" '
        f'height="{round(y(band.low) - y(band.high), 1)}" fill="#ddd"/>'
        if band
        else "",
        f'<path d="M{_LEFT} {y(0)}H{WIDTH}M{_LEFT} {y(high)}H{WIDTH}" stroke="#bbb" fill="none"/>',
    ]
    for line in (0.0, high):
        text = number(line, 0 if line >= 10 or not line else 1)
        drawn.append(
            f'<text x="{_LEFT - 4}" y="{y(line) + 3}" text-anchor="end" font-size="10">{text}</text>'
        )
    for one in series:
        step = (WIDTH - _LEFT - _RIGHT) / max(len(one.values), 1)
        for place, value in enumerate(one.values):
            if value is not None:
                drawn.append(_mark(one.mark, _LEFT + step * (place + 0.5), step, y(value), y(0)))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{"".join(drawn)}</svg>'


def _mark(mark: Mark, x: float, step: float, y: float, floor: float) -> str:
    if mark == "bar":
        width = round(min(step * 0.7, 24), 1)
        return (
            f'<rect x="{x - width / 2:.1f}" width="{width}" y="{y}" height="{floor - y:.1f}" fill="{_INK}"/>'
        )
    fill = _INK if mark == "dot" else "#fff"
    return f'<circle cx="{x:.1f}" cy="{y}" r="{min(3.0, step / 2 + 1):.1f}" fill="{fill}" stroke="{_INK}"/>'
