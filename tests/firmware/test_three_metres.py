"""The 3 m backward walk as the pod times it."""

import asyncio
import json
import math
import subprocess
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from tools.evaluate.count import Reported
from tools.evaluate.three_metres import pod_s

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .pod_client import PodClient

BUTTON = "Start 3 m walk"
TIME = "3 m walk time"
TEXT = "3 m walk"


def time_of_count(root: Path, recording: Path) -> float:
    """Seconds from the first backward lift until the body has gone 3 m, from the strides of script/count."""
    command = [root / "script" / "count", "--json", "--mount", "known", recording]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    strides = [json.loads(line) for line in said.splitlines()]
    backward = [s for s in strides if s["type"] == "stride" and s["counted"] and s["direction"] == "backward"]
    shown_s = pod_s([Reported(**{field.name: s[field.name] for field in fields(Reported)}) for s in backward])
    assert shown_s is not None
    return shown_s


async def press(start_pod: Any, client: PodClient, recording: Path) -> None:
    """Play a recording five times as fast and press the button while the walker still stands."""
    await start_pod(recording, speed=5, wait=True)
    await client.connect()
    client.api.button_command(client.entities[BUTTON].key)
    await client.until(lambda: client.state(TEXT) == "Ready: walk backward")


@pytest.mark.parametrize("scenario", ["backward", "demo"])
async def test_the_pod_times_three_metres_as_count_sees_them(
    scenario: str, root: Path, recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    """In the demo the walker goes forward first: the time begins with the first lift backward."""
    path = recording(scenario)
    await press(start_pod, client, path)
    assert math.isnan(client.state(TIME))
    await client.until(lambda: client.state(TEXT) == "Done", timeout_s=30)

    assert client.state(TIME) == pytest.approx(time_of_count(root, path), abs=0.011)
    texts = [text for _, text in client.published[TEXT] if text != "Not started"]
    assert texts == ["Ready: walk backward", "Walking", "Done"]


async def test_nothing_is_timed_unless_asked_for(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    pod = await start_pod(recording("backward"), speed=200, wait=True)
    await client.connect()
    await client.until(lambda: "Recording ended" in pod.log.read_text(), timeout_s=30)
    await asyncio.sleep(0.5)
    assert client.state(TEXT) == "Not started"
    assert math.isnan(client.state(TIME))


async def test_a_walk_that_never_comes_is_given_up_and_said_so(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    await press(start_pod, client, recording("sitting"))
    await client.until(lambda: client.state(TEXT) == "Stopped: nobody walked", timeout_s=60)
    assert math.isnan(client.state(TIME))
