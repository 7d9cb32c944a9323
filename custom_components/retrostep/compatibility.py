"""Says clearly that Home Assistant is too old, before what an old one lacks is imported.

Manifests have no place for the least version. This module and the one that imports it use nothing that an
older Home Assistant or its Python would not have.
"""

from homeassistant.const import MAJOR_VERSION, MINOR_VERSION, __version__

# Year and month of the least Home Assistant.
LEAST = (2026, 10)

if (MAJOR_VERSION, MINOR_VERSION) < LEAST:
    # Home Assistant shows the text of this error in its log and marks the integration as failed.
    raise ImportError(
        f"RetroStep needs Home Assistant {LEAST[0]}.{LEAST[1]} or newer, and this is {__version__}. "
        "Update Home Assistant; the step pods keep their minutes until then."
    )
