"""What a walker chose to go with guided sessions: a voice, a notification, a look at the path."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .path import Role

CONF_SPEAKER: Final = "speaker"
CONF_TTS: Final = "tts"
CONF_SPEAK_ON_PHONE: Final = "speak_on_phone"
CONF_LANGUAGE: Final = "language"
CONF_LIVE: Final = "live"
CONF_DOORS: Final = "doors"
CONF_VACUUMS: Final = "vacuums"
CONF_PRESENCE: Final = "presence"
CONF_LIGHTS: Final = "lights"

ROLES: Final[Mapping[str, Role]] = {
    CONF_DOORS: Role.DOOR,
    CONF_VACUUMS: Role.VACUUM,
    CONF_PRESENCE: Role.PRESENCE,
    CONF_LIGHTS: Role.LIGHT,
}
"""What the entities of a setting watch."""

NAMES_OF_THINGS: Final = (CONF_SPEAKER, CONF_TTS, *ROLES)
"""Settings that name things of the house."""

DEFAULTS: Final[Mapping[str, Any]] = {
    CONF_SPEAKER: None,
    CONF_TTS: None,
    CONF_SPEAK_ON_PHONE: False,
    CONF_LANGUAGE: None,
    CONF_LIVE: False,
    **{name: [] for name in ROLES},
}


@dataclass(frozen=True, slots=True)
class CoachSettings:
    """All of it; entities by registry id, or by entity id where the registry does not know them."""

    speaker: str | None
    tts: str | None
    speak_on_phone: bool
    language: str | None
    live: bool
    watched: tuple[tuple[str, Role], ...]

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> CoachSettings:
        """Read the section of the options; what is missing has its default."""
        chosen = {**DEFAULTS, **options}
        own = {key: chosen[key] for key in DEFAULTS if key not in ROLES}
        return cls(
            **own, watched=tuple((kept, role) for name, role in ROLES.items() for kept in chosen[name])
        )

    @property
    def speaks(self) -> bool:
        """Whether anything is said aloud."""
        return self.speaker is not None or self.speak_on_phone
