"""Cuts, crashes and power cuts while a walker walks; afterwards every step must be there exactly once.

Each round the pod plays a short walk, and one thing goes wrong at a moment drawn from the seed:
`cut` drops the TCP connections, `kill home` ends Home Assistant as a power cut does, `kill pod` ends the
pod as a power cut does, once it has saved (what one in mid-walk may cost is tested with the firmware).
"""

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import hostpod
from lab.generate import generate
from lab.recording import write_recording

from . import demo, house, processes
from .client import Client
from .home_assistant import HomeAssistant
from .proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPEED = 8
FAULTS = ("cut", "kill home", "kill pod")
SERIES = ("backward_steps", "forward_steps")


@dataclass
class Outcome:
    """What was walked and what Home Assistant holds in the end; steps by direction."""

    rounds: list[str] = field(default_factory=list)
    walked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SERIES, 0))
    shown: dict[str, float | None] = field(default_factory=dict)
    statistics: dict[str, float] = field(default_factory=dict)


class _Run:
    def __init__(self, folder: Path, seed: int, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.say = say
        self.outcome = Outcome()
        self.pod_port = processes.free_port()
        self.time_zone = demo.noon_zone(datetime.now(UTC))
        self.home = HomeAssistant(folder / "home-assistant", time_zone=self.time_zone)

    def piece(self, number: int) -> Path:
        """Make the round's walk and add what it holds to what was walked."""
        name = "backward" if self.random.random() < 0.7 else "forward"
        recording, truth = generate(name, seed=number, strides=self.random.randint(6, 16))
        file = self.folder / f"piece-{number}.csv"
        write_recording(file, recording, truth)
        total = demo.count(file)
        for key in SERIES:
            self.outcome.walked[key] += total[key]
        return file

    async def round(self, number: int, program: Path, proxy: Proxy) -> None:
        """Play one walk while one thing goes wrong."""
        fault = self.random.choice(FAULTS)
        piece = self.piece(number)
        pod = await hostpod.start(
            program, piece, port=self.pod_port, folder=self.folder / "pod", mac=demo.POD_MAC, speed=SPEED
        )
        ended_before = pod.log.read_text(errors="replace").count("Recording ended") if number > 1 else 0
        await asyncio.sleep(self.random.uniform(0, 4))
        if fault == "cut":
            for _ in range(self.random.randint(1, 3)):
                proxy.cut()
                await asyncio.sleep(self.random.uniform(0, 1))
        elif fault == "kill home":
            await self.home.kill()
            await asyncio.sleep(self.random.uniform(0, 2))
            await self.home.start()
        await self._played(pod, ended_before + 1)
        await (pod.kill() if fault == "kill pod" else pod.stop())
        self.outcome.rounds.append(fault)
        self.say(f"round {number}: {fault}; walked so far {self.outcome.walked}")

    async def _played(self, pod: hostpod.HostPod, times: int) -> None:
        """Wait until the pod's log says so many times that a recording ended, and the pod has saved."""
        async with asyncio.timeout(60):
            while pod.log.read_text(errors="replace").count("Recording ended") < times:  # noqa: ASYNC110
                await asyncio.sleep(0.1)  # another process writes the log: nothing to wait on
        await asyncio.sleep(1)  # the pod saves at rest

    async def settle(self, program: Path) -> None:
        """Leave pod and Home Assistant in peace until they agree, then note what Home Assistant holds."""
        rest, truth = generate("sitting", seed=1)
        file = self.folder / "rest.csv"
        write_recording(file, rest, truth)
        pod = hostpod.running(
            program, file, port=self.pod_port, folder=self.folder / "pod", mac=demo.POD_MAC, speed=1000
        )
        async with pod, Client(self.home.url) as client:
            await client.sign_in()
            slug = house.slug_of(await client.states())
            walked = {key: float(steps) for key, steps in self.outcome.walked.items()}
            today = {f"{key}_today": steps for key, steps in walked.items()}
            shown = await house.settled(client, slug, today, timeout_s=90)
            self.outcome.shown = {key.removesuffix("_today"): value for key, value in shown.items()}
            self.outcome.statistics = await house.statistics(client, slug, walked)


async def run(folder: Path, rounds: int, seed: int, say: Callable[[str], None] = print) -> Outcome:
    """Run `rounds` rounds drawn from `seed` in an empty `folder` and return the outcome."""
    run = _Run(folder, seed, say)
    program = await hostpod.build()
    first = run.piece(0)
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(Proxy(run.pod_port))
        await run.home.start()
        stack.push_async_callback(run.home.stop)
        pod = await hostpod.start(
            program, first, port=run.pod_port, folder=folder / "pod", mac=demo.POD_MAC, speed=1000
        )
        async with Client(run.home.url) as client:
            await demo.furnish(client, proxy.port, run.time_zone)
        await pod.stop()
        for number in range(1, rounds + 1):
            await run.round(number, program, proxy)
        await run.settle(program)
    return run.outcome
