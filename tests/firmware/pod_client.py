"""Talks to a pod as Home Assistant does."""

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aioesphomeapi import APIClient, BinarySensorState

if TYPE_CHECKING:
    from collections.abc import Callable

    from aioesphomeapi import EntityInfo, EntityState


class PodClient:
    """A connection to one pod; keeps every state it was sent."""

    def __init__(self, port: int) -> None:
        self.api = APIClient("127.0.0.1", port, "", client_info="test")
        self.entities: dict[str, EntityInfo] = {}
        self.published: dict[str, list[tuple[float, Any]]] = {}  # by entity name: (seconds, state)

    async def connect(self) -> None:
        """Connect, list the entities and listen to them."""
        await self.api.connect(login=True)
        entities, actions = await self.api.list_entities_services()
        self.entities = {entity.name: entity for entity in entities}
        self._actions = {action.name: action for action in actions}
        names = {entity.key: entity.name for entity in entities}

        def keep(state: EntityState) -> None:
            unknown = isinstance(state, BinarySensorState) and state.missing_state
            self.published.setdefault(names[state.key], []).append(
                (time.monotonic(), None if unknown else getattr(state, "state", None))
            )

        self.api.subscribe_states(keep)

    async def close(self) -> None:
        """Disconnect, if connected."""
        await self.api.disconnect(force=True)

    def state(self, name: str) -> Any:
        """Last state of an entity, None before the first and while a binary sensor's is unknown."""
        return self.published[name][-1][1] if name in self.published else None

    async def until(self, condition: Callable[[], bool], timeout_s: float = 20) -> None:
        """Wait until `condition` holds."""
        async with asyncio.timeout(timeout_s):
            while not condition():  # noqa: ASYNC110 - any condition, not only one of states
                await asyncio.sleep(0.02)

    async def minutes(self, log: int = 0, after: int = 0, limit: int = 0) -> dict[str, Any]:
        """Ask for a page of minutes."""
        page: dict[str, Any] = json.loads(await self.minutes_text(log, after, limit))
        return page

    async def minutes_text(self, log: int = 0, after: int = 0, limit: int = 0) -> bytes:
        """Ask for a page of minutes; return it as it was sent."""
        arguments = {"log": log, "after": after, "limit": limit}
        answer = await self.api.execute_service(
            self._actions["get_minutes"], arguments, return_response=True, timeout=5
        )
        assert answer is not None
        assert answer.success, answer.error_message
        return bytes(answer.response_data)
