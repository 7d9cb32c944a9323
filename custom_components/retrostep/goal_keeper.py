"""Keeps a walker's goals: gives each day its goal and follows how much of it is done."""

from typing import TYPE_CHECKING, Any, ClassVar, override

from homeassistant.core import callback

from .companion import Companion
from .goals_book import GoalBook
from .goals_facts import LedgerFacts
from .goals_plan import read_settings
from .goals_view import goal_view
from .storage import WalkerStore

if TYPE_CHECKING:
    from datetime import date, datetime

    from .coordinator import WalkerCoordinator
    from .goals import GoalDay, GoalView

DOCUMENT_VERSION = 1


class GoalKeeper(Companion):
    """Goals, streaks and what happened on a day."""

    part: ClassVar[str] = "goals"

    def __init__(self, coordinator: WalkerCoordinator) -> None:
        super().__init__(coordinator)
        self.store = WalkerStore(self.hass, self.entry.entry_id, self.part)
        self.book = GoalBook()
        self.view: GoalView
        """Today's goal."""

    def days(self, first: date, last: date) -> list[GoalDay]:
        """Give the days that had a goal with what was done, ascending, both ends included."""
        return self.book.days(first, last)

    @override
    async def async_load(self) -> None:
        if (document := await self.store.async_load()) is not None:
            self.book = GoalBook.from_dict(document["book"])

    @callback
    @override
    def async_follow(self, now: datetime) -> None:
        settings = read_settings(self.settings)
        today = self.coordinator.ledger.today(now)
        facts = LedgerFacts(self.coordinator.ledger, today)
        self.book.follow(settings, today.date, facts, settled_before=today.date)
        self.view = goal_view(self.book, settings)
        self.store.async_save_later(self._document)

    @override
    async def async_close(self) -> None:
        await self.store.async_close(self._document())

    @callback
    def async_restart_plan(self) -> None:
        """Begin the plan anew."""
        self.book.restart()
        self.coordinator.async_show()

    def _document(self) -> dict[str, Any]:
        return {"version": DOCUMENT_VERSION, "book": self.book.as_dict()}
