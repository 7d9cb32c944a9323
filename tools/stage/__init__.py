"""A real Home Assistant and real pods on this machine's loopback, for the demo and the end-to-end tests."""
