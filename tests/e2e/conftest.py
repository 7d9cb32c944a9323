"""What holds for every house of the end-to-end tests."""

from typing import TYPE_CHECKING

import pytest

from tools.check.complaints import complaints

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_said_against_us(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fail the last test when a house's log holds that we use what will end."""
    yield
    logs = sorted(tmp_path_factory.getbasetemp().rglob("home-assistant.log.txt"))
    said = [line for log in logs for line in complaints(log.read_text(encoding="utf-8").splitlines())]
    assert not said, f"in the logs of {len(logs)} houses:\n" + "\n".join(said)
