"""The power budget of docs/battery.md: a simulated day under the pod's own plan, times currents on paper.

Usage: python -m tools.bench.battery [--write-docs]. Without the option it prints the tables.
"""

import argparse
import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools import ROOT
from tools.bench import awake_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

CURRENTS = Path(__file__).with_name("battery_currents.json")
PAGE = ROOT / "docs" / "battery.md"
PICTURE = ROOT / "docs" / "images" / "awake.svg"
SEEDS = range(1, 21)
STATES = ("joining", "connected", "awake", "asleep")
DAY_S = 86400
HOUR_S = 3600
GOAL_DAYS = 7
WATCHES_ONLY = '`fifo_during_sleep: "false"`'


@dataclass(frozen=True, slots=True)
class Day:
    """Means over the simulated days of one profile; times in seconds."""

    seconds: dict[str, float]
    wakes: float
    rounds: float
    bouts: float
    bouts_begun_asleep: float
    moving_s: float = 0.0  # of those not asleep: the foot moves, or did within 10 s


def looks(foot: str) -> tuple[float, float]:
    """How often a second light sleep ends, and the ms a second the bus takes; `foot`: moving or resting."""
    per_s, bus_ms = json.loads(CURRENTS.read_text(encoding="utf-8"))["looks"][foot]
    return per_s, bus_ms


def build(folder: Path) -> Path:
    """Compile the simulation of a day together with the pod's power plan; returns the program."""
    plan = ROOT / "esphome" / "components" / "pod_power"
    program = folder / "power_day"
    sources = [ROOT / "esphome" / "native" / "power_day.cpp", plan / "power_plan.cpp"]
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["g++", "-std=gnu++20", "-O2", "-I", plan, *sources, "-o", program], check=True)
    return program


def _live(program: Path, profile: str, stir_s: float) -> list[dict[str, Any]]:
    return [
        json.loads(
            subprocess.run(
                [program, profile, str(seed), str(stir_s)], check=True, capture_output=True, text=True
            ).stdout
        )
        for seed in SEEDS
    ]


def simulate(program: Path, profile: str, stir_s: float) -> Day:
    """Let a pod live many days; `stir_s`: a sitting foot stirs so often in the mean."""
    if profile == "home":
        moving_s = simulate(program, "balanced", stir_s).moving_s  # which never sleeps either
        return Day({"connected": float(DAY_S)}, 0, 0, 0, 0, moving_s)
    days = _live(program, profile, stir_s)
    mean = {key: statistics.fmean(day[key] for day in days) for key in days[0] if "_by_hour" not in key}
    return Day(
        {state: mean[f"{state}_s"] for state in STATES},
        *(mean[key] for key in ("wakes", "rounds", "bouts", "bouts_begun_asleep", "moving_s")),
    )


def drawn_mah(day: Day, currents: dict[str, list[Any]], *, scaled: bool, fills: bool = False) -> float:
    """Charge of one day, mAh; `fills`: the IMU goes on filling its FIFO while the processor sleeps."""
    total_ma_s = 0.0
    for state, seconds in day.seconds.items():
        key = "awake_scaled" if scaled and state == "awake" else state
        imu = "imu_saving" if fills else "imu_asleep" if state == "asleep" else "imu"
        total_ma_s += seconds * (currents[key][0] + currents[imu][0])
    return total_ma_s / HOUR_S


def drawn_light_mah(
    day: Day, board: dict[str, Any], data: dict[str, Any], *, worst: bool, fills: bool
) -> float:
    """Charge of one day with light sleep, mAh, at the better or the worse end of what is estimated.

    Light sleep draws little; what counts is how long the chip is awake for its looks.
    """
    currents = board["mA"]
    light = {f"{state}_light": day.seconds.get(state, 0.0) for state in ("connected", "awake")}
    looking_s = sum(light.values())
    moving_s = min(day.moving_s, looking_s)
    awake_s = 0.0
    for foot, seconds in (("moving", moving_s), ("resting", looking_s - moving_s)):
        per_s, bus_ms = data["looks"][foot]
        awake_s += seconds * (bus_ms + data["count_ms"] + per_s * data["turn_ms"][worst]) / 1000
    awake = currents["awake" if worst else "awake_scaled"][0]
    imu = currents["imu_saving" if fills else "imu"][0]
    total_ma_s: float = awake_s * awake + looking_s * imu
    total_ma_s += sum(seconds * currents[state][0][worst] for state, seconds in light.items())
    others = {state: seconds for state, seconds in day.seconds.items() if f"{state}_light" not in light}
    rest = Day(others, 0, 0, 0, 0)
    return total_ma_s / HOUR_S + drawn_mah(rest, currents, scaled=False, fills=fills)


def _number(current: float | list[float]) -> str:
    """A current, or the ends of what is estimated."""
    ends = current if isinstance(current, list) else [current]
    return " to ".join(dict.fromkeys(f"{end:g}" for end in ends))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _budget_row(
    board: dict[str, Any], data: dict[str, Any], label: str, usual: Day, lively: Day | None, *, fills: bool
) -> tuple[str, ...]:
    """How long a board's cell lasts: on usual days, with a lively foot, a scaled clock, light sleep.

    A board that refuses light sleep has no currents of it.
    """
    share = data["usable_share"]

    def drawn(day: Day, *, scaled: bool) -> float:
        return drawn_mah(day, board["mA"], scaled=scaled, fills=fills)

    def days(day: Day, *, scaled: bool) -> str:
        last = board["cell_mAh"] * share / drawn(day, scaled=scaled)
        return f"**{last:.1f}**" if last >= GOAL_DAYS else f"{last:.1f}"

    def light_days(*, worst: bool) -> float:
        return float(
            board["cell_mAh"] * share / drawn_light_mah(usual, board, data, worst=worst, fills=fills)
        )

    ends = [light_days(worst=worst) for worst in (True, False)] if "awake_light" in board["mA"] else []
    return (
        board["name"],
        f"{board['cell_mAh']} mAh",
        label,
        f"{drawn(usual, scaled=False):.0f} mAh",
        days(usual, scaled=False),
        days(lively, scaled=False) if lively else "-",
        "-" if label == "home" else days(usual, scaled=True),
        " to ".join(f"{end:.1f}" for end in ends) or "-",
    )


def _short(budget: Sequence[tuple[str, ...]]) -> str:
    """The days of each board, in brackets with light sleep, from the rows of the budget."""
    rows: dict[str, dict[str, str]] = {}
    for name, cell, profile, _, usual, _, _, light in budget:
        asleep = "" if light == "-" else f" ({light})"
        rows.setdefault(f"{name}, {cell}", {})[profile] = usual.strip("*") + asleep
    profiles = {"home": "stays connected", "balanced": "saves the radio", "endurance": "sleeps"}
    head = ("pod", *(f"`{profile}`: {what}" for profile, what in profiles.items()))
    return _table(
        (head[0], *(f"{title} (with light sleep)" for title in head[1:])),
        [(name, *(days.get(profile, "-") for profile in profiles)) for name, days in rows.items()],
    )


def tables(program: Path) -> dict[str, str]:
    """The tables of the page, by the name of their place in it."""
    data = json.loads(CURRENTS.read_text(encoding="utf-8"))
    profiles = ("home", "balanced", "endurance")
    usual = {profile: simulate(program, profile, data["stir_s"]) for profile in profiles}
    lively = {profile: simulate(program, profile, data["lively_stir_s"]) for profile in profiles}

    def hours(day: Day, state: str) -> str:
        return f"{day.seconds.get(state, 0) / HOUR_S:.2f}"

    duty = [
        (
            label,
            *(hours(day, state) for state in STATES),
            f"{day.rounds:.0f}",
            f"{day.wakes:.0f}",
            f"{day.bouts_begun_asleep:.0f} of {day.bouts:.0f}" if day.wakes else "none",
        )
        for label, day in (
            ("home", usual["home"]),
            ("balanced", usual["balanced"]),
            ("endurance", usual["endurance"]),
            ("endurance, lively foot", lively["endurance"]),
        )
    ]
    budget: list[tuple[str, ...]] = []
    for board in data["boards"].values():
        for profile in board["profiles"]:
            sleeps = profile == "endurance"
            budget.extend(
                _budget_row(
                    board,
                    data,
                    f"{profile}, {WATCHES_ONLY}" if sleeps and not fills else profile,
                    usual[profile],
                    lively[profile] if sleeps else None,
                    fills=fills,
                )
                for fills in ((True, False) if sleeps else (False,))
            )
    currents = [
        (board["name"], state.replace("_", ", "), _number(current), source)
        for board in data["boards"].values()
        for state, (current, source) in board["mA"].items()
    ]
    return {
        "short": _short(budget),
        "duty": _table(
            (
                "profile",
                "joining, h",
                "connected, h",
                "awake, radio off, h",
                "asleep, h",
                "reports",
                "wake-ups",
                "walks started asleep",
            ),
            duty,
        ),
        "budget": _table(
            (
                "board",
                "cell",
                "profile",
                "a day",
                "days",
                "days, lively foot",
                "days, `clock: scaled`",
                "days, `clock: light-sleep`",
            ),
            budget,
        ),
        "currents": _table(("board", "state", "mA", "source"), currents),
    }


def picture(program: Path) -> str:
    """The picture of the page: minutes awake in each hour, light sleep at its worse end."""
    data = json.loads(CURRENTS.read_text(encoding="utf-8"))
    # `home` is awake like `balanced`: neither ever sleeps deeply.
    balanced, endurance = (_live(program, profile, data["stir_s"]) for profile in ("balanced", "endurance"))
    lives = ((endurance, None), (balanced, data), (endurance, data))
    return awake_chart.drawn([awake_chart.minutes_awake(days, looks) for days, looks in lives])


def filled(page: str, found: dict[str, str]) -> str:
    """The page with its tables replaced; each stands between two comments with its name."""
    for name, table in found.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n\n{table}\n\n{end}{after}"
    return page


def main() -> None:
    """Print the tables or write them into the page."""
    parser = argparse.ArgumentParser(description="The power budget")
    parser.add_argument("--write-docs", action="store_true", help="write the tables into docs/battery.md")
    options = parser.parse_args()
    program = build(ROOT / "build" / "battery")
    found = tables(program)
    if options.write_docs:
        PICTURE.write_text(picture(program), encoding="utf-8")
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    else:
        print("\n\n".join(found.values()))


if __name__ == "__main__":
    main()
