"""The pod's configurations and its firmware, run on this machine."""
