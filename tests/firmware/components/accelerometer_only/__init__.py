"""An IMU that does not turn: for configurations that must be refused."""
