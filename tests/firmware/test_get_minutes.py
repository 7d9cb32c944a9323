"""What the pod keeps of a walk and hands out through its action."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from .test_replay import play

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

COLUMNS = (
    "seq",
    "epoch_min",
    "back",
    "fwd",
    "side",
    "back_dm",
    "fwd_dm",
    "back_s",
    "fwd_s",
    "first_s",
    "last_s",
    "max_cm",
)


def rows_of(*pages: dict[str, Any]) -> list[dict[str, int]]:
    """Return the rows of pages as mappings."""
    return [dict(zip(COLUMNS, row, strict=True)) for page in pages for row in page["m"]]


def sums(rows: list[dict[str, int]]) -> list[int]:
    """Return what `total` must be for these rows and all before."""
    return [sum(row[column] for row in rows) for column in COLUMNS[2:9]]


@pytest.fixture
async def walked(recording: Callable[[str], Path], start_pod: Any, client: PodClient) -> PodClient:
    """Let a pod walk the demo and stand still."""
    await play(start_pod, client, recording("demo"))
    await client.until(lambda: client.state("Unsynced minutes") > 1)
    return client


async def test_rows_sum_to_the_total_and_are_dated_to_the_end_of_the_recording(walked: PodClient) -> None:
    page = await walked.minutes()
    rows = rows_of(page)
    now_min = int(time.time()) // 60
    assert page["v"] == 1
    assert 0 < page["log"] < 2**31
    assert abs(page["now"] - time.time()) < 3
    assert page["more"] is False
    assert (page["oldest"], page["next"]) == (1, rows[-1]["seq"] + 1)
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert page["total"] == sums(rows)
    assert all(now_min - 4 <= row["epoch_min"] <= now_min for row in rows)
    assert [row["epoch_min"] for row in rows] == sorted({row["epoch_min"] for row in rows})
    for row in rows:
        assert row["back"] or row["fwd"] or row["side"]
        if row["back"]:
            assert 0 <= row["first_s"] <= row["last_s"] <= 59
            assert 20 < row["max_cm"] < 300
        else:
            assert (row["first_s"], row["last_s"], row["max_cm"]) == (-1, -1, 0)


async def test_small_pages_add_up_to_the_large_one(walked: PodClient) -> None:
    whole = await walked.minutes()
    pages = [await walked.minutes(limit=1)]
    while pages[-1]["next"] < whole["next"]:
        assert pages[-1]["more"]
        pages.append(await walked.minutes(whole["log"], pages[-1]["next"] - 1, 1))
    assert [len(page["m"]) for page in pages] == [1] * len(whole["m"])
    assert rows_of(*pages) == rows_of(whole)
    for number, page in enumerate(pages, 1):
        assert page["total"] == sums(rows_of(*pages[:number]))


async def test_only_the_same_log_acknowledges_and_nothing_is_erased_by_it(walked: PodClient) -> None:
    """The minute in which the recording ended may become a row meanwhile."""
    page = await walked.minutes()
    held = len(page["m"])
    await walked.until(lambda: walked.state("Unsynced minutes") >= held)
    assert rows_of(await walked.minutes(page["log"] ^ 1, page["next"] - 1))[:held] == rows_of(page)
    assert walked.state("Unsynced minutes") >= held
    later = rows_of(await walked.minutes(page["log"], page["next"] - 1))
    assert [row for row in later if row["seq"] < page["next"]] == []
    await walked.until(lambda: walked.state("Unsynced minutes") <= 1)
    assert rows_of(await walked.minutes(page["log"], 0))[:held] == rows_of(page)


@pytest.mark.parametrize("limit", [-(2**31), -1, 0, 1000, 2**31 - 1])
async def test_a_page_is_small_whatever_is_asked_for(limit: int, walked: PodClient) -> None:
    for after in (-(2**31), -1, 0, 2**31 - 1):
        assert len(await walked.minutes_text(0, after, limit)) < 4096


@pytest.mark.parametrize("after", [-(2**31), 0, 1, 2**31 - 1])
async def test_a_page_repeats_the_question(after: int, walked: PodClient) -> None:
    log = (await walked.minutes())["log"]
    for asked in ([log, after], [-log, after], [-(2**31), after]):
        assert (await walked.minutes(*asked))["asked"] == asked


@pytest.mark.parametrize("year", [2040, 2106])
async def test_no_clock_undates_a_row_and_none_is_too_late(
    year: int,
    recording: Callable[[str], Path],
    start_pod: Any,
    client: PodClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Walked by a clock that is right in `year`; handed out by one that is decades behind."""
    then = datetime(year, 1, 1, 12, tzinfo=UTC).timestamp()
    monkeypatch.setenv("MOTION_REPLAY_CLOCK_AHEAD_S", str(int(then - time.time())))
    pod = await play(start_pod, client, recording("demo"))
    await client.until(lambda: client.state("Unsynced minutes") > 1)
    ahead = await client.minutes()
    assert abs(ahead["now"] - then) < 60
    assert all(abs(row["epoch_min"] * 60 - then) < 600 for row in rows_of(ahead))
    await client.until(lambda: "Recording ended" in pod.log.read_text())
    await pod.stop()
    await client.close()

    monkeypatch.delenv("MOTION_REPLAY_CLOCK_AHEAD_S")
    await start_pod(recording("demo"), speed=20, wait=True)
    await client.connect()
    behind = await client.minutes()
    assert abs(behind["now"] - time.time()) < 600
    assert rows_of(behind)[: len(ahead["m"])] == rows_of(ahead)


async def test_a_position_in_the_future_acknowledges_nothing(walked: PodClient) -> None:
    page = await walked.minutes()
    beyond = await walked.minutes(page["log"], 2**31 - 1)
    assert beyond["m"] == []
    assert beyond["next"] >= page["next"]
    # A minute that closed just now shows a moment later; what was acknowledged never would.
    await walked.until(lambda: walked.state("Unsynced minutes") >= len(page["m"]))


async def test_a_power_cut_keeps_what_was_saved_and_numbers_go_on(
    recording: Callable[[str], Path],
    count: Callable[[Path], dict[str, Any]],
    start_pod: Any,
    client: PodClient,
) -> None:
    path = recording("demo")
    steps = count(path)["backward_steps"]
    pod = await start_pod(path, speed=200, wait=True)
    await client.connect()
    await client.until(lambda: client.state("Backward steps") == steps)
    await client.until(lambda: "Recording ended" in pod.log.read_text())
    await client.until(lambda: client.state("Unsynced minutes") > 1)
    before = await client.minutes()
    await pod.kill()
    await client.close()

    pod = await start_pod(path, speed=200, wait=True)
    await client.connect()
    await client.until(lambda: client.state("Backward steps") is not None)
    assert client.published["Backward steps"][-1][1] >= steps
    await client.until(lambda: pod.log.read_text().count("Recording ended") == 2)
    await client.until(lambda: client.state("Backward steps") == 2 * steps)
    after = await client.minutes()
    assert after["log"] == before["log"]
    assert rows_of(after)[: len(before["m"])] == rows_of(before)
    assert [row["seq"] for row in rows_of(after)] == list(range(1, after["next"]))
    assert after["total"] == sums(rows_of(after))


async def test_a_restart_in_the_middle_of_a_walk_loses_no_step(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    pod = await start_pod(recording("demo"), speed=20, wait=True)
    await client.connect()
    await client.until(lambda: (client.state("Backward steps") or 0) >= 20)
    await pod.stop()
    shown = client.state("Backward steps")
    await client.close()
    client.published.clear()
    await start_pod(recording("demo"), speed=20, wait=True)
    await client.connect()
    await client.until(lambda: client.state("Backward steps") is not None)
    assert client.published["Backward steps"][0][1] >= shown


async def test_power_cuts_in_the_middle_of_walks_never_change_or_repeat_a_minute(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    """The pod is killed while it walks, again and again; its clock is the recording's, so minutes overlap."""
    seen: dict[int, dict[str, int]] = {}
    log = 0
    for cut_at_steps in (30, 50, 12, 70, 34):
        pod = await start_pod(recording("demo"), speed=100, wait=True)
        await client.connect()
        await client.until(lambda: client.state("Backward steps") is not None)
        before = client.state("Backward steps")
        await client.until(lambda at=before + cut_at_steps: client.state("Backward steps") >= at)
        page = await client.minutes()
        await pod.kill()
        await client.close()
        client.published.clear()
        assert log in {0, page["log"]}
        log = page["log"]
        rows = {row["seq"]: row for row in rows_of(page)}
        assert {seq: rows[seq] for seq in seen} == seen
        assert list(rows) == list(range(1, page["next"]))
        assert page["total"] == sums(list(rows.values()))
        seen = rows
    assert len(seen) >= 4
