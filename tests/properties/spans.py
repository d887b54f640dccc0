"""What a comparison says, as sets to be compared."""

from collections.abc import Callable, Collection
from itertools import combinations

from retold.comparison import Comparison
from retold.records import Place

Pair = frozenset[Place]


def linked(
    comparison: Comparison,
    *,
    among: Collection[str] | None = None,
    name: Callable[[str], str] = str,
) -> set[Pair]:
    """Return the pairs of spans that stand in one row; of some articles, under other names."""
    found = set()
    for row in comparison.rows:
        places = [
            Place(name(cell.article), span.start, span.end)
            for cell in row.cells
            if among is None or cell.article in among
            for span in cell.spans
        ]
        found |= {frozenset(pair) for pair in combinations(places, 2)}
    return found
