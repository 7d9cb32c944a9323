"""The activities of daily life without a step, by name, and recordings of them by law and seed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.gait.generate_motion import MotionBuilder
from tools.gait.kinematics import Sensor, record
from tools.gait.recording import Recording

from .carried import crawling, in_hand, in_pocket
from .law import Law
from .machine import bicycle, rocking_chair
from .seat import crossing, desk, sofa, tapping
from .standing import kitchen_counter, shoes, standing_desk
from .vehicle import BUS, CAR, TRAIN, Ride, pedals, riding, shaken_floor

type Doing = Callable[[MotionBuilder, np.random.Generator, float, Law], None]

SENSOR = Sensor(oversampling=1)  # hours of it: the mean of a sample's ten milliseconds changes nothing here


@dataclass(frozen=True, slots=True)
class Activity:
    """What the foot does, and in which vehicle; `most_per_hour` false steps are allowed."""

    name: str
    doing: Doing
    ride: Ride | None = None
    most_per_hour: float = 0.1


ACTIVITIES = (
    Activity("desk", desk),
    Activity("sofa", sofa),
    Activity("train", desk, TRAIN),
    Activity("bus", desk, BUS),
    Activity("car", pedals, CAR),
    Activity("kitchen counter", kitchen_counter),
    Activity("bicycle", bicycle),
    Activity("rocking chair", rocking_chair),
    Activity("standing desk", standing_desk),
    Activity("shoes on and off", shoes),
    Activity("tapping", tapping),
    Activity("crossing legs", crossing),
    Activity("crawling", crawling, most_per_hour=10.0),
    Activity("pod in a hand", in_hand, most_per_hour=10.0),
    Activity("pod in a pocket", in_pocket, most_per_hour=10.0),
)


def daily(activity: Activity, law: Law, seed: int, duration_s: float) -> Recording:
    """Record an activity by a law; the same arguments give the same samples."""
    rng = np.random.default_rng([seed, *activity.name.encode(), *law.name.encode()])
    motion = MotionBuilder()
    motion.rest(3.0)
    activity.doing(motion, rng, duration_s, law)
    motion.rest(3.0)
    if activity.ride is None:
        return record(motion.trajectory(), motion.now_s, SENSOR, seed, motion.moves)
    shaken_floor(motion, rng, activity.ride)
    return record(riding(activity.ride, motion.trajectory(), motion.now_s, rng), motion.now_s, SENSOR, seed)
