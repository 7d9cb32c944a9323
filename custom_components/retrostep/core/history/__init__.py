"""What the ledger says of days, weeks and sessions gone by."""
