"""The reports of one event, in any languages, side by side, claim by claim."""

__version__ = "0.1.0"
