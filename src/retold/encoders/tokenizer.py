"""Cut text into SentencePiece unigram pieces and keep where each came from.

The most probable segmentation is found word by word with the algorithm of Viterbi, as in
Kudo 2018 (https://aclanthology.org/P18-1007); no piece of this vocabulary reaches over a space.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.encoders.weights import Vocabulary

META = "\u2581"
"""Stands for the space before a word."""
UNKNOWN_PENALTY = 10.0
"""How much less probable than the rarest piece a character without a piece is."""
CACHED_WORDS = 100_000
CACHED_LENGTH = 24
"""Longer words are whole sentences in scripts without spaces: they do not come again."""

_WORD = re.compile("[^ ]+")

Cut = Sequence[tuple[int, int]]
"""The pieces of a word: id and length in characters."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The pieces of one text, in order."""

    ids: NDArray[np.int32]
    """(n,)"""
    offsets: NDArray[np.int32]
    """(n, 2): half-open code-point offsets into the text as given."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text as the vocabulary spells it, and the span of the original behind each character."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Tokenizer:
    """A vocabulary ready for cutting; threads may share it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the pieces, except control pieces: a text that spells "<s>" is only text."""
        self.unknown = vocabulary.unknown
        self.scores = list(vocabulary.scores)
        self.scores[self.unknown] = min(self.scores) - UNKNOWN_PENALTY
        self._characters = vocabulary.characters
        self._ids = {p: i for i, p in enumerate(vocabulary.pieces) if vocabulary.scores[i] < 0}
        self._longest = max(map(len, self._ids))
        self._cache: dict[str, Cut] = {}

    def cut(self, text: str) -> Tokens:
        """Cut a text, in which any run of whitespace counts as one space, none at the ends."""
        clean = normalise(text, self._characters)
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for match in _WORD.finditer(clean.text):
            at = match.start() - 1
            for piece, length in self._word(META + match.group()):
                ids.append(piece)
                offsets.append(_span(clean, max(at, match.start()), at + length))
                at += length
        return Tokens(np.array(ids, np.int32), np.array(offsets, np.int32).reshape(-1, 2))

    def _word(self, word: str) -> Cut:
        cut = self._cache.get(word)
        if cut is None:
            cut = self._best(word)
            if len(word) <= CACHED_LENGTH:
                if len(self._cache) >= CACHED_WORDS:
                    self._cache.clear()
                self._cache[word] = cut
        return cut

    def _best(self, word: str) -> Cut:
        """Find the most probable pieces of a word; a character without a piece stands alone."""
        count, lookup, scores = len(word), self._ids.get, self.scores
        best = [-np.inf] * (count + 1)
        best[0] = 0.0
        back = [(self.unknown, 0)] * (count + 1)
        for start in range(count):
            reached = best[start]
            for end in range(start + 1, min(start + self._longest, count) + 1):
                piece = lookup(word[start:end])
                if piece is not None and reached + scores[piece] > best[end]:
                    best[end] = reached + scores[piece]
                    back[end] = (piece, start)
            if reached + scores[self.unknown] > best[start + 1]:
                best[start + 1] = reached + scores[self.unknown]
                back[start + 1] = (self.unknown, start)
        return _traced(back)


def _traced(back: list[tuple[int, int]]) -> Cut:
    end = len(back) - 1
    cut = []
    while end:
        piece, start = back[end]
        cut.append((piece, end - start))
        end = start
    return tuple(reversed(cut))


def _span(clean: Normalised, start: int, end: int) -> tuple[int, int]:
    """Give the original span of some characters; an empty one at `start` when there are none."""
    if start >= end:
        return clean.starts[start], clean.starts[start]
    return clean.starts[start], clean.ends[end - 1]


def normalise(text: str, characters: dict[str, str]) -> Normalised:
    """Compose a text (NFC), then replace each character that has a replacement."""
    composed = unicodedata.is_normalized("NFC", text)
    if composed and characters.keys().isdisjoint(text):
        return Normalised(text, range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for character, start, end in _each(text) if composed else _composed(text):
        new = characters.get(character, character)
        parts.append(new)
        starts += [start] * len(new)
        ends += [end] * len(new)
    return Normalised("".join(parts), starts, ends)


def _each(text: str) -> Iterator[tuple[str, int, int]]:
    for start, character in enumerate(text):
        yield character, start, start + 1


def _composed(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each character of the NFC form with the span of the cluster it was made from."""
    start = 0
    for end in _cluster_ends(text):
        new = unicodedata.normalize("NFC", text[start:end])
        if new == text[start:end]:
            yield from ((c, start + i, start + i + 1) for i, c in enumerate(new))
        else:
            yield from ((c, start, end) for c in new)
        start = end


def _cluster_ends(text: str) -> Iterator[int]:
    """Cut where composing the sides apart or together is the same."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]) and not _joins(text[start:at], text[at]):
            yield at
            start = at
    if text:
        yield len(text)


def _joins(before: str, character: str) -> bool:
    """Say whether a starter composes with what is before it, as Hangul and some vowels do."""
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", before + character) != apart
