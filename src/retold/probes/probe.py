"""The probe that says what kind of passage a sentence vector belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoder, Encoding
from retold.probes import surface
from retold.probes.vectors import sentence_vectors

KINDS = ("statement", "commentary", "boilerplate", "credit", "heading")
"""What a passage can be, in the order of a probe's columns (training/data/README.md)."""
CUES = (surface.is_question, surface.has_quote, surface.has_digit)
"""What of a text's outside speaks for or against commentary."""
FOLDER = Path(__file__).parent
DECIMALS = 4
"""Probabilities are rounded before any decision, so that summation order changes none."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A linear probe over sentence vectors, with temperature and scaling folded in."""

    encoder: str
    """SHA-256 of the encoder's weights."""
    data: str
    """SHA-256 of the training data; empty where nothing was fitted and structure must judge."""
    weights: Floats
    """(features, kinds)"""
    bias: Floats
    """(kinds,)"""
    commentary: Floats
    """(2 + CUES,): constant, log-odds of commentary against statement, then each of CUES."""

    def probabilities(self, encodings: Sequence[Encoding]) -> Floats:
        """Give the calibrated probability of each kind, (n, 5) in the order of KINDS."""
        if not encodings:
            return np.zeros((0, len(KINDS)), np.float32)
        logits = self._logits(encodings)
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Floats = raised / raised.sum(axis=1, keepdims=True)
        return shares.round(DECIMALS)

    def commentary_odds(self, encodings: Sequence[Encoding], texts: Sequence[str]) -> Floats:
        """Give the log-odds that each body passage is commentary and no statement, (n,).

        -inf where nothing was fitted.
        """
        if not encodings:
            return np.zeros(0, np.float32)
        logits = self._logits(encodings)
        odds = logits[:, 1] - logits[:, 0]
        cues = np.array([[1.0, *(cue(text) for cue in CUES)] for text in texts], np.float32)
        weights = np.delete(self.commentary, 1)
        found: Floats = (cues @ weights + self.commentary[1] * odds).round(DECIMALS)
        return found

    def _logits(self, encodings: Sequence[Encoding]) -> Floats:
        if not len(self.weights):
            return np.tile(self.bias, (len(encodings), 1))
        logits: Floats = sentence_vectors(encodings) @ self.weights + self.bias
        return logits


def load_probe(encoder: Encoder, *, folder: Path = FOLDER) -> Probe:
    """Load the probe fitted for this encoder, else one that leaves the verdict to structure.

    A probe is only good for the weights that it was fitted on; `python -m training.probes` writes
    one for another encoder. Without one no passage is called commentary.
    """
    path = folder / f"{encoder.digest[:16]}.npz"
    if not path.is_file():
        return structure_only(encoder)
    with np.load(path) as stored:
        return Probe(
            encoder=str(stored["encoder"]),
            data=str(stored["data"]),
            weights=stored["weights"],
            bias=stored["bias"],
            commentary=stored["commentary"],
        )


def structure_only(encoder: Encoder) -> Probe:
    """Make the probe that finds every passage likely to be a statement and none commentary."""
    with np.errstate(divide="ignore"):
        bias = np.log(np.array([0.8, 0.0, 0.1, 0.1, 0.0], np.float32))
    return Probe(
        encoder=encoder.digest,
        data="",
        weights=np.zeros((0, len(KINDS)), np.float32),
        bias=bias,
        commentary=np.array([0.0, 1.0, *[0.0] * len(CUES)], np.float32),
    )
