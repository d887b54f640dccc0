"""The probe that says what kind of passage a sentence vector belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoder, Encoding
from retold.probes.vectors import sentence_vectors

KINDS = ("statement", "commentary", "boilerplate", "credit")
"""What a passage can be, in the order of a probe's columns (training/data/README.md)."""
FOLDER = Path(__file__).parent
DECIMALS = 4
"""Probabilities are rounded before any decision, so that summation order changes none."""


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A linear probe over sentence vectors; `weights` is None where only structure can judge."""

    encoder: str
    """SHA-256 of the encoder's weights."""
    data: str
    """SHA-256 of the training data."""
    weights: NDArray[np.float32] | None
    """(features, kinds), scaling and temperature folded in."""
    bias: NDArray[np.float32]
    """(kinds,)"""

    @property
    def informed(self) -> bool:
        """Tell whether there is a probe for the encoder in use."""
        return self.weights is not None

    def probabilities(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        """Give the calibrated probability of each kind, (n, 4) in the order of KINDS."""
        if not encodings:
            return np.zeros((0, len(KINDS)), np.float32)
        if self.weights is None:
            logits = np.tile(self.bias, (len(encodings), 1))
        else:
            logits = sentence_vectors(encodings) @ self.weights + self.bias
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        return (raised / raised.sum(axis=1, keepdims=True)).round(DECIMALS).astype(np.float32)


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
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
        )


def structure_only(encoder: Encoder) -> Probe:
    """Make the probe that finds every passage equally likely to be content or clutter.

    Half of its mass lies on statement and none on commentary.
    """
    with np.errstate(divide="ignore"):
        bias = np.log(np.array([0.5, 0.0, 0.25, 0.25], np.float32))
    return Probe(encoder=encoder.digest, data="", weights=None, bias=bias)
