"""Statistics rows always say what the ledger says."""

from datetime import timedelta

from custom_components.retrostep.core.history.statistics_rows import (
    SERIES,
    StatisticsRow,
    first_difference,
    hourly_rows,
    rows_to_send,
)
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from tests.core.ledger.story import BERLIN, Pod, berlin, pull, restart, utc

NOON = berlin("2026-03-05 12:00")
NINE = utc("2026-03-05 09:00")
HOUR = timedelta(hours=1)


def test_each_hour_holds_its_own_count_and_the_sum_so_far() -> None:
    rows = hourly_rows(
        [(NINE, Counts(10, 4, 0, 53, 24, 9, 2)), (NINE + HOUR, Counts(back=30, back_s=21))], Counts()
    )
    assert rows["backward_steps"] == [
        {"start": NINE, "state": 10, "sum": 10},
        {"start": NINE + HOUR, "state": 30, "sum": 40},
    ]
    assert rows["forward_steps"][-1]["sum"] == 4
    assert rows["backward_distance"][-1] == {"start": NINE + HOUR, "state": 0, "sum": 5.3}
    assert rows["backward_minutes"][-1] == {"start": NINE + HOUR, "state": 0.35, "sum": 0.5}
    assert rows.keys() == SERIES.keys()


def test_a_late_minute_sends_its_hour_and_every_sum_after_it_again() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE, 10)
    pod.walk(NINE + 2 * HOUR, 10)
    pull(ledger, pod, NOON + 4 * HOUR)
    before = hourly_rows(ledger.hours(), ledger.hours_base())
    pod.walk(NINE + HOUR, 10)
    changed = pull(ledger, pod, NOON + 4 * HOUR).changed_hours
    late = hourly_rows(ledger.hours(), ledger.hours_base(), min(changed))["backward_steps"]
    assert [(row["start"], row["sum"]) for row in late] == [(NINE + HOUR, 20), (NINE + 2 * HOUR, 30)]
    whole = hourly_rows(ledger.hours(), ledger.hours_base())["backward_steps"]
    assert before["backward_steps"][:1] + late == whole


def test_an_hour_that_was_written_and_is_no_more_becomes_zero_and_its_sum_follows() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    ledger.keep_hours([NINE, NINE + HOUR, NINE - 20_000 * HOUR])
    pod.walk(NINE, 10)
    pull(ledger, pod, NOON)
    rows = hourly_rows(restart(ledger).hours(NINE), ledger.hours_base())["backward_steps"]
    assert [(row["start"], row["state"], row["sum"]) for row in rows] == [
        (NINE, 10, 10),
        (NINE + HOUR, 0, 10),
    ]


def test_sums_go_on_from_what_is_older_than_the_hours_kept() -> None:
    rows = hourly_rows([(NINE, Counts(back=1))], Counts(back=1_000))
    assert rows["backward_steps"][0]["sum"] == 1_001


def test_sums_of_decimetres_do_not_drift() -> None:
    hours = [(NINE + i * HOUR, Counts(back_dm=1)) for i in range(10_000)]
    assert hourly_rows(hours, Counts())["backward_distance"][-1]["sum"] == 1_000.0


def test_the_first_hour_to_heal_is_found() -> None:
    wanted = hourly_rows([(NINE + i * HOUR, Counts(back=i)) for i in range(5)], Counts())["backward_steps"]
    assert first_difference(wanted, wanted) is None
    assert first_difference(wanted, wanted[:3]) == NINE + 3 * HOUR
    assert first_difference(wanted, [*wanted[:1], {**wanted[1], "sum": 9.0}, *wanted[2:]]) == NINE + HOUR
    assert first_difference([], wanted) is None


def stored(*rows: tuple[int, float, float]) -> dict[str, list[StatisticsRow]]:
    """Give stored backward steps as hour of the day, state and sum."""
    return {
        "backward_steps": [
            StatisticsRow(start=NINE + (hour - 9) * HOUR, state=state, sum=total)
            for hour, state, total in rows
        ]
    }


def told(rows: dict[str, list[StatisticsRow]]) -> list[tuple[int, float, float]]:
    return [(row["start"].hour, row["state"], row["sum"]) for row in rows.get("backward_steps", [])]


def test_hours_of_before_the_ledgers_first_are_zeroed_and_nothing_is_sent_twice() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE - HOUR, Counts(back=30))
    pull(ledger, pod, NOON)
    sent = rows_to_send(ledger, stored((6, 10, 10), (7, 20, 30), (8, 30, 30)))
    assert told(sent) == [(6, 0, 0), (7, 0, 0), (8, 30, 30)]
    assert sent.keys() == SERIES.keys()
    assert rows_to_send(restart(ledger), sent) == {}
    pod.walk(NINE - 2 * HOUR, Counts(back=5))
    pull(ledger, pod, NOON)
    assert told(rows_to_send(ledger, sent)) == [(7, 5, 5), (8, 30, 35)]


def test_a_ledger_that_holds_nothing_zeroes_what_is_stored() -> None:
    assert told(rows_to_send(Ledger(BERLIN), stored((6, 10, 10), (7, 20, 30)))) == [(6, 0, 0), (7, 0, 0)]
    assert rows_to_send(Ledger(BERLIN), {}) == {}


def test_hours_the_ledger_let_go_of_because_of_their_age_stay() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE - 20_000 * HOUR, Counts(back=7))
    pull(ledger, pod, NINE - 20_000 * HOUR + HOUR)
    old = rows_to_send(ledger, {})
    pod.walk(NINE, Counts(back=30))
    pull(ledger, pod, NOON)
    sent = rows_to_send(ledger, old)
    assert told(sent) == [(9, 30, 37)]
    assert rows_to_send(ledger, {key: old[key] + sent[key] for key in SERIES}) == {}
