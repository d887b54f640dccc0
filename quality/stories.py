"""Golden stories, claim by claim: `python -m quality.stories --data DIR`.

Every folder below DIR that holds a gold.json is read and compared as the program does; the
scorer of golden stories counts (score_synopsis.py says how).
"""

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import msgspec

from quality import command
from quality import score_synopsis as scorer
from quality.command import Bench, Measurement, Table
from quality.reports import same_place
from retold.comparison import Comparison
from retold.languages import primary
from retold.reading import read
from retold.records import Link, Span

Counts = Counter[str]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A golden story and what the program makes of it."""

    story: Any
    """The scorer's Story."""
    comparison: Comparison
    output: Any
    """The scorer's view of the comparison."""


def folders(data: Path) -> list[Path]:
    """Return the folders of golden stories."""
    return sorted(path.parent for path in data.rglob("gold.json"))


def files(data: Path) -> list[Path]:
    """Return the files that are read."""
    return sorted(
        path
        for folder in folders(data)
        for path in folder.iterdir()
        if path.suffix in (".txt", ".json")
    )


def compared(bench: Bench) -> list[Compared]:
    """Compare the reports of every story."""
    return [_compared(folder, bench) for folder in folders(bench.data)]


def _compared(folder: Path, bench: Bench) -> Compared:
    story = scorer.Story(folder)
    comparison = bench.compare(read(folder, settings=bench.settings.reading))
    return Compared(story, comparison, scorer.Output(story, _plain(comparison)))


def _plain(comparison: Comparison) -> Any:
    """Return what the scorer reads: the comparison's JSON."""
    return msgspec.json.decode(comparison.to_json())


def measure(bench: Bench) -> Measurement:
    """Measure all stories; rates are over the sums of what was counted."""
    found = compared(bench)
    if not found:
        raise SystemExit(f"no folder with a gold.json below {bench.data}")
    counted = {x.story.name: scorer.score(x.story, _plain(x.comparison)) for x in found}
    counts: dict[str, Counts] = {name: own for name, (own, _) in counted.items()}
    counts["all"] = sum(counts.values(), Counter())
    result = scorer.summary(counts["all"])
    return Measurement(
        values={
            "links_f1": _fraction(result["links"]["f1"]),
            "commentary_f1": _fraction(result["commentary"]["f1"]),
            "roles_accuracy": _fraction(result["roles"]["accuracy"]),
            "certain_gap_precision": _fraction(result["gaps"]["certain_precision"]),
        },
        tables=[_story_table(counts), _language_table(found)],
        errors=[f"{name}: {fault}" for name, (_, faults) in counted.items() for fault in faults]
        + list(_errors(found, bench.errors)),
    )


def _fraction(rate: float | None) -> float:
    """Return a rate of the scorer; it has none where there was nothing to count."""
    return float(rate or 0.0)


def _story_table(counts: dict[str, Counts]) -> Table:
    """Show each story in a line."""
    rows = []
    for name, own in counts.items():
        s = scorer.summary(own)
        links, gaps = s["links"], s["gaps"]
        rows.append(
            (name, links["precision"], links["recall"], links["f1"], links["wrong"],
             s["commentary"]["precision"], s["commentary"]["recall"], s["roles"]["accuracy"],
             gaps["certain"], gaps["certain_precision"],
             f"{s['must_not']['violations']}/{s['must_not']['traps']}")
        )  # fmt: skip
    header = ("story", "links P", "R", "F1", "wrong", "commentary P", "R", "roles")
    return Table((*header, "certain gaps", "P", "traps"), rows)


def _language_table(found: Sequence[Compared]) -> Table:
    """Show the links between each two languages."""
    counts: dict[str, Counts] = {}
    for x in found:
        for a, b in combinations(x.story.reports, 2):
            name = "-".join(sorted((_language(x, a), _language(x, b))))
            scorer.score_links(*_between(x, {a, b}), counts.setdefault(name, Counter()))
    rows = []
    for name, own in sorted(counts.items()):
        links = scorer.summary(own)["links"]
        rows.append((name, *(links[c] for c in ("precision", "recall", "f1", "gold", "wrong"))))
    return Table(("languages", "links P", "R", "F1", "gold", "wrong"), rows)


def _language(x: Compared, report: str) -> str:
    article = x.output.articles.get(report)
    return primary(article["lang"]) if article else "missing"


def _between(x: Compared, reports: set[str]) -> tuple[Any, Any]:
    """Return the story and the output with no reports but these in the rows."""
    story, output = copy.copy(x.story), copy.copy(x.output)
    inside = [[r for r in row if scorer.report_of(r) in reports] for row in story.gold["rows"]]
    optional = [p for p in story.gold["optional"] if {*map(scorer.report_of, p)} <= reports]
    story.gold = {**story.gold, "rows": inside, "optional": optional, "must_not": []}
    output.story = story
    output.rows = [
        (row, {report: spans for report, spans in cells.items() if report in reports})
        for row, cells in output.rows
    ]
    return story, output


def _errors(found: Sequence[Compared], count: int) -> Iterator[str]:
    """Show wrong and missed links of each story, with their scores."""
    for x in found if count else ():
        right, wrong = _links(x)
        missed = sorted(tuple(sorted(pair)) for pair in x.story.core_pairs() - right)
        for name, pairs in (("wrong", wrong), ("missed", missed)):
            for left, other in pairs[:count]:
                yield f"{name} {_score(x, left, other):.2f} {x.story.name} {left} | {other}"
                yield f"    {x.story.anchor(left)}"
                yield f"    {x.story.anchor(other)}"


def _links(x: Compared) -> tuple[set[frozenset[str]], list[tuple[str, str]]]:
    """Return the gold pairs that were found, and a pair of anchors for each wrong link."""
    core, optional = x.story.core_pairs(), x.story.optional_pairs()
    right: set[frozenset[str]] = set()
    wrong = []
    for left, other in scorer.span_pairs(x.output):
        pairs = {frozenset(pair) for pair in product(left, other)}
        right |= pairs & core
        if pairs and not pairs & (core | optional):
            wrong.append((left[0], other[0]))
    return right, wrong


def _score(x: Compared, left: str, other: str) -> float:
    """Return the highest score of a link or candidate between two anchors."""
    ends = {}
    for reference in (left, other):
        where, report = x.output.place.get(reference), scorer.report_of(reference)
        if where is None or report not in x.output.articles:
            return 0.0
        ends[x.output.articles[report]["id"]] = Span(*where)
    links = [link for row in x.comparison.rows for link in row.links]
    return max(
        (k.score for k in (*links, *x.comparison.candidates) if _joins(k, ends)), default=0.0
    )


def _joins(link: Link, ends: dict[str, Span]) -> bool:
    return all(
        place.article in ends and same_place(Span(place.start, place.end), ends[place.article])
        for place in (link.a, link.b)
    )


if __name__ == "__main__":
    command.run(__doc__, measure)
