"""Holds homes and pods against the invariants: while they talk, and at the end of a story."""

from collections import Counter
from typing import TYPE_CHECKING

from .invariants import Invariant, hold
from .pod import count_steps
from .sat import BREAK_STEPS, Sat, Stretch
from .walks import KINDS, Slot, Walks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .home import Home
    from .pod import SimPod


def check_acknowledged(home: Home, pod: SimPod, log: int, after: int) -> None:
    """Hold that a home tells the pod only of rows that are on its disk."""
    if after == 0 or log != pod.books[-1].log or pod.has_reused_a_name:
        return
    kept = home.kept_log(pod.mac, log)
    if kept is None:
        hold(Invariant.ACKNOWLEDGED, False, f"acknowledged {after} of a log that is not on disk")
        return
    hold(Invariant.ACKNOWLEDGED, kept.after >= after, f"acknowledged {after}, on disk is {kept.after}")
    gap = kept.first_gap(pod.oldest(), after + 1)
    hold(Invariant.ACKNOWLEDGED, gap is None, f"acknowledged {after}, row {gap} is not on disk")


def check_truth(
    homes: Sequence[Home], pods: Sequence[SimPod], now_s: int, *, is_shared: bool = False
) -> None:
    """Hold every home's ledger against what its pods had safe on flash.

    `is_shared`: the homes are two walkers with one pod, what they have together is the truth.
    """
    for pod in pods:
        waiting = 0 if pod.retired else pod.unsynced()
        hold(Invariant.ALL_TAKEN, not waiting, f"{pod.mac} has {waiting} minutes that nobody acknowledged")
    for home in homes:
        home.check_quiet(now_s)
        for pod in pods:
            if pod.mac in home.macs or pod.retired:
                _check_logs(home, pod)
    for group in [homes] if is_shared else [[home] for home in homes]:
        walks = Walks.of(group, pods)
        _check_hours(group, walks, pods)
        if not is_shared:
            _check_sitting(group[0], walks, pods, now_s)


def _check_sitting(home: Home, walks: Walks, pods: Sequence[SimPod], now_s: int) -> None:
    """Hold that who wears the pod sat while nobody walked, as far as strides tell."""
    if home.sat_since_s is None:
        return
    walked = {
        minute
        for pod, minutes in zip(pods, walks.dated, strict=True)
        if pod.is_whole
        for minute, steps in minutes.items()
        if steps.total() >= BREAK_STEPS and not walks.is_removed(minute)
    }
    strides = (stride for pod in pods for stride in pod.given)
    maybe = {minute for stride in strides for minute in (stride.true_s // 60, *stride.minutes())}
    home.check_sitting(Sat(Stretch(home.sat_since_s, now_s), frozenset(walked), frozenset(maybe)), now_s)


def _check_logs(home: Home, pod: SimPod) -> None:
    """Hold that all a pod still has was taken, and that only what it had to overwrite is counted as lost."""
    for book in pod.books:
        kept = home.kept_log(pod.mac, book.log)
        truth = book.steps()
        if book is pod.books[-1] and not pod.retired and not book.gone:
            if kept is None:
                hold(Invariant.ALL_TAKEN, False, "the pod's log is not on disk")
                return
            gap = kept.first_gap(pod.oldest(), kept.settled)
            hold(Invariant.ALL_TAKEN, gap is None, f"row {gap} was never taken")
            overwritten = pod.overwritten()
            hold(
                Invariant.LOST_WAS_GONE,
                overwritten.floor(kept.drift) == overwritten,
                f"{kept.drift} given up, the pod overwrote {overwritten}",
            )
            for kind in KINDS:
                had, walked = getattr(kept.rows_total, kind), truth[kind]
                hold(Invariant.ONCE, had == walked, f"{kind}: {had} taken or lost, {walked} walked")
        elif kept is not None and (pod.retired or book.gone or book.log != pod.books[-1].log):
            same = [one for one in pod.books if one.log == book.log]
            truth = count_steps([stride for one in same for stride in (*one.safe, *one.gone)])
            for kind in KINDS:
                had, walked = getattr(kept.credited, kind), truth[kind]
                hold(
                    Invariant.OLD_LOGS,
                    had <= walked,
                    f"{kind}: {had} taken of an erased log, {walked} walked",
                )


def _check_hours(homes: Sequence[Home], walks: Walks, pods: Sequence[SimPod]) -> None:
    """Hold that each step is in the hour and the day it was walked in, once."""
    counted = sum((_hours(home) for home in homes), Counter[Slot]())
    lossless = all(pod.is_whole for pod in pods)
    expected = walks.expected()
    # A minute that got its time late may make the other pod the one that counts: then only bounds are known.
    open_choice = len(pods) > 1 and (bool(walks.floating) or bool(walks.moving) or not lossless)
    most = walks.most() if open_choice else expected
    invariant = Invariant.WRONG_CLOCKS if walks.shifts != {0} else Invariant.HOUR_AND_DAY
    if walks.is_rebuilt:
        invariant = Invariant.REBUILT
    for hour in {hour for hour, _ in expected + walks.may_be + counted}:
        for kind in KINDS:
            slot, extra = (hour, kind), walks.floating[kind]
            had, walked = counted[slot], expected[slot]
            limit = most[slot] + walks.may_be[slot] + extra
            hold(
                invariant, had <= limit, f"{kind} in hour {hour}: {had}, walked {limit} with {extra} undated"
            )
            may_lack = not lossless or open_choice
            hold(invariant, had >= walked or may_lack, f"{kind} in hour {hour}: {had} of {walked}")
        had, walked = (sum(sums[hour, kind] for kind in KINDS) for sums in (counted, expected))
        hold(invariant, had >= walked or not lossless, f"hour {hour}: {had} of {walked} steps")
    for kind in KINDS:
        total = sum(getattr(home.known.settled_total(), kind) for home in homes)
        extra = walks.floating[kind] + 2 * sum(stride.kind == kind for stride in walks.moving)
        whole = sum(n for (_, of), n in most.items() if of == kind)
        hold(Invariant.ONCE, total <= whole + extra, f"{kind}: {total} counted, {whole} + {extra} walked")
        # Statistics may hold what has no time, and pods tell it again.
        is_unsure = walks.is_unsure or (walks.is_rebuilt and extra)
        if lossless and not open_choice and not is_unsure:
            hold(Invariant.ONCE, total == whole + extra, f"{kind}: {total} counted, {whole} + {extra} walked")
    if lossless and not walks.floating and not walks.moving and not walks.is_rebuilt and len(homes) == 1:
        for (day, kind), walked in walks.by_day(homes[0].known).items():
            had = getattr(homes[0].known.day(day).counts, kind)
            hold(Invariant.HOUR_AND_DAY, had == walked, f"{kind} on {day}: {had}, walked {walked}")


def _hours(home: Home) -> Counter[Slot]:
    """Give what a home counted by hour and kind."""
    return Counter(
        {
            (int(start.timestamp()) // 3_600, kind): getattr(counts, kind)
            for start, counts in home.known.hours()
            for kind in KINDS
            if getattr(counts, kind)
        }
    )
