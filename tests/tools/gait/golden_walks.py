"""The walks whose counting is written down in `count_golden.jsonl`: generated, none of a person.

Together they take every branch of counting: people from lively to shuffling, all directions, curves and
stairs, any mounting, gaps, jitter, slow and fast sensors, a gyroscope that is off, and what is no walking at
all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from tools.gait.generate import generate
from tools.gait.generate_gait import ELDER, HEALTHY, LIVELY, SLEDDER, SLOW, Walker, resized
from tools.gait.ground import FLOOR, Ground
from tools.gait.kinematics import Sensor
from tools.gait.recording import Recording
from tools.gait.transform import (
    BACK_TO_FRONT,
    clip,
    gaps,
    gyro_bias,
    jitter,
    mount,
    quantise,
    random_mounting,
    resample,
)

type Change = Callable[[Recording], Recording]

SHUFFLER = resized(ELDER, 0.16, 1.9)
TIMID = resized(SLOW, 0.30, 2.4)
STRIDER = resized(LIVELY, 1.5, 0.9)
# Feet that are never quiet: no stance, only instants close to rest.
BOUNCING = replace(LIVELY, name="bouncing", wobble_dps=90.0)
TREMBLING = replace(SLOW, name="trembling", wobble_dps=70.0)
UNSTEADY = replace(ELDER, name="unsteady", wobble_dps=60.0)
GOOD = Sensor()
POLLED = Sensor(rate_hz=80.0, jitter_s=0.004)
SLUGGISH = Sensor(rate_hz=26.0)
FAST = Sensor(rate_hz=416.0)


@dataclass(frozen=True, slots=True)
class Walk:
    """A generated recording and how its mounting is to be treated (`--mount`)."""

    scene: str
    seed: int
    walker: Walker = HEALTHY
    strides: int = 16
    sensor: Sensor = GOOD
    changes: tuple[Change, ...] = ()
    mounting: str = "known"
    ground: Ground = FLOOR

    def recording(self) -> Recording:
        """Return the samples as a 16-bit sensor gives them, microseconds in whole numbers."""
        recording, _ = generate(
            self.scene,
            seed=self.seed,
            walker=self.walker,
            strides=self.strides,
            sensor=self.sensor,
            ground=self.ground,
        )
        for change in self.changes:
            recording = change(recording)
        recording = quantise(recording)
        return Recording(np.round(recording.t_s, 6), recording.accel_g, recording.gyro_dps)


def _bias(*bias_dps: float) -> Change:
    return partial(gyro_bias, bias_dps=(bias_dps[0], bias_dps[1], bias_dps[2]))


def _begun_late(recording: Recording) -> Recording:
    """Lose the first ten seconds: the recording begins in the middle of a swing or a stance."""
    kept = recording.t_s > recording.t_s[0] + 10.0
    return Recording(recording.t_s[kept], recording.accel_g[kept], recording.gyro_dps[kept])


def _interrupted(recording: Recording) -> Recording:
    """Lose 0.3 s every 7 s: too much to go on with a stride."""
    kept = (recording.t_s % 7.0) > 0.3
    return Recording(recording.t_s[kept], recording.accel_g[kept], recording.gyro_dps[kept])


def _mounted(seed: int) -> Change:
    return partial(mount, rotation=random_mounting(seed))


_TURNED = partial(mount, rotation=BACK_TO_FRONT)

WALKS: dict[str, Walk] = {
    "forward": Walk("forward", 1),
    "backward": Walk("backward", 2),
    "backward, slow": Walk("backward", 3, SLOW),
    "backward, elder": Walk("backward", 4, ELDER),
    "backward, lively": Walk("backward", 5, LIVELY),
    "forward, lively, long strides": Walk("forward", 6, STRIDER),
    "backward, shuffles": Walk("backward", 7, SHUFFLER, strides=14),
    "backward, timid": Walk("backward", 8, TIMID, strides=12),
    "sideways": Walk("sideways", 9, strides=12),
    "sideways, elder": Walk("sideways", 10, ELDER, strides=12),
    "curves": Walk("turns", 11, strides=20),
    "curves, lively": Walk("turns", 12, LIVELY, strides=20),
    "curves, elder, unknown mounting": Walk(
        "turns", 13, ELDER, strides=28, changes=(_mounted(1),), mounting="auto"
    ),
    "mixed": Walk("mixed", 14, strides=12),
    "mixed, slow": Walk("mixed", 15, SLOW, strides=12),
    "mixed, lively, unknown mounting": Walk(
        "mixed", 16, LIVELY, strides=14, changes=(_mounted(2),), mounting="auto"
    ),
    "mixed, back to front": Walk("mixed", 17, strides=14, changes=(_TURNED,), mounting="auto"),
    "forward, worn back to front against what was said": Walk("forward", 18, strides=10, changes=(_TURNED,)),
    "backward only, unknown mounting": Walk(
        "backward", 19, strides=18, changes=(_mounted(3),), mounting="auto"
    ),
    "too short for its mounting": Walk("backward", 20, strides=4, mounting="auto"),
    "backward, gaps": Walk("backward", 21, strides=20, changes=(partial(gaps, seed=1),)),
    "mixed, elder, gaps": Walk("mixed", 22, ELDER, strides=12, changes=(partial(gaps, seed=2),)),
    "forward, lively, gaps": Walk("forward", 23, LIVELY, strides=20, changes=(partial(gaps, seed=3),)),
    "backward, jitter of a polling loop": Walk("backward", 24, changes=(partial(jitter, seed=4),)),
    "mixed, polled, jitter and gaps": Walk(
        "mixed", 25, strides=12, sensor=POLLED, changes=(partial(gaps, seed=5),)
    ),
    "backward, 26 samples a second": Walk("backward", 26, sensor=SLUGGISH),
    "backward, 416 samples a second": Walk("backward", 27, strides=10, sensor=FAST),
    "forward, 50 samples a second, narrow ranges": Walk(
        "forward",
        28,
        changes=(
            partial(resample, rate_hz=50.0),
            partial(clip, accel_range_g=4.0, gyro_range_dps=500.0),
        ),
    ),
    "backward, gyroscope off": Walk("backward", 29, strides=24, changes=(_bias(2.0, -4.0, 1.0),)),
    "backward, shuffles, gyroscope off": Walk(
        "backward", 30, SHUFFLER, strides=20, changes=(_bias(-1.0, 1.5, 0.5),)
    ),
    "backward, never quiet": Walk("backward", 37, BOUNCING, strides=24),
    "forward, never quiet": Walk("forward", 38, BOUNCING, strides=24),
    "mixed, trembling": Walk("mixed", 39, TREMBLING, strides=12),
    "mixed, unsteady, unknown mounting": Walk(
        "mixed", 40, UNSTEADY, strides=20, changes=(_mounted(4),), mounting="auto"
    ),
    "backward, never quiet, gaps": Walk(
        "backward", 41, BOUNCING, strides=24, changes=(partial(gaps, seed=6),)
    ),
    "curves, never quiet, begun late": Walk("turns", 42, BOUNCING, strides=32, changes=(_begun_late,)),
    "backward, begun late and interrupted": Walk(
        "backward", 43, strides=24, changes=(_begun_late, _interrupted)
    ),
    "mixed, unsteady, interrupted": Walk("mixed", 44, UNSTEADY, strides=14, changes=(_interrupted,)),
    "stairs": Walk("stairs", 31, strides=12),
    "running": Walk("running", 32),
    "sliding": Walk("sliding", 33),
    "crossing legs": Walk("crossing_legs", 34),
    "kicking": Walk("kicking", 35),
    "shoes on": Walk("shoes_on", 36),
    "backward, uphill on a belt with a motor": Walk("backward", 45, ground=Ground(-0.25, -0.8)),
    "backward, belt that feet drive": Walk("backward", 46, ground=Ground(0.0, -0.9, ripple_mps=0.3)),
    "forward, lively, uphill on a belt that feet drive": Walk(
        "forward", 47, LIVELY, ground=Ground(0.25, 0.9, ripple_mps=0.3, phase_rad=2.0)
    ),
    "backward, a sled": Walk("backward", 48, SLEDDER),
}
