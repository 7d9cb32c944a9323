"""Pure rooms: they know Python and one another, no Home Assistant, and are told the time."""
