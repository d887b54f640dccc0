"""Links between Brazilian reports of one event: `python -m quality.cstnews --data DIR`.

Positive are pairs of sentences of two reports of one story that carry one of five relations.
Pairs that carry only another relation (elaboration, follow-up ...) are left out, or, in the
strict variant, negative. Reports are compared two at a time; the row `whole stories` compares
all reports of a story at once. All scored pairs are ranked. The other method is the cosine of word
tf-idf vectors with the idf over the sentences of the story, the texts that compare() sees too; the
table also has the one with the idf over the whole set, which is better informed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality import command, metrics, sets
from quality.command import Bench, Measurement, Table
from quality.reports import (
    Report,
    SentencePairs,
    correspondence,
    fit_table,
    lay_out,
    sentence_gaps,
    sentence_pairs,
)
from retold.comparison import Comparison

SAME = frozenset({"Overlap", "Subsumption", "Identity", "Equivalence", "Contradiction"})
WORD = re.compile(r"\w+")

Sentence = tuple[str, int]
"""A document's id and a sentence's number from 0."""
Relations = Mapping[frozenset[Sentence], frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Gold:
    """Which pairs of sentences of two reports tell the same: arrays (sentences, sentences)."""

    same: NDArray[np.bool_]
    other: NDArray[np.bool_]
    """Pairs that carry only another relation."""

    @property
    def judged(self) -> NDArray[np.bool_]:
        """Return the pairs that count when the others are left out."""
        return ~self.other


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Two compared reports of a story and their gold."""

    story: str
    a: Report
    b: Report
    comparison: Comparison
    pairs: SentencePairs
    gold: Gold


def files(data: Path) -> tuple[Path, Path]:
    """Return the files that are read."""
    return data / "cstnews/docs.jsonl", data / "cstnews/relations.jsonl"


def stories(data: Path) -> dict[str, list[Report]]:
    """Read the reports of each story."""
    found: dict[str, list[Report]] = defaultdict(list)
    for doc in sets.jsonl(files(data)[0]):
        report = lay_out(doc["sentences"], id=doc["id"], lang=doc["lang"], title=doc["title"])
        found[doc["story"]].append(report)
    return found


def relations(data: Path) -> Relations:
    """Read the relations of each pair of sentences."""
    found: dict[frozenset[Sentence], set[str]] = defaultdict(set)
    for row in sets.jsonl(files(data)[1]):
        ends = [(row[f"{side}_doc"], int(row[f"{side}_sent"]) - 1) for side in ("src", "tgt")]
        found[frozenset(ends)].add(row["relation"])
    return {pair: frozenset(names) for pair, names in found.items()}


def gold_of(a: Report, b: Report, related: Relations) -> Gold:
    """Return the gold of two reports."""
    shape = (len(a.spans), len(b.spans))
    gold = Gold(np.zeros(shape, bool), np.zeros(shape, bool))
    for i, j in np.ndindex(shape):
        names = related.get(frozenset({(a.article.id, i), (b.article.id, j)}), frozenset())
        gold.same[i, j] = bool(names & SAME)
        gold.other[i, j] = bool(names) and not names & SAME
    return gold


def compared(bench: Bench) -> list[Judged]:
    """Compare every two reports of each story by themselves."""
    related = relations(bench.data)
    return [
        judged
        for story, reports in stories(bench.data).items()
        for a, b in combinations(reports, 2)
        for judged in _judged(story, [a, b], related, bench)
    ]


def compared_whole(bench: Bench) -> list[Judged]:
    """Compare all reports of each story at once."""
    related = relations(bench.data)
    return [
        judged
        for story, reports in stories(bench.data).items()
        if len(reports) > 1
        for judged in _judged(story, reports, related, bench)
    ]


def _judged(
    story: str, reports: Sequence[Report], related: Relations, bench: Bench
) -> list[Judged]:
    """Compare reports and lay the gold of each two beside."""
    comparison = bench.compare(report.article for report in reports)
    return [
        Judged(story, a, b, comparison, sentence_pairs(comparison, a, b), gold_of(a, b, related))
        for a, b in combinations(reports, 2)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """All pairs of sentences of a set in one row: arrays (pairs,)."""

    score: NDArray[np.float64]
    linked: NDArray[np.bool_]
    same: NDArray[np.bool_]
    judged: NDArray[np.bool_]


def flat(found: Sequence[Judged]) -> Flat:
    """Put the pairs of sentences of all pairs of reports in one row."""
    return Flat(
        np.concatenate([x.pairs.score.ravel() for x in found]),
        np.concatenate([x.pairs.linked.ravel() for x in found]),
        np.concatenate([x.gold.same.ravel() for x in found]),
        np.concatenate([x.gold.judged.ravel() for x in found]),
    )


def link_scores(pairs: Flat, *, strict: bool) -> dict[str, float]:
    """Return how well links are ranked and chosen."""
    kept = np.ones_like(pairs.judged) if strict else pairs.judged
    same, linked = pairs.same[kept], pairs.linked[kept]
    precision, recall, f1 = metrics.precision_recall_f1(
        int((same & linked).sum()), int(linked.sum()), int(same.sum())
    )
    return {
        "average_precision": metrics.average_precision(pairs.score[kept], same),
        "f1": f1,
        "precision": precision,
        "recall": recall,
        "best_f1": metrics.best_f1(pairs.score[kept], same)[0],
    }


def tfidf(found: Sequence[Judged], *, whole_set: bool) -> NDArray[np.float64]:
    """Return the word tf-idf cosines of all pairs of sentences, in the order of `flat`.

    The rarity of a word is counted over the sentences of the whole set or of one story.
    """
    scopes: dict[str, dict[str, Report]] = defaultdict(dict)
    for x in found:
        scopes["" if whole_set else x.story].update({x.a.article.id: x.a, x.b.article.id: x.b})
    cosines = {scope: _Cosines(reports) for scope, reports in scopes.items()}
    return np.concatenate(
        [cosines["" if whole_set else x.story].between(x.a, x.b).ravel() for x in found]
    )


class _Cosines:
    """The tf-idf cosines of the sentences of some reports."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self._place: dict[str, slice] = {}
        words: list[list[str]] = []
        for name, report in reports.items():
            self._place[name] = slice(len(words), len(words) + len(report.spans))
            words += [WORD.findall(report.text(i).lower()) for i in range(len(report.spans))]
        self._cosine = metrics.cosine_tfidf(words)

    def between(self, a: Report, b: Report) -> NDArray[np.float64]:
        """Return the cosines of two reports' sentences."""
        return self._cosine[self._place[a.article.id], self._place[b.article.id]]


def measure(bench: Bench) -> Measurement:
    """Measure the links, and those of tf-idf in the same run."""
    found = compared(bench.listing_all())
    pairs = flat(found)
    ways = {
        "two reports at a time": link_scores(pairs, strict=False),
        "two at a time, strict": link_scores(pairs, strict=True),
        "whole stories": link_scores(flat(compared_whole(bench.listing_all())), strict=False),
    }
    words = {
        f"tf-idf, idf over {'the set' if whole else 'each story'}": _ranking(
            pairs, tfidf(found, whole_set=whole)
        )
        for whole in (True, False)
    }
    ours, theirs = ways["two reports at a time"], words["tf-idf, idf over each story"]
    return Measurement(
        values={
            "average_precision": ours["average_precision"],
            "f1": ours["f1"],
            "tfidf_average_precision": theirs["average_precision"],
            "tfidf_best_f1": theirs["best_f1"],
        },
        tables=[_table({**ways, **words}), _fit(found)],
        errors=list(_errors(found, bench.errors)),
    )


def _ranking(pairs: Flat, score: NDArray[np.float64]) -> dict[str, float]:
    """Return how well another score ranks the pairs that are judged."""
    same, score = pairs.same[pairs.judged], score[pairs.judged]
    return {
        "average_precision": metrics.average_precision(score, same),
        "best_f1": metrics.best_f1(score, same)[0],
    }


def _table(ways: Mapping[str, Mapping[str, float]]) -> Table:
    columns = ("average_precision", "f1", "precision", "recall", "best_f1")
    return Table(
        ("links", *columns),
        [(name, *(values.get(c, "") for c in columns)) for name, values in ways.items()],
    )


def _fit(found: Sequence[Judged]) -> Table:
    """Show how passages fit the sentences of the set."""
    seen = {r.article.id: correspondence(x.comparison, r) for x in found for r in (x.a, x.b)}
    return fit_table(list(seen.values()))


def _errors(found: Sequence[Judged], count: int) -> Iterator[str]:
    """Show the surest wrong links, the missed pairs that score least and wrong certain gaps."""
    wrong, missed = [], []
    for x in found:
        for i, j in np.argwhere(x.pairs.linked & ~x.gold.same & x.gold.judged):
            wrong.append((-x.pairs.score[i, j], x, int(i), int(j)))
        for i, j in np.argwhere(~x.pairs.linked & x.gold.same):
            missed.append((x.pairs.score[i, j], x, int(i), int(j)))
    for name, sort in (("wrong", wrong), ("missed", missed)):
        for score, x, i, j in sorted(sort, key=lambda e: e[0])[:count]:
            yield f"{name} {abs(score):.2f} {x.a.article.id} {i} | {x.b.article.id} {j}"
            yield f"    {x.a.text(i)}"
            yield f"    {x.b.text(j)}"
    gaps = [gap for x in found for gap in _wrong_gaps(x)]
    for _, lines in sorted(gaps, key=lambda gap: -gap[0])[:count]:
        yield from lines


def _wrong_gaps(x: Judged) -> Iterator[tuple[float, list[str]]]:
    """Yield certain gaps of sentences that the other report tells: score, and lines to print."""
    for a, b, same in ((x.a, x.b, x.gold.same), (x.b, x.a, x.gold.same.T)):
        for gap in sentence_gaps(x.comparison, a, b):
            told = np.flatnonzero(same[gap.sentence]).tolist()
            if gap.certain and told:
                name = f"wrong gap {gap.score:.2f} {a.article.id} {gap.sentence} | {b.article.id}"
                words = [a.text(gap.sentence), *map(b.text, told)]
                yield gap.score, [f"{name} {told}", *(f"    {line}" for line in words)]


if __name__ == "__main__":
    command.run(__doc__, measure)
