"""A worn pod ticks and saves power, and counts as one that does neither."""

import asyncio
import itertools
import re
from typing import TYPE_CHECKING, Any

import aioesphomeapi
import pytest

from tools.gait.generate import generate
from tools.gait.kinematics import Sensor
from tools.gait.recording import write_recording

from .conftest import REAL_TIME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tools.stage import hostpod

    from .pod_client import PodClient

RATE_HZ = 200
SHOWN = ("Backward steps", "Forward steps", "Backward distance", "Sampling gaps")


DRIVER = "bmi270"
# It ticks from its start on and saves power as if a moving foot had just woken it.
WORN = {"BENCH_WAKE": "motion", "BENCH_TICKS": "1"}


@pytest.fixture
def walk(tmp_path: Path) -> Callable[..., Path]:
    """Make a recording: some backward strides, then nothing moves."""

    def make(strides: int, still_s: int) -> Path:
        path = tmp_path / f"walk-{strides}.csv"
        walked, _ = generate("backward", strides=strides, sensor=Sensor(rate_hz=RATE_HZ))
        write_recording(path, walked)
        rows = path.read_text().splitlines()
        end_s = float(rows[-1].split(",")[0])
        rows += [f"{end_s + n / RATE_HZ:.4f},0,0,1,0,0,0" for n in range(1, still_s * RATE_HZ)]
        path.write_text("\n".join([*rows, ""]))
        return path

    return make


@pytest.fixture
def played(start_bench: Any, client: PodClient) -> Any:
    """Play a recording to its end in virtual time; gives the pod's log and what it shows."""

    async def play(recording: Path, **environment: str) -> tuple[str, dict[str, Any]]:
        folder = "worn" if environment else "plain"
        pod = await start_bench(recording, DRIVER, folder=folder, **environment)
        await client.connect()
        await client.until(lambda: all(client.state(name) is not None for name in SHOWN))
        shown = {name: client.state(name) for name in SHOWN}
        await client.close()
        client.published.clear()
        await pod.kill()
        return pod.log.read_text(), shown

    return play


async def test_ticking_and_saving_power_change_nothing_of_what_is_counted(
    walk: Callable[..., Path], played: Any
) -> None:
    recording = walk(12, 60)
    log, shown = await played(recording, **WORN)
    _, alone = await played(recording)
    assert alone["Backward steps"] >= 20
    assert shown == alone
    assert shown["Sampling gaps"] == 0
    # The client that watches costs the API some; neither ticks nor the plan need any.
    assert set(re.findall(r"heap_watch:\d+\]: (\w+) allocated", log)) <= {"api"}


async def test_the_metronome_keeps_its_beat_while_the_pod_counts(
    walk: Callable[..., Path], played: Any
) -> None:
    log, _ = await played(walk(12, 60), **WORN)
    ticks = [int(ms) for ms in re.findall(r"Sound at (\d+) ms", log.split(REAL_TIME)[0])]
    assert len(ticks) > 90
    # 90 a minute: the last tick is as punctual as the first.
    late = [ms - ticks[0] - n * 60_000 / 90 for n, ms in enumerate(ticks)]
    assert min(late) > -2
    assert max(late) < 30


@pytest.mark.parametrize("signs", ["0", "1"], ids=["not asked for", "asked for"])
async def test_an_led_flashes_now_and_then_while_home_assistant_is_not_reached(
    signs: str, walk: Callable[..., Path], start_bench: Any
) -> None:
    pod = await start_bench(walk(12, 60), DRIVER, BENCH_SIGNS=signs)
    log = pod.log.read_text().split(REAL_TIME)[0]
    flashes_s = [round(int(ms) / 1000) for ms in re.findall(r"Sound at (\d+) ms", log)]
    if signs == "0":
        assert flashes_s == []
    else:
        assert len(flashes_s) >= 4
        assert flashes_s[0] in range(30, 45), "joining has its time"
        assert [after - before for before, after in itertools.pairwise(flashes_s)] == [10] * (
            len(flashes_s) - 1
        )


async def test_a_pod_woken_by_motion_counts_tells_and_sleeps_again(
    walk: Callable[..., Path], played: Any
) -> None:
    log, _ = await played(walk(12, 60), **WORN)
    orders = re.findall(r"(wifi\.enable|wifi\.disable|deep_sleep\.enter for \d+ s)", log)
    enable, disable, sleep = orders
    assert (enable, disable) == ("wifi.enable", "wifi.disable")
    # Home Assistant hears of a worn pod within a quarter of an hour.
    assert 0 < int(re.findall(r"\d+", sleep)[0]) <= 900


async def said(pod: hostpod.HostPod, text: str) -> None:
    """Wait until the pod's log holds a text."""
    while text not in pod.log.read_text():  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.02)


async def test_a_pod_says_goodbye_before_its_radio_goes_off(
    start_bench: Any, walk: Callable[..., Path], port: int
) -> None:
    """Else Home Assistant would take it for lost and its entities for unavailable."""
    # If a minute closes meanwhile, which the client never fetches, the radio stays on for another minute.
    longest_s = 100
    for attempt in range(3):
        pod = await start_bench(walk(4, 0), DRIVER, folder=f"pod-{attempt}", **WORN)
        ended: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        async def stopped(expected: bool, ended: asyncio.Future[bool] = ended) -> None:
            if not ended.done():
                ended.set_result(expected)

        client = aioesphomeapi.APIClient("127.0.0.1", port, None)
        try:
            async with asyncio.timeout(longest_s):
                await client.connect(on_stop=stopped, login=True)
                client.subscribe_states(lambda _state: None)
                if "wifi.disable" in pod.log.read_text().partition(REAL_TIME)[2]:
                    continue  # a slow machine: the radio was off before anybody could connect
                assert await ended
                await said(pod, "wifi.disable")
                return
        except TimeoutError:
            continue  # it connected just when the radio went off
        finally:
            await client.disconnect(force=True)
            await pod.kill()
    pytest.fail("three times nobody heard a goodbye")


async def test_a_pod_on_a_pc_ticks_reminds_and_celebrates_when_asked(
    recording: Callable[[str], Path], start_pod: Any, client: PodClient
) -> None:
    pod = await start_pod(recording("sitting"))
    await client.connect()
    keys = {name: info.key for name, info in client.entities.items()}
    assert {"Metronome", "Mute", "Metronome rate", "Remind", "Goal tune"} <= keys.keys()

    def sounds() -> list[int]:
        return [int(ms) for ms in re.findall(r"Sound at (\d+) ms", pod.log.read_text())]

    client.api.number_command(keys["Metronome rate"], 150)
    client.api.switch_command(keys["Metronome"], True)
    await client.until(lambda: len(sounds()) >= 4)
    client.api.switch_command(keys["Metronome"], False)
    await client.until(lambda: client.state("Metronome") is False)
    gaps = [after - before for before, after in itertools.pairwise(sounds())]
    assert gaps == pytest.approx([400] * len(gaps), abs=30)

    heard = len(sounds())
    client.api.button_command(keys["Remind"])
    await client.until(lambda: len(sounds()) == heard + 3)
    client.api.button_command(keys["Goal tune"])
    await client.until(lambda: len(sounds()) == heard + 7)
    client.api.button_command(keys["Start signal"])
    await client.until(lambda: len(sounds()) == heard + 10)
    ready, steady, go = sounds()[-3:]
    assert [steady - ready, go - steady] == pytest.approx([1000, 1000], abs=30)
    client.api.switch_command(keys["Mute"], True)
    await client.until(lambda: client.state("Mute") is True)
    client.api.button_command(keys["Remind"])
    await client.until(lambda: pod.log.read_text().count("Reminder") == 2)
    await asyncio.sleep(0.7)
    assert len(sounds()) == heard + 10
