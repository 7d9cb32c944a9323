"""A demo household: pods joined to Home Assistant, a walker, RetroStep's dashboard."""

import asyncio
import contextlib
import operator
import shutil
from typing import TYPE_CHECKING, Any

from custom_components.retrostep.core.ledger.day_calendar import WEEKDAYS

from .processes import LOOPBACK, StageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .client import Client

DASHBOARD = "retro-step"
_FURNISHED = "furnished"


def is_furnished(folder: Path) -> bool:
    """Tell whether the home in `folder` was furnished to its end; throw away one that was not."""
    if (folder / _FURNISHED).exists():
        return True
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return False


def furnishing_ended(folder: Path) -> None:
    """Remember that the home in `folder` is complete; the last thing that is written."""
    (folder / _FURNISHED).touch()


async def add_pod(client: Client, port: int) -> str:
    """Join the pod on loopback `port` through ESPHome's own flow; return its config entry's id.

    The flow ends before ESPHome has heard the pod: returns when its entities are there, StageError if they
    do not come.
    """
    step = await client.flow("esphome", {"host": LOOPBACK, "port": port})
    entry_id = str(step["result"]["entry_id"])
    try:
        async with asyncio.timeout(30):
            while "Backward steps" not in await pod_entities(client, entry_id):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    except TimeoutError as error:
        raise StageError(f"ESPHome did not hear the pod on port {port} within 30 s") from error
    return entry_id


def person_of_the_owner(states: dict[str, Any]) -> str:
    """Entity id of the person that the first account belongs to."""
    persons = [entity_id for entity_id in states if entity_id.startswith("person.")]
    if not persons:
        raise StageError("Home Assistant made no person for its owner")
    return persons[0]


async def add_walker(client: Client, *macs: str) -> str:
    """Make the owner a walker who wears the pods with these MACs; return the config entry's id."""
    states = await client.states()
    step = await client.flow("retrostep", {"person": person_of_the_owner(states), "pods": list(macs)})
    return str(step["result"]["entry_id"])


def slug_of(states: dict[str, Any]) -> str:
    """Slug of the only walker, read off its entities' ids."""
    suffix = "_backward_steps_today"
    slugs = [
        entity_id.split(".")[1].removesuffix(suffix) for entity_id in states if entity_id.endswith(suffix)
    ]
    if len(slugs) != 1:
        raise StageError(f"expected one walker, found {slugs}")
    return slugs[0]


def figures(states: dict[str, Any], slug: str, keys: Iterable[str]) -> dict[str, float | None]:
    """Numeric states of a walker's sensors by key; None where there is no number."""
    found: dict[str, float | None] = {}
    for key in keys:
        state = states.get(f"sensor.{slug}_{key}", {}).get("state")
        try:
            found[key] = float(state)
        except TypeError, ValueError:
            found[key] = None
    return found


async def settled(
    client: Client,
    slug: str,
    expected: dict[str, float],
    timeout_s: float = 60,
    same: Callable[[dict[str, float | None], dict[str, float]], bool] = operator.eq,
) -> dict[str, float | None]:
    """Wait until the walker's figures are the expected ones; after `timeout_s` return what they are."""
    with contextlib.suppress(StageError):
        await client.wait_for(
            "the expected figures", lambda states: same(figures(states, slug, expected), expected), timeout_s
        )
    return figures(await client.states(), slug, expected)


async def statistics(
    client: Client,
    slug: str,
    expected: dict[str, float],
    same: Callable[[dict[str, float], dict[str, float]], bool] = operator.eq,
) -> dict[str, float]:
    """Sum the walker's hourly statistics named by `expected`, once they hold that or 90 s have passed.

    They lag behind the live figures by the open minute.
    """
    ids = {f"retrostep:{slug}_{key}": key for key in expected}
    deadline = asyncio.get_running_loop().time() + 90
    while True:
        rows: dict[str, list[dict[str, Any]]] = await client.call(
            "recorder/statistics_during_period",
            start_time="2020-01-01T00:00:00+00:00",
            statistic_ids=list(ids),
            period="hour",
            types=["change"],
        )
        sums = {key: sum(row["change"] for row in rows.get(series, [])) for series, key in ids.items()}
        if same(sums, expected) or asyncio.get_running_loop().time() > deadline:
            return sums
        await asyncio.sleep(1)


async def change_reminders(client: Client, entry_id: str, **settings: object) -> None:
    """Fill in the form of the reminders, which come at any time then; `settings` are its first fields."""
    path = "/api/config/config_entries/options/flow"
    form = {
        "threshold_min": 45,
        "repeat_min": 15,
        "at_most": 4,
        **settings,
        "notifications": {},
        "times": {"quiet_from": "00:00:00", "quiet_to": "00:00:00", "days": list(WEEKDAYS)},
        "places": {},
        "break": {},
    }
    flow = await client.rest("POST", path, {"handler": entry_id})
    for given in ({"next_step_id": "reminders"}, form):
        flow = await client.rest("POST", f"{path}/{flow['flow_id']}", given)
    if flow["type"] != "create_entry":
        raise StageError(f"the reminders were not changed: {flow}")


STAGES = (
    {"direction": "backward", "steps": 60},
    {"direction": "forward", "steps": 20},
    {"direction": "backward", "steps": 100},
)
"""A routine short enough for the demo's walk."""


async def start_session(client: Client, entry_id: str) -> None:
    """Begin a guided session that the demo's walk leads through."""
    session = {"stages": list(STAGES), "read_safety_notes": True}
    await client.act("retrostep", "start_session", config_entry_id=entry_id, **session)


async def add_dashboard(client: Client) -> str:
    """Make the dashboard that RetroStep's strategy puts together; return its address path."""
    await client.call(
        "lovelace/dashboards/create",
        url_path=DASHBOARD,
        title="RetroStep",
        icon="mdi:shoe-print",
        mode="storage",
    )
    strategy = {"strategy": {"type": "custom:retrostep"}}
    await client.call("lovelace/config/save", url_path=DASHBOARD, config=strategy)
    return f"/{DASHBOARD}/0"


async def device_of_the_walker(client: Client) -> dict[str, Any]:
    """Give the device registry's entry of the only walker."""
    devices: list[dict[str, Any]] = await client.call("config/device_registry/list")
    mine = [device for device in devices if any(domain == "retrostep" for domain, _ in device["identifiers"])]
    if len(mine) != 1:
        raise StageError(f"expected one walker, found {[device['name'] for device in mine]}")
    return mine[0]


async def pod_entities(client: Client, entry_id: str) -> dict[str, str]:
    """Map the fixed names of a pod's entities to their entity ids."""
    entries = await client.call("config/entity_registry/list")
    mine = [entry for entry in entries if entry["config_entry_id"] == entry_id]
    return {entry["original_name"]: entry["entity_id"] for entry in mine if entry["original_name"]}
