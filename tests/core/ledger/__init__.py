"""Scenarios for the ledger, the link and their parts."""
