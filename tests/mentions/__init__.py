"""Tests of what in a passage can be compared."""
