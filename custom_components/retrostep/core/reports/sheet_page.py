"""Writes a sheet as one HTML file to print or to send: no script, nothing from elsewhere, texts escaped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from ..goals.goal import AMOUNTS, Goal
from .accuracy import BACKWARD_FOUND, BACKWARD_STRIDES, FOUND_HIGH_PCT, FOUND_LOW_PCT, LENGTH_ERROR_PCT
from .chart import Band, Series, chart
from .sheet import Sheet, SheetWeek

TEXTS: Final = (
    "adherence",
    "adherence_pct",
    "average",
    "band",
    "cadence",
    "date",
    "days",
    "dose",
    "dose_growing",
    "effort",
    "felt",
    "goal_days",
    "made",
    "measured",
    "measured_text",
    "minutes",
    "minutes_a_week",
    "no_program",
    "not_medical",
    "notes",
    "pain",
    "period",
    "program",
    "signature",
    "speed",
    "speed_trend",
    "steps",
    "stride",
    "three_metres",
    "three_none",
    "three_sets",
    "title",
    "week",
    "who",
)
"""What a sheet says; each is `sheet_<name>` among the texts."""
_DASH: Final = "\N{EN DASH}"
# More weeks of a program are told as their sum.
_PROGRAMME_WEEKS_MAX: Final = 16
_STYLE: Final = """
@page{size:A4;margin:12mm}
*{box-sizing:border-box}
body{font:11px/1.35 system-ui,sans-serif;color:#111;background:#fff;max-width:186mm;margin:0 auto;padding:8px}
h1{font-size:20px;margin:0}h2{font-size:13px;margin:10px 0 3px;border-bottom:1px solid #999}
p{margin:2px 0}.of{color:#444}
table{border-collapse:collapse;width:100%;margin-top:8px}
th,td{padding:1px 4px;text-align:right;border-bottom:1px solid #ddd}
th:first-child,td:first-child{text-align:left}th{font-weight:600}
.charts{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px}figure{margin:4px 0 0}
figcaption{font-weight:600}svg{width:100%;height:auto;display:block}
.sign{display:grid;grid-template-columns:2fr 1fr;gap:12px}.sign div{border-bottom:1px solid #111;height:48px}
@media print{body{padding:0;max-width:none}}
"""


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by key, in the language of the sheet."""

    by_key: Mapping[str, str]
    language: str

    def __call__(self, name: str, **values: str) -> str:
        """Give a text of the sheet, filled in."""
        return self.by_key[f"sheet_{name}"].format_map(values)

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number."""
        return f"{value:.{digits}f}".replace(".", self.by_key["decimal_mark"])

    def day(self, day: date) -> str:
        """Write a date."""
        return self("date", day=str(day.day), month=self.by_key[f"month_{day.month}"], year=str(day.year))

    def amount(self, goal: Goal) -> str:
        """Write an amount of what a goal counts, in metres whatever the house uses."""
        one, several = AMOUNTS[goal.kind]
        number = f"{round(goal.value, 2):g}".replace(".", self.by_key["decimal_mark"])
        return self.by_key[one if goal.value == 1 else several].format(value=number)


def sheet_page(sheet: Sheet, words: Words) -> str:
    """Write the page."""
    parts = (
        _head(sheet, words),
        _programme(sheet, words),
        _charts(sheet, words),
        _table(sheet, words),
        _three_metres(sheet, words),
        _measured(words),
    )
    title = escape(words("title"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body>\n{'\n'.join(parts)}\n</body></html>\n"
    )


def _p(text: str, kind: str = "") -> str:
    return f"<p{f' class={kind}' if kind else ''}>{escape(text)}</p>"


def _h2(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _head(sheet: Sheet, words: Words) -> str:
    period = words("period", start=words.day(sheet.first), end=words.day(sheet.last))
    who = f"{words('who', value=sheet.initials)} · " if sheet.initials else ""
    made = words("made", date=words.day(sheet.made))
    return f"<h1>{escape(words('title'))}</h1>{_p(f'{who}{period} · {made}', 'of')}"


def _programme(sheet: Sheet, words: Words) -> str:
    found = _h2(words("program"))
    if (view := sheet.programme) is None:
        return found + _p(words("no_program", planned=str(sheet.asked), done=str(sheet.met)))
    programme = view.programme
    first, last = (words.amount(Goal(programme.kind, value)) for value in (programme.first, programme.last))
    values = {"times": str(programme.times), "weeks": str(programme.weeks), "first": first, "last": last}
    dose = words("dose" if first == last else "dose_growing", goal=first, **values)
    until = words("period", start=words.day(programme.start), end=words.day(view.end)) if view.end else ""
    adherence = view.adherence
    told = words(
        "adherence",
        planned=str(adherence.planned),
        done=str(adherence.done),
        made_up=str(adherence.made_up),
        missed=str(adherence.missed),
        paused=str(view.paused_days),
    )
    if adherence.pct is not None:
        told = f"{told} · {words('adherence_pct', value=str(adherence.pct))}"
    found += _p(f"{dose} · {until}" if until else dose) + _p(told)
    if len(sheet.programme_weeks) <= _PROGRAMME_WEEKS_MAX:
        weeks = (
            f"{number}: {week.done + week.made_up}/{week.planned}"
            for number, week in enumerate(sheet.programme_weeks, 1)
        )
        found += _p(f"{words('week')} {' · '.join(weeks)}", "of")
    return found


def _charts(sheet: Sheet, words: Words) -> str:
    weeks = sheet.weeks
    trend = sheet.trend
    band = (
        Band(trend.usual_s - trend.smallest_change_s, trend.usual_s + trend.smallest_change_s)
        if trend
        else None
    )

    def column(value: Callable[[SheetWeek], float | None]) -> list[float | None]:
        return [value(week) for week in weeks]

    def drawn(name: str, *series: Series, top: float = 0, within: Band | None = None) -> str:
        picture = chart(series, words.number, top=top, band=within)
        return f"<figure><figcaption>{escape(words(name))}</figcaption>{picture}</figure>"

    felt = (Series(column(lambda week: week.effort), "open"), Series(column(lambda week: week.pain), "dot"))
    figures = (
        drawn("minutes_a_week", Series(column(lambda week: week.minutes), "bar")),
        drawn("speed_trend", Series(column(lambda week: week.speed_mps), "dot")),
        drawn("three_metres", Series([each.mean_s for each in sheet.sets], "dot"), within=band),
        drawn("felt", *felt, top=10),
    )
    return f'<div class="charts">{"".join(figures)}</div>'


def _table(sheet: Sheet, words: Words) -> str:
    names = ("week", "minutes", "steps", "days", "speed", "cadence", "stride", "goal_days", "effort", "pain")
    head = "".join(f"<th>{escape(words(name))}</th>" for name in names)
    rows = "".join(f"<tr>{_row(week, words)}</tr>" for week in sheet.rows)
    note = _p(words("average", weeks=str(sheet.weeks_a_row)), "of") if sheet.weeks_a_row > 1 else ""
    return f"<table><tr>{head}</tr>{rows}</table>{note}"


def _row(week: SheetWeek, words: Words) -> str:
    def known(value: float | None, digits: int) -> str:
        return _DASH if value is None else words.number(value, digits)

    cells = (
        f"{week.first.isoformat()} {_DASH} {week.last.isoformat()}",
        known(week.minutes, 1),
        known(week.steps, 0),
        words.number(week.days_walked, 1).removesuffix(f"{words.by_key['decimal_mark']}0"),
        known(week.speed_mps, 2),
        known(week.cadence_spm, 0),
        known(week.stride_m, 2),
        f"{week.met}/{week.asked}",
        known(week.effort, 1),
        known(week.pain, 1),
    )
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def _three_metres(sheet: Sheet, words: Words) -> str:
    found = _h2(words("three_metres"))
    if not sheet.sets:
        return found + _p(words("three_none"))
    last = sheet.sets[-1]
    best = min(each.best_s for each in sheet.sets)
    found += _p(
        words(
            "three_sets",
            count=str(len(sheet.sets)),
            best=words.number(best, 1),
            last=words.number(last.mean_s, 1),
            speed=words.number(last.mean_mps, 2),
        )
    )
    if sheet.trend:
        found += _p(words("band", value=words.number(sheet.trend.smallest_change_s, 1)), "of")
    return found


def _measured(words: Words) -> str:
    told = words(
        "measured_text",
        found=str(BACKWARD_FOUND),
        strides=str(BACKWARD_STRIDES),
        low=words.number(FOUND_LOW_PCT, 1),
        high=words.number(FOUND_HIGH_PCT, 1),
        length=words.number(LENGTH_ERROR_PCT, 1),
    )
    lines = "".join(f"<div>{escape(words(name))}</div>" for name in ("notes", "signature"))
    return f'{_h2(words("measured"))}{_p(told)}{_p(words("not_medical"))}<div class="sign">{lines}</div>'
