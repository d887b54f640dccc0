"""A comparison for the terminal: 80 to 200 columns, understood without colour."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from retold.records import ComparisonRecord, Problem
from retold.render import wording
from retold.render.parts import CellView, Column, GapView, MatrixRow, RowView, Section, View
from retold.render.running import RunningText, Segment
from retold.render.terminal import cells, fit, isolate, neutral, pad, wrap
from retold.render.view import build_view

NARROWEST, WIDEST = 40, 200
BESIDE_LIMIT = 3
"""More reports than this stand under each other."""
BESIDE_WIDTH = 36
"""Columns narrower than this are stacked: fewer than six words a line."""
BESIDE_RULE = " │ "
SCREEN_ROWS = 24
"""Claims on the first screen, shared among its sections; two of each are always shown."""
MATRIX_WORDS = 34
"""Cells that the matrix keeps for a claim's words, however many reports there are."""
STACK_INDENT = "   "
SHOW_ALL = "show with --all"
FIRST_SCREEN = ("only", "unsure", "all", "some")


def render_text(
    comparison: ComparisonRecord | View,
    *,
    width: int = 100,
    reader: Sequence[str] = (),
    everything: bool = False,
    color: bool = False,
) -> str:
    """Write a comparison for a terminal of `width` columns.

    `everything` writes out what holds nothing to check, `color` makes titles bold; `reader` is
    that of `build_view` and has no effect on a view, which has had its own.
    """
    view = comparison if isinstance(comparison, View) else build_view(comparison, reader=reader)
    page = Page(view, width=min(max(width, NARROWEST), WIDEST), color=color)
    blocks = (
        *page.first_screen(),
        page.matrix(),
        *page.claims(everything=everything),
        page.outside(everything=everything),
        page.problems(),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class Page:
    """A view laid out for one width."""

    def __init__(self, view: View, *, width: int, color: bool) -> None:
        """Lay out a view for `width` columns."""
        self.view = view
        self.width = width
        self.color = color
        self.rows = view.by_id()
        count = len(view.columns)
        self.column_width = (width - len(BESIDE_RULE) * (count - 1)) // count
        self.beside = count <= BESIDE_LIMIT and self.column_width >= BESIDE_WIDTH

    def first_screen(self) -> Iterator[list[str]]:
        """Say in ten seconds what there is."""
        yield _article_lines(self.view.columns, self.width)
        yield wrap(self.view.summary, self.width)
        sections = [section for section in self.view.sections if section.key in FIRST_SCREEN]
        for section in sections:
            yield self._section(section, limit=max(2, SCREEN_ROWS // len(sections)))
        yield wrap(self.view.caveat, self.width)

    def _section(self, section: Section, *, limit: int) -> list[str]:
        rows = self.view.by_id()
        shown = [line for id_ in section.rows[:limit] for line in self._short(rows[id_])]
        more = len(section.rows) - limit
        rest = [f"  … {more} more below"] if more > 0 else []
        return [self._title(section.title), *shown, *rest]

    def _short(self, row: RowView) -> Iterator[str]:
        """Write a claim's words on one line, and the nearest words where none were found."""
        first = row.cells[0]
        tellers = f"{wording.named([cell.letter for cell in row.cells])}: "
        head = f"  {_number(row.id)} {tellers if row.section == 'some' else ''}"
        yield head + fit(first.text, self.width - cells(head), direction=first.direction)
        if row.section == "unsure" and len(self.view.columns) == 2 and row.gaps[0].nearest:
            gap = row.gaps[0]
            head = f"{' ' * len(head)}nearest in {gap.letter}: "
            yield head + fit(
                row.gaps[0].nearest.text, self.width - cells(head), direction=gap.direction
            )

    def matrix(self) -> list[str]:
        """Set all claims against all reports, in blocks of as many reports as fit."""
        if not self.view.matrix:
            return []
        lines = [self._title("Claims and reports")]
        size = max(len(column.letter) for column in self.view.columns) + 1
        fitting = max(1, (self.width - MATRIX_WORDS) // size)
        for start in range(0, len(self.view.columns), fitting):
            part = slice(start, start + fitting)
            letters = [column.letter for column in self.view.columns[part]]
            words = self.width - size * len(letters)
            lines.append(" " * words + "".join(f"{name:>{size}}" for name in letters))
            lines += [_matrix_line(row, part, words, size) for row in self.view.matrix]
        key = ", ".join(f"{sign} {word}" for sign, word in self.view.legend)
        return [*lines, *wrap(key, self.width)]

    def claims(self, *, everything: bool) -> Iterator[list[str]]:
        """Write every row with all its words, those with nothing to check if asked for."""
        for row in self.view.rows:
            if everything or row.section != "nothing":
                words = self._columns(row) if self.beside else _stack(row, self.width)
                yield [self._rule(row), *words]

    def _rule(self, row: RowView) -> str:
        kind = row.kind_words if row.kind == "quote" else None
        known = " · ".join(filter(None, (row.heading, kind, row.certainty)))
        line = fit(f"{_number(row.id)} {known}", self.width - 1)
        return self._bold(f"{line} {'─' * (self.width - 1 - cells(line))}")

    def _columns(self, row: RowView) -> list[str]:
        """Lay a row's cells and gaps beside each other."""
        parts: dict[str, CellView | GapView] = {part.letter: part for part in row.cells}
        parts |= {part.letter: part for part in row.gaps}
        blocks = [
            _block(parts[column.letter], self.column_width) if column.letter in parts else []
            for column in self.view.columns
        ]
        lines = zip_longest(*blocks, fillvalue="")
        return [
            BESIDE_RULE.join(pad(part, self.column_width) for part in line).rstrip()
            for line in lines
        ]

    def outside(self, *, everything: bool) -> list[str]:
        """Say what stands in none of the rows shown, or write it out."""
        lines = []
        for column, text in zip(self.view.columns, self.view.running, strict=True):
            rest = [segment for segment in text.segments if segment.row is None]
            if everything:
                shown = (segment for segment in rest if not segment.blank)
                lines += [line for segment in shown for line in self._untold(text, segment)]
            else:
                lines += wrap(_outside_note(column, rest), self.width)
            lines += self._translation(column, everything=everything)
        return [self._title("Outside the claims"), *lines] if lines else []

    def _untold(self, text: RunningText, segment: Segment) -> list[str]:
        return _hang(f"{text.letter} {segment.role}: ", segment.text, self.width, text.direction)

    def _translation(self, column: Column, *, everything: bool) -> list[str]:
        given = column.translation
        if given is None:
            return []
        head = f"{given.letter} {given.label}: "
        if everything:
            return _hang(head, given.text, self.width, given.direction)
        return [head + fit(given.text, self.width - cells(head), direction=given.direction)]

    def problems(self) -> list[str]:
        """List what the inputs could not give."""
        lines = [line for problem in self.view.problems for line in self._problem(problem)]
        return [self._title("Problems"), *lines] if lines else []

    def _problem(self, problem: Problem) -> list[str]:
        left_out = " (left out)" if problem.severity == "article-left-out" else ""
        return wrap(f"{problem.where}: {problem.what}{left_out}", self.width, indent="  ")

    def _title(self, title: str) -> str:
        return self._bold(fit(title.upper(), self.width))

    def _bold(self, line: str) -> str:
        return f"\x1b[1m{line}\x1b[0m" if self.color else line


def _number(row: int) -> str:
    return f"[{row}]"


def _article_lines(columns: Sequence[Column], width: int) -> list[str]:
    """Write a line for each article; where notes do not fit, they stand below it."""
    table = [(c.letter, c.language, c.date, c.source) for c in columns]
    sizes = [max(cells(neutral(words)) for words in column) for column in zip(*table, strict=True)]
    sizes[-1] = min(sizes[-1], max(8, width - sum(sizes[:-1]) - 6))
    lines = []
    for column, members in zip(columns, table, strict=True):
        name, language, date, source = (
            pad(fit(text, size), size) for text, size in zip(members, sizes, strict=True)
        )
        line = f"{name}  {language}  {source}  {date}"
        notes = [isolate(neutral(note)) for note in column.notes]
        whole = "  ".join((line, *notes)).rstrip()
        if cells(whole) <= width:
            lines.append(whole)
        else:
            lines.append(line.rstrip())
            lines += [piece for note in column.notes for piece in wrap(note, width, indent="     ")]
    return lines


def _matrix_line(row: MatrixRow, part: slice, words: int, size: int) -> str:
    head = f"{_number(row.row)} "
    text = head + fit(row.text, words - len(head), direction=row.direction)
    return pad(text, words) + "".join(f"{sign:>{size}}" for sign, _ in row.symbols[part])


def _block(part: CellView | GapView, width: int) -> list[str]:
    """Write a cell or a gap into a column of its own."""
    if isinstance(part, CellView):
        return _cell(part, width)
    if part.nearest is None:
        return wrap(part.label, width)
    nearest = wrap(part.nearest.text, width, direction=part.direction, indent="  ")
    return [*wrap(f"{part.label}; nearest there:", width), *nearest]


def _cell(cell: CellView, width: int, indent: str = "") -> list[str]:
    head = " · ".join(filter(None, (cell.letter, cell.certainty, cell.moved)))
    words = wrap(cell.text, width, direction=cell.direction, indent=indent)
    lines = [*wrap(head, width), *words]
    if cell.aligned is None:
        return lines
    told = cell.aligned
    return [*lines, *_hang(f"{indent}  {told.label}: ", told.text, width, told.direction)]


def _stack(row: RowView, width: int) -> list[str]:
    """Write a row's cells under each other; few gaps get the nearest words as well."""
    lines = [line for cell in row.cells for line in _cell(cell, width, STACK_INDENT)]
    unsure = [gap for gap in row.gaps if not gap.certain]
    if len(unsure) <= BESIDE_LIMIT:
        lines += [line for gap in unsure for line in _block(gap, width)]
    return lines


def _hang(head: str, text: str, width: int, direction: str) -> list[str]:
    """Write text behind a head, later lines indented."""
    lines = wrap(text, width, direction=direction, indent=" " * cells(head))
    return [head + lines[0].removeprefix(" " * cells(head)), *lines[1:]] if lines else [head]


def _outside_note(column: Column, rest: Iterable[Segment]) -> str:
    other = sum(not (segment.nothing_to_check or segment.blank) for segment in rest)
    notes = [wording.nothing_label(column.nothing_passages)] if column.nothing_passages else []
    notes += [f"{wording.counted(other, 'other passage')} in no claim"] if other else []
    return f"{column.letter}: {'; '.join(notes)}: {SHOW_ALL}" if notes else ""
