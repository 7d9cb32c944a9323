"""How sessions felt: which session a rating belongs to, when pain is rising, what is kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.retrostep.core.clock import Correction, Jump
from custom_components.retrostep.core.documents import NewerDocumentError
from custom_components.retrostep.core.feelings import ratings as rooms
from custom_components.retrostep.core.feelings.ratings import Rating, Ratings
from custom_components.retrostep.core.ledger.sessions import Session

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
NOON_S = int(NOON.timestamp())
MINUTE = timedelta(minutes=1)


def session(start: datetime = NOON, minutes: int = 10) -> Session:
    """Give a session."""
    return Session(start, start + minutes * MINUTE, 900, 4_000, 60 * minutes, 90)


def rated(*pains: int | None) -> Ratings:
    """Rate a session a day."""
    ratings = Ratings()
    for day, pain in enumerate(pains):
        ratings.rate(session(NOON + timedelta(days=day)), 3, pain)
    return ratings


def test_what_is_not_said_now_stays_as_it_was_said_before() -> None:
    ratings = Ratings()
    ratings.rate(session(), 4, None)
    assert ratings.rate(session(), None, 0) == Rating(NOON_S, 4, 0)
    assert ratings.rate(session(), 0, None) == Rating(NOON_S, 0, 0)
    assert ratings.all() == [Rating(NOON_S, 0, 0)]


def test_a_session_that_late_rows_made_longer_keeps_its_rating() -> None:
    ratings = Ratings()
    ratings.rate(session(), 4, 1)
    longer = session(NOON - 5 * MINUTE, 20)
    assert ratings.of(longer) == Rating(NOON_S, 4, 1)
    ratings.rate(longer, 5, None)
    assert ratings.all() == [Rating(NOON_S, 5, 1)], "and is not rated twice"


def test_a_rating_belongs_to_no_session_beside_its_own() -> None:
    ratings = Ratings()
    ratings.rate(session(), 4, 1)
    assert ratings.of(session(NOON + 10 * MINUTE)) is None
    assert ratings.of(session(NOON - 10 * MINUTE)) is None


@pytest.mark.parametrize(
    ("pains", "rising"),
    [
        ((1, 2, 3, 4), True),
        ((9, 1, 2, 3, 4), True),
        ((0, 2, 5), False),
        ((1, 2, 2, 3), False),
        ((1, 2, 3, 4, 4), False),
        ((1, 2, None, 3, 4), True),
        ((), False),
    ],
)
def test_pain_is_rising_when_it_rose_three_times_in_a_row(
    pains: tuple[int | None, ...], rising: bool
) -> None:
    assert rated(*pains).pain_is_rising is rising


def test_a_session_that_is_rated_later_counts_where_it_was_walked() -> None:
    ratings = rated(1, 2, 3)
    ratings.rate(session(NOON - timedelta(days=1)), None, 0)
    assert ratings.pain_is_rising


def test_what_is_written_is_read_again() -> None:
    ratings = rated(1, None, 3)
    assert Ratings.from_dict(json.loads(json.dumps(ratings.as_dict()))).all() == ratings.all()


def test_what_a_later_version_wrote_is_not_read() -> None:
    with pytest.raises(NewerDocumentError):
        Ratings.from_dict({"version": 2, "ratings": []})


def test_the_oldest_ratings_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "RATINGS_MAX", 2)
    assert [rating.pain for rating in rated(1, 2, 3).all()] == [2, 3]


def test_what_was_rated_under_a_wrong_clock_moves_with_its_session() -> None:
    ratings = rated(1)
    ratings.clock_jumped(Jump(3_600, 1, ()))
    day = 86_400
    later = session(NOON + timedelta(days=100))
    ratings.rate(later, None, 5)
    ratings.rate(session(NOON + timedelta(days=50)), None, 6)
    began, ended = later.start.timestamp() - 60, later.end.timestamp() + 60
    ratings.clock_jumped(Jump(-99 * day, 2, (Correction(1, -99 * day, began, ended),)))
    of_before = Rating(NOON_S + 50 * day, None, 6)
    assert ratings.all() == [Rating(NOON_S, 3, 1), Rating(NOON_S + day, None, 5), of_before]
    # A second thought counts from what the clock said.
    ratings.clock_jumped(Jump(day, 3, (Correction(1, -98 * day, began, ended),)))
    assert ratings.all()[1:] == [Rating(NOON_S + 2 * day, None, 5), of_before]
