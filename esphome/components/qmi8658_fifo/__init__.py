"""QMI8658A and QMI8658C, read through their FIFO."""

CODEOWNERS = ["@retrostep"]
