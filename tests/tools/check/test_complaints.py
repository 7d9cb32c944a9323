"""What Home Assistant says against us is told from what it says of everybody."""

import pytest

from tools.check.complaints import complaints

REPORT = "create a bug report at https://github.com/retrostep/retrostep/issues"
STEPS = "sensor.ann (<class 'custom_components.retrostep.sensor.Steps'>)"
AGAINST_US = [
    # Home Assistant's helpers.frame, helpers.deprecation, helpers.entity.
    f"Detected that custom integration 'retrostep' reads the primary_config_entry at x. Please {REPORT}",
    "The deprecated constant X was used from retrostep. It will be removed in HA Core 2027.5.0",
    "Please report it to the author of the 'retrostep' custom integration",
    f"Entity {STEPS} sets an invalid icon. Please {REPORT}",
    # A template of our blueprints; it names nobody.
    "A template reads 'config_entries', which is deprecated and will stop working in Home Assistant 2027.10",
]
OF_EVERYBODY = [
    "We found a custom integration retrostep which has not been tested by Home Assistant.",
    f"Updating state for {STEPS} took 0.512 seconds. Please {REPORT}",
    "Detected that custom integration 'another' does what it should not. Please tell its author",
    "RetroStep asks the step pod for its minutes",
]


@pytest.mark.parametrize("line", AGAINST_US)
def test_what_is_said_against_us_is_seen(line: str) -> None:
    assert complaints([*OF_EVERYBODY, line]) == [line]


@pytest.mark.parametrize("line", OF_EVERYBODY)
def test_what_is_said_of_everybody_is_no_complaint(line: str) -> None:
    assert complaints([line]) == []
