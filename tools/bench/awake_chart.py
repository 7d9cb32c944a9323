"""The picture of docs/battery.md: how long the processor is awake in each hour of a simulated day."""

import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

HOURS = 24
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 300, 46, 56, 34
LEGEND = (LEFT, LEFT + 110, LEFT + 330)
INK, PAPER = "#1c3a38", "#f6faf9"
SERIES = (
    ("endurance", "#8aa5a2"),
    ("home or balanced, light sleep", "#e4572e"),
    ("endurance, light sleep", "#0b7a75"),
)


def minutes_awake(days: Sequence[dict[str, Any]], looks: dict[str, Any] | None) -> list[float]:
    """Minutes awake in each hour, the mean of some days of `power_day`.

    `looks`: what light sleep takes; a chip without it is awake all the time that it is not in deep sleep.
    """

    def share(foot: str) -> float:
        if looks is None:
            return 1.0
        per_s, bus_ms = looks["looks"][foot]
        worst_turn_ms = looks["turn_ms"][1]
        return float(bus_ms + looks["count_ms"] + per_s * worst_turn_ms) / 1000

    shares = {foot: share(foot) for foot in ("moving", "resting")}
    return [
        sum(
            statistics.fmean(day[f"{foot}_by_hour"][hour] for day in days) * part
            for foot, part in shares.items()
        )
        / 60
        for hour in range(HOURS)
    ]


def drawn(series: Sequence[Sequence[float]]) -> str:
    """The picture of the minutes of each hour, one bar for each of the series."""
    most = max(max(one) for one in series)
    top = next(step for step in (5, 10, 15, 20, 30, 60) if step >= most)
    across, down = (WIDTH - LEFT - 14) / HOURS, HEIGHT - TOP - BOTTOM

    def y(minutes: float) -> float:
        return TOP + down * (1 - minutes / top)

    font = 'font-family="system-ui, sans-serif" font-size="12"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {font}>',
        "  <title>Minutes the processor is awake in each hour of a simulated day</title>",
        f'  <rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}" />',
    ]
    for at, (name, color) in zip(LEGEND, SERIES, strict=True):
        lines.append(f'  <rect x="{at}" y="16" width="12" height="12" fill="{color}" />')
        lines.append(f'  <text x="{at + 18}" y="27" fill="{INK}">{name}</text>')
    for level in (0, top / 2, top):
        line = y(level)
        lines.append(f'  <path d="M {LEFT} {line:.1f} H {WIDTH - 14}" stroke="{INK}" stroke-width="0.5" />')
        text = f'x="{LEFT - 6}" y="{line + 4:.1f}" fill="{INK}" text-anchor="end"'
        lines.append(f"  <text {text}>{level:g}</text>")
    lines.append(f'  <text x="{LEFT - 34}" y="{TOP - 12}" fill="{INK}">min</text>')
    bar = across * 0.84 / len(series)
    for n, ((_, color), one) in enumerate(zip(SERIES, series, strict=True)):
        lines.append(f'  <g fill="{color}">')
        for hour, minutes in enumerate(one):
            left = LEFT + across * (hour + 0.08) + n * bar
            lines.append(
                f'    <rect x="{left:.1f}" y="{y(minutes):.1f}" width="{bar:.1f}"'
                f' height="{y(0) - y(minutes):.1f}" />'
            )
        lines.append("  </g>")
    lines.extend(
        f'  <text x="{LEFT + across * (hour + 0.5):.1f}" y="{HEIGHT - 12}" fill="{INK}"'
        f' text-anchor="middle">{hour}</text>'
        for hour in range(0, HOURS, 2)
    )
    return "\n".join([*lines, "</svg>", ""])
