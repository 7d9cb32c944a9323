"""Home Assistant for developing: it follows the source, and several pods walk for several walkers."""

import argparse
import asyncio
import contextlib
import signal
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tools import ROOT

from . import demo, hostpod, house, processes
from .client import PASSWORD, USER, Client
from .home_assistant import HomeAssistant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

INTEGRATION: Final = ROOT / "custom_components" / "retrostep"
CARD: Final = ROOT / "frontend" / "src"
LOOK_EVERY_S: Final = 1
FIRST_PORT: Final = 6163


def newest(files: Iterable[Path]) -> float:
    """Time of the last change among files that still exist; 0 without any."""
    times = [0.0]
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            times.append(file.stat().st_mtime)
    return max(times)


@dataclass
class Watch:
    """Notices that files of a folder changed since it was asked last."""

    folder: Path
    patterns: tuple[str, ...]
    seen: float = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.changed()

    def changed(self) -> bool:
        """Say whether anything is newer than when asked before."""
        now = newest(file for pattern in self.patterns for file in self.folder.rglob(pattern))
        before, self.seen = self.seen, max(self.seen, now)
        return self.seen > before


def mac_of(number: int) -> str:
    """MAC of a simulated pod, counted from 0."""
    return f"{hostpod.DEFAULT_MAC[:-2]}{(0x4F + number) % 256:02x}"


async def build_card() -> None:
    """Bundle the card; what is wrong with its source is printed."""
    building = await asyncio.create_subprocess_exec(ROOT / "script" / "npm", "run", "--silent", "build")
    print("card built" if await building.wait() == 0 else "the card does not build")


async def follow(home: HomeAssistant, stopped: asyncio.Event) -> None:
    """Restart Home Assistant and build the card when their sources change, until `stopped`."""
    python = Watch(INTEGRATION, ("*.py", "*.yaml", "*.json"))
    card = Watch(CARD, ("*.ts", "*.json"))
    while not stopped.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), LOOK_EVERY_S)
        if card.changed():
            await build_card()
        if python.changed():
            print("the integration changed: restarting …")
            await home.stop()
            await home.start()
            print("restarted")


async def furnish(client: Client, ports: list[int], time_zone: str) -> None:
    """Make an account and a walker for every pod: the owner first, then guests."""
    await client.sign_up(time_zone)
    for number, port in enumerate(ports):
        await house.add_pod(client, port)
        if number == 0:
            await house.add_walker(client, mac_of(number))
        else:
            # A form that proposed somebody else is looked at twice.
            guest: dict[str, object] = {"guest_name": f"Guest {number}", "pods": [mac_of(number)]}
            await client.flow("retrostep", guest, guest)


async def develop(pods: int) -> int:
    """Run until Ctrl-C."""
    stopped = asyncio.Event()
    for caught in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(caught, stopped.set)
    folder = demo.STATE / "develop"
    folder.mkdir(parents=True, exist_ok=True)
    print("Building the pods and starting Home Assistant …", flush=True)
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(processes.alone(folder, "another script/develop is running in this checkout"))
        folder /= "home"
        furnished = house.is_furnished(folder)
        recording = demo.make_recording(folder)
        program = await hostpod.build()
        ports = []
        for number in range(pods):
            pod = await demo.start_remembered_pod(
                folder / f"pod-port-{number}",
                program,
                recording,
                preferred=FIRST_PORT + number,
                folder=folder / f"pod-{number}",
                mac=mac_of(number),
            )
            ports.append(pod.port)
            await stack.enter_async_context(pod)
        zone = demo.machine_zone()
        home = HomeAssistant(folder / "home-assistant", port=demo.HOME_ASSISTANT_PORT, time_zone=zone)
        await stack.enter_async_context(home)
        if not furnished:
            async with Client(home.url) as client:
                await furnish(client, ports, zone)
            house.furnishing_ended(folder)
        print(f"\n  {home.url}   user {USER}, password {PASSWORD}\n  log: {home.log}\n")
        await follow(home, stopped)
    return 0


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="script/develop", description=__doc__)
    parser.add_argument("--pods", type=int, default=2, choices=range(1, 9), help="simulated pods (2)")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        try:
            return asyncio.run(develop(arguments.pods))
        except (processes.StageError, hostpod.PodError) as error:
            print(f"develop: {error}", file=sys.stderr)
            return 1
    return 130


if __name__ == "__main__":
    sys.exit(main())
