"""What the card reads."""
