"""The moment at which the past is asked for, and the past."""

from datetime import datetime, timedelta

from custom_components.retrostep.core.history.history import History
from custom_components.retrostep.core.ledger.ledger import Ledger
from tests.core.ledger.story import berlin

# A Thursday.
NOON = berlin("2026-03-05 12:00")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def told(ledger: Ledger, now: datetime = NOON) -> History:
    """Give the past a ledger holds."""
    history = History(ledger)
    history.refresh(now)
    return history
