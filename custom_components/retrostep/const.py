"""Names that several modules of the integration share."""

from datetime import time
from typing import Final

DOMAIN: Final = "retrostep"
ESPHOME_DOMAIN: Final = "esphome"
MOBILE_APP_DOMAIN: Final = "mobile_app"

CONF_PERSON: Final = "person"
CONF_PODS: Final = "pods"
CONF_MAC: Final = "mac"
CONF_ESPHOME_ENTRY: Final = "esphome_entry"
CONF_NODE: Final = "node"
CONF_WALKER: Final = "walker"
CONF_WALKER_SLUG: Final = "walker_slug"
CONF_GUEST_NAME: Final = "guest_name"
# In an entry's data while a dashboard is wanted that no browser has made yet.
CONF_DASHBOARD: Final = "dashboard"
# In an entry's data once something was kept of the walker: that there is nothing is damage from then on.
CONF_KEPT: Final = "kept"
# The same of what walkers have taken of pods.
CONF_POSITIONS_KEPT: Final = "positions_kept"
CONF_TIME_ZONE: Final = "time_zone"
CONF_DAY_START: Final = "day_start"

# Sections of a walker's options; those of features name their files on disk too.
SECTION_GOALS: Final = "goals"
SECTION_REMINDERS: Final = "reminders"
SECTION_GUIDE: Final = "guide"
SECTION_COACH: Final = "coach"
SECTION_FEELINGS: Final = "feelings"
SECTION_BODY: Final = "body"
SECTION_CALENDAR: Final = "calendar"
CONF_SHOW: Final = "show"
CONF_WEIGHT_KG: Final = "weight_kg"

SUBENTRY_POD: Final = "pod"

DEFAULT_DAY_START: Final = time(0)
