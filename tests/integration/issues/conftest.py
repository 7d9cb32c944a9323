"""What the tests of repairs share."""

import pytest

from custom_components.retrostep.issues import pod as pod_issues


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have clocks that disagree told without waiting for the pod to ask for the time."""
    monkeypatch.setattr(pod_issues, "CLOCKS_DIFFER_MAX_S", 0)
