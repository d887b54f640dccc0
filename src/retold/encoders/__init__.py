"""Turn texts into vectors: one for the whole text and one for each token of it.

`e5.E5Encoder` is the default engine, `cache.CachedEncoder` remembers what another encoder said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with the number of texts done and the number of all texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What an encoder says about one text.

    A text without a token (empty, or only whitespace and ignored characters) has empty arrays and
    a `pooled` of zeros, whose product with every vector is 0.
    """

    pooled: NDArray[np.float32]
    """(dim,): unit length, mean of the last layer over all its positions."""
    tokens: NDArray[np.float16]
    """(n_tokens, n_layers, dim): contextual vectors of the encoder's `layers`, as they are (not
    centred). A token is a SentencePiece piece; special tokens and the prefix are left out."""
    offsets: NDArray[np.int32]
    """(n_tokens, 2): half-open code-point offsets into the text as given, never decreasing. The
    space before a word is not in its token. Tokens cut from one character share its span; the
    piece for a word start alone has the span of the space, or an empty one where there is none."""
    information: NDArray[np.float32]
    """(n_tokens,): minus the natural logarithm of the piece's unigram probability."""


class Encoder(Protocol):
    """Whatever encodes texts, each by itself: the same text gives the same vectors anywhere."""

    @property
    def name(self) -> str:
        """Name the model, such as "multilingual-e5-small-q4"."""
        ...

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the weights in hexadecimal digits."""
        ...

    @property
    def dim(self) -> int:
        """Give the length of a vector."""
        ...

    @property
    def layers(self) -> tuple[int, ...]:
        """Name the layers kept for each token, counted from 1."""
        ...

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        """Encode texts, in the order given."""
        ...


__all__ = ["Encoder", "Encoding", "Progress"]
