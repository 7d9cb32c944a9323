"""Tests of what Assist is asked."""
