"""Turn what an encoder says about a passage into the one vector that a probe looks at."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding


def sentence_vectors(encodings: Sequence[Encoding]) -> NDArray[np.float32]:
    """Join each text's pooled vector with the means of its token vectors, layer by layer.

    Gives (n, dim * (1 + layers)); the parts of a text without tokens are zero.
    """
    return np.array([_vector(encoding) for encoding in encodings], dtype=np.float32)


def _vector(encoding: Encoding) -> NDArray[np.float32]:
    layers, dim = encoding.tokens.shape[1:]
    if len(encoding.tokens) == 0:
        means = np.zeros((layers, dim), np.float32)
    else:
        means = encoding.tokens.mean(axis=0, dtype=np.float32)
    return np.concatenate([encoding.pooled, means.ravel()]).astype(np.float32)
