"""Sentence alignment of German and French yearbooks: `python -m quality.textberg --data DIR`.

Rows that share a sentence are one link, and a sentence that shares no row with the other side is
a link by itself, as the hand-made alignment has it. For average_precision every pair of sentences
inside a gold link is positive, and all scored pairs are ranked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality import command, metrics, sets
from quality.command import Bench, Measurement, Table
from quality.metrics import Link
from quality.reports import (
    Report,
    SentencePairs,
    correspondence,
    fit_table,
    lay_out,
    sentence_pairs,
)
from retold.comparison import Comparison


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Two compared versions, the links of the comparison and those of the gold."""

    a: Report
    b: Report
    comparison: Comparison
    pairs: SentencePairs
    found: Sequence[Link]
    gold: Sequence[Link]


def file(data: Path) -> Path:
    """Return the file that is read."""
    return data / "textberg/docs.jsonl"


def links_of(linked: NDArray[np.bool_]) -> list[Link]:
    """Merge linked sentences into links and give every other sentence one of its own."""
    rows, columns = linked.shape
    home = list(range(rows + columns))

    def root(node: int) -> int:
        while home[node] != node:
            node = home[node]
        return node

    for i, j in np.argwhere(linked):
        home[root(rows + int(j))] = root(int(i))
    members: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for node in range(rows + columns):
        members[root(node)][node >= rows].append(node - rows * (node >= rows))
    return [(tuple(a), tuple(b)) for a, b in members.values()]


def aligned(bench: Bench) -> list[Aligned]:
    """Compare the two versions of each document."""
    found = []
    for doc in sets.jsonl(file(bench.data)):
        a = lay_out(doc["src"], id=f"{doc['id']}-{doc['src_lang']}", lang=doc["src_lang"])
        b = lay_out(doc["tgt"], id=f"{doc['id']}-{doc['tgt_lang']}", lang=doc["tgt_lang"])
        comparison = bench.compare([a.article, b.article])
        pairs = sentence_pairs(comparison, a, b)
        gold = [(tuple(i), tuple(j)) for i, j in doc["links"]]
        found.append(Aligned(a, b, comparison, pairs, links_of(pairs.linked), gold))
    return found


def measure(bench: Bench) -> Measurement:
    """Measure the links, counts summed over the documents."""
    found = aligned(bench.listing_all())
    scores = metrics.link_f1([x.gold for x in found], [x.found for x in found])
    return Measurement(
        values={
            "strict_f1": scores["strict"][2],
            "lax_f1": scores["lax"][2],
            "average_precision": _average_precision(found),
        },
        tables=[
            Table(
                ("links", "precision", "recall", "f1"),
                [(name, *values) for name, values in scores.items()],
            ),
            fit_table([correspondence(x.comparison, r) for x in found for r in (x.a, x.b)]),
        ],
        errors=[line for x in found for line in _errors(x, bench.errors)],
    )


def _average_precision(found: Sequence[Aligned]) -> float:
    return metrics.average_precision(
        np.concatenate([x.pairs.score.ravel() for x in found]),
        np.concatenate([_same(x).ravel() for x in found]),
    )


def _same(x: Aligned) -> NDArray[np.bool_]:
    """Return which pairs of sentences stand in one gold link."""
    same = np.zeros(x.pairs.score.shape, bool)
    for left, right in x.gold:
        same[np.ix_(left, right)] = True
    return same


def _errors(x: Aligned, count: int) -> Iterator[str]:
    """Show gold links that were not found, each with what was found instead."""
    missed = [link for link in x.gold if all(link) and link not in set(x.found)]
    for left, right in missed[:: max(1, len(missed) // count)] if count else ():
        instead = [own for own in x.found if set(own[0]) & set(left) or set(own[1]) & set(right)]
        yield f"missed {left} {right}; found {instead}"
        for i in left:
            yield f"    {i}: {x.a.text(i)}"
        for j in right:
            yield f"    {j}: {x.b.text(j)}"


if __name__ == "__main__":
    command.run(__doc__, measure)
