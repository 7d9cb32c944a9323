"""Settings of a walker, one form each."""
