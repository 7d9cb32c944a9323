"""What it costs: instructions, bytes, delays, battery."""
