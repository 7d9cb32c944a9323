"""What is said of the history."""
