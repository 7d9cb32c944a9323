"""Cuts and crashes while a walker walks."""

import os
from typing import TYPE_CHECKING

import pytest
from stage import chaos

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 30 if os.environ.get("RETROSTEP_LONG") else 5


@pytest.mark.asyncio
@pytest.mark.timeout(1500)
async def test_every_step_lands_once_whatever_is_cut_or_killed(tmp_path: Path) -> None:
    outcome = await chaos.run(tmp_path, ROUNDS, seed=7)
    assert len(outcome.rounds) == ROUNDS
    assert outcome.shown == outcome.walked
    assert outcome.statistics == outcome.walked
    assert outcome.walked["backward_steps"] > 0
