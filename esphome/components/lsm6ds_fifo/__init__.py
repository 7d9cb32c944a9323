"""LSM6DS3 and LSM6DS3TR-C, read through their FIFO."""

CODEOWNERS = ["@retrostep"]
