"""The frozen parts of a view: words, numbers and original text, without layout."""

from typing import Any, Literal

import msgspec

from retold.records import Lineage, Problem, RowKind, RowStatus
from retold.render.running import RunningText

SectionKey = Literal["only", "unsure", "all", "some", "headlines", "nothing"]
CLAIM_KINDS = ("quote", "statement")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the parts of a view: immutable, and ready to be written as JSON."""


class Piece(Part, frozen=True):
    """Original words and where they stand in their article."""

    start: int
    end: int
    text: str


class Words(Part, frozen=True):
    """Words beside the row's own: `label` says whose they are."""

    letter: str
    lang: str
    direction: str
    text: str
    label: str


class Column(Part, frozen=True):
    """One article: everything that is said of it in a line, and its place in the comparison."""

    letter: str
    article: str
    lang: str
    language: str
    direction: str
    source: str
    date: str
    credit: str | None
    incomplete: str | None
    title: str | None
    url: str | None
    claims: int
    nothing_passages: int
    nothing_share: str | None
    translation: Words | None

    @property
    def notes(self) -> tuple[str, ...]:
        """List what stands at the end of the article's line."""
        credit = (f"credit: {self.credit}",) if self.credit else ()
        return (*credit, self.incomplete) if self.incomplete else credit


class CellView(Part, frozen=True):
    """How one article tells a claim.

    `certainty` is None where there is nothing to be sure of (a headline that stands alone).
    """

    letter: str
    article: str
    lang: str
    direction: str
    pieces: tuple[Piece, ...]
    text: str
    score: float
    certainty: str | None
    symbol: str
    moved: str | None
    aligned: Words | None


class GapView(Part, frozen=True):
    """An article that does not tell a claim; `nearest` is what comes closest there."""

    letter: str
    article: str
    lang: str
    direction: str
    score: float
    certain: bool
    certainty: str
    symbol: str
    label: str
    nearest: Piece | None


class RowView(Part, frozen=True):
    """One claim: its cells and gaps in the order of the columns."""

    id: int
    kind: RowKind
    kind_words: str
    status: RowStatus
    heading: str
    certainty: str | None
    cells: tuple[CellView, ...]
    gaps: tuple[GapView, ...]
    copy: str
    differences: tuple[dict[str, Any], ...]

    @property
    def section(self) -> SectionKey:
        """Tell in which kind of section this row stands."""
        if self.kind not in CLAIM_KINDS:
            return "headlines" if self.kind == "headline" else "nothing"
        if len(self.cells) > 1:
            return "some" if self.gaps else "all"
        return "only" if all(gap.certain for gap in self.gaps) else "unsure"

    @property
    def is_claim(self) -> bool:
        """Tell whether this is something that can be checked."""
        return self.kind in CLAIM_KINDS


class Section(Part, frozen=True):
    """Rows under one title; `letter` is given where they are of one article."""

    key: SectionKey
    title: str
    letter: str | None
    rows: tuple[int, ...]
    note: str


class MatrixRow(Part, frozen=True):
    """One claim against all columns: a sign and its meaning for each."""

    row: int
    lang: str
    direction: str
    text: str
    symbols: tuple[tuple[str, str], ...]


class View(Part, frozen=True):
    """A whole comparison; `columns` stand in the reader's order, letters in the input's."""

    retold: str
    columns: tuple[Column, ...]
    summary: str
    caveat: str
    sections: tuple[Section, ...]
    rows: tuple[RowView, ...]
    legend: tuple[tuple[str, str], ...]
    matrix: tuple[MatrixRow, ...]
    running: tuple[RunningText, ...]
    lineage: Lineage
    problems: tuple[Problem, ...]

    def by_id(self) -> dict[int, RowView]:
        """Map the rows by their id."""
        return {row.id: row for row in self.rows}
