"""Sensors, one table for each kind."""
