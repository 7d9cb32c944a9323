"""Actions, one file for each kind."""
