"""A recording goes through the firmware as it runs on a board: the pod shows what script/count says."""

import asyncio
import gzip
import itertools
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tools.stage import hostpod

    from .pod_client import PodClient

FAST = 200
CUMULATIVE = ["Backward steps", "Forward steps", "Backward distance", "Forward distance", "Backward time"]
GAIT = ["Cadence", "Stride length", "Speed"]
# The API gathers states for 100 ms before it sends them.
BATCH_S = 0.1


def shown(total: dict[str, Any]) -> dict[str, float]:
    """Return what the cumulative sensors must show after a recording with this `total`."""
    values = ("backward_steps", "forward_steps", "backward_m", "forward_m", "backward_s")
    return dict(zip(CUMULATIVE, (total[value] for value in values), strict=True))


async def play(
    start_pod: Any, client: PodClient, recording: Path, speed: float = FAST, **options: Any
) -> hostpod.HostPod:
    """Play a recording to its end while the client listens."""
    pod: hostpod.HostPod = await start_pod(recording, speed=speed, wait=True, **options)
    ends = pod.log.read_text().count("Recording ended")
    await client.connect()
    await client.until(lambda: pod.log.read_text().count("Recording ended") > ends, timeout_s=90)
    await asyncio.sleep(0.5)
    return pod


@pytest.mark.parametrize("scenario", ["demo", "backward", "forward", "sideways", "turns", "sitting", "mixed"])
async def test_the_pod_shows_what_count_says_of_the_recording(
    scenario: str,
    recording: Callable[[str], Path],
    count: Callable[[Path], dict[str, Any]],
    start_pod: Any,
    client: PodClient,
) -> None:
    path = recording(scenario)
    await play(start_pod, client, path)
    expected = shown(count(path))
    # Distances are shown in decimetres, times in seconds.
    assert {name: client.state(name) for name in CUMULATIVE[:2]} == {
        name: expected[name] for name in CUMULATIVE[:2]
    }
    assert [client.state(name) for name in CUMULATIVE[2:4]] == pytest.approx(
        [expected[name] for name in CUMULATIVE[2:4]], abs=0.0501
    )
    assert client.state("Backward time") == pytest.approx(expected["Backward time"], abs=0.501)


async def test_after_the_end_nobody_walks_and_the_pod_keeps_answering(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    await play(start_pod, client, recording("backward"))
    assert client.state("Walking backward") is False
    assert client.state("Cadence") == 0
    assert client.state("Speed") == 0
    assert client.state("Stride length") > 0.3
    assert client.state("Sample rate") == pytest.approx(100, abs=2)
    assert client.state("Sampling gaps") == 0
    assert (await client.minutes())["v"] == 1


async def test_a_pod_that_finds_its_mounting_counts_as_count_does_and_remembers_it(
    recording: Callable[[str], Path], count: Callable[..., dict[str, Any]], start_pod: Any, client: PodClient
) -> None:
    path = recording("demo")
    total = count(path, "auto")
    pod = await play(start_pod, client, path, mounting="auto")
    assert client.state("Backward steps") == total["backward_steps"]
    assert client.state("Forward steps") == total["forward_steps"]
    await client.until(lambda: client.state("Direction confidence") > 90)
    await pod.stop()
    await client.close()
    client.published.clear()
    await start_pod(path, mounting="auto", wait=True)
    await client.connect()
    await client.until(lambda: client.state("Direction confidence") is not None)
    assert client.published["Direction confidence"][0][1] > 90


async def test_a_gzipped_recording_plays_too(
    recording: Callable[[str], Path], tmp_path: Path, start_pod: Any, client: PodClient
) -> None:
    path = recording("backward")
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    await play(start_pod, client, packed)
    assert client.state("Backward steps") > 0


async def test_the_pod_tells_who_it_is(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    pod = await start_pod(recording("sitting"), mac="02:00:00:aa:bb:cc")
    await client.connect()
    info = await client.api.device_info()
    assert (info.name, info.mac_address) == ("step-pod-aabbcc", "02:00:00:AA:BB:CC")
    assert (info.name, info.project_name, info.project_version) == (pod.name, "retrostep.step_pod", VERSION)
    assert not client.entities["Backward steps"].state_class


async def test_states_are_published_as_often_as_the_rules_allow(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    """Five times as fast as walking, so that strides come faster than they may be published."""
    await play(start_pod, client, recording("demo"), speed=5)
    walking = client.published["Walking backward"]
    steps = client.published["Backward steps"]
    assert len(steps) > 20
    for before, after in itertools.pairwise(steps):
        assert after[0] - before[0] > 0.25 - BATCH_S
        assert after[1] > before[1]
    assert [state for state, _ in itertools.groupby(state for _, state in walking)] == [
        False,
        True,
        False,
        True,
        False,
    ]
    # Three bouts end: forward, backward, backward.
    for name in (*CUMULATIVE[1:], *GAIT):
        times = [at for at, _ in client.published[name]]
        early = [gap for before, after in itertools.pairwise(times) if (gap := after - before) < 10 - BATCH_S]
        assert len(early) <= 3, name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "two samples"),
        ("time,x\n1,2\n", "line 1: the header must be t_s,ax_g"),
        ("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n0,0,0,1,0,0\n", "line 2: 7 finite numbers expected"),
        ("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n0,0,0,nan,0,0,0\n", "line 2: 7 finite numbers expected"),
        ("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n1,0,0,1,0,0,0\n1,0,0,1,0,0,0\n", "line 3: time must rise"),
        (None, "Cannot read the recording"),
    ],
    ids=["empty", "header", "columns", "not a number", "time stands", "no file"],
)
async def test_a_damaged_recording_is_named_and_the_pod_stays_up(
    text: str | None, message: str, tmp_path: Path, start_pod: Any, client: PodClient
) -> None:
    path = tmp_path / "damaged.csv"
    if text is not None:
        path.write_text(text)
    pod = await start_pod(path)
    await client.connect()
    assert message in pod.log.read_text()
    await client.until(lambda: client.state("Backward steps") == 0)
