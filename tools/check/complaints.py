"""What Home Assistant's log says against us: that we use what will end, or in a way it does not allow."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Home Assistant ends what it has against a custom integration with whom to tell it.
# That a set-up failed is no complaint: the integration itself gives the reason.
_BLAME: Final = re.compile(
    r"(?<!Setup failed for )custom integration '?retrostep|'retrostep' custom integration"
    r"|bug report at \S*/retrostep/"
)
# Of a template or an import nobody is named; nothing else runs beside us in our tests and houses.
_ENDS: Final = re.compile(r"deprecat|will stop working in Home Assistant|will be removed in", re.IGNORECASE)
# Said of every custom integration at each start, and of every one on a machine that is busy.
_OF_EVERYBODY: Final = re.compile(
    r"custom integration retrostep which has not been tested by Home Assistant|took \d+\.\d+ seconds"
)


def complaints(lines: Iterable[str]) -> list[str]:
    """Those of a log's lines that are against us, in their order."""
    return [
        line
        for line in lines
        if (_BLAME.search(line) or _ENDS.search(line)) and not _OF_EVERYBODY.search(line)
    ]
