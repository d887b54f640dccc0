"""Why a row's passages stand together, and why others do not."""

from collections.abc import Callable, Iterator, Sequence

from retold.errors import UsageError
from retold.languages import direction
from retold.records import Article, ComparisonRecord, Link, Place, Row
from retold.render import wording
from retold.render.parts import GapView, RowView
from retold.render.terminal import isolate, neutral, wrap
from retold.render.view import build_view

INDENT = "    "
PAIRS = 6
"""Pairs that are listed, the ones of the highest score."""


def explain_row(record: ComparisonRecord, row_id: int, *, width: int = 100) -> str:
    """Say what a row is built from, what was kept apart from it, and where it was not found.

    Raises UsageError where there is no such row.
    """
    row = next((row for row in record.rows if row.id == row_id), None)
    if row is None:
        raise UsageError(f"There is no row {row_id}: {_range(record.rows)}.")
    reasons = Reasons(record, width)
    view = next(shown for shown in build_view(record).rows if shown.id == row_id)
    blocks = (
        list(reasons.claim(view)),
        list(reasons.together(row)),
        list(reasons.apart(row)),
        list(reasons.missing(view)),
        wrap(wording.caveat(len(record.articles)), width),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _range(rows: Sequence[Row]) -> str:
    if not rows:
        return "this comparison has none"
    return f"rows are numbered from {rows[0].id} to {rows[-1].id}"


class Reasons:
    """The evidence of a comparison, written for one width."""

    def __init__(self, record: ComparisonRecord, width: int) -> None:
        """Look for reasons in a comparison."""
        self.record = record
        self.width = width
        self.articles: dict[str, Article] = {article.id: article for article in record.articles}
        self.letters = {a.id: wording.letter(i) for i, a in enumerate(record.articles)}

    def claim(self, row: RowView) -> Iterator[str]:
        """Write the row itself."""
        known = (row.heading, None if row.kind_words == row.heading else row.kind_words)
        yield from self._say(f"[{row.id}] {' · '.join(filter(None, (*known, row.certainty)))}")
        for cell in row.cells:
            source = neutral(wording.source_label(self.articles[cell.article]))
            yield f"{cell.letter}  {isolate(source)}"
            yield from wrap(cell.text, self.width, direction=cell.direction, indent=INDENT)

    def together(self, row: Row) -> Iterator[str]:
        """Say which links hold the row together, the strongest first."""
        if len(row.cells) < 2:
            return
        yield "WHY THESE ARE TOGETHER"
        yield from self._pairs(row.links, say=wording.kept_together)

    def apart(self, row: Row) -> Iterator[str]:
        """List the pairs that touch the row and were not taken, the nearest first."""
        yield "WHY NOT ANOTHER"
        found = [
            link
            for link in self.record.candidates
            if _stands_in(link.a, row) or _stands_in(link.b, row)
        ]
        yield from self._pairs(found, say=wording.kept_apart)
        if not found:
            yield "  No other passage came near."

    def missing(self, row: RowView) -> Iterator[str]:
        """Say where the row was not found and what comes nearest there."""
        if row.gaps:
            yield "WHERE IT WAS NOT FOUND"
        for gap in row.gaps:
            yield from self._say(f"{gap.label}: {gap.certainty} ({gap.score:.2f})", indent="  ")
            yield from self._nearest(gap)

    def _nearest(self, gap: GapView) -> Iterator[str]:
        if gap.nearest is not None:
            place = Place(gap.article, gap.nearest.start, gap.nearest.end)
            yield from self._quote(place, "nearest there")

    def _pairs(self, links: Sequence[Link], *, say: Callable[[float], str]) -> Iterator[str]:
        for link in sorted(links, key=lambda link: -link.score)[:PAIRS]:
            places = {self.letters[place.article]: place for place in (link.a, link.b)}
            a, b = self.letters[link.a.article], self.letters[link.b.article]
            told = {
                a: wording.contained(link.a_in_b, a, b),
                b: wording.contained(link.b_in_a, b, a),
            }
            order = sorted(told, key=lambda name: (len(name), name))
            shares = ", ".join(told[name] for name in order)
            yield from self._say(
                f"{wording.listing(order)}: {say(link.score)}; {shares}", indent="  "
            )
            for name in order:
                yield from self._quote(places[name], name)
        if len(links) > PAIRS:
            yield f"  … {len(links) - PAIRS} more of lower score"

    def _say(self, text: str, *, indent: str = "") -> list[str]:
        return wrap(text, self.width, indent=indent)

    def _quote(self, place: Place, name: str) -> Iterator[str]:
        article = self.articles[place.article]
        rows = sorted({row.id for row in self.record.rows if _stands_in(place, row)})
        where = f"row {', '.join(map(str, rows))}" if rows else "in no row"
        yield f"{INDENT}{name}, {where}:"
        words = article.text[place.start : place.end]
        yield from wrap(words, self.width, direction=direction(article.lang), indent=INDENT * 2)


def _stands_in(place: Place, row: Row) -> bool:
    return any(
        span.start < place.end and place.start < span.end
        for cell in row.cells
        if cell.article == place.article
        for span in cell.spans
    )
