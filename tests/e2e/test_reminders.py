"""Sitting too long in a real Home Assistant: a reminder becomes due, and walking with a real pod ends it."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tools.gait.generate import generate
from tools.gait.recording import Recording, write_recording
from tools.stage import demo, hostpod, house, processes
from tools.stage.client import Client
from tools.stage.home_assistant import HomeAssistant

from . import editor

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(400)]


def some_steps_then_desk_then_backward(folder: Path) -> Path:
    """Walk to the desk, sit there for two minutes, and walk backward: what a pod on a shoe feels."""
    names = ("forward", "sitting", "backward")
    pieces = [generate(name, seed=7, strides=12)[0] for name in names]
    begin_s, times = 0.0, []
    for piece in pieces:
        times.append(piece.t_s - piece.t_s[0] + begin_s)
        begin_s = float(times[-1][-1]) + 0.01
    joined = Recording(
        np.concatenate(times),
        np.concatenate([piece.accel_g for piece in pieces]),
        np.concatenate([piece.gyro_dps for piece in pieces]),
    )
    file = folder / "desk.csv"
    write_recording(file, joined)
    return file


TRIGGERS = ("reminder_due", "became_sedentary", "reminder_ended", "no_longer_sedentary")


BY_HAND = "By hand"


async def automate(client: Client, slug: str) -> None:
    """Make an automation for each trigger, as the editor does."""
    entity_ids = [f"event.{slug}_reminder", f"binary_sensor.{slug}_sitting_too_long"]
    for trigger in TRIGGERS:
        automation = {
            "alias": trigger,
            "triggers": [{"trigger": f"retrostep.{trigger}", "target": {"entity_id": entity_ids}}],
            "actions": [{"event": "reminded"}],
        }
        await client.rest("POST", f"/api/config/automation/config/{trigger}", automation)


async def automate_by_hand(client: Client, url: str) -> None:
    """Make one more automation in the editor itself, with a condition of ours."""
    device = await house.device_of_the_walker(client)
    await editor.make_automation(
        client,
        url,
        walker=device["name"],
        trigger="Reminder to get up is due",
        condition="Daily goal is not reached",
        name=BY_HAND,
    )


def triggered(states: dict[str, Any]) -> set[str]:
    """Tell which of the automations have run."""
    return {name for name in TRIGGERS if _has_run(states, name)}


def _has_run(states: dict[str, Any], name: str) -> bool:
    return states[f"automation.{name}"]["attributes"]["last_triggered"] is not None


async def test_walking_with_the_pod_ends_a_reminder_that_is_due(tmp_path: Path) -> None:
    recording = some_steps_then_desk_then_backward(tmp_path)
    program = await hostpod.build()
    zone = demo.noon_zone(datetime.now(UTC))
    port = processes.free_port()
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(HomeAssistant(tmp_path / "home", time_zone=zone))
        client = await stack.enter_async_context(Client(home.url))
        await client.sign_up(zone)
        await stack.enter_async_context(
            await hostpod.start(program, recording, port=port, folder=tmp_path, mac=demo.POD_MAC, wait=True)
        )
        await house.add_pod(client, port)
        walker = await house.add_walker(client, demo.POD_MAC)
        slug = house.slug_of(await client.states())
        await automate(client, slug)
        await automate_by_hand(client, home.url)
        await house.change_reminders(client, walker, threshold_min=1)

        def is_(state: str) -> Any:
            return lambda states: states[f"sensor.{slug}_sitting_state"]["state"] == state

        await client.wait_for("sitting", is_("sitting"), timeout_s=60)
        await client.wait_for("a reminder that is due", is_("due"), timeout_s=120)
        states = await client.states()
        assert states[f"binary_sensor.{slug}_sitting_too_long"]["state"] == "on"
        assert states[f"event.{slug}_reminder"]["attributes"]["event_type"] == "due"
        assert states[f"sensor.{slug}_sitting_state"]["attributes"]["next_reminder"]
        assert triggered(states) == {"reminder_due", "became_sedentary"}
        assert _has_run(states, "by_hand")
        steps_before = float(states[f"sensor.{slug}_backward_steps_today"]["state"])

        def is_done(states: Any) -> bool:
            return bool(states[f"event.{slug}_reminder"]["attributes"]["event_type"] == "done")

        # The first steps show as moving; it takes ten to end a reminder.
        await client.wait_for("a walk", is_("moving"), timeout_s=150)
        await client.wait_for("the steps that end it", is_done, timeout_s=30)
        states = await client.states()
        assert float(states[f"sensor.{slug}_backward_steps_today"]["state"]) > steps_before
        assert states[f"binary_sensor.{slug}_sitting_too_long"]["state"] == "off"
        assert triggered(states) == {*TRIGGERS}
