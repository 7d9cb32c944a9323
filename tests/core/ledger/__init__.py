"""Scenarios for the ledger, the fetching of rows and their parts."""
