"""A comparison as words and numbers, without layout: what every page and print is drawn from."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from retold.languages import direction, display_name
from retold.records import Article, ComparisonRecord
from retold.render import wording
from retold.render.parts import (
    CellView,
    Column,
    GapView,
    MatrixRow,
    Piece,
    RowView,
    Section,
    SectionKey,
    View,
    Words,
)
from retold.render.rows import Desk, desk_of, row_view
from retold.render.running import (
    RunningText,
    Segment,
    SegmentRun,
    segment_runs,
    segments_by_article,
)

__all__ = [
    "CellView",
    "Column",
    "GapView",
    "MatrixRow",
    "Piece",
    "RowView",
    "RunningText",
    "Section",
    "Segment",
    "SegmentRun",
    "View",
    "Words",
    "build_view",
]

TRANSLATION = "translation given with the input, not used"


def build_view(record: ComparisonRecord, *, reader: Sequence[str] = ()) -> View:
    """Put a comparison into words.

    `reader` lists the languages that the user reads (BCP 47), best first: their articles become
    the first columns, and cells in other languages get the words of one that can be read.
    """
    desk = desk_of(record, reader)
    segments = segments_by_article(record)
    rows = tuple(row_view(row, desk) for row in record.rows)
    in_order = sorted(record.articles, key=lambda article: desk.order[article.id])
    columns = tuple(_column(article, segments[article.id], rows, desk) for article in in_order)
    matrix = tuple(_matrix_row(row, columns) for row in rows if row.is_claim)
    return View(
        retold=record.retold,
        columns=columns,
        summary=_summary(rows, columns),
        caveat=wording.caveat(len(columns)),
        sections=tuple(_sections(rows, columns)),
        rows=rows,
        legend=wording.legend(sign for row in matrix for sign, _ in row.symbols),
        matrix=matrix,
        running=tuple(_running(article.id, segments, desk) for article in in_order),
        lineage=record.lineage,
        problems=record.problems,
    )


def _column(
    article: Article, segments: Sequence[Segment], rows: Iterable[RowView], desk: Desk
) -> Column:
    nothing = [segment for segment in segments if segment.nothing_to_check]
    words = [segment for segment in segments if not segment.blank]
    told = [row for row in rows if row.is_claim]
    return Column(
        **desk.place(article.id),
        language=display_name(article.lang),
        source=wording.source_label(article),
        date=wording.date_label(article.published),
        credit=_credit(article),
        incomplete=wording.incomplete_note(article),
        title=article.title,
        url=article.url,
        claims=sum(cell.article == article.id for row in told for cell in row.cells),
        nothing_passages=len(nothing),
        nothing_share=wording.share(_chars(nothing), _chars(words)),
        translation=_translation(article, desk),
    )


def _chars(segments: Iterable[Segment]) -> int:
    return sum(segment.end - segment.start for segment in segments)


def _credit(article: Article) -> str | None:
    lines = [article.text[p.start : p.end] for p in article.passages if p.role == "credit"]
    return " · ".join(" ".join(line.split()) for line in lines) or None


def _translation(article: Article, desk: Desk) -> Words | None:
    """Show a translation that came with the input, as words or as {"lang", "text"}."""
    given = article.extra.get("translation")
    members = given if isinstance(given, Mapping) else {"text": given}
    text, lang = members.get("text"), members.get("lang")
    if not isinstance(text, str) or not text:
        return None
    lang = lang if isinstance(lang, str) else "und"
    shown = desk.words(article.id, text, TRANSLATION)
    return msgspec.structs.replace(shown, lang=lang, direction=direction(lang))


def _summary(rows: Sequence[RowView], columns: Sequence[Column]) -> str:
    total = len(columns)
    parts = _told_counts(rows, total)
    parts += _only_counts(rows, columns) if total == 2 else [_one_only(rows)]
    empty = [f"{c.nothing_share} of {c.letter}" for c in columns if c.nothing_share]
    if empty:
        parts.append(f"{wording.listing(empty)}: nothing to check")
    return " · ".join(parts)


def _told_counts(rows: Sequence[RowView], total: int) -> list[str]:
    everywhere = wording.counted(sum(row.section == "all" for row in rows), "claim")
    if total == 2:
        return [f"{everywhere} in both"]
    some = sum(row.section == "some" for row in rows)
    return [f"{everywhere} in all {total}", f"{some or 'none'} in some"]


def _only_counts(rows: Sequence[RowView], columns: Sequence[Column]) -> list[str]:
    here, there = (column.letter for column in columns)
    return [
        wording.only_count(
            *_sure_and_unsure(rows, told),
            only=f"only in {told}",
            unfound=f"in {told}, no counterpart found in {other}",
        )
        for told, other in ((here, there), (there, here))
    ]


def _one_only(rows: Sequence[RowView]) -> str:
    counts = _sure_and_unsure(rows, None)
    unfound = "in one, no counterpart found in the others"
    return wording.only_count(*counts, only="in one only", unfound=unfound)


def _sure_and_unsure(rows: Sequence[RowView], letter: str | None) -> tuple[int, int]:
    keys = [row.section for row in rows if letter in (None, row.cells[0].letter)]
    return keys.count("only"), keys.count("unsure")


def _sections(rows: Sequence[RowView], columns: Sequence[Column]) -> Iterable[Section]:
    found: dict[tuple[SectionKey, str | None], list[int]] = {}
    for row in rows:
        lone = row.cells[0].letter if row.section in ("only", "unsure") else None
        found.setdefault((row.section, lone), []).append(row.id)
    for key, title, letter in _titles(columns):
        if ids := found.get((key, letter)):
            note = wording.counted(len(ids), "headline" if key == "headlines" else "claim")
            yield Section(key=key, title=title, letter=letter, rows=tuple(ids), note=note)
    yield from (_nothing_section(column, rows) for column in columns if column.nothing_passages)


def _titles(columns: Sequence[Column]) -> Iterable[tuple[SectionKey, str, str | None]]:
    total = len(columns)
    for column in columns:
        yield "only", f"Only in {column.letter}", column.letter
        yield "unsure", _unsure_title(column, columns), column.letter
    yield "all", "Told in both" if total == 2 else f"Told in all {total}", None
    yield "some", "Told in some", None
    yield "headlines", "Headlines", None


def _unsure_title(column: Column, columns: Sequence[Column]) -> str:
    others = [other.letter for other in columns if other is not column]
    elsewhere = others[0] if len(others) == 1 else f"the other {len(others)} reports"
    return f"Told in {column.letter}, no counterpart found in {elsewhere}"


def _nothing_section(column: Column, rows: Iterable[RowView]) -> Section:
    ids = tuple(
        row.id
        for row in rows
        if row.section == "nothing" and any(cell.letter == column.letter for cell in row.cells)
    )
    return Section(
        key="nothing",
        title=f"Nothing to check in {column.letter}",
        letter=column.letter,
        rows=ids,
        note=wording.nothing_label(column.nothing_passages),
    )


def _matrix_row(row: RowView, columns: Sequence[Column]) -> MatrixRow:
    told = {cell.article: (cell.symbol, wording.certainty(cell.score)) for cell in row.cells}
    missing = {gap.article: (gap.symbol, gap.label) for gap in row.gaps}
    unknown = (wording.NOT_COMPARED, "not compared")
    first = row.cells[0]
    return MatrixRow(
        row=row.id,
        lang=first.lang,
        direction=first.direction,
        text=first.text,
        symbols=tuple((told | missing).get(column.article, unknown) for column in columns),
    )


def _running(article: str, segments: Mapping[str, Sequence[Segment]], desk: Desk) -> RunningText:
    return RunningText(**desk.place(article), runs=segment_runs(segments[article]))
