"""Pods in a Home Assistant with a made-up ESPHome."""
