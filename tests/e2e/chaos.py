"""Cuts, crashes and power cuts while a walker walks; afterwards every step must be there exactly once.

Each round the pod plays a walk, and one thing goes wrong at a moment drawn from the seed: `cut` drops the
TCP connections, `kill home` ends Home Assistant as a power cut does, `kill pod` the pod once it has saved,
`kill pod walking` the pod in mid-walk. That may cost the pod what it walked since its last save; what it
kept, told by itself after it starts again, is what Home Assistant must show.
"""

import asyncio
import json
import math
import random
import subprocess
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from aioesphomeapi import SensorState
from aioesphomeapi.client import APIClient

from tools import ROOT
from tools.gait.generate import generate
from tools.gait.recording import write_recording
from tools.gait.walking import walked_s
from tools.stage import demo, hostpod, house, processes
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

from .proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from aioesphomeapi import EntityState

SPEED = 8
FAULTS = ("cut", "kill home", "kill pod", "kill pod walking")
# How far each figure may be from what was walked: the pod tells whole decimetres and seconds.
TOLERANCES: Final = {
    "backward_steps": 0.0,
    "forward_steps": 0.0,
    "backward_distance": 0.1,
    "backward_minutes": 1 / 60,
}
# The pod saves at the latest every 55 s of walking.
LOST_MAX_S = 60.0
LONG_WALK_STRIDES = 70  # more than LOST_MAX_S

type Figures = dict[str, float]


def agree(seen: Mapping[str, float | None], walked: Mapping[str, float]) -> bool:
    """Say whether figures (by series, with or without `_today`) are those that were walked."""
    return seen.keys() == walked.keys() and all(
        (value := seen[key]) is not None and abs(value - want) <= TOLERANCES[key.removesuffix("_today")]
        for key, want in walked.items()
    )


@dataclass
class Outcome:
    """What was walked and what Home Assistant holds in the end, by series."""

    rounds: list[str] = field(default_factory=list)
    walked: Figures = field(default_factory=lambda: dict.fromkeys(TOLERANCES, 0.0))
    lost_s: list[float] = field(default_factory=list)
    """Seconds of walking that each kill in mid-walk cost."""
    shown: dict[str, float | None] = field(default_factory=dict)
    statistics: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stride:
    """A counted stride of a recording; times since its begin."""

    direction: str
    start_s: float
    end_s: float
    length_m: float
    walked_s: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A recorded walk one way and the strides that script/count counts in it, in order."""

    file: Path
    duration_s: float
    strides: list[_Stride]


def _counted(file: Path) -> list[_Stride]:
    """Ask script/count for the strides of a recording."""
    command: list[str | Path] = [ROOT / "script" / "count", "--json", "--mount", "known", file]
    counting = subprocess.run(command, check=False, capture_output=True, text=True)
    if counting.returncode:
        raise processes.StageError(f"script/count failed: {counting.stderr}")
    lines = [json.loads(line) for line in counting.stdout.splitlines()]
    found = [line for line in lines if line["type"] == "stride" and line["counted"]]
    times = walked_s([(stride["direction"], stride["start_s"], stride["end_s"]) for stride in found])
    return [
        _Stride(stride["direction"], stride["start_s"], stride["end_s"], stride["length_m"], time_s)
        for stride, time_s in zip(found, times, strict=True)
    ]


def _lost_s(strides: list[_Stride], kept: int, ended_s: float) -> float:
    """Seconds of walking up to `ended_s` that are not in the first `kept` strides."""
    from_s = strides[kept - 1].end_s if kept else strides[0].start_s
    return max(0.0, min(ended_s, strides[-1].end_s) - from_s)


async def _own_totals(port: int) -> Figures:
    """Ask the pod itself what it has counted since its log began."""
    names = {
        "Backward steps": ("backward_steps", 1),
        "Forward steps": ("forward_steps", 1),
        "Backward distance": ("backward_distance", 1),
        "Backward time": ("backward_minutes", 60),
    }
    found: Figures = {}
    complete = asyncio.Event()
    api = APIClient(processes.LOOPBACK, port, "", client_info="chaos")
    await api.connect(login=True)
    try:
        entities, _ = await api.list_entities_services()
        keys = {entity.key: names[entity.name] for entity in entities if entity.name in names}

        def take(state: EntityState) -> None:
            if isinstance(state, SensorState) and state.key in keys and not math.isnan(state.state):
                series, per_unit = keys[state.key]
                found[series] = state.state / per_unit
            if len(found) == len(names):
                complete.set()

        api.subscribe_states(take)
        async with asyncio.timeout(10):
            await complete.wait()
    finally:
        await api.disconnect()
    return found


class _Run:
    def __init__(self, folder: Path, seed: int, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.say = say
        self.outcome = Outcome()
        self.pod_port = processes.free_port()
        self.time_zone = demo.noon_zone(datetime.now(UTC))
        self.home = HomeAssistant(folder / "home-assistant", time_zone=self.time_zone)
        self.program = folder
        self._pieces = 0
        self._cycle: list[str] = []

    def piece(self, name: str, strides: int) -> _Piece:
        """Make a new walk."""
        self._pieces += 1
        recording, truth = generate(name, seed=self._pieces, strides=strides)
        file = self.folder / f"piece-{self._pieces}.csv"
        write_recording(file, recording, truth)
        return _Piece(file, recording.duration_s, _counted(file))

    def add(self, strides: Iterable[_Stride]) -> None:
        """Note strides as walked."""
        walked = self.outcome.walked
        for stride in strides:
            walked[f"{stride.direction}_steps"] += 2
            if stride.direction == "backward":
                walked["backward_distance"] += stride.length_m
                walked["backward_minutes"] += stride.walked_s / 60

    async def start_pod(self, file: Path, speed: float) -> hostpod.HostPod:
        """Let the pod play a recording, with what its flash holds."""
        return await hostpod.start(
            self.program, file, port=self.pod_port, folder=self.folder / "pod", mac=demo.POD_MAC, speed=speed
        )

    def _ended(self) -> int:
        """How many recordings the pod has played to the end."""
        log = self.folder / "pod" / f"{hostpod.device_name(demo.POD_MAC)}.log"
        return log.read_text(errors="replace").count("Recording ended") if log.exists() else 0

    async def played(self, ended_before: int) -> None:
        """Wait until the pod has played one more recording and saved."""
        async with asyncio.timeout(60):
            while self._ended() == ended_before:  # noqa: ASYNC110 - another process writes the log
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)  # the pod saves at rest

    async def round(self, proxy: Proxy) -> None:
        """Play one walk while one thing goes wrong; every fault comes once before one comes again."""
        if not self._cycle:
            self._cycle = self.random.sample(FAULTS, len(FAULTS))
        fault = self._cycle.pop()
        name = "backward" if self.random.random() < 0.7 else "forward"
        if fault == "kill pod walking":
            await self._kill_walking(self.piece(name, LONG_WALK_STRIDES))
        else:
            await self._play(fault, self.piece(name, self.random.randint(6, 16)), proxy)
        self.outcome.rounds.append(fault)
        figures = {key: round(value, 2) for key, value in self.outcome.walked.items()}
        self.say(f"round {len(self.outcome.rounds)}: {fault}; walked so far {figures}")

    async def _play(self, fault: str, piece: _Piece, proxy: Proxy) -> None:
        """Play a walk to its end; all of it counts."""
        ended_before = self._ended()
        pod = await self.start_pod(piece.file, SPEED)
        await asyncio.sleep(self.random.uniform(0, 4))
        if fault == "cut":
            for _ in range(self.random.randint(1, 3)):
                proxy.cut()
                await asyncio.sleep(self.random.uniform(0, 1))
        elif fault == "kill home":
            await self.home.kill()
            await asyncio.sleep(self.random.uniform(0, 2))
            await self.home.start()
        await self.played(ended_before)
        await (pod.kill() if fault == "kill pod" else pod.stop())
        self.add(piece.strides)

    async def _kill_walking(self, piece: _Piece) -> None:
        """Cut the pod's power in mid-walk; what it still knows afterwards counts.

        Raises StageError if that is not a beginning of the walk.
        """
        moment_s = self.random.uniform(piece.strides[0].end_s, piece.strides[-1].end_s)
        pod = await self.start_pod(piece.file, SPEED)
        began = time.monotonic()
        await asyncio.sleep(moment_s / SPEED)
        await pod.kill()
        killed_s = (time.monotonic() - began) * SPEED
        pod = await self.start_pod(self._rest(), 1000)
        own = await _own_totals(self.pod_port)
        await pod.stop()
        steps = f"{piece.strides[0].direction}_steps"
        kept = round(own[steps] - self.outcome.walked[steps]) // 2
        self.add(piece.strides[: max(kept, 0)])
        if not 0 <= kept <= len(piece.strides) or not agree(own, self.outcome.walked):
            raise processes.StageError(f"the pod kept {own}, no beginning of {self.outcome.walked}")
        self.outcome.lost_s.append(_lost_s(piece.strides, kept, killed_s))
        self.say(f"killed {killed_s:.0f} s into the walk: {self.outcome.lost_s[-1]:.1f} s of walking lost")

    def _rest(self) -> Path:
        """Make a recording in which nobody walks."""
        file = self.folder / "rest.csv"
        write_recording(file, *generate("sitting", seed=1))
        return file

    async def settle(self) -> None:
        """Leave pod and Home Assistant in peace until they agree, then note what Home Assistant holds.

        Before that, more is walked both ways than a kill may have cost: what was shown of the lost minute
        stays shown until it is walked again.
        """
        for name in ("forward", "backward"):
            piece = self.piece(name, LONG_WALK_STRIDES)
            ended_before = self._ended()
            pod = await self.start_pod(piece.file, 1000)
            await self.played(ended_before)
            await pod.stop()
            self.add(piece.strides)
        pod = await self.start_pod(self._rest(), 1000)
        try:
            async with Client(self.home.url) as client:
                await client.sign_in()
                slug = house.slug_of(await client.states())
                walked = self.outcome.walked
                today = {f"{key}_today": value for key, value in walked.items()}
                shown = await house.settled(client, slug, today, timeout_s=90, same=agree)
                self.outcome.shown = {key.removesuffix("_today"): value for key, value in shown.items()}
                self.outcome.statistics = await house.statistics(client, slug, walked, same=agree)
        finally:
            await pod.stop()


async def run(folder: Path, rounds: int, seed: int, say: Callable[[str], None] = print) -> Outcome:
    """Run `rounds` rounds drawn from `seed` in an empty `folder` and return the outcome."""
    run = _Run(folder, seed, say)
    run.program = await hostpod.build()
    first = run.piece("backward", 10)
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(Proxy(run.pod_port))
        await run.home.start()
        stack.push_async_callback(run.home.stop)
        pod = await run.start_pod(first.file, 1000)
        async with Client(run.home.url) as client:
            await demo.furnish(client, proxy.port, run.time_zone)
        await pod.stop()
        run.add(first.strides)
        for _ in range(rounds):
            await run.round(proxy)
        await run.settle()
    return run.outcome
