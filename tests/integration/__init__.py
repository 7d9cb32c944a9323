"""Tests of the integration in a Home Assistant with a made-up ESPHome."""
