"""Comparisons made visible: the plain view, and the forms that are drawn from it."""
