"""The demo: a pod on this machine, a Home Assistant that shows its steps."""

import argparse
import asyncio
import contextlib
import json
import shutil
import signal
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools import ROOT
from tools.gait.generate import generate
from tools.gait.recording import write_recording

from . import hostpod, house, past, processes
from .client import PASSWORD, USER, Client
from .home_assistant import HomeAssistant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

STATE = ROOT / ".demo"
POD_MAC = hostpod.DEFAULT_MAC
POD_PORT = 6153
HOME_ASSISTANT_PORT = 8923


def noon_zone(now: datetime) -> str:
    """Name of a fixed-offset time zone in which `now` (UTC) lies in the hour of noon."""
    west_h = now.hour - 12  # IANA's Etc zones count positive to the west
    return f"Etc/GMT{west_h:+d}" if west_h else "Etc/GMT"


def machine_zone() -> str:
    """Name of the time zone this machine is set to; UTC when it has no name."""
    _, _, name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
    return name if name in zoneinfo.available_timezones() else "UTC"


def make_recording(folder: Path, scene: str = "demo") -> Path:
    """Generate the demo's walk (forward, backward, sitting, backward), or another, and return its file."""
    recording = folder / "walk.csv"
    if not recording.exists():
        unfinished = folder / "unfinished.csv"
        write_recording(unfinished, generate(scene)[0])
        unfinished.rename(recording)
    return recording


def count(recording: Path) -> dict[str, Any]:
    """What script/count says of a recording whose axes are known, as the host pod takes them: its `total`."""
    command: list[str | Path] = [ROOT / "script" / "count", "--json", "--mount", "known", recording]
    counting = subprocess.run(command, check=False, capture_output=True, text=True)
    if counting.returncode:
        raise processes.StageError(f"script/count failed: {counting.stderr}")
    total: dict[str, Any] = json.loads(counting.stdout.splitlines()[-1])
    return total


async def furnish(client: Client, pod_port: int, time_zone: str) -> str:
    """Make account, pod, walker and dashboard in a new Home Assistant through its own flows.

    Returns the id of the walker's config entry.
    """
    await client.sign_up(time_zone)
    await house.add_pod(client, pod_port)
    walker = await house.add_walker(client, POD_MAC)
    await house.add_dashboard(client)
    return walker


async def check(folder: Path) -> int:
    """Replay a recording to its end in virtual time and compare Home Assistant with `script/count`."""
    folder.mkdir(parents=True, exist_ok=True)
    with processes.alone(folder, "another check is running in this checkout"):
        return await _check(folder / "home")


async def _check(folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    print("Replaying a recording into Home Assistant …", flush=True)
    recording = make_recording(folder)
    expected = expected_states(count(recording))
    time_zone = noon_zone(datetime.now(UTC))
    program = await hostpod.build()
    pod = await hostpod.start_somewhere(
        program, recording, preferred=POD_PORT, folder=folder, mac=POD_MAC, speed=200
    )
    async with (
        pod,
        HomeAssistant(folder / "home-assistant", port=HOME_ASSISTANT_PORT, time_zone=time_zone) as home,
        Client(home.url) as client,
    ):
        await furnish(client, pod.port, time_zone)
        seen = await house.settled(client, house.slug_of(await client.states()), expected)
    wrong = {key: (want, seen.get(key)) for key, want in expected.items() if seen.get(key) != want}
    for key, want in expected.items():
        verdict = "differs" if key in wrong else "equal"
        print(f"{verdict:8} {key:28} recording {want:>8} Home Assistant {seen.get(key)}")
    print("demo check:", f"{len(wrong)} of {len(expected)} figures differ" if wrong else "all figures equal")
    return 1 if wrong else 0


def expected_states(total: dict[str, Any]) -> dict[str, float]:
    """The walker's states (by key) that a recording with this `total` must lead to, all of it today."""
    return {
        "backward_steps_today": total["backward_steps"],
        "backward_steps_total": total["backward_steps"],
        "forward_steps_today": total["forward_steps"],
        "backward_distance_today": round(total["backward_m"], 1),
    }


@contextlib.asynccontextmanager
async def live_household(folder: Path) -> AsyncIterator[tuple[HomeAssistant, Client]]:
    """A pod that replays the demo's walk in real time, again and again, and a Home Assistant that shows it.

    What they stored in `folder` before is kept. Yields Home Assistant and a signed-in client.
    Raises StageError if `folder` is in use.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with processes.alone(folder, "another demo is running in this checkout; end it first"):
        async with _household(folder) as household:
            yield household


@contextlib.asynccontextmanager
async def _household(folder: Path) -> AsyncIterator[tuple[HomeAssistant, Client]]:
    folder = folder / "home"
    furnished = house.is_furnished(folder)
    recording = make_recording(folder)
    time_zone = machine_zone()
    program = await hostpod.build()
    async with (
        await start_remembered_pod(
            folder / "pod-port", program, recording, preferred=POD_PORT, folder=folder, mac=POD_MAC
        ) as pod,
        HomeAssistant(folder / "home-assistant", port=HOME_ASSISTANT_PORT, time_zone=time_zone) as home,
    ):
        if not furnished:
            await _furnish_with_a_past(home, pod.port, time_zone)
            house.furnishing_ended(folder)
        async with Client(home.url) as client:
            await client.sign_in()
            yield home, client


async def _furnish_with_a_past(home: HomeAssistant, pod_port: int, time_zone: str) -> None:
    """Furnish a new home, give its walker half a year and begin a guided session."""
    zone = zoneinfo.ZoneInfo(time_zone)
    async with Client(home.url) as client:
        walker = await furnish(client, pod_port, time_zone)
    await home.stop()
    past.remember(home.folder / ".storage", walker, datetime.now(zone).date(), zone)
    await home.start()
    async with Client(home.url) as client:
        await client.sign_in()
        await house.start_session(client, walker)


async def start_remembered_pod(
    file: Path, program: Path, recording: Path, *, preferred: int, folder: Path, mac: str
) -> hostpod.HostPod:
    """Start a pod that walks in a loop on the port that `file` tells, which Home Assistant has stored.

    The first time any port will do, `preferred` before all. Raises StageError if the remembered one is taken.
    """
    if not file.exists():
        pod = await hostpod.start_somewhere(
            program, recording, preferred=preferred, folder=folder, mac=mac, loop=True
        )
        file.write_text(str(pod.port))
        return pod
    port = int(file.read_text())
    try:
        return await hostpod.start(program, recording, port=port, folder=folder, mac=mac, loop=True)
    except processes.PortTakenError as error:
        raise processes.StageError(
            f"port {port} of the demo's pod is taken; end what uses it or remove {STATE}"
        ) from error


async def show(folder: Path) -> int:
    """Run pod and Home Assistant until Ctrl-C; keep what they stored for the next time."""
    stopped = asyncio.Event()
    print("Building the pod and starting Home Assistant …", flush=True)
    async with live_household(folder) as (home, _):
        # From now on Ctrl-C is the way to end it in order; before, it breaks off.
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        print(
            f"\n  {home.url}/{house.DASHBOARD}/0\n  user {USER}, password {PASSWORD}\n\n"
            "Watch the card while the replayed walker walks backward (the walk of about three minutes goes\n"
            "forward, backward, sits, backward, and starts again). The first time, a guided session is\n"
            "in progress; the half year before is made up, so that there is something to see.\n"
            "Ctrl-C stops everything.",
            flush=True,
        )
        await stopped.wait()
        print("\nStopping …", flush=True)
    return 0


def main() -> int:
    """Run the demo or its check; return the exit code."""
    parser = argparse.ArgumentParser(prog="script/demo", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compare Home Assistant with script/count and exit"
    )
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        try:
            return asyncio.run(check(STATE / "check") if arguments.check else show(STATE / "live"))
        except (processes.StageError, hostpod.PodError, OSError) as error:
            print(f"demo: {error}", file=sys.stderr)
            return 1
    return 130


if __name__ == "__main__":
    sys.exit(main())
