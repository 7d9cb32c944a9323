"""A small client of Home Assistant's REST and WebSocket interfaces, as its own pages use them."""

import asyncio
import itertools
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

import aiohttp

from .processes import StageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

USER = "demo"
START_S = 120  # until Home Assistant has set up every integration
PASSWORD = "retrostep"  # of a throw-away account on loopback
_GONE = "Home Assistant closed the connection; its log says why"


def _ended(step: Mapping[str, Any]) -> str:
    """Say how a config flow ended that did not do what was wanted."""
    if step["type"] == "abort":
        return f"was given up by Home Assistant: {step['reason']}"
    errors = ", ".join(f"{field}: {error}" for field, error in (step.get("errors") or {}).items())
    return f"stopped at its step {step.get('step_id', step['type'])}" + (f" ({errors})" if errors else "")


class Client:
    """Signed-in access to one Home Assistant; an async context manager.

    Raises StageError with Home Assistant's answer when a call is refused.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._client_id = f"{url}/"
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._token = ""
        self.tokens: dict[str, Any] = {}  # as Home Assistant's pages keep them in the browser
        self._ids = itertools.count(1)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self._url)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._session is not None:
            await self._session.close()

    async def rest(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        form: dict[str, str] | None = None,
    ) -> Any:
        """Call a REST path with a JSON body (or a form) and return the parsed answer."""
        assert self._session is not None
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            async with self._session.request(method, path, headers=headers, data=form, json=body) as answer:
                text = await answer.text()
                if answer.status < HTTPStatus.BAD_REQUEST:
                    return await answer.json() if answer.content_type == "application/json" else text
        except (aiohttp.ClientError, TimeoutError) as error:
            raise StageError(f"Home Assistant does not answer {method} {path}: {error}") from error
        refused = StageError(f"Home Assistant refused {method} {path} with {answer.status} {answer.reason}")
        refused.add_note(text)
        raise refused

    async def sign_up(self, time_zone: str) -> None:
        """Create the owner account and finish the first-run steps."""
        owner = {"name": "Demo", "username": USER, "password": PASSWORD, "language": "en"}
        made = await self.rest("POST", "/api/onboarding/users", {"client_id": self._client_id, **owner})
        await self._exchange(made["auth_code"])
        await self.call(
            "config/core/update", time_zone=time_zone, latitude=52.0, longitude=5.0, elevation=0, country="NL"
        )
        await self.rest("POST", "/api/onboarding/analytics")
        redirect = {"client_id": self._client_id, "redirect_uri": f"{self._url}/?auth_callback=1"}
        await self.rest("POST", "/api/onboarding/integration", redirect)

    async def sign_in(self) -> None:
        """Log in with the account that `sign_up` made."""
        start = {
            "client_id": self._client_id,
            "handler": ["homeassistant", None],
            "redirect_uri": f"{self._url}/?auth_callback=1",
        }
        flow = await self.rest("POST", "/auth/login_flow", start)
        login = {"client_id": self._client_id, "username": USER, "password": PASSWORD}
        done = await self.rest("POST", f"/auth/login_flow/{flow['flow_id']}", login)
        if done["type"] != "create_entry":
            raise StageError(f"Home Assistant does not let user {USER} in with password {PASSWORD} any more")
        await self._exchange(done["result"])

    async def _exchange(self, code: str) -> None:
        form = {"grant_type": "authorization_code", "code": code, "client_id": self._client_id}
        granted = await self.rest("POST", "/auth/token", form=form)
        self._token = granted["access_token"]
        self.tokens = {
            **granted,
            "hassUrl": self._url,
            "clientId": self._client_id,
            "expires": 9_999_999_999_999,
        }
        assert self._session is not None
        try:
            self._socket = await self._session.ws_connect("/api/websocket", max_msg_size=0)
        except aiohttp.ClientError as error:
            raise StageError(f"Home Assistant opens no WebSocket: {error}") from error
        await self._receive()
        await self._send({"type": "auth", "access_token": self._token})
        if (await self._receive())["type"] != "auth_ok":
            raise StageError("Home Assistant refused the token that it gave")
        await self._started()

    async def _send(self, message: Mapping[str, object]) -> None:
        assert self._socket is not None
        try:
            await self._socket.send_json(message)
        except aiohttp.ClientError as error:
            raise StageError(_GONE) from error

    async def _receive(self) -> dict[str, Any]:
        """Give the next message; StageError when Home Assistant closed the connection."""
        assert self._socket is not None
        message = await self._socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise StageError(_GONE)
        content: dict[str, Any] = message.json()
        return content

    async def _started(self) -> None:
        """Wait until every integration has been set up; pages answer long before."""
        deadline = asyncio.get_running_loop().time() + START_S
        while (state := (await self.call("get_config"))["state"]) != "RUNNING":
            if asyncio.get_running_loop().time() > deadline:
                raise StageError(f"Home Assistant is {state} after {START_S} s")
            await asyncio.sleep(0.1)

    async def call(self, command: str, **arguments: object) -> Any:
        """Send one WebSocket command and return its result."""
        number = next(self._ids)
        await self._send({"id": number, "type": command, **arguments})
        while True:
            answer = await self._receive()
            if answer.get("id") == number and answer["type"] == "result":
                if not answer["success"]:
                    raise StageError(f"Home Assistant refused {command}: {answer['error']['message']}")
                return answer["result"]

    async def act(self, domain: str, service: str, **data: object) -> None:
        """Call an action; with an `entity_id` in its data it is for that entity."""
        await self.call("call_service", domain=domain, service=service, service_data=data)

    async def events(self, event_type: str) -> AsyncIterator[dict[str, Any]]:
        """Yield events of one type as they come; nothing else can be called on this client meanwhile."""
        await self.call("subscribe_events", event_type=event_type)
        while True:
            message = await self._receive()
            if message["type"] == "event":
                yield message["event"]

    async def flow(self, handler: str, *inputs: dict[str, object]) -> dict[str, Any]:
        """Walk a config flow to its end with one input per form."""
        path = "/api/config/config_entries/flow"
        step = await self.rest("POST", path, {"handler": handler})
        for user_input in inputs:
            if step["type"] != "form":
                raise StageError(f"the set-up of {handler} {_ended(step)}")
            step = await self.rest("POST", f"{path}/{step['flow_id']}", user_input)
        if step["type"] != "create_entry":
            raise StageError(f"the set-up of {handler} {_ended(step)}")
        result: dict[str, Any] = step
        return result

    async def states(self) -> dict[str, dict[str, Any]]:
        """Return every state by entity id."""
        return {state["entity_id"]: state for state in await self.call("get_states")}

    async def wait_for[T](
        self, what: str, probe: Callable[[dict[str, Any]], T | None], timeout_s: float = 30
    ) -> T:
        """Poll the states until `probe` returns something true; StageError tells `what` was missed."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            states = await self.states()
            if found := probe(states):
                return found
            if asyncio.get_running_loop().time() > deadline:
                raise StageError(f"{what}: not seen within {timeout_s:.0f} s")
            await asyncio.sleep(0.2)
