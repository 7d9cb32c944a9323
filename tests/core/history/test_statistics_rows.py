"""Statistics rows always say what the ledger says."""

from datetime import datetime, timedelta
from itertools import accumulate

import pytest

from custom_components.retrostep.core.history.statistics_rows import (
    EVERYTHING,
    SERIES,
    Healing,
    Rows,
    StatisticsRow,
    first_difference,
    hourly_rows,
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


def whole(ledger: Ledger, table: Rows) -> Rows:
    """Compare everything and give what is to be written."""
    rows = Healing(ledger).rows_to_send(table, EVERYTHING)
    assert rows is not None
    return rows


def send(healing: Healing, table: Rows, changed: frozenset[datetime]) -> tuple[datetime, int]:
    """Bring a table up to date as the integration does; gives from where it was read and what was written."""
    since = first = healing.read_from(changed)
    while True:
        seen = {key: [row for row in rows if row["start"] >= since] for key, rows in table.items()}
        if (rows := healing.rows_to_send(seen, since)) is not None:
            break
        since = EVERYTHING
    for key, written in rows.items():
        merged = {row["start"]: row for row in (*table.get(key, []), *written)}
        table[key] = [merged[start] for start in sorted(merged)]
    return first, len(rows["backward_steps"])


def test_a_late_minute_sends_its_hour_and_every_sum_after_it_again() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    healing, table = Healing(ledger), dict[str, list[StatisticsRow]]()
    pod.walk(NINE, 10)
    pod.walk(NINE + 2 * HOUR, 10)
    assert send(healing, table, pull(ledger, pod, NOON + 4 * HOUR).changed_hours) == (EVERYTHING, 2)
    pod.walk(NINE + HOUR, 10)
    assert send(healing, table, pull(ledger, pod, NOON + 4 * HOUR).changed_hours) == (NINE, 2)
    assert told(table) == [(9, 10, 10), (10, 10, 20), (11, 10, 30)]
    assert table == hourly_rows(ledger.hours(), ledger.hours_base())


def test_an_hour_kept_without_a_step_is_zero_and_its_sum_follows() -> None:
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


def test_hours_only_the_recorder_has_stay_and_sums_go_on_from_them() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE - HOUR, Counts(back=30))
    pull(ledger, pod, NOON)
    table = stored((6, 10, 10), (7, 20, 30), (8, 30, 30))
    healing = Healing(ledger)
    send(healing, table, frozenset())
    assert told(table) == [(6, 10, 10), (7, 20, 30), (8, 30, 60)]
    assert table.keys() == SERIES.keys()
    assert healing.missing == [NINE - 3 * HOUR, NINE - 2 * HOUR]
    assert not any(whole(restart(ledger), table).values())
    pod.walk(NINE - 2 * HOUR, Counts(back=5))
    pull(ledger, pod, NOON)
    assert told(whole(ledger, table)) == [(7, 5, 15), (8, 30, 45)]


def test_a_ledger_that_holds_nothing_changes_nothing() -> None:
    table = stored((6, 10, 10), (7, 20, 30))
    assert not any(whole(Ledger(BERLIN), table).values())
    assert not any(whole(Ledger(BERLIN), {}).values())


def test_an_hour_between_the_ledgers_own_keeps_its_state_and_follows_their_sums() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for hour in (6, 8):
        pod.walk(NINE + (hour - 9) * HOUR, Counts(back=30))
    pull(ledger, pod, NOON)
    table = stored((6, 1, 1), (7, 20, 21), (8, 30, 51))
    healing = Healing(ledger)
    send(healing, table, frozenset())
    assert told(table) == [(6, 30, 30), (7, 20, 50), (8, 30, 80)]
    assert healing.missing == [NINE - 2 * HOUR]


def test_an_emptied_ledger_goes_on_from_the_last_sum_without_reading_all_again() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    healing, table = Healing(ledger), stored((6, 1_000, 1_000), (7, 100, 1_100))
    for hour in (9, 10, 11):
        pod.walk(NINE + (hour - 9) * HOUR, Counts(back=50))
        since, written = send(healing, table, pull(ledger, pod, NOON).changed_hours)
    assert (since, written) == (NINE + HOUR, 1)
    assert told(table) == [
        (6, 1_000, 1_000),
        (7, 100, 1_100),
        (9, 50, 1_150),
        (10, 50, 1_200),
        (11, 50, 1_250),
    ]


def test_a_changed_hour_is_sent_from_what_was_read_of_it() -> None:
    """No second reading of everything: the hour before it is as wanted."""
    pod, ledger = Pod(), Ledger(BERLIN)
    healing, table = Healing(ledger), dict[str, list[StatisticsRow]]()
    pod.walk(NINE, Counts(back=50))
    send(healing, table, pull(ledger, pod, NOON).changed_hours)
    pod.walk(NINE + HOUR, Counts(back=100))
    since = healing.read_from(pull(ledger, pod, NOON).changed_hours)
    rows = healing.rows_to_send(table, since)
    assert rows is not None
    assert told(rows) == [(10, 100, 150)]


@pytest.mark.parametrize(
    "edited",
    [
        stored((9, 50, 1_050)),  # an adjusted sum
        stored((9, 1_100, 1_100)),  # another row written
        {},  # cleared
        stored((9, 50, 50), (12, 7, 57)),  # one row more than there can be
    ],
)
def test_what_was_edited_meanwhile_makes_no_leap(edited: Rows) -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    healing, table = Healing(ledger), dict[str, list[StatisticsRow]]()
    pod.walk(NINE, Counts(back=50))
    send(healing, table, pull(ledger, pod, NOON).changed_hours)
    table = dict(edited)
    pod.walk(NINE + HOUR, Counts(back=100))
    send(healing, table, pull(ledger, pod, NOON).changed_hours)
    assert told(table)[:2] == [(9, 50, 50), (10, 100, 150)]
    assert [total for _, state, total in told(table)] == list(
        accumulate(state for _, state, _ in told(table))
    )


def test_only_a_removed_stretch_makes_hours_zero_that_only_the_recorder_has() -> None:
    ledger = Ledger(BERLIN)
    ledger.remove_walk(NINE - 3 * HOUR, NINE - HOUR - timedelta(minutes=1), NOON)
    table = stored((6, 10, 10), (7, 20, 30), (8, 30, 60))
    healing = Healing(ledger)
    send(healing, table, frozenset())
    assert told(table) == [(6, 0, 0), (7, 20, 20), (8, 30, 50)]
    assert healing.missing == [NINE - 2 * HOUR, NINE - HOUR]
    assert not any(whole(restart(ledger), table).values())


def test_an_hour_that_a_correction_emptied_becomes_zero() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    healing, table = Healing(ledger), dict[str, list[StatisticsRow]]()
    for hour in range(3):
        pod.walk(NINE + hour * HOUR, Counts(back=10))
    send(healing, table, pull(ledger, pod, NOON).changed_hours)
    change = ledger.remove_walk(NINE + HOUR, NINE + HOUR + timedelta(minutes=1), NOON)
    send(healing, table, change.changed_hours)
    assert told(table) == [(9, 10, 10), (10, 0, 10), (11, 10, 20)]
    assert not healing.missing


def test_a_number_nobody_walks_is_no_part_of_a_sum() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    for hour in (6, 8):
        pod.walk(NINE + (hour - 9) * HOUR, Counts(back=30))
    pull(ledger, pod, NOON)
    for odd in (1e300, float("inf"), float("nan"), -5.0):
        table = stored((5, odd, odd), (6, 30, 30), (7, odd, odd), (8, 30, 60))
        assert told(whole(restart(ledger), table)) == [(7, 0, 30), (8, 30, 60)]


def test_a_series_in_another_unit_is_written_as_a_whole() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NINE - HOUR, Counts(back=30))
    pull(ledger, pod, NOON)
    table = stored((6, 10, 10), (8, 30, 40))
    healing = Healing(ledger)
    rows = healing.rows_to_send(table, EVERYTHING, {"backward_steps"})
    assert rows is not None
    assert told(rows) == [(6, 10, 10), (8, 30, 40)]
    assert healing.rows_to_send(stored((8, 30, 40)), NINE - HOUR, {"backward_steps"}) is None


def test_hours_the_ledger_let_go_of_because_of_their_age_stay() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    healing, table = Healing(ledger), dict[str, list[StatisticsRow]]()
    for week in range(130):
        pod.walk(NINE + week * 7 * 24 * HOUR, Counts(back=10))
        send(healing, table, pull(ledger, pod, NOON + week * 7 * 24 * HOUR).changed_hours)
    assert ledger.hours()[0][0] > NINE
    assert len(table["backward_steps"]) == 130
    assert table["backward_steps"][-1]["sum"] == 1_300
    healing = Healing(ledger)
    assert not any((healing.rows_to_send(table, EVERYTHING) or {}).values())
    assert not healing.missing
