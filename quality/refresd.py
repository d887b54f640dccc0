"""Related and equivalent sentences, English and French: `python -m quality.refresd --data DIR`.

Pairs of sentences are put into an English and a French report, so many at a time and each side
shuffled by itself, so that position says nothing. related_auc: unrelated pairs against the other
two labels, by the mean share that either tells of the other. equivalent_auc: pairs without a
difference in meaning against all others (the set's label `equivalent` against `divergent`), by the
score of the link or candidate times the share that either tells of the other at least. The table
also has the harder contrast, against pairs with some difference alone.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quality import command, metrics, sets
from quality.command import Bench, Measurement, Table
from quality.reports import Correspondence, correspondence, fit_table, lay_out, sentence_pairs

GROUP = 25
"""Pairs of sentences in a pair of reports."""
UNRELATED, SOME, NONE = "unrelated", "some_meaning_difference", "no_meaning_difference"


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair of sentences and what the comparison says of it."""

    label: str
    english: str
    french: str
    score: float
    a_in_b: float
    b_in_a: float
    linked: bool

    @property
    def relation(self) -> float:
        """Return how much of both the other tells."""
        return (self.a_in_b + self.b_in_a) / 2

    @property
    def equivalence(self) -> float:
        """Return how likely both say the same and no more."""
        return self.score * min(self.a_in_b, self.b_in_a)


def file(data: Path) -> Path:
    """Return the file that is read."""
    return data / "refresd/pairs.jsonl"


def scored(bench: Bench, *, size: int = GROUP) -> tuple[list[Scored], list[Correspondence]]:
    """Compare the pairs, `size` at a time; also say how the passages fit."""
    pairs = list(sets.jsonl(file(bench.data)))
    random.Random(size).shuffle(pairs)
    found: list[Scored] = []
    fits: list[Correspondence] = []
    bench = bench.listing_all()
    for number, start in enumerate(range(0, len(pairs), size)):
        group, fit = _scored(bench, pairs[start : start + size], number)
        found += group
        fits += fit
    return found, fits


def _scored(
    bench: Bench, pairs: Sequence[dict[str, Any]], number: int
) -> tuple[list[Scored], list[Correspondence]]:
    """Compare one pair of reports."""
    order = list(range(len(pairs)))
    random.Random(number).shuffle(order)
    english = lay_out([pair["en"] for pair in pairs], id=f"{number}-en", lang="en")
    french = lay_out([pairs[i]["fr"] for i in order], id=f"{number}-fr", lang="fr")
    comparison = bench.compare([english.article, french.article])
    said = sentence_pairs(comparison, english, french)
    found = [
        Scored(
            pairs[i]["label3"],
            pairs[i]["en"],
            pairs[i]["fr"],
            float(said.score[i, j]),
            float(said.a_in_b[i, j]),
            float(said.b_in_a[i, j]),
            bool(said.linked[i, j]),
        )
        for j, i in enumerate(order)
    ]
    return found, [correspondence(comparison, report) for report in (english, french)]


def measure(bench: Bench, *, size: int = GROUP) -> Measurement:
    """Measure both contrasts."""
    pairs, fits = scored(bench, size=size)
    related = metrics.auc([p.relation for p in pairs], [p.label != UNRELATED for p in pairs])
    equivalent = metrics.auc([p.equivalence for p in pairs], [p.label == NONE for p in pairs])
    return Measurement(
        values={"related_auc": related, "equivalent_auc": equivalent},
        tables=[
            _label_table(pairs),
            _contrast_table(pairs),
            fit_table(fits),
        ],
        errors=list(_errors(pairs, bench.errors)),
    )


def _label_table(pairs: Sequence[Scored]) -> Table:
    """Show what is said of the pairs of each label, on average."""
    rows = []
    for label in (UNRELATED, SOME, NONE):
        own = [p for p in pairs if p.label == label]
        said = np.array([(p.score, p.a_in_b, p.b_in_a, p.linked) for p in own], float)
        rows.append((label, len(own), *said.reshape(-1, 4).sum(axis=0) / max(1, len(own))))
    return Table(("label", "pairs", "score", "en in fr", "fr in en", "linked"), rows)


def _contrast_table(pairs: Sequence[Scored]) -> Table:
    """Show how well each number that could be used tells the labels apart."""
    ways: dict[str, Callable[[Scored], float]] = {
        "score": lambda p: p.score,
        "mean told": lambda p: p.relation,
        "score x least told": lambda p: p.equivalence,
    }
    some = [p for p in pairs if p.label != UNRELATED]
    rows = [
        (
            name,
            metrics.auc(list(map(way, pairs)), [p.label != UNRELATED for p in pairs]),
            metrics.auc(list(map(way, pairs)), [p.label == NONE for p in pairs]),
            metrics.auc(list(map(way, some)), [p.label == NONE for p in some]),
        )
        for name, way in ways.items()
    ]
    return Table(("auc by", "unrelated or not", "none or any", "none or some"), rows)


def _errors(pairs: Sequence[Scored], count: int) -> Iterator[str]:
    """Show the unrelated pairs that score most and the equivalent ones that score least."""
    high = sorted((p for p in pairs if p.label == UNRELATED), key=lambda p: -p.score)
    low = sorted((p for p in pairs if p.label == NONE), key=lambda p: p.equivalence)
    some = sorted((p for p in pairs if p.label == SOME), key=lambda p: p.score)
    for name, sort in (("unrelated", high), ("equivalent", low), ("some difference", some)):
        for p in sort[:count]:
            yield f"{name} score {p.score:.2f} told {p.a_in_b:.2f} {p.b_in_a:.2f}"
            yield f"    {p.english}"
            yield f"    {p.french}"


def main() -> None:
    """Measure and print."""
    parser = command.parser(__doc__ or "")
    parser.add_argument("--group", type=int, default=GROUP, metavar="N", help="pairs in a report")
    options = parser.parse_args()
    command.show(measure(command.bench_of(options), size=options.group))


if __name__ == "__main__":
    main()
