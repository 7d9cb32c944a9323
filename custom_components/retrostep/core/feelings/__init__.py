"""How sessions felt."""
