"""Plays a recording as if an IMU measured it; host platform only."""

CODEOWNERS = ["@retrostep"]
