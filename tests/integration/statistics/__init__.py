"""What the recorder keeps of a walker."""
