"""What an older version wrote is lifted to the form of today; what nobody understands is refused."""

from typing import Any

import pytest

from custom_components.retrostep.core.documents import NewerDocumentError, UnknownDocumentError, lift


def note(kept: dict[str, Any]) -> dict[str, Any]:
    return {**kept, "lifted": [*kept.get("lifted", []), kept["version"]]}


def test_a_document_is_lifted_step_by_step() -> None:
    kept = {"version": 1}
    assert lift(kept, 3, {1: note, 2: note}) == {"version": 3, "lifted": [1, 2]}
    assert lift({"version": 3}, 3, {1: note, 2: note}) == {"version": 3}
    assert kept == {"version": 1}, "what was read stays as it is"


@pytest.mark.parametrize("kept", [None, [], {}, {"version": "1"}, {"version": True}, {"version": 0}])
def test_what_has_no_version_from_which_a_way_leads_here_is_refused(kept: object) -> None:
    with pytest.raises(UnknownDocumentError) as refused:
        lift(kept, 2, {1: note})
    assert type(refused.value) is UnknownDocumentError


def test_what_a_newer_version_wrote_is_told_apart() -> None:
    with pytest.raises(NewerDocumentError, match="version 3, understood is 2"):
        lift({"version": 3}, 2, {1: note})
