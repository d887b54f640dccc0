"""Measurements on public sets, one command each: `python -m quality.NAME --data DIR`."""
