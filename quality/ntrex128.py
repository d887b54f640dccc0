"""Translated, shuffled and cut documents: `python -m quality.ntrex128 --data DIR`.

Each English document is compared with its translation, of which the sentences are shuffled and a
third is dropped, both seeded by the document's id. The first sentence of every document is its
headline: it stays the title of both and is not counted. Counts are summed over the documents of a
language. Languages that retold does not call known are printed, but not counted in the values.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality import command, metrics, sets
from quality.command import Bench, Measurement, Table
from quality.reports import (
    Correspondence,
    Report,
    SentencePairs,
    correspondence,
    fit_table,
    lay_out,
    sentence_gaps,
    sentence_pairs,
)
from retold.comparison import Comparison
from retold.languages import display_name, is_known, normalise, primary

SOURCE = "eng"
DROPPED = 3
"""One sentence of so many is dropped."""
LEAST = 2
"""Sentences below the headline that a document must have."""
KNOWN_F1 = 0.90
"""F1 of the links against English from which a language is called known."""

Document = Mapping[str, Sequence[str]]
"""The sentences of a document by column of the set."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A document compared with its shuffled translation."""

    column: str
    english: Report
    other: Report
    comparison: Comparison
    pairs: SentencePairs
    same: NDArray[np.bool_]
    """(English sentences, other sentences): which are each other's translation."""

    @property
    def dropped(self) -> NDArray[np.bool_]:
        """Return which English sentences have no translation here."""
        return np.array([not row.any() for row in self.same], bool)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of one language."""

    links_right: int = 0
    links: int = 0
    links_wanted: int = 0
    gaps_right: int = 0
    gaps: int = 0
    """English sentences with a certain gap."""
    gaps_wanted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Add up."""
        return Counts(
            self.links_right + other.links_right,
            self.links + other.links,
            self.links_wanted + other.links_wanted,
            self.gaps_right + other.gaps_right,
            self.gaps + other.gaps,
            self.gaps_wanted + other.gaps_wanted,
        )

    def rates(self) -> tuple[float, float, float, float, float]:
        """Return precision, recall and F1 of the links, precision and recall of the gaps."""
        links = metrics.precision_recall_f1(self.links_right, self.links, self.links_wanted)
        gaps = metrics.precision_recall_f1(self.gaps_right, self.gaps, self.gaps_wanted)
        return (*links, *gaps[:2])


def file(data: Path) -> Path:
    """Return the file that is read."""
    return data / "ntrex128/sentences.tsv"


def documents(data: Path, *, most: int | None = None) -> dict[str, Document]:
    """Read the documents in the order of the file, at most so many."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in sets.table(file(data)):
        document = found.setdefault(row.pop("doc_id"), {})
        for column, sentence in row.items():
            if column != "n":
                document.setdefault(column, []).append(sentence)
    return dict(islice(found.items(), most))


def kept(document: str, sentences: int) -> list[int]:
    """Return the numbers of the sentences that are kept of a document, shuffled."""
    order = list(range(sentences))
    random.Random(document).shuffle(order)
    return order[sentences // DROPPED :]


def judged(bench: Bench, *, most: int | None = None) -> Iterator[Judged]:
    """Compare each document with each of its translations."""
    for name, document in documents(bench.data, most=most).items():
        title, *body = document[SOURCE]
        english = lay_out(body, id=name, lang="en", title=title)
        for column, (headline, *translated) in document.items():
            if column != SOURCE and len(body) >= LEAST:
                yield _judged(bench, column, english, headline, translated)


def _judged(
    bench: Bench, column: str, english: Report, title: str, translated: Sequence[str]
) -> Judged:
    name = english.article.id
    order = kept(name, len(translated))
    other = lay_out(
        [translated[i] for i in order], id=f"{name}-{column}", lang=normalise(column), title=title
    )
    comparison = bench.compare([english.article, other.article])
    same = np.zeros((len(english.spans), len(order)), bool)
    same[order, range(len(order))] = True
    return Judged(
        column,
        english,
        other,
        comparison,
        sentence_pairs(comparison, english, other),
        same,
    )


def counts_of(x: Judged) -> Counts:
    """Count the links and the certain gaps of one comparison."""
    gaps = sentence_gaps(x.comparison, x.english, x.other)
    certain = [gap.sentence for gap in gaps if gap.certain]
    return Counts(
        links_right=int((x.pairs.linked & x.same).sum()),
        links=int(x.pairs.linked.sum()),
        links_wanted=int(x.same.sum()),
        gaps_right=int(x.dropped[certain].sum()),
        gaps=len(certain),
        gaps_wanted=int(x.dropped.sum()),
    )


def knows(column: str) -> bool:
    """Tell whether retold calls the language of a column of the set known."""
    tag = normalise(column)
    return tag is not None and is_known(tag)


def measure(bench: Bench, *, most: int | None = None) -> Measurement:
    """Measure the links and the certain gaps of every language."""
    return measurement_of(*counted(bench, most=most))


def counted(
    bench: Bench, *, most: int | None = None
) -> tuple[dict[str, Counts], list[Correspondence], list[str]]:
    """Count by column of the set; also how the passages fit, and errors to look at."""
    counts: dict[str, Counts] = {}
    fits: list[Correspondence] = []
    errors: list[str] = []
    for x in judged(bench, most=most):
        counts[x.column] = counts.get(x.column, Counts()) + counts_of(x)
        fits.append(correspondence(x.comparison, x.other))
        errors += list(_errors(x))[: 4 * max(0, bench.errors - len(errors) // 4)]
    return counts, fits, errors


def measurement_of(
    counts: Mapping[str, Counts], fits: Sequence[Correspondence], errors: Sequence[str]
) -> Measurement:
    """Sum up: the known languages count, the others are shown."""
    known = {column: own for column, own in counts.items() if knows(column)}
    together = sum(known.values(), Counts()).rates()
    f1 = [own.rates()[2] for own in known.values()]
    rows = sorted(counts.items(), key=lambda item: (item[0] not in known, -item[1].rates()[2]))
    header = ("language", "known", "links P", "R", "F1", "certain gaps", "P", "R")
    return Measurement(
        values={
            "mean_f1": float(np.mean(f1)) if f1 else 0.0,
            "min_f1": min(f1, default=0.0),
            "dropped_precision": together[3],
            "dropped_recall": together[4],
        },
        tables=[
            Table(header, [_row(name, own, known=name in known) for name, own in rows]),
            fit_table(fits),
        ],
        errors=errors,
    )


def _row(column: str, own: Counts, *, known: bool) -> tuple[object, ...]:
    precision, recall, f1, gap_precision, gap_recall = own.rates()
    said = "yes" if known else "no"
    return (column, said, precision, recall, f1, own.gaps, gap_precision, gap_recall)


def _errors(x: Judged) -> Iterator[str]:
    """Show wrong links and missed ones, four lines each."""
    for name, pairs in (
        ("wrong", x.pairs.linked & ~x.same),
        ("missed", ~x.pairs.linked & x.same),
    ):
        for i, j in np.argwhere(pairs):
            yield f"{name} {x.pairs.score[i, j]:.2f} {x.column} {x.english.article.id} {i} | {j}"
            yield f"    {x.english.text(int(i))}"
            yield f"    {x.other.text(int(j))}"
            yield ""


def write_measured(counts: Mapping[str, Counts], path: Path) -> None:
    """Write the table of measured languages; of two variants of one language the worse counts."""
    lowest: dict[str, float] = {}
    for column, own in counts.items():
        tag = normalise(column)
        if tag is not None:
            f1 = own.rates()[2]
            lowest[primary(tag)] = min(f1, lowest.get(primary(tag), 1.0))
    lines = [
        "# Measured by the maintainers: F1 of links against English; "
        "known = yes where that is good enough.",
        "lang\tname\tf1\tknown",
        "en\tEnglish\t\tyes",
    ]
    for tag, f1 in lowest.items():
        lines.append(f"{tag}\t{display_name(tag)}\t{f1:.3f}\t{'yes' if f1 >= KNOWN_F1 else 'no'}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure and print; write the table of languages where that is asked for."""
    parser = command.parser(__doc__ or "")
    parser.add_argument("--documents", type=int, metavar="N", help="only the first N documents")
    parser.add_argument(
        "--write-measured", type=Path, metavar="FILE", help="write languages/measured.tsv"
    )
    options = parser.parse_args()
    counts, fits, errors = counted(command.bench_of(options), most=options.documents)
    command.show(measurement_of(counts, fits, errors))
    if options.write_measured:
        write_measured(counts, options.write_measured)


if __name__ == "__main__":
    main()
