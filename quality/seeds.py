"""The two seed reports, claim by claim: `python -m quality.seeds --data DIR`.

DIR/seeds holds the reports; seeds_gold.json says by offsets what they tell. Of 19 claim pairs
one is the title: it counts as found when any title of the one shares a row with any of the other.
A linked pair of spans is wrong when it holds neither a gold pair nor a debatable one.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from quality import command
from quality.command import Bench, Measurement, Table
from quality.reports import same_place
from retold.comparison import Comparison
from retold.reading import read
from retold.records import Article, Row, Span

GOLD = Path(__file__).with_name("seeds_gold.json")
SpanPair = tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class Report:
    """What one report holds, by kind of sentence."""

    article: Article
    titles: tuple[Span, ...]
    facts: tuple[Span, ...]
    commentary: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """What the two reports tell."""

    a: Report
    b: Report
    pairs: tuple[SpanPair, ...]
    optional: tuple[SpanPair, ...]

    @property
    def titles(self) -> tuple[SpanPair, ...]:
        """Return every pair of a title of the one with a title of the other."""
        return tuple(product(self.a.titles, self.b.titles))


def files(data: Path) -> list[Path]:
    """Return the files that are read."""
    return sorted((data / "seeds").glob("*.txt"))


def gold_of(comparison: Comparison) -> Gold:
    """Read the gold of two compared reports, which are known by the sha256 of their texts."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    name_of = {given.sha256: given.article for given in comparison.run.inputs}
    articles = {article.id: article for article in comparison.articles}
    missing = [r["lang"] for r in gold["reports"] if r["sha256"] not in name_of]
    if missing:
        raise SystemExit(f"not among the reports, or altered: {', '.join(missing)}")
    a, b = (
        Report(
            articles[name_of[report["sha256"]]],
            *(_spans(report[kind]) for kind in ("titles", "facts", "commentary")),
        )
        for report in gold["reports"]
    )
    return Gold(a, b, _span_pairs(gold["pairs"]), _span_pairs(gold["optional"]))


def _spans(offsets: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in offsets)


def _span_pairs(offsets: Sequence[Any]) -> tuple[SpanPair, ...]:
    return tuple((Span(*left), Span(*right)) for left, right in offsets)


def measure(bench: Bench) -> Measurement:
    """Count the claim pairs found, the wrong links and what is called commentary."""
    comparison = bench.compare(read(bench.data / "seeds", settings=bench.settings.reading))
    gold = gold_of(comparison)
    linked = list(linked_spans(comparison, gold))
    found = [any(_holds(pair, own) for own in linked) for pair in gold.pairs]
    title = any(_holds(pair, own) for pair in gold.titles for own in linked)
    right = (*gold.pairs, *gold.optional, *gold.titles)
    wrong = [own for own in linked if not any(_holds(pair, own) for pair in right)]
    called = {
        kind: [
            (report, span)
            for report in (gold.a, gold.b)
            for span in getattr(report, kind)
            if is_commentary(comparison, report.article, span)
        ]
        for kind in ("commentary", "facts")
    }
    return Measurement(
        values={
            "found_pairs": sum(found) + title,
            "wrong_links": len(wrong),
            "commentary_found": len(called["commentary"]),
            "facts_called_commentary": len(called["facts"]),
        },
        tables=[_table(gold, found, title=title)],
        errors=list(_errors(gold, found, wrong, called["facts"])) if bench.errors else (),
    )


def linked_spans(comparison: Comparison, gold: Gold) -> Iterator[SpanPair]:
    """Yield every two spans of the two reports that share a row."""
    for row in comparison.rows:
        yield from product(*(_spans_in(row, report.article) for report in (gold.a, gold.b)))


def _spans_in(row: Row, article: Article) -> list[Span]:
    return [span for cell in row.cells if cell.article == article.id for span in cell.spans]


def _holds(pair: SpanPair, linked: SpanPair) -> bool:
    """Tell whether two linked spans stand for a gold pair."""
    return same_place(pair[0], linked[0]) and same_place(pair[1], linked[1])


def is_commentary(comparison: Comparison, article: Article, span: Span) -> bool:
    """Tell whether all rows that hold a sentence are commentary."""
    kinds = {
        row.kind
        for row in comparison.rows
        for own in _spans_in(row, article)
        if same_place(span, own)
    }
    return kinds == {"commentary"}


def _table(gold: Gold, found: Sequence[bool], *, title: bool) -> Table:
    """Show each claim pair by its offsets."""
    rows: list[tuple[str, str, str]] = [("titles", "titles", _yes(title))]
    rows += [
        (f"{a.start}-{a.end}", f"{b.start}-{b.end}", _yes(one))
        for (a, b), one in zip(gold.pairs, found, strict=True)
    ]
    return Table((gold.a.article.lang, gold.b.article.lang, "found"), rows)


def _yes(found: bool) -> str:
    return "yes" if found else "no"


def _errors(
    gold: Gold,
    found: Sequence[bool],
    wrong: Sequence[SpanPair],
    facts: Sequence[tuple[Report, Span]],
) -> Iterator[str]:
    """Show the pairs that were missed, the wrong links and the facts called commentary."""
    missed = [pair for pair, one in zip(gold.pairs, found, strict=True) if not one]
    for name, pairs in (("missed", missed), ("wrong", wrong)):
        for a, b in pairs:
            yield f"{name}\n    {_words(gold.a, a)}\n    {_words(gold.b, b)}"
    for report, span in facts:
        yield f"called commentary\n    {_words(report, span)}"


def _words(report: Report, span: Span) -> str:
    return report.article.text[span.start : span.end]


if __name__ == "__main__":
    command.run(__doc__, measure)
