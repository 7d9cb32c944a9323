"""What the card reads, and how it gets to the browser."""
