"""Sensors of a walker."""
