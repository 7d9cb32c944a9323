"""A sheet to print: what is on it, in every language, how large it is and how long it takes."""

import json
import re
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from random import Random
from time import perf_counter
from typing import Any

import pytest

from custom_components.retrostep.core.feelings.ratings import Rating, Ratings
from custom_components.retrostep.core.guided_sessions.three_metre_trials import TimedWalk
from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.reports import accuracy
from custom_components.retrostep.core.reports.answers import HistoryAnswers
from custom_components.retrostep.core.reports.chart import Band, Series, chart
from custom_components.retrostep.core.reports.sheet import Sheet
from custom_components.retrostep.core.reports.sheet_page import TEXTS, Words, sheet_page
from tests.core.goals.story import DAY, MONDAY, Life
from tests.core.ledger.story import BERLIN
from tools import ROOT

TRANSLATIONS = ROOT / "custom_components" / "retrostep" / "translations"
LANGUAGES = sorted(path.stem for path in TRANSLATIONS.glob("*.json"))
PROGRAM = {
    "plan": "programme",
    "programme": {"name": "knee", "weekdays": ["mon", "wed", "fri"], "start": MONDAY.isoformat()},
}
SIZE_MAX = 200_000
AT_MOST_S = 2


def words(language: str = "en") -> Words:
    """Give the texts of a language."""
    return Words(json.loads((TRANSLATIONS / f"{language}.json").read_text("utf-8"))["common"], language)


def answers(ann: Life, ratings: Ratings | None = None) -> HistoryAnswers:
    """Take what is known of Ann now."""
    history = History(ann.ledger)
    history.open(ann.now)
    goals = {day.day: day for day in ann.goal_days.days()}
    return HistoryAnswers(ann.ledger, history, goals, {}, BERLIN, ann.now, ratings or Ratings())


@pytest.fixture(scope="module")
def ann() -> Life:
    """Ann, who followed a program for three weeks: one day missed, one made up for."""
    ann = Life(PROGRAM)
    for mark in "+-+-+--" + "+--+---" + "+-+-+--":
        ann.live_day(good=mark == "+")
        ann.next_day()
    return ann


def rated() -> Ratings:
    """Have two sessions rated in the second week."""
    days = (MONDAY + 7 * DAY, MONDAY + 10 * DAY)
    moments = [int(datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN).timestamp()) for day in days]
    return Ratings([Rating(moments[0], 4, 1), Rating(moments[1], 6, None)])


def walks(sets: int = 6) -> list[TimedWalk]:
    """Time three walks a day."""
    first = int(datetime(2026, 3, 2, 18, tzinfo=BERLIN).timestamp())
    return [
        TimedWalk(first + day * 86_400 + trial * 90, max(6 - day / 4, 3) + trial / 10)
        for day in range(sets)
        for trial in range(3)
    ]


def sheet(ann: Life, first: date = MONDAY, days: int = 21, **more: Any) -> Sheet:
    """Gather a sheet."""
    last = first + timedelta(days=days - 1)
    return Sheet.of(answers(ann, rated()), ann.view.programme, walks(), (first, last), **more)


def text_of(page: str) -> str:
    """Give what a page says."""
    without_style = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_style).split())


# What is on it


def test_a_week_holds_what_was_walked_in_it(ann: Life) -> None:
    weeks = sheet(ann).weeks
    assert [week.first for week in weeks] == [MONDAY, MONDAY + 7 * DAY, MONDAY + 14 * DAY]
    assert [(week.minutes, week.days_walked, week.asked, week.met) for week in weeks] == [
        (30, 3, 3, 3),
        (20, 2, 3, 1),
        (30, 3, 3, 3),
    ]
    assert weeks[0].steps == 30 * 90
    # 40 m a minute.
    assert weeks[0].speed_mps == pytest.approx(2 / 3)
    assert (weeks[0].cadence_spm, weeks[0].stride_m) == (90, pytest.approx(80 / 90))
    assert [(week.effort, week.pain) for week in weeks] == [(None, None), (5, 1), (None, None)]


def test_a_period_begins_and_ends_within_a_week(ann: Life) -> None:
    found = sheet(ann, MONDAY + 2 * DAY, 6)
    assert [(week.first, week.last) for week in found.weeks] == [
        (MONDAY + 2 * DAY, MONDAY + 6 * DAY),
        (MONDAY + 7 * DAY, MONDAY + 7 * DAY),
    ]
    assert [week.minutes for week in found.weeks] == [20, 10]
    assert [each.walks[0].seconds for each in found.sets] == [5.5, 5.25, 5, 4.75], "two sets were before"


def test_the_program_is_told_with_how_it_was_followed(ann: Life) -> None:
    said = text_of(sheet_page(sheet(ann), words()))
    assert "10 min a week for 6 weeks · March 2, 2026" in said
    assert "Planned: 10 · done: 7 · made up: 1 · missed: 1 · days paused: 0 · 89% done or made up" in said
    assert "Week 1: 3/3 · 2: 2/3 · 3: 3/3 · 4: 0/1" in said


def test_without_a_program_the_days_with_a_goal_are_told(ann: Life) -> None:
    found = Sheet.of(answers(ann), None, (), (MONDAY, MONDAY + 20 * DAY))
    said = text_of(sheet_page(found, words()))
    assert "No program. Days with a goal: 9, reached: 7." in said
    assert "No 3 m walk in this period." in said


def test_the_3_m_walk_is_told_with_its_speed_and_the_band_of_chance(ann: Life) -> None:
    said = text_of(sheet_page(sheet(ann), words()))
    assert "Sets of up to three walks: 6. Best walk: 4.8 s. Mean of the last set: 4.9 s (0.62 m/s)." in said
    assert "Gray band: changes of less than" in said


def test_it_says_how_it_was_measured_and_that_it_is_no_medical_device(ann: Life) -> None:
    said = text_of(sheet_page(sheet(ann), words()))
    assert "Of 118 recorded backward strides it found 117" in said
    assert "between 95.4% and 99.9%" in said
    assert "RetroStep is a counter, not a medical device." in said


def test_the_error_is_that_of_the_page_on_accuracy() -> None:
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    found = re.search(
        r"Are backward steps found\?\*\* \d+ of 100 \((\d+) of (\d+); "
        r"the true share is probably between ([\d.]+) and ([\d.]+)\)",
        page,
    )
    length = re.search(r"A stride is off by ([\d.]+) % on average", page)
    assert found
    assert length
    assert [float(number) for number in found.groups()] == [
        accuracy.BACKWARD_FOUND,
        accuracy.BACKWARD_STRIDES,
        accuracy.FOUND_LOW_PCT,
        accuracy.FOUND_HIGH_PCT,
    ]
    assert float(length[1]) == accuracy.LENGTH_ERROR_PCT


# How it is written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_writes_the_whole_sheet(ann: Life, language: str) -> None:
    page = sheet_page(sheet(ann, initials="A. B."), words(language))
    said = text_of(page)
    assert "{" not in said
    assert "A. B." in said
    assert f'<html lang="{language}">' in page
    assert all(f"sheet_{name}" in words(language).by_key for name in TEXTS)


def test_without_initials_nothing_says_whose_it_is(ann: Life) -> None:
    assert "Initials" not in sheet_page(sheet(ann), words())


class Tags(HTMLParser):
    """Collects the tags of a page and whether each that opens is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        self.names.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onload", "onerror", "style"}
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag


def test_what_somebody_typed_is_text_and_nothing_runs_or_is_fetched(ann: Life) -> None:
    page = sheet_page(sheet(ann, initials='<b onclick=x>&"'), words())
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert not tags.names & {"b", "script", "img", "link", "iframe", "a", "object"}
    assert "&lt;b onclick=x&gt;&amp;&quot;" in page
    assert "url(" not in page
    assert "@import" not in page


def test_a_chart_leaves_out_what_is_not_known_and_holds_what_is_too_large() -> None:
    number = words().number
    drawn = chart([Series([1, None, 30], "bar"), Series([None, 2, None], "open")], number, band=Band(5, 40))
    assert (drawn.count("<rect"), drawn.count("<circle")) == (3, 1)
    assert ">40<" in drawn
    assert chart([Series([], "dot")], number).count("<circle") == 0


# A year


@pytest.fixture(scope="module")
def year() -> Life:
    """Ann, who walked each day of a year, several times a day."""
    ann = Life({"plan": "fixed", "kind": "minutes", "minutes": 10})
    ledger, random = Ledger(BERLIN), Random(1)
    ann.ledger = ledger
    for day in range(366):
        at = datetime(2026, 3, 2, 9, tzinfo=BERLIN) + timedelta(days=day)
        for walk in range(3):
            steps = random.randrange(100, 900)
            counts = Counts(steps, 0, 0, steps * 5, 0, steps * 2 // 3, 0)
            ledger.add_walk(at + timedelta(hours=3 * walk), 660, counts, at + timedelta(hours=11))
        ann.now = at + timedelta(hours=11)
        ann.look()
    return ann


def test_a_year_fits_into_200_kb_and_two_seconds_on_one_page(year: Life) -> None:
    ratings = Ratings(
        Rating(int((datetime(2026, 3, 2, 9, tzinfo=BERLIN) + timedelta(days=day)).timestamp()), 4, day % 11)
        for day in range(366)
    )
    known = answers(year, ratings)
    began = perf_counter()
    found = Sheet.of(known, None, walks(160), (MONDAY, MONDAY + 365 * DAY), "AB")
    page = sheet_page(found, words())
    took_s = perf_counter() - began
    assert took_s < AT_MOST_S
    assert len(page.encode()) < SIZE_MAX
    assert (len(found.weeks), len(found.rows), found.weeks_a_row) == (53, 11, 5)
    assert sum(week.steps for week in found.weeks) == known.ledger.total().back
    assert "Each row is the average of 5 weeks." in text_of(page)
