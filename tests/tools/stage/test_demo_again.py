"""A demo that was shown before goes on where it was."""

from typing import Any, override

import pytest

from tools.stage.client import Client, NotThereError
from tools.stage.processes import StageError


class Answering(Client):
    """A Home Assistant that answers every call in one way."""

    def __init__(self, answer: Any) -> None:
        super().__init__("http://127.0.0.1:1")
        self._answer = answer

    @override
    async def rest(self, *_: object, **__: object) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


async def test_a_home_assistant_without_an_owner_is_new() -> None:
    assert await Answering([{"step": "user", "done": False}]).is_new()


@pytest.mark.parametrize("answer", [[{"step": "user", "done": True}], NotThereError("nothing left to do")])
async def test_one_with_an_owner_is_not_even_when_nothing_is_left_to_set_up(answer: object) -> None:
    assert not await Answering(answer).is_new()


async def test_one_in_trouble_is_not_taken_for_a_known_one() -> None:
    with pytest.raises(StageError, match="500"):
        await Answering(StageError("500")).is_new()
