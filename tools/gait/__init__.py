"""Recordings of foot motion: their format, a generator that knows the truth, transforms of real ones."""
