"""Days, weeks, sessions and statistics as the ledger tells them."""
