"""Repairs and the flows that lead through them."""
