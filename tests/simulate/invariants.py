"""What must hold in every story, whatever goes wrong in it: the one place where it is written down.

`check.py` holds the end of a story against these sentences, `home.py` and `pod.py` what happens on the way.
A story that breaks one ends badly and says which.
"""

from enum import Enum


class Invariant(Enum):
    """One sentence that must be true."""

    SAVED_STAYS = (
        "What a pod has saved is there after any power cut; a log ends with its flash or its format."
    )
    SIXTY_SECONDS = "A power cut costs at most 60 s of walking, unless the flash refused to take it."
    ACKNOWLEDGED = "A pod is told that rows are safe only once they are on the disk of a home."
    ALL_TAKEN = "In the end every row a pod still has was taken and acknowledged."
    LOST_WAS_GONE = "What a home gives up as lost is no more than what the pod had to overwrite."
    ONCE = "Rows taken and rows lost are together what was walked: nothing twice, nothing missing."
    OLD_LOGS = "Of a log that is gone no more is counted than was walked under it."
    HOUR_AND_DAY = (
        "Each step is in the hour and the day in which it was walked by the pod's clock, once. A pod whose "
        "clock is set before anybody took its rows may move them along; steps without a time are on their "
        "arrival. Of two pods the one with more steps gives the whole minute."
    )
    DAYS_FOLLOW = "Days that are still to come begin when and where the walker wants them to."
    WRONG_CLOCKS = (
        "What a wrong clock dated is where that clock put it, or where it was walked, or as far off as two "
        "clocks of the story were apart; from years ahead it is on its arrival. It is counted once, too."
    )
    BY_HAND = (
        "A correction that is on the disk stays: walks added count, and stretches taken away hold nothing, "
        "whenever their rows come."
    )
    ONE_WALKER = "Steps of a pod that two walkers share are of one of them."
    GOALS_STAY = "A day that is over keeps its goal, whatever kills, clocks and late rows do."
    GOALS_COUNT = "Once all is quiet what goals call done is what the ledger counted on each day."
    SITTING = (
        "Who wears the pod sits whenever nobody walks: of the days that late rows correct the diary holds "
        "that, to the minute, whatever was killed or lost in between; nothing is sat twice, and no day holds "
        "more than it is long. A clock that was wrong by hours costs or adds no more than it was set by."
    )
    DAMAGE_STOPS = "What can't be read stops the walker; nobody begins anew without having been asked."
    REBUILT = (
        "A ledger made from the recorder's statistics holds their hours as they are; of the last one counts "
        "what is more, that or what the pods tell, and all that comes after. What else pods tell of the "
        "hours before is lost, side steps among it, and nothing else is."
    )
    COPIES_READ = "A copy taken at any moment can be read, and holds what was kept at one moment."
    TODAY_GROWS = "Today's figure never falls back while Home Assistant runs."
    SHOWN_IS_COUNTED = "Once all is quiet nothing is shown that no row holds."
    DISK_IS_MEMORY = "Once all is quiet the disk holds what is in memory, and the last round went well."
    STATISTICS = (
        "Statistics are the hours of the ledger; hours that only the recorder has stay in their sums."
    )


def hold(invariant: Invariant, holds: object, seen: str) -> None:
    """Have a story end badly if something is not as it must be; `seen` says what was there instead."""
    if not holds:
        raise AssertionError(f"{seen} ({invariant.name}: {invariant.value})")
