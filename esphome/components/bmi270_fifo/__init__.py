"""BMI270, read through its FIFO."""

CODEOWNERS = ["@retrostep"]
