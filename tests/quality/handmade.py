"""Comparisons made by hand."""

from collections.abc import Iterable, Sequence

import msgspec

from quality.reports import Report
from retold.comparison import Comparison
from retold.records import (
    Cell,
    EncoderId,
    Gap,
    Link,
    Passage,
    Place,
    Row,
    RowKind,
    Run,
    RunInput,
    Span,
)

Cells = dict[str, Sequence[tuple[int, int]]]
"""The spans of a row by article."""


def link(a: Place, b: Place, score: float, *, told: tuple[float, float] = (1.0, 1.0)) -> Link:
    """Make a link of two places."""
    return Link(a=a, b=b, score=score, a_in_b=told[0], b_in_a=told[1])


def row(
    cells: Cells,
    *,
    links: Iterable[Link] = (),
    gaps: Iterable[Gap] = (),
    kind: RowKind = "statement",
) -> Row:
    """Make a row of spans."""
    return Row(
        id=1,
        kind=kind,
        status="only" if len(cells) == 1 else "shared",
        cells=tuple(
            Cell(article=name, spans=tuple(Span(*span) for span in spans), score=1.0)
            for name, spans in cells.items()
        ),
        gaps=tuple(gaps),
        links=tuple(links),
    )


def comparison(
    reports: Iterable[Report],
    rows: Iterable[Row] = (),
    *,
    candidates: Iterable[Link] = (),
    passages: dict[str, Sequence[Passage]] | None = None,
    sha256: dict[str, str] | None = None,
) -> Comparison:
    """Make a comparison of reports."""
    articles = tuple(
        msgspec.structs.replace(
            report.article, passages=tuple((passages or {}).get(report.article.id, ()))
        )
        for report in reports
    )
    return Comparison(
        retold="0",
        run=Run(
            settings={},
            encoder=EncoderId(name="none", digest=""),
            inputs=tuple(
                RunInput(article=name, sha256=digest) for name, digest in (sha256 or {}).items()
            ),
        ),
        articles=articles,
        rows=tuple(rows),
        candidates=tuple(candidates),
    )
