"""The form for what goes with guided sessions: a voice, and what phones show."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import Platform
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    LanguageSelector,
    LanguageSelectorConfig,
)

from ..const import SECTION_COACH
from ..core.guided_sessions.coaching import (
    CONF_LANGUAGE,
    CONF_LIVE,
    CONF_SPEAK_ON_PHONE,
    CONF_SPEAKER,
    CONF_TTS,
    DEFAULTS,
)
from ..features.surroundings import async_to_entity_id, async_to_kept
from ..walker import async_settings, async_with_settings
from .selectors import ShortEntitySelector

SECTION_VOICE: Final = "voice"
SECTION_PHONE: Final = "phone"
# Those there are texts in.
LANGUAGES: Final = ("de", "en", "es", "fr", "nl", "pt-BR", "zh-Hans")
ENTITY_FIELDS: Final = (CONF_SPEAKER, CONF_TTS)


def _entity(*domains: str) -> ShortEntitySelector:
    return ShortEntitySelector(
        EntitySelectorConfig(filter=EntityWithDeviceFilterSelectorConfig(domain=list(domains)))
    )


FORM: Final[Mapping[str, Mapping[vol.Marker, Any]]] = {
    SECTION_VOICE: {
        vol.Optional(CONF_SPEAKER): _entity(Platform.MEDIA_PLAYER, Platform.ASSIST_SATELLITE),
        vol.Optional(CONF_TTS): _entity(Platform.TTS),
        vol.Required(CONF_SPEAK_ON_PHONE, default=False): BooleanSelector(),
        vol.Optional(CONF_LANGUAGE): LanguageSelector(
            LanguageSelectorConfig(languages=list(LANGUAGES), native_name=True)
        ),
    },
    SECTION_PHONE: {vol.Required(CONF_LIVE, default=False): BooleanSelector()},
}


class CoachingOptions(OptionsFlow):
    """Ask what goes with guided sessions."""

    async def async_step_coaching(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a speaker and a language, and whether phones show the session."""
        kept = {**DEFAULTS, **async_settings(self.config_entry, SECTION_COACH)}
        shown = {key: value for key, value in kept.items() if value is not None}
        for key in ENTITY_FIELDS:
            if key in shown:
                shown[key] = async_to_entity_id(self.hass, shown[key])
        errors: dict[str, str] = {}
        if user_input is not None:
            shown = {key: value for part in user_input.values() for key, value in part.items()}
            if shown.get(CONF_SPEAKER, "").startswith(f"{Platform.MEDIA_PLAYER}.") and CONF_TTS not in shown:
                errors[SECTION_VOICE] = "no_tts"
            else:
                return self._async_keep_coaching(shown)
        schema = vol.Schema(
            {
                vol.Required(name): section(vol.Schema(dict(fields)), {"collapsed": False})
                for name, fields in FORM.items()
            }
        )
        return self.async_show_form(
            step_id="coaching",
            data_schema=self.add_suggested_values_to_schema(schema, dict.fromkeys(FORM, shown)),
            errors=errors,
        )

    def _async_keep_coaching(self, given: Mapping[str, Any]) -> ConfigFlowResult:
        """Keep what was chosen, entities by their registry id; what was left empty is nothing."""
        asked = {str(key) for fields in FORM.values() for key in fields}
        kept = {**async_settings(self.config_entry, SECTION_COACH)}
        for key in asked:
            value = given.get(key, DEFAULTS[key])
            kept[key] = async_to_kept(self.hass, value) if value and key in ENTITY_FIELDS else value
        return self.async_create_entry(data=async_with_settings(self.config_entry, SECTION_COACH, kept))
