"""Articles and token vectors made by hand: every word is a token with a direction of its own.

Words that are written alike, but for capitals, match with cosine 1, all others with 0.
"""

from collections.abc import Sequence

import numpy as np

from retold.alignment.evidence import Evidence, Floats, Tokens
from retold.encoders import Encoding
from retold.records import Article, Passage, Role

DIMENSIONS = 512
INFORMATION = 10.0
_every = np.eye(DIMENSIONS, dtype=np.float32)
_directions: dict[str, int] = {}


def vector(word: str) -> Floats:
    """Return a word's direction."""
    own: Floats = _every[_directions.setdefault(word.lower(), len(_directions))]
    return own


def tokens(units: Sequence[str], body: Sequence[bool] | None = None) -> Tokens:
    """Make the tokens of an article whose units stand on a line each, without centring."""
    words = [word for unit in units for word in unit.split()]
    counts = [len(unit.split()) for unit in units]
    begins, place = [], 0
    for unit in units:
        for word in unit.split():
            begins.append(place)
            place += len(word) + 1
    return Tokens(
        vectors=np.array([vector(word) for word in words], np.float32),
        information=np.full(len(words), INFORMATION, np.float32),
        begins=np.array(begins, np.int32),
        breaks=np.array([-1, *begins[1:]], np.int32),
        first=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp),
        body=np.array(body if body is not None else [True] * len(units), bool),
    )


def random_tokens(sizes: Sequence[int], seed: int) -> Tokens:
    """Make tokens that point anywhere."""
    chance = np.random.default_rng(seed)
    total = sum(sizes)
    vectors = chance.normal(size=(total, 16)).astype(np.float32)
    return Tokens(
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        information=chance.uniform(8, 14, total).astype(np.float32),
        begins=np.arange(total, dtype=np.int32) * 5,
        breaks=np.arange(total, dtype=np.int32) * 5,
        first=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp),
        body=np.ones(len(sizes), bool),
    )


def encoding(text: str, information: float = INFORMATION) -> Encoding:
    """Encode a text: a token for each word, the same in both layers."""
    offsets, place = [], 0
    for word in text.split(" "):
        offsets.append((place, place + len(word)))
        place += len(word) + 1
    vectors = [vector(word.strip(".,?!")) for word in text.split(" ")]
    return Encoding(
        pooled=np.zeros(DIMENSIONS, np.float32),
        tokens=np.array([(v, v) for v in vectors], np.float16),
        offsets=np.array(offsets, np.int32),
        information=np.full(len(offsets), information, np.float32),
    )


def no_token() -> Encoding:
    """Encode a text that has no token."""
    return Encoding(
        pooled=np.zeros(DIMENSIONS, np.float32),
        tokens=np.zeros((0, 2, DIMENSIONS), np.float16),
        offsets=np.zeros((0, 2), np.int32),
        information=np.zeros(0, np.float32),
    )


def article(sentences: Sequence[str], *, name: str = "a", lang: str = "en") -> Article:
    """Make an article of passages, one a line; a letter before one (`T:`) gives its role."""
    roles: dict[str, Role] = {"T:": "title", "H:": "heading", "C:": "credit", "A:": "boilerplate"}
    text, passages = "", []
    for sentence in sentences:
        words = sentence[2:] if sentence[:2] in roles else sentence
        role = roles.get(sentence[:2], "body")
        passages.append(Passage(len(text), len(text) + len(words), role))
        text += words + "\n"
    return Article(id=name, lang=lang, text=text, passages=tuple(passages))


def encodings(of: Article) -> list[Encoding]:
    """Encode the passages of an article."""
    return [encoding(of.text[p.start : p.end]) for p in of.passages]


def evidence(told: Floats, contained: Floats | None = None) -> Evidence:
    """Make evidence of which nothing is known but what units tell of each other."""
    other = told if contained is None else contained
    nothing = np.zeros((0, 0), np.float32)
    flat = np.zeros(0, np.float32)
    return Evidence(told, other, told, other, nothing, nothing, flat, flat)
