"""Holds homes and pods against the invariants: while they talk, and at the end of a story."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from custom_components.retrostep.core.ledger.counts import ZERO

from .invariants import Invariant, hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custom_components.retrostep.core.ledger.ledger import Ledger

    from .home import Home
    from .pod import SimPod, Walked

KINDS: Final = ("back", "fwd", "side")


def check_acknowledged(home: Home, pod: SimPod, log: int, after: int) -> None:
    """Hold that a home tells the pod only of rows that are on its disk."""
    if after == 0 or log != pod.books[-1].log or pod.has_reused_a_name:
        return
    kept = home.disk.log_of(pod.mac, log)
    if kept is None:
        hold(Invariant.ACKNOWLEDGED, False, f"acknowledged {after} of a log that is not on disk")
        return
    hold(Invariant.ACKNOWLEDGED, kept.after >= after, f"acknowledged {after}, on disk is {kept.after}")
    gap = kept.first_gap(pod.oldest(), after + 1)
    hold(Invariant.ACKNOWLEDGED, gap is None, f"acknowledged {after}, row {gap} is not on disk")


def check_truth(homes: Sequence[Home], pods: Sequence[SimPod], now_s: int) -> None:
    """Hold every home's ledger against what its pods had safe on flash."""
    for pod in pods:
        waiting = pod.unsynced()
        hold(Invariant.ALL_TAKEN, not waiting, f"{pod.mac} has {waiting} minutes that nobody acknowledged")
    for home in homes:
        home.check_quiet(now_s)
        for pod in pods:
            _check_logs(home, pod)
        _check_hours(home, pods)


def _check_logs(home: Home, pod: SimPod) -> None:
    """Hold that all a pod still has was taken, and that only what it had to overwrite is counted as lost."""
    for book in pod.books:
        kept = home.disk.log_of(pod.mac, book.log)
        truth = book.steps()
        if book is pod.books[-1]:
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
        elif kept is not None and book.log != pod.books[-1].log:
            for kind in KINDS:
                had, walked = getattr(kept.credited, kind), truth[kind]
                hold(
                    Invariant.OLD_LOGS,
                    had <= walked,
                    f"{kind}: {had} taken of an erased log, {walked} walked",
                )


def _check_hours(home: Home, pods: Sequence[SimPod]) -> None:
    """Hold that each step is in the hour and the day it was walked in, once."""
    ledger = home.ledger
    assert ledger is not None
    counted = dict(ledger.hours())
    lossless = all(_is_whole(pod) for pod in pods)
    dated = [_by_minute(pod) for pod in pods]
    floating = sum((_steps(pod) for pod in pods), Counter[str]())
    moving = [stride for pod in pods for stride in _strides(pod) if len(stride.minutes()) > 1]
    may_be = Counter((hour, stride.kind) for stride in moving for hour in {m // 60 for m in stride.minutes()})
    expected: Counter[tuple[int, str]] = Counter()
    by_day: Counter[tuple[date, str]] = Counter()
    for minute in {minute for pod in dated for minute in pod}:
        best = max((pod[minute] for pod in dated if minute in pod), key=_weight)
        for kind in KINDS:
            expected[minute // 60, kind] += best[kind]
            by_day[_day_of(ledger, minute), kind] += best[kind]
    # A minute that got its time late may make the other pod the one that counts: then only bounds are known.
    open_choice = len(pods) > 1 and (bool(floating) or bool(moving) or not lossless)
    most = _most(dated) if open_choice else expected
    for hour in {hour for hour, _ in expected + may_be} | {
        int(start.timestamp()) // 3_600 for start in counted
    }:
        counts = counted.get(datetime.fromtimestamp(hour * 3_600, UTC), ZERO)
        for kind in KINDS:
            had, walked, extra = getattr(counts, kind), expected[hour, kind], floating[kind]
            limit = most[hour, kind] + 2 * may_be[hour, kind] + extra
            hold(
                Invariant.HOUR_AND_DAY,
                had <= limit,
                f"{kind} in hour {hour}: {had}, walked {limit} with {extra} undated",
            )
            hold(
                Invariant.HOUR_AND_DAY,
                had >= walked or not lossless or open_choice,
                f"{kind} in hour {hour}: {had} of {walked}",
            )
        steps = sum(expected[hour, kind] for kind in KINDS)
        hold(
            Invariant.HOUR_AND_DAY,
            counts.steps >= steps or not lossless,
            f"hour {hour}: {counts.steps} of {steps} steps",
        )
    for kind in KINDS:
        total = getattr(ledger.settled_total(), kind)
        extra = floating[kind] + 2 * sum(stride.kind == kind for stride in moving)
        whole = sum(n for (_, of), n in expected.items() if of == kind)
        if lossless and not open_choice:
            hold(
                Invariant.HOUR_AND_DAY,
                total == whole + extra,
                f"{kind}: {total} counted, {whole} + {extra} walked",
            )
        if lossless and not floating and not moving:
            for (day, of), walked in by_day.items():
                had = getattr(ledger.day(day).counts, kind)
                hold(
                    Invariant.HOUR_AND_DAY,
                    of != kind or had == walked,
                    f"{kind} on {day}: {had}, walked {walked}",
                )


def _is_whole(pod: SimPod) -> bool:
    """Say whether nothing of a pod had to get lost: no erased flash, no row overwritten."""
    return len(pod.books) == 1 and pod.oldest() == 1


def _most(dated: list[dict[int, Counter[str]]]) -> Counter[tuple[int, str]]:
    """Give the steps of all pods together by hour and kind."""
    most: Counter[tuple[int, str]] = Counter()
    for minutes in dated:
        for minute, steps in minutes.items():
            for kind in KINDS:
                most[minute // 60, kind] += steps[kind]
    return most


def _strides(pod: SimPod) -> list[Walked]:
    return [stride for book in pod.books for stride in book.safe]


def _steps(pod: SimPod) -> Counter[str]:
    """Count the steps walked while the clock was not set."""
    steps: Counter[str] = Counter()
    for stride in _strides(pod):
        if not stride.epoch_s:
            steps[stride.kind] += 2
    return steps


def _by_minute(pod: SimPod) -> dict[int, Counter[str]]:
    """Count the steps walked by the minute the pod's clock showed, where it was not set afterwards."""
    minutes: dict[int, Counter[str]] = {}
    for stride in _strides(pod):
        if len(dates := stride.minutes()) == 1:
            minutes.setdefault(dates.pop(), Counter())[stride.kind] += 2
    return minutes


def _weight(steps: Counter[str]) -> tuple[int, ...]:
    return (steps.total(), *(steps[kind] for kind in KINDS))


def _day_of(ledger: Ledger, minute: int) -> date:
    """Find the day of a minute among the days around it."""
    moment = datetime.fromtimestamp(minute * 60, UTC)
    for offset in (-2, -1, 0, 1, 2):
        day = ledger.day(moment.date() + timedelta(days=offset))
        if day.start <= moment < day.end:
            return day.date
    raise AssertionError(f"no day holds {moment}")
