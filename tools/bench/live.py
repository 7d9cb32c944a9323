"""Measures the live line: how late a stride shows in Home Assistant, how much the recorder keeps of it."""

import asyncio
import re
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from tools.gait.generate import generate
from tools.gait.recording import write_recording
from tools.stage import demo, hostpod, house, processes
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

from .row import Row

# Long enough for every "at most every 10 s" to show, short enough to wait for.
STRIDES = 100
ROWS_LIMIT = {"backward": 1500, "forward": 300}
LOG_POLL_S = 0.002
_PUBLISHED = re.compile(r"'Backward steps' >> ([\d.]+)")


async def _pod_times(pod: hostpod.HostPod, seen: dict[float, float], offset: int) -> None:
    """Note when the pod publishes each number of backward steps, by its log."""
    with pod.log.open(errors="replace") as log:
        log.seek(offset)
        while True:
            line = log.readline()
            if not line:
                await asyncio.sleep(LOG_POLL_S)
            elif found := _PUBLISHED.search(line):
                seen.setdefault(float(found[1]), time.perf_counter())


async def _home_times(client: Client, entity_id: str, seen: dict[float, float]) -> None:
    """Note when Home Assistant tells its pages each number of backward steps."""
    async for event in client.events("state_changed"):
        data = event["data"]
        if data["entity_id"] == entity_id and data["new_state"]:
            seen.setdefault(float(data["new_state"]["state"]), time.perf_counter())


def _rows_by_entity(database: Path, from_s: float, to_s: float) -> Counter[str]:
    """Count the states that the recorder kept between two times (Unix seconds)."""
    query = """
        SELECT states_meta.entity_id, COUNT(*) FROM states JOIN states_meta USING (metadata_id)
        WHERE last_updated_ts BETWEEN ? AND ? GROUP BY states_meta.entity_id
    """
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return Counter(dict(connection.execute(query, (from_s, to_s)).fetchall()))


async def _walk(folder: Path, program: Path, name: str) -> tuple[int, Counter[str], list[float]]:
    """Walk one way in real time in a new household.

    Returns the steps counted, the recorder's rows by entity of pod and walker, and the delays in
    seconds from a stride counted on the pod to Home Assistant telling its pages.
    """
    folder.mkdir()
    recording, truth = generate(name, seed=3, strides=STRIDES)
    file = folder / "walk.csv"
    write_recording(file, recording, truth)
    port = processes.free_port()
    pod_times: dict[float, float] = {}
    home_times: dict[float, float] = {}
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(HomeAssistant(folder / "home", time_zone="UTC"))
        client = await stack.enter_async_context(Client(home.url))
        still, still_truth = generate("sitting", seed=1)
        rest = folder / "rest.csv"
        write_recording(rest, still, still_truth)
        options: dict[str, Any] = {"port": port, "folder": folder / "pod", "mac": demo.POD_MAC}
        async with await hostpod.start(program, rest, **options) as pod:
            await demo.furnish(client, port, "UTC")
        offset = pod.log.stat().st_size
        slug = house.slug_of(await client.states())
        status = f"binary_sensor.{pod.name.replace('-', '_')}"
        pod = await stack.enter_async_context(await hostpod.start(program, file, **options, wait=True))
        watcher = await stack.enter_async_context(Client(home.url))
        await watcher.sign_in()
        watching = [
            asyncio.create_task(_pod_times(pod, pod_times, offset)),
            asyncio.create_task(_home_times(watcher, f"sensor.{slug}_{name}_steps_today", home_times)),
        ]
        # The walk begins with 3 s of standing, enough for the states that every connection brings.
        await client.wait_for("the pod", lambda states: states[f"{status}_status"]["state"] == "on")
        await asyncio.sleep(1.5)
        began_s = time.time()
        await asyncio.sleep(recording.duration_s + 30)
        ended_s = time.time()
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
    rows = _rows_by_entity(folder / "home" / "home-assistant_v2.db", began_s, ended_s)
    ours = Counter(
        {entity: n for entity, n in rows.items() if f".{slug}_" in entity or ".step_pod" in entity}
    )
    steps = int(demo.count(file)[f"{name}_steps"])
    delays = [home_times[steps] - pod_times[steps] for steps in pod_times.keys() & home_times.keys() if steps]
    return steps, ours, delays


async def _measure() -> list[Row]:
    program = await hostpod.build(log_level="VERBOSE")
    table: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for heading, limit in ROWS_LIMIT.items():
            steps, rows, delays = await _walk(Path(name) / heading, program, heading)
            if heading == "backward":
                parts = [1000 * part for part in statistics.quantiles(delays, n=20)]
                note = f"{len(delays)} strides"
                table += [
                    Row("stride counted to backward_steps_today, p50", round(parts[9]), "ms", None, note),
                    Row("stride counted to backward_steps_today, p95", round(parts[18]), "ms", 300, note),
                ]
            per_thousand = {entity: round(1000 * count / steps) for entity, count in rows.most_common()}
            kept = round(1000 * rows.total() / steps)
            table.append(Row(f"recorder rows per 1,000 {heading} steps", kept, "rows", limit))
            table += [Row(f"  {entity}", count, "rows") for entity, count in per_thousand.items()]
    return table


def rows() -> list[Row]:
    """Walk backward, then forward, in real time (five minutes) and return the figures."""
    return asyncio.run(_measure())
