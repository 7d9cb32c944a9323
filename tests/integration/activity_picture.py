"""Takes the picture of the Activity that the dashboard leads to: of a day with walks and reminders.

Home Assistant runs within this process, as its clock has to be moved; script/screenshots starts this.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from tools.stage.pictures import SETTLE_MS, browser

from .activity_day import live
from .test_activity import on_the_dashboard

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.auth.models import Credentials, User
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from .desk import Desk
    from .helpers import MakeWalker

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "activity.png"
ONBOARDED = {
    "version": 4,
    "key": "onboarding",
    "data": {"done": ["user", "core_config", "analytics", "integration"]},
}
WIDTH, HEIGHT = 1_000, 2_340


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: object, enable_custom_integrations: None) -> None:
    """Start the recorder before everything else."""


@pytest.fixture(name="expected_lingering_tasks")
def _a_browser_leaves_tasks() -> bool:
    """Let the server's end of a browser that was closed outlive the clock that was moved."""
    return True


@pytest.fixture(name="expected_lingering_timers")
def _a_browser_leaves_timers() -> bool:
    return True


@pytest.mark.usefixtures("socket_enabled")
async def test_the_picture_is_taken(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    hass_admin_user: User,
    hass_admin_credential: Credentials,
    hass_client_no_auth: ClientSessionGenerator,
    desk: Desk,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
) -> None:
    hass_storage["onboarding"] = ONBOARDED
    for component in ("frontend", "logbook", "history"):
        assert await async_setup_component(hass, component, {})
    since = await live(hass, freezer, desk, make_walker)
    await async_wait_recording_done(hass)
    client = await hass_client_no_auth()
    url = str(client.make_url("")).rstrip("/")
    end = dt_util.utcnow()
    session = await hass.auth.async_create_refresh_token(
        hass_admin_user, f"{url}/", credential=hass_admin_credential
    )
    tokens = {
        "access_token": hass.auth.async_create_access_token(session),
        "token_type": "Bearer",
        "refresh_token": session.token,
        "expires_in": 1_800,
        "expires": int(end.timestamp() * 1000) + 1_800_000,
        "hassUrl": url,
        "clientId": f"{url}/",
    }
    # From here on the event loop's own clock has to run, as browser and server wait by it.
    with freeze_time(end, tick=True, real_asyncio=True):
        await take(url, tokens, f"/logbook?entity_id={','.join(on_the_dashboard())}", since, end)


async def take(url: str, tokens: dict[str, Any], path: str, since: datetime, end: datetime) -> None:
    """Save a page of the Activity from `since` to `end`, as it looks at its end."""
    async with browser() as started:
        page = await started.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", timezone_id="Europe/Berlin"
        )
        await page.clock.set_fixed_time(end)
        stored = json.dumps(json.dumps(tokens))
        await page.add_init_script(f"localStorage.setItem('hassTokens', {stored})")
        times = f"start_date={since.isoformat()[:19]}Z&end_date={end.isoformat()[:19]}Z"
        await page.goto(f"{url}{path}&{times}", timeout=120_000)
        # What happened is told in words, once the frontend has them.
        await page.get_by_text("Session ended").first.wait_for(timeout=60_000)
        await page.wait_for_timeout(SETTLE_MS)
        await page.screenshot(path=PICTURE)
