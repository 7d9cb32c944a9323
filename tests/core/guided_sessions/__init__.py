"""Scenarios for guided sessions."""
