"""Cuts and crashes while a walker walks."""

import os
from typing import TYPE_CHECKING

import pytest

from . import chaos

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 30 if os.environ.get("RETROSTEP_LONG") else 5  # each fault at least once


@pytest.mark.asyncio
@pytest.mark.timeout(1500)
async def test_every_step_lands_once_whatever_is_cut_or_killed(tmp_path: Path) -> None:
    # This seed's short run has both: a kill after the first save of a long walk and one before it.
    outcome = await chaos.run(tmp_path, ROUNDS, seed=38)
    assert len(outcome.rounds) == ROUNDS
    assert set(outcome.rounds) == set(chaos.FAULTS)
    assert chaos.agree(outcome.shown, outcome.walked), (outcome.shown, outcome.walked)
    assert chaos.agree(outcome.statistics, outcome.walked), (outcome.statistics, outcome.walked)
    assert all(walked > 0 for walked in outcome.walked.values())
    assert all(lost_s <= chaos.LOST_MAX_S for lost_s in outcome.lost_s)
