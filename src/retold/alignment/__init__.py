"""Passages of N articles -> claims: groups of units with calibrated scores."""

from retold.alignment.claims import Alignment, PairScores, Unit, align

__all__ = ["Alignment", "PairScores", "Unit", "align"]
