"""Tests of the reminders after long sitting: days of a walker as they could have been."""
