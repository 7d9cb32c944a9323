"""Breaks lines, one at a time, and says which breaks no test noticed."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from tools import ROOT

from .kinds import Breaker, Mutant
from .trial import CPU_TIME, WALL_LIMIT_S, Touched, Trials, run_all

PACKAGE: Final = "custom_components.retrostep"
INTEGRATION: Final = ROOT / "custom_components" / "retrostep"
CORE: Final = INTEGRATION / "core"
KILLED_MIN: Final = 0.9
EQUIVALENT_MAX: Final = 0.08


def sample(breakers: list[Breaker], seed: int, number: int) -> list[Mutant]:
    """Draw mutants, at most one of each statement."""
    dice, drawn = random.Random(seed), list[Mutant]()
    places = [(breaker, statement) for breaker in breakers for statement in breaker.statements]
    dice.shuffle(places)
    for breaker, statement in places:
        ways = breaker.mutants(statement)
        dice.shuffle(ways)
        drawn += [way for way in ways if way.is_other_code()][:1]
        if len(drawn) == number:
            break
    return drawn


def reason(mutant: Mutant) -> str | None:
    """Say why nobody could notice a mutant, if that was written down; its lines may have moved since."""
    was, becomes = (" ".join(line.strip() for line in lines) for lines in mutant.changed())
    file = str(mutant.statement.path.relative_to(INTEGRATION))
    place = (file, mutant.statement.within, was)
    found = (each for each in judged() if (each["file"], each["within"], each["was"]) == place)
    return next((each["reason"] for each in found if becomes in each["becomes"]), None)


@cache
def judged() -> list[dict[str, Any]]:
    """Read which mutants are equivalent, and why."""
    text = Path(__file__).with_name("equivalent.toml").read_text(encoding="utf-8")
    mutants: list[dict[str, Any]] = tomllib.loads(text)["mutant"]
    return mutants


def show(mutant: Mutant, verdict: str) -> None:
    """Print one mutant as a difference."""
    was, becomes = mutant.changed()
    where = f"{mutant.statement.path.relative_to(ROOT)}:{mutant.statement.lines.start}"
    print(f"{verdict} {where} ({mutant.kind})", *(f"  -{line}" for line in was), sep="\n")
    print(*(f"  +{line}" for line in becomes), sep="\n", flush=True)


def main() -> int:
    """Run the command; 0 if enough was noticed."""
    parser = argparse.ArgumentParser(prog="script/mutants", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=CORE, help="or file; the pure rooms if not given"
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--number", type=int, default=150)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--wait", type=int, default=WALL_LIMIT_S, help="seconds a mutant may take")
    parser.add_argument("--verbose", action="store_true", help="show what was noticed too")
    asked = parser.parse_args()
    began, folder = time.monotonic(), asked.folder.resolve()
    pure = folder.is_relative_to(CORE)
    room, tests = (CORE, ["tests/core"]) if pure else (INTEGRATION, ["tests/core", "tests/integration"])
    breakers = {path: Breaker(path) for path in sorted(room.rglob("*.py"))}
    inside = [breaker for path, breaker in breakers.items() if path.is_relative_to(folder)]
    drawn = sample(inside, asked.seed, asked.number)
    print(f"seed {asked.seed}: {len(drawn)} mutants in {folder.relative_to(ROOT)}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            run_all(ROOT, room, tests, Path(scratch) / "touched")
        except subprocess.CalledProcessError:
            print("tests fail with nothing broken")
            return 2
        every = [statement for breaker in breakers.values() for statement in breaker.statements]
        files = [path for folder in tests for path in (ROOT / folder).rglob("test_*.py")]
        by_name = {str(path.relative_to(ROOT)): path for path in files}
        touched = Touched(Path(scratch) / "touched", every, by_name)
    equivalent = [(mutant, why) for mutant in drawn if (why := reason(mutant))]
    known = {mutant for mutant, _ in equivalent}
    wanted = [(mutant, touched.of(mutant.statement)) for mutant in drawn if mutant not in known]
    survived = [mutant for mutant, found in wanted if not found]
    for mutant in survived:
        show(mutant, "survived, no test touches it:")
    late = 0
    # One test of each file: a fork in which nothing is broken notices nothing.
    control = list({test.partition("::")[0]: test for _, found in wanted for test in found}.values())
    trials = [(None, control), *((each, found) for each, found in wanted if found)]
    for tried, verdict in Trials(ROOT, PACKAGE, asked.jobs, asked.wait).run(trials):
        if tried is None and verdict.by:
            print(f"nothing is broken, and yet: {verdict.by}")
            return 2
        if tried and not verdict.killed:
            survived.append(tried)
            show(tried, f"survived{verdict.by and f', {verdict.by}'}")
        elif tried and asked.verbose:
            show(tried, f"noticed by {verdict.by}:")
        late += verdict.by == CPU_TIME
    for mutant, why in equivalent:
        show(mutant, f"equivalent, {why}:")
    killed = len(wanted) - len(survived)
    share, same = killed / max(1, len(wanted)), len(equivalent) / max(1, len(drawn))
    print(f"killed {killed} of {len(wanted)} ({share:.1%}, {late} by {CPU_TIME})")
    print(f"survived {len(survived)}, equivalent {len(equivalent)} of {len(drawn)} ({same:.1%})")
    print(f"{(time.monotonic() - began) / 60:.0f} min")
    return 0 if share >= KILLED_MIN and same <= EQUIVALENT_MAX else 1


if __name__ == "__main__":
    sys.exit(main())
