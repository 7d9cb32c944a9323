"""LSM6DS3, LSM6DS3TR-C, LSM6DSO and LSM6DSOX, read through their FIFO."""

CODEOWNERS = ["@retrostep"]
