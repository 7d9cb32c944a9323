"""What a start costs is measured on a walker who really starts, beside a recorder that has their hours."""

from tools.bench import start

DAYS = 3


def test_walkers_start_with_their_hours_in_the_recorder_and_their_cost_has_a_bound() -> None:
    rows = {row.name: row for row in start.rows(DAYS, walkers=2)}
    one = rows["a start after five years, in the event loop"]
    many = rows["2 walkers of five years in memory"]
    assert one.note == f"{4 * DAYS} rows of statistics compared", "an hour a day in four series"
    assert (one.limit, many.limit) == (50, 100)
    assert one.value > 0
    assert many.value > 0
