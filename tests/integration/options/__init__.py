"""The forms of a walker's settings."""
