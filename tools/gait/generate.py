"""Named recordings with truth, made by kinematics: `python -m tools.gait.generate NAME OUT.csv[.gz]`."""

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from . import generate_other, generate_sitting, generate_turns
from .generate_gait import HEALTHY, WALKERS, Gait, Heading, Walker, resized, walk
from .generate_motion import MotionBuilder
from .ground import FLOOR, Ground, climbed, put_on
from .kinematics import Sensor, record
from .recording import Recording, Truth, write_recording

if TYPE_CHECKING:
    from collections.abc import Callable

    from .generate_sitting import Activity

DEFAULT_SENSOR = Sensor()


@dataclass(slots=True)
class Scene:
    """What a scenario plays with: the motion in the making, its random numbers, who walks and how much."""

    motion: MotionBuilder
    rng: np.random.Generator
    walker: Walker
    strides: int


def demo(scene: Scene) -> None:
    """Stand, walk forward, stand, walk backward, sit with fidgets, walk backward, stand: 3 minutes."""
    motion, rng, walker = scene.motion, scene.rng, scene.walker
    motion.rest(3.0)
    walk(motion, rng, walker, "forward", 20)
    motion.rest(6.0)
    walk(motion, rng, walker, "backward", 30)
    motion.rest(4.0)
    generate_sitting.fidgets(motion, rng, 45.0)
    motion.rest(5.0)
    walk(motion, rng, walker, "backward", 20)
    motion.rest(8.0)


def backward(scene: Scene) -> None:
    """Stand, walk backward, stand."""
    _straight(scene, "backward")


def forward(scene: Scene) -> None:
    """Stand, walk forward, stand."""
    _straight(scene, "forward")


def sideways(scene: Scene) -> None:
    """Side steps to the left, then to the right."""
    scene.motion.rest(3.0)
    walk(scene.motion, scene.rng, scene.walker, "left", scene.strides // 2)
    scene.motion.rest(2.0)
    walk(scene.motion, scene.rng, scene.walker, "right", scene.strides // 2)
    scene.motion.rest(3.0)


def turns(scene: Scene) -> None:
    """Walk forward and backward through curves of both hands."""
    motion, rng, walker = scene.motion, scene.rng, scene.walker
    motion.rest(3.0)
    for turn_deg in (20.0, -30.0):
        walk(motion, rng, walker, "forward", scene.strides // 4, turn_deg=turn_deg)
        motion.rest(2.0)
        walk(motion, rng, walker, "backward", scene.strides // 4, turn_deg=-turn_deg)
        motion.rest(2.0)


def small_room(scene: Scene) -> None:
    """Walk backward where there is no room to go straight."""
    scene.motion.rest(3.0)
    for way in SMALL_ROOM_WAYS:
        way(scene.motion, scene.rng, scene.walker)


def sitting(scene: Scene) -> None:
    """Sit at a desk for two minutes with fidgets."""
    scene.motion.rest(3.0)
    generate_sitting.fidgets(scene.motion, scene.rng, 120.0)
    scene.motion.rest(3.0)


def mixed(scene: Scene) -> None:
    """Forward, side, backward and turning strides with pauses."""
    motion, rng, walker = scene.motion, scene.rng, scene.walker
    motion.rest(3.0)
    walk(motion, rng, walker, "forward", scene.strides // 2)
    motion.rest(2.0)
    walk(motion, rng, walker, "left", 6)
    walk(motion, rng, walker, "backward", scene.strides // 2)
    walk(motion, rng, walker, "backward", 6, turn_deg=25.0)
    motion.rest(4.0)
    walk(motion, rng, walker, "right", 6)
    motion.rest(1.5)
    generate_sitting.sliding(motion, rng, 10.0)
    walk(motion, rng, walker, "forward", scene.strides // 2, turn_deg=-15.0)
    walk(motion, rng, walker, "backward", 8)
    motion.rest(4.0)


def stairs(scene: Scene) -> None:
    """Climb a flight of stairs forward, come down forward."""
    scene.motion.rest(3.0)
    step = replace(scene.walker.forward, stride_m=0.58, toe_down_deg=35.0, toe_up_deg=8.0, lift_m=0.10)
    climber = replace(scene.walker, forward=step)
    walk(scene.motion, scene.rng, climber, "forward", scene.strides // 2, climb_m=0.34)
    scene.motion.rest(3.0)
    walk(scene.motion, scene.rng, climber, "forward", scene.strides // 2, climb_m=-0.34)
    scene.motion.rest(3.0)


def running(scene: Scene) -> None:
    """Run: short, never quite quiet stances."""
    gait = Gait(2.1, 0.74, 0.80, 75.0, 25.0, 0.15, 5.0, 7.0)
    scene.motion.rest(3.0)
    walk(
        scene.motion,
        scene.rng,
        replace(scene.walker, forward=gait, wobble_dps=25.0),
        "forward",
        scene.strides,
    )
    scene.motion.rest(3.0)


def _straight(scene: Scene, heading: Heading) -> None:
    scene.motion.rest(3.0)
    walk(scene.motion, scene.rng, scene.walker, heading, scene.strides)
    scene.motion.rest(3.0)


def _negative(activity: Activity) -> Callable[[Scene], None]:
    def scenario(scene: Scene) -> None:
        scene.motion.rest(3.0)
        activity(scene.motion, scene.rng, NEGATIVE_S)
        scene.motion.rest(3.0)

    return scenario


SMALL_ROOM_WAYS = (
    generate_turns.arcs,
    generate_turns.eights,
    generate_turns.corners,
    generate_turns.turns_between,
    generate_turns.about_turns,
)

NEGATIVE_S = 90.0
NEGATIVES: dict[str, Callable[[Scene], None]] = {
    activity.__name__: _negative(activity)
    for activity in (
        generate_sitting.foot_taps,
        generate_sitting.leg_jiggle,
        generate_sitting.dangling,
        generate_sitting.sliding,
        generate_sitting.crossing_legs,
        generate_other.pedalling,
        generate_other.driving,
        generate_other.lift,
        generate_other.vibration,
        generate_other.marching,
        generate_other.turning_on_the_spot,
        generate_other.kicking,
        generate_other.jumping,
        generate_other.shoes_on,
    )
} | {"sitting": sitting}
"""Recordings without a single step."""

SCENARIOS: dict[str, Callable[[Scene], None]] = {
    scenario.__name__: scenario
    for scenario in (demo, backward, forward, sideways, turns, small_room, mixed, stairs, running)
} | NEGATIVES


def generate(
    name: str,
    *,
    seed: int = 1,
    walker: Walker = HEALTHY,
    strides: int = 30,
    sensor: Sensor = DEFAULT_SENSOR,
    ground: Ground = FLOOR,
) -> tuple[Recording, Truth]:
    """Make a named recording; the same arguments give the same samples. Raises KeyError for unknown names."""
    scenario = SCENARIOS[name]
    scene = Scene(MotionBuilder(), np.random.default_rng(seed), walker, strides)
    scenario(scene)
    motion = scene.motion
    trajectory = motion.trajectory()
    if ground != FLOOR:
        trajectory = put_on(ground, trajectory, motion.strides)
    recording = record(trajectory, motion.now_s, sensor, seed)
    truth = Truth(
        name=f"{name}_{walker.name}_{seed}",
        label=name,
        motion_class=name,
        duration_s=recording.duration_s,
        strides=climbed(ground, motion.strides),
        notes={"axes": "known", "walker": walker.name, "seed": seed},
    )
    return recording, truth


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="tools.gait.generate", description=__doc__)
    parser.add_argument("name", choices=sorted(SCENARIOS), help="what happens")
    parser.add_argument("out", type=Path, help="OUT.csv or OUT.csv.gz; the truth goes beside it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--walker", choices=sorted(WALKERS), default=HEALTHY.name)
    parser.add_argument("--strides", type=int, default=30, help="how many, where the scenario leaves it open")
    parser.add_argument("--stride-m", type=float, help="stride length in every direction")
    parser.add_argument("--period-s", type=float, help="stride period in every direction")
    parser.add_argument("--rate-hz", type=float, default=100.0)
    parser.add_argument("--jitter-ms", type=float, default=0.0, help="samples come so much early or late")
    parser.add_argument("--noise", type=float, default=1.0, help="times the usual sensor noise")
    parser.add_argument("--gyro-bias-dps", type=float, default=0.0, help="on every axis")
    args = parser.parse_args()
    sensor = Sensor(
        rate_hz=args.rate_hz,
        jitter_s=args.jitter_ms / 1000.0,
        accel_noise_g=DEFAULT_SENSOR.accel_noise_g * args.noise,
        gyro_noise_dps=DEFAULT_SENSOR.gyro_noise_dps * args.noise,
        gyro_bias_dps=(args.gyro_bias_dps,) * 3,
    )
    walker = resized(WALKERS[args.walker], args.stride_m, args.period_s)
    recording, truth = generate(args.name, seed=args.seed, walker=walker, strides=args.strides, sensor=sensor)
    write_recording(args.out, recording, truth)
    return 0


if __name__ == "__main__":
    sys.exit(main())
