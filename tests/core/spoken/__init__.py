"""Tests of what is said by voice."""
