"""A demo that was shown before goes on where it was; what does not come up is told in one sentence."""

from pathlib import Path
from typing import Any, override

import pytest

from tools.stage import demo, hostpod, house
from tools.stage.client import Client
from tools.stage.processes import PortTakenError, StageError


def test_a_home_is_kept_once_it_is_furnished(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not house.is_furnished(home)
    (home / "chair").touch()
    house.furnishing_ended(home)

    assert house.is_furnished(home)
    assert (home / "chair").exists()


def test_what_an_interrupted_start_left_is_thrown_away(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not house.is_furnished(home)
    (home / "half-a-chair").touch()

    assert not house.is_furnished(home)
    assert list(home.iterdir()) == []


async def test_a_pod_whose_port_home_assistant_has_stored_does_not_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def start(*_: object, port: int, **__: object) -> hostpod.HostPod:
        raise PortTakenError(f"port {port} is taken")

    monkeypatch.setattr(hostpod, "start", start)
    remembered = tmp_path / "pod-port"
    remembered.write_text("6153")

    with pytest.raises(
        StageError, match=r"^port 6153 of the demo's pod is taken; end what uses it or remove "
    ):
        await demo.start_remembered_pod(
            remembered, tmp_path, tmp_path, preferred=6153, folder=tmp_path, mac=demo.POD_MAC
        )


class Answering(Client):
    """A Home Assistant that answers every call in one way."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__("http://127.0.0.1:1")
        self._answer = answer

    @override
    async def rest(self, *_: object, **__: object) -> Any:
        return self._answer


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            {"type": "abort", "flow_id": "1", "reason": "already_configured"},
            "the set-up of esphome was given up by Home Assistant: already_configured",
        ),
        (
            {"type": "form", "flow_id": "1", "step_id": "user", "errors": {"base": "connection_error"}},
            "the set-up of esphome stopped at its step user (base: connection_error)",
        ),
        ({"type": "menu", "flow_id": "1"}, "the set-up of esphome stopped at its step menu"),
    ],
)
async def test_a_flow_that_ends_otherwise_is_told_in_words(answer: dict[str, Any], sentence: str) -> None:
    with pytest.raises(StageError) as refused:
        await Answering(answer).flow("esphome")
    assert str(refused.value) == sentence
