"""A guided session on the phone while it goes on."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_mock_service

from ..guided_sessions import pass_seconds, start, stop, walk_backward
from ..helpers import MakeWalker, reach, settle

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant, ServiceCall
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

STAGES = [{"direction": "backward", "steps": 60}, {"direction": "backward", "minutes": 2}]


@pytest.fixture(autouse=True)
def _clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-11-18 09:00:00+01:00")


class Phone:
    """A phone that keeps what it gets, with the second it came."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.got: list[tuple[float, dict[str, Any]]] = []
        self.failure: str | None = None
        hass.services.async_register("notify", "mobile_app_ann_s_phone", self._get)

    @callback
    def _get(self, call: ServiceCall) -> None:
        if self.failure:
            raise HomeAssistantError(self.failure)
        self.got.append((dt_util.utcnow().timestamp(), dict(call.data)))

    @property
    def messages(self) -> list[str]:
        """What was shown, in order."""
        return [data["message"] for _, data in self.got]


@pytest.fixture
async def shown(hass: HomeAssistant, phone: str) -> Phone:
    return Phone(hass)


@pytest.fixture
async def ann(hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, phone: str) -> MockConfigEntry:
    """Ann, whose phone shows her sessions, with her pod in reach."""
    entry = make_walker(
        pod, options={"coach": {"live": True}, "reminders": {"phones": [phone], "send": False}}
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    return entry


async def test_it_shows_the_stage_its_amount_and_the_progress_of_the_whole(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, ann: MockConfigEntry, shown: Phone
) -> None:
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 22)
    await settle(hass)

    assert shown.messages == [
        "Backward (1 of 2): 0 of 60 steps",
        "Backward (1 of 2): 10 of 60 steps",
        "Backward (1 of 2): 20 of 60 steps",
    ]
    data = shown.got[-1][1]
    assert data["title"] == "Guided session"
    told = data["data"]
    assert told["live_update"]
    assert (told["progress"], told["progress_max"], told["critical_text"]) == (7, 100, "7%")
    assert "chronometer" not in told
    # What the companion app takes for a tag.
    assert len(told["tag"]) <= 64
    assert told["tag"].replace("_", "").isalnum()


async def test_a_stage_by_time_has_a_clock_that_the_phone_draws(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, ann: MockConfigEntry, shown: Phone
) -> None:
    await start(hass, stages=[{"direction": "backward", "minutes": 2}])
    begin = dt_util.utcnow().timestamp()
    await walk_backward(hass, freezer, pod, 30)
    pod.set("binary_sensor", "Walking backward", "off")
    await pass_seconds(hass, freezer, 22)

    assert shown.messages[0] == "Backward (1 of 1): 0:00 of 2:00"
    walking = shown.got[1][1]
    assert walking["message"] == "Backward (1 of 1)"
    assert walking["data"]["chronometer"]
    assert walking["data"]["when"] == pytest.approx(begin + 120, abs=4)
    assert shown.messages[-1] == "Backward (1 of 1): Keep walking when you're ready"
    assert "chronometer" not in shown.got[-1][1]["data"]


async def test_it_is_sent_every_ten_seconds_at_most_and_removed_at_the_end(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, ann: MockConfigEntry, shown: Phone
) -> None:
    await start(hass, stages=[{"direction": "backward", "steps": 20}] * 4)
    await walk_backward(hass, freezer, pod, 47)
    await stop(hass)
    await settle(hass)
    times = [at for at, _ in shown.got]

    assert shown.messages[-1] == "clear_notification"
    assert shown.got[-1][1]["data"] == {"tag": shown.got[0][1]["data"]["tag"]}
    assert len(times) == 6
    assert all(later - sooner >= 10 for sooner, later in pairwise(times[:-1]))
    await pass_seconds(hass, freezer, 30)
    assert shown.messages[-1] == "clear_notification"


async def test_nothing_new_is_not_sent_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ann: MockConfigEntry, shown: Phone
) -> None:
    await start(hass, stages=STAGES)
    await pass_seconds(hass, freezer, 45)

    assert shown.messages == [
        "Backward (1 of 2): 0 of 60 steps",
        "Backward (1 of 2): Keep walking when you're ready",
    ]


async def test_other_notify_entities_get_one_text(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, make_walker: MakeWalker
) -> None:
    sent = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.board", "unknown")
    options = {"coach": {"live": True}, "reminders": {"notify": ["notify.board"], "send": False}}
    entry = make_walker(pod, options=options)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 15)
    await stop(hass)
    await settle(hass)

    assert [call.data["message"] for call in sent] == ["Backward (1 of 2): 0 of 60 steps"]


async def test_a_phone_out_of_reach_is_named_once_and_holds_up_nothing(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    ann: MockConfigEntry,
    shown: Phone,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown.failure = "no network"
    await start(hass, stages=[{"direction": "backward", "steps": 20}] * 2)
    await walk_backward(hass, freezer, pod, 42)
    await settle(hass)

    assert not ann.runtime_data.guided_sessions.session.active
    assert caplog.text.count("did not reach mobile_app_ann_s_phone: no network") == 1


@pytest.mark.parametrize("how", ["unload", "settings"])
async def test_it_is_removed_when_the_walker_or_the_choice_goes(
    hass: HomeAssistant, ann: MockConfigEntry, shown: Phone, how: str
) -> None:
    await start(hass, stages=STAGES)
    await settle(hass)
    if how == "unload":
        assert await hass.config_entries.async_unload(ann.entry_id)
    else:
        hass.config_entries.async_update_entry(ann, options={**ann.options, "coach": {}})
    await settle(hass)

    assert shown.messages[-1] == "clear_notification"


async def test_a_clock_that_is_set_back_does_not_silence_it(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, ann: MockConfigEntry, shown: Phone
) -> None:
    await start(hass, stages=STAGES)
    freezer.move_to("2026-11-18 08:00:00+01:00")
    await walk_backward(hass, freezer, pod, 22)

    assert len(shown.messages) >= 3
