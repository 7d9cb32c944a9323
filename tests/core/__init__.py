"""Tests of the pure rooms; each folder is the room's."""
