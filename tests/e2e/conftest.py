"""What holds for every house of the end-to-end tests."""

from typing import TYPE_CHECKING

import pytest

from tools.check.complaints import complaints
from tools.stage.home_assistant import HomeAssistant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Home Assistant says so of every custom integration when it starts.
EACH_LOG_NAMES_US = "custom integration retrostep which has not been tested"


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_said_against_us() -> Iterator[None]:
    """Fail the last test when the log of a house that was started says that we use what will end."""
    logs: set[Path] = set()
    start = HomeAssistant.start

    async def start_and_note(home: HomeAssistant) -> None:
        logs.add(home.log)
        await start(home)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HomeAssistant, "start", start_and_note)
        yield
    texts = [log.read_text(encoding="utf-8") for log in sorted(logs)]
    assert all(EACH_LOG_NAMES_US in text for text in texts), "a log of a house is not where it is looked for"
    said = [line for text in texts for line in complaints(text.splitlines())]
    assert not said, f"in the logs of {len(logs)} houses:\n" + "\n".join(said)
