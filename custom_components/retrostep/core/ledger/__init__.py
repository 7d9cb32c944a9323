"""Every step once, in the minute it was walked."""
