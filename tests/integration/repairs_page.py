"""The page of Home Assistant where issues are fixed, as its own frontend uses it."""

from typing import TYPE_CHECKING, Any

from custom_components.retrostep.const import DOMAIN

if TYPE_CHECKING:
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator


type Flow = dict[str, Any]


class Repairs:
    """The page of Home Assistant where issues are fixed."""

    def __init__(self, make_client: ClientSessionGenerator, registry: ir.IssueRegistry) -> None:
        self.make_client = make_client
        self.registry = registry
        self.client: Any = None

    def issue(self, key: str) -> ir.IssueEntry | None:
        """Give the one issue of a kind that is shown."""
        found = [
            issue
            for issue in self.registry.issues.values()
            if issue.active and issue.domain == DOMAIN and issue.translation_key == key
        ]
        assert len(found) <= 1
        return found[0] if found else None

    async def open(self, key: str) -> Flow:
        """Begin to fix an issue."""
        issue = self.issue(key)
        assert issue
        # The web server of the tests takes no new paths once it runs: the walker has to be there first.
        self.client = self.client or await self.make_client()
        data = {"handler": DOMAIN, "issue_id": issue.issue_id}
        response = await self.client.post("/api/repairs/issues/fix", json=data)
        flow: Flow = await response.json()
        return flow

    async def answer(self, flow: Flow, **given: str) -> Flow:
        """Give what is asked for."""
        response = await self.client.post(f"/api/repairs/issues/fix/{flow['flow_id']}", json=given)
        answered: Flow = await response.json()
        return answered

    async def confirm(self, key: str) -> None:
        """Fix an issue by agreeing to what is offered."""
        flow = await self.open(key)
        assert flow["step_id"] == "confirm"
        assert (await self.answer(flow))["type"] == "create_entry"

    async def choose(self, key: str, choice: str) -> Flow:
        """Fix an issue by one of the ways that are offered."""
        flow = await self.open(key)
        assert flow["type"] == "menu"
        return await self.answer(flow, next_step_id=choice)
