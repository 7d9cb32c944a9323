"""The whole line: pods built for this machine, a real Home Assistant, a real browser."""
