"""Rows put into words: how sure, told where, not found where, and what may be pasted."""

from collections.abc import Sequence

from retold.languages import direction, display_name, primary
from retold.records import Article, Cell, ComparisonRecord, Gap, Row, Span
from retold.render import wording
from retold.render.parts import CLAIM_KINDS, CellView, GapView, Part, Piece, RowView, Words

JOINT = " … "
UNREADABLE = 1_000
"""Rank of a language that the reader did not name."""


class Desk(Part, frozen=True):
    """What every part of a view has to know of the articles."""

    articles: dict[str, Article]
    letters: dict[str, str]
    order: dict[str, int]
    ranks: dict[str, int]

    def readable(self, article: str) -> bool:
        """Tell whether the reader reads an article's language."""
        return self.ranks[article] < UNREADABLE

    def piece(self, article: str, span: Span) -> Piece:
        """Quote an article."""
        words = self.articles[article].text[span.start : span.end]
        return Piece(start=span.start, end=span.end, text=words)

    def quote(self, cell: Cell) -> str:
        """Quote a cell, its spans joined."""
        return JOINT.join(self.piece(cell.article, span).text for span in cell.spans)

    def place(self, article: str) -> dict[str, str]:
        """Give the members that all parts of one article share."""
        lang = self.articles[article].lang
        return {
            "letter": self.letters[article],
            "article": article,
            "lang": lang,
            "direction": direction(lang),
        }

    def words(self, article: str, text: str, label: str) -> Words:
        """Put a label to words of an article."""
        place = self.place(article)
        del place["article"]
        return Words(**place, text=text, label=label)


def desk_of(record: ComparisonRecord, reader: Sequence[str]) -> Desk:
    """Letter the articles and order them for a reader."""
    articles = {article.id: article for article in record.articles}
    readable = [primary(code) for code in reader]
    ranks = {
        name: readable.index(lang) if (lang := primary(article.lang)) in readable else UNREADABLE
        for name, article in articles.items()
    }
    in_order = sorted(articles, key=ranks.__getitem__) if readable else list(articles)
    return Desk(
        articles=articles,
        letters={name: wording.letter(index) for index, name in enumerate(articles)},
        order={name: index for index, name in enumerate(in_order)},
        ranks=ranks,
    )


def row_view(row: Row, desk: Desk) -> RowView:
    """Put a row into words, its cells and gaps in the order of the columns."""
    cells = sorted(row.cells, key=lambda cell: desk.order[cell.article])
    missing = sorted(row.gaps, key=lambda gap: desk.order[gap.article])
    gaps = tuple(_gap(gap, desk) for gap in missing)
    level = _row_certainty(cells, gaps)
    shown = tuple(_cell(cell, cells, desk, level) for cell in cells)
    heading = _heading(row, shown, gaps)
    return RowView(
        id=row.id,
        kind=row.kind,
        kind_words=wording.KINDS[row.kind],
        status=row.status,
        heading=heading,
        certainty=level,
        cells=shown,
        gaps=gaps,
        copy=_copy(shown, gaps, f"{heading} ({level})" if level else heading, desk),
        differences=row.differences,
    )


def _row_certainty(cells: Sequence[Cell], gaps: Sequence[GapView]) -> str | None:
    """Say how sure a row is: of its weakest cell, or of the gaps of what one article tells."""
    if len(cells) > 1:
        return wording.certainty(min(cell.score for cell in cells))
    if not gaps:
        return None
    words = [word for _, word, _ in wording.CERTAINTY]
    return max((gap.certainty for gap in gaps), key=words.index)


def _cell(cell: Cell, row: Sequence[Cell], desk: Desk, level: str | None) -> CellView:
    place = desk.place(cell.article)
    return CellView(
        **place,
        pieces=tuple(desk.piece(cell.article, span) for span in cell.spans),
        text=desk.quote(cell),
        score=cell.score,
        certainty=wording.certainty(cell.score) if len(row) > 1 else level,
        symbol=wording.certainty_symbol(cell.score),
        moved=f"told elsewhere in {place['letter']}'s order" if cell.moved else None,
        aligned=_aligned(cell, row, desk),
    )


def _aligned(cell: Cell, row: Sequence[Cell], desk: Desk) -> Words | None:
    """Find the row's words in the language that the reader reads best."""
    best = min(row, key=lambda other: desk.ranks[other.article])
    if desk.readable(cell.article) or not desk.readable(best.article):
        return None
    return desk.words(best.article, desk.quote(best), f"told in {desk.letters[best.article]}")


def _gap(gap: Gap, desk: Desk) -> GapView:
    place = desk.place(gap.article)
    one = (place["letter"],)
    return GapView(
        **place,
        score=gap.score,
        certain=gap.certain,
        certainty=wording.gap_certainty(gap.score, certain=gap.certain),
        symbol=wording.NOT_IN if gap.certain else wording.NOT_FOUND,
        label=wording.gaps_in(one, ()) if gap.certain else wording.gaps_in((), one),
        nearest=desk.piece(gap.article, gap.nearest) if gap.nearest else None,
    )


def _heading(row: Row, cells: Sequence[CellView], gaps: Sequence[GapView]) -> str:
    if row.kind not in CLAIM_KINDS:
        return wording.KINDS[row.kind]
    letters, total = [cell.letter for cell in cells], len(cells) + len(gaps)
    unsure = [gap.letter for gap in gaps if not gap.certain]
    if len(letters) == 1 and not unsure:
        return wording.only_in(letters[0], total)
    told = wording.told_in(letters, total) if len(letters) > 1 else f"told in {letters[0]}"
    missing = wording.gaps_in([gap.letter for gap in gaps if gap.certain], unsure)
    differs = "with differences" if row.status == "differs" else ""
    return ", ".join(filter(None, (told, differs, missing)))


def _copy(cells: Sequence[CellView], gaps: Sequence[GapView], finding: str, desk: Desk) -> str:
    """Write a row so that it can be pasted: who, where, when, the words, how sure, the caveat."""
    lines = [line for cell in cells for line in (_byline(cell, desk), f"  {cell.text}")]
    for gap in gaps[: wording.NAMED_LETTERS]:
        nearest = f"; nearest there: {gap.nearest.text}" if gap.nearest else ""
        lines += [_byline(gap, desk), f"  [{gap.label}{nearest}]"]
    return "\n".join((*lines, finding, wording.caveat(len(desk.articles))))


def _byline(part: CellView | GapView, desk: Desk) -> str:
    article = desk.articles[part.article]
    known = (wording.source_label(article), display_name(part.lang))
    when = wording.date_label(article.published)
    return f"{part.letter}: " + ", ".join((*known, when, *filter(None, (article.url,))))
