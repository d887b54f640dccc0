"""A comparison as tables for spreadsheets: projections of its JSON form, nothing more."""

import csv
import io
from collections.abc import Sequence

import msgspec

from retold.records import Article, ComparisonRecord, Span

Value = str | int | float | bool | None

CELL_COLUMNS = (
    *("row", "kind", "status", "article", "lang", "publisher", "published", "url"),
    *("score", "moved", "spans", "text"),
)
GAP_COLUMNS = (
    *("row", "kind", "status", "told_in", "text", "article", "score", "certain"),
    *("nearest_start", "nearest_end", "nearest_text"),
)
PAIR_COLUMNS = (
    *("row", "a_article", "a_start", "a_end", "a_text"),
    *("b_article", "b_start", "b_end", "b_text", "score", "a_in_b", "b_in_a"),
)
JOINT = " … "

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read text as a formula (OWASP, "CSV Injection")."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Columns in order, and rows that have a value for each."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Value], ...]


def cells_table(record: ComparisonRecord) -> Table:
    """List how each article tells each claim, one line a cell."""
    articles = {article.id: article for article in record.articles}
    return _table(
        CELL_COLUMNS,
        [
            (
                *(row.id, row.kind, row.status),
                *_source(articles[cell.article]),
                *(cell.score, cell.moved),
                " ".join(f"{span.start}-{span.end}" for span in cell.spans),
                _words(articles[cell.article], cell.spans),
            )
            for row in record.rows
            for cell in row.cells
        ],
    )


def gaps_table(record: ComparisonRecord) -> Table:
    """List which article does not tell which claim, one line a gap."""
    articles = {article.id: article for article in record.articles}
    return _table(
        GAP_COLUMNS,
        [
            (
                *(row.id, row.kind, row.status, len(row.cells)),
                _words(articles[row.cells[0].article], row.cells[0].spans),
                *(gap.article, gap.score, gap.certain),
                *_place(articles[gap.article], gap.nearest),
            )
            for row in record.rows
            for gap in row.gaps
        ],
    )


def pairs_table(record: ComparisonRecord) -> Table:
    """List the pairs of passages that rows were built from, one line a link."""
    articles = {article.id: article for article in record.articles}
    return _table(
        PAIR_COLUMNS,
        [
            (
                *(row.id, link.a.article),
                *_place(articles[link.a.article], Span(link.a.start, link.a.end)),
                link.b.article,
                *_place(articles[link.b.article], Span(link.b.start, link.b.end)),
                *(link.score, link.a_in_b, link.b_in_a),
            )
            for row in record.rows
            for link in row.links
        ],
    )


def write_csv(table: Table) -> str:
    """Write a table as CSV (RFC 4180: CRLF, a header) in which no text is read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_written(row[name]) for name in table.columns] for row in table.rows)
    return out.getvalue()


def _table(columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]]) -> Table:
    named = tuple(dict(zip(columns, row, strict=True)) for row in rows)
    return Table(columns=columns, rows=named)


def _source(article: Article) -> tuple[Value, ...]:
    return (article.id, article.lang, article.publisher, article.published, article.url)


def _place(article: Article, span: Span | None) -> tuple[Value, ...]:
    if span is None:
        return (None, None, None)
    return (span.start, span.end, article.text[span.start : span.end])


def _words(article: Article, spans: Sequence[Span]) -> str:
    return JOINT.join(article.text[span.start : span.end] for span in spans)


def _written(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
