"""The marks that a language puts around quoted words."""

from functools import cache

from retold.languages import tables
from retold.languages.names import primary

Pair = tuple[str, str]


@cache
def quotation_marks(tag: str) -> tuple[Pair, ...]:
    """Return the pairs (opening, closing) in use in a language, the usual one first.

    A language without a row of its own gets the pairs that are in use anywhere.
    """
    own: list[Pair] = []
    everywhere: list[Pair] = []
    for row in tables.rows("quotation_marks"):
        pairs = [(pair[0], pair[1]) for pair in row["pairs"].split()]
        if row["lang"] == primary(tag):
            own += pairs
        elif row["lang"] == tables.EVERY_LANGUAGE:
            everywhere += pairs
    return tuple(dict.fromkeys(own + everywhere))
