"""The sheet, as an action and as a page: its period, its language, who may, and what may go wrong."""

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
import voluptuous as vol
from homeassistant.auth.models import RefreshToken
from homeassistant.components.http.auth import async_sign_path
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component

from custom_components.retrostep.actions.sheet import LANGUAGES, USUAL_DAYS
from custom_components.retrostep.const import DOMAIN

from ..helpers import reach, this_minute
from ..text_files import FOLDER
from .test_rights import ONE_LAMP, READS

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from ..fake_pod import FakePod

TITLE = "<h1>Walking backward</h1>"


@pytest.fixture(autouse=True)
async def _walked(noon: None, hass: HomeAssistant) -> None:
    """Let it be noon, with a web server."""
    assert await async_setup_component(hass, "http", {})


@pytest.fixture
async def ann(hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry) -> MockConfigEntry:
    """Ann, who walked today."""
    pod.walk(back=60, fwd=0, back_dm=300, back_s=60)
    pod.close_minute(this_minute() - 10)
    await reach(hass, pod)
    return walker


async def ask(hass: HomeAssistant, **data: Any) -> Any:
    return await hass.services.async_call(DOMAIN, "get_sheet", data, blocking=True, return_response=True)


async def test_a_sheet_is_of_the_last_twelve_weeks_and_says_no_name(
    hass: HomeAssistant, ann: MockConfigEntry
) -> None:
    answer = await ask(hass)
    assert answer["filename"] == "retrostep_ann_2026-11-18.html"
    assert TITLE in answer["content"]
    assert USUAL_DAYS == 84
    assert "August 27, 2026" in answer["content"]
    assert "November 18, 2026" in answer["content"]
    assert "<td>1.0</td><td>60</td><td>1</td><td>0.50</td>" in answer["content"]
    assert "Ann" not in answer["content"]


async def test_period_initials_and_language_are_chosen(hass: HomeAssistant, ann: MockConfigEntry) -> None:
    answer = await ask(hass, start="2026-11-01", end="2026-11-30", initials=" A. B. ", language="de")
    assert "Rückwärtsgehen" in answer["content"]
    assert "1. November 2026" in answer["content"]
    assert "18. November 2026" in answer["content"], "no day is ahead"
    assert "Initialen: A. B. ·" in answer["content"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"start": "2026-11-19"}, "can't be before"),
        ({"start": "2026-11-10", "end": "2026-11-09"}, "can't be before"),
        ({"start": "2025-11-01"}, "at most a year"),
    ],
)
async def test_a_period_that_can_not_be_is_refused_with_a_sentence(
    hass: HomeAssistant, ann: MockConfigEntry, data: dict[str, str], reason: str
) -> None:
    with pytest.raises(ServiceValidationError, match=reason):
        await ask(hass, **data)


@pytest.mark.parametrize(
    "data", [{"initials": "Annabelle"}, {"language": "tlh"}, {"start": "soon"}, {"end": "1999-01-01"}]
)
async def test_a_field_that_makes_no_sense_is_refused(
    hass: HomeAssistant, ann: MockConfigEntry, data: dict[str, str]
) -> None:
    with pytest.raises(vol.Invalid):
        await ask(hass, **data)


def test_there_is_a_sheet_in_every_language_of_the_integration() -> None:
    assert set(LANGUAGES) == {path.stem for path in (FOLDER / "translations").glob("*.json")}


async def test_the_page_is_for_who_is_signed_in_and_may_read_the_walker(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_read_only_access_token: str,
    hass_read_only_user: Any,
) -> None:
    path = f"/api/retrostep/sheet/{ann.entry_id}"
    nobody, owner = await hass_client_no_auth(), await hass_client()
    assert (await nobody.get(path)).status == HTTPStatus.UNAUTHORIZED

    answer = await owner.get(f"{path}?initials=AB&language=nl")
    page = await answer.text()
    assert answer.status == HTTPStatus.OK
    assert "Initialen: AB" in page
    assert answer.headers["Content-Disposition"] == 'inline; filename="retrostep_ann_2026-11-18.html"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")

    reader = await hass_client(hass_read_only_access_token)
    for policy, status in ((ONE_LAMP, HTTPStatus.NOT_FOUND), (READS, HTTPStatus.OK)):
        hass_read_only_user.mock_policy(policy)
        assert (await reader.get(path)).status == status
    assert (await owner.get("/api/retrostep/sheet/nobody")).status == HTTPStatus.NOT_FOUND


async def test_an_address_that_was_signed_opens_with_the_rights_of_who_signed_it(
    hass: HomeAssistant,
    ann: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    hass_read_only_user: Any,
) -> None:

    token: RefreshToken = await hass.auth.async_create_refresh_token(
        hass_read_only_user, "https://example.com"
    )
    path = f"/api/retrostep/sheet/{ann.entry_id}"
    signed = async_sign_path(hass, path, timedelta(minutes=1), refresh_token_id=token.id)
    browser = await hass_client_no_auth()
    hass_read_only_user.mock_policy(ONE_LAMP)
    assert (await browser.get(signed)).status == HTTPStatus.NOT_FOUND
    hass_read_only_user.mock_policy(READS)
    assert (await browser.get(signed)).status == HTTPStatus.OK


@pytest.mark.parametrize(
    "query", ["start=soon", "initials=" + "A" * 9, "start=2020-01-01", "x=" + "y" * 5_000]
)
async def test_a_query_that_makes_no_sense_is_answered_with_a_sentence(
    ann: MockConfigEntry, hass_client: ClientSessionGenerator, query: str
) -> None:
    answer = await (await hass_client()).get(f"/api/retrostep/sheet/{ann.entry_id}?{query}")
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert await answer.text()


async def test_a_walker_that_is_not_loaded_has_no_page(
    hass: HomeAssistant, ann: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    browser = await hass_client()
    await hass.config_entries.async_unload(ann.entry_id)
    assert (await browser.get(f"/api/retrostep/sheet/{ann.entry_id}")).status == HTTPStatus.NOT_FOUND
