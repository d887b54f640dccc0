"""Tests of the alignment, on articles and token vectors made by hand."""
