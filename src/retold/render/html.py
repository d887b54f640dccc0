"""The report as one HTML file: drawn from a View, without network, readable without scripts."""

import base64
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from retold.records import ComparisonRecord
from retold.render import wording
from retold.render.parts import Column, GapView, Part, Piece, RowView, Section, View
from retold.render.running import RunningText, Segment, SegmentRun
from retold.render.view import build_view

FEW_REPORTS = 4
"""Up to so many reports are all visible at first, and each has its own list on the first screen."""
SHOWN_AT_FIRST = 3
"""So many columns are visible at first where there are more reports."""
MOST_COLUMNS = 5
LISTED_OF_TWO, LISTED_OF_ONE, LISTED_OF_ALL = 5, 3, 9
"""Claims of a list on the first screen before the rest is collapsed: any list where there are two
reports; of more reports the lists of a single one, and those of several."""
FULL_GAPS = 3_000
"""More gaps than this, in more than MOST_COLUMNS reports, are told in a line for each row: 60
reports of 30 sentences would need 15 MB with every nearest passage repeated at every gap."""
LINKED_SIGNS = 6_000
"""In a matrix of more signs only those that stand for a cell are links."""
HUES = 8
ALONE = {"only": "only here: ", "unsure": "no counterpart found: "}
"""What the certainty of a claim speaks of that one report tells."""

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What no HTML file may hold; shown as U+FFFD, one for one."""
NEW_LINE = re.compile(r"[ \t]*[\n\r\u2028\u2029][ \t\n\r\u2028\u2029]*")


class Bit(Part, frozen=True):
    """Words of a paragraph: `anchor` is their name in the page, `row` the claim that they tell."""

    text: str
    anchor: str | None = None
    row: int | None = None
    mark: str = ""


class Paragraph(Part, frozen=True):
    """Bits of a running text that stand on one line."""

    bits: tuple[Bit, ...]
    role: str


class Run(Part, frozen=True):
    """Paragraphs of a running text; with a label they are shown collapsed."""

    label: str | None
    paragraphs: tuple[Paragraph, ...]


class Report(Part, frozen=True):
    """One article on the page: its column, safe link, colour, place and whole text."""

    column: Column
    link: str | None
    hue: int
    position: int
    visible: bool
    byline: str
    runs: tuple[Run, ...]
    nothing: tuple[Bit, ...]


class Block(Part, frozen=True):
    """A list of the first screen, what stands in it at once and what after opening it."""

    section: Section
    shown: tuple[RowView, ...]
    more: tuple[RowView, ...]


class Group(Part, frozen=True):
    """Lists that stand together on the first screen: those of one report, or of no single one."""

    letter: str | None
    blocks: tuple[Block, ...]


class Anchors:
    """Where original words stand in the page: the names of all segments of the full texts."""

    def __init__(self, running: Iterable[RunningText]) -> None:
        self._ends: dict[str, list[int]] = {}
        self._names: dict[tuple[str, int], str] = {}
        for text in running:
            segments = [segment for segment in text.segments if not segment.blank]
            self._ends[text.letter] = [segment.end for segment in segments]
            for number, segment in enumerate(segments):
                self._names[text.letter, segment.start] = f"{text.letter}{number}"

    def of(self, letter: str, segment: Segment) -> str:
        """Name a segment that is not blank."""
        return self._names[letter, segment.start]

    def at(self, letter: str, piece: Piece) -> str:
        """Name the segment in which a piece begins, else the whole text."""
        ends = self._ends[letter]
        index = bisect_right(ends, piece.start)
        return f"{letter}{index}" if index < len(ends) else f"text-{letter}"


def render_html(record: ComparisonRecord, *, reader: Sequence[str] = ()) -> str:
    """Draw a comparison as one self-contained HTML file.

    `reader` lists the languages that the user reads (BCP 47), best first.
    """
    view = build_view(record, reader=reader)
    anchors = Anchors(view.running)
    reports = _reports(view, anchors)
    style = Markup(_source("report.css") + _columns_css(reports))
    script = Markup(_source("report.js"))
    template = _environment().get_template("report.html")
    page = template.render(
        view=view,
        run=record.run,
        rows=view.by_id(),
        reports=reports,
        groups=tuple(_groups(view)),
        flow=tuple(row for row in view.rows if row.section != "nothing"),
        counts=_counts(view.rows),
        anchors=anchors,
        hues={report.column.letter: report.hue for report in reports},
        letters={column.article: column.letter for column in view.columns},
        few=len(reports) <= FEW_REPORTS,
        full_gaps=_full_gaps(view),
        all_signs_linked=len(view.matrix) * len(reports) <= LINKED_SIGNS,
        headline=_headline(len(reports)),
        left_out=sum(problem.severity == "article-left-out" for problem in view.problems),
        style=style,
        script=script,
        policy=_policy(style, script),
    )
    return UNWRITABLE.sub("\ufffd", page)


def safe_url(url: str | None) -> str | None:
    """Give back a URL that may become a link: http or https with a host, None otherwise."""
    if not url or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _headline(total: int) -> str:
    noun = "report" if total == 1 else "reports"
    return f"{wording.number(total).capitalize()} {noun} of one event, side by side"


def _full_gaps(view: View) -> bool:
    gaps = sum(len(row.gaps) for row in view.rows)
    return len(view.columns) <= MOST_COLUMNS or gaps <= FULL_GAPS


def _counts(rows: Iterable[RowView]) -> dict[str, int]:
    claims = [row for row in rows if row.is_claim]
    several = sum(len(row.cells) > 1 for row in claims)
    unsure = sum(row.certainty == wording.CERTAINTY[-1][1] for row in claims)
    return {"several": several, "one": len(claims) - several, "unsure": unsure}


def _groups(view: View) -> Iterator[Group]:
    """Gather the lists of claims by report; of many reports the widely told claims come first."""
    rows = view.by_id()
    few = len(view.columns) <= FEW_REPORTS
    told = [section for section in view.sections if section.key not in ("headlines", "nothing")]
    told = told if few else sorted(told, key=lambda section: section.letter is not None)
    for letter, sections in groupby(told, key=lambda section: section.letter):
        yield Group(letter=letter, blocks=tuple(_block(s, rows, view) for s in sections))


def _block(section: Section, rows: Mapping[int, RowView], view: View) -> Block:
    total = len(view.columns)
    members = [rows[number] for number in section.rows]
    if total > FEW_REPORTS:
        members.sort(key=lambda row: -len(row.cells))
    listed = LISTED_OF_ONE if section.letter else LISTED_OF_ALL
    listed = LISTED_OF_TWO if total <= 2 else listed
    return Block(section=section, shown=tuple(members[:listed]), more=tuple(members[listed:]))


def _reports(view: View, anchors: Anchors) -> tuple[Report, ...]:
    visible = len(view.columns) if len(view.columns) <= FEW_REPORTS else SHOWN_AT_FIRST
    by_letter = sorted(view.columns, key=lambda column: (len(column.letter), column.letter))
    hues = {column.letter: index % HUES for index, column in enumerate(by_letter)}
    known: set[int] = set()
    return tuple(
        Report(
            column=column,
            link=safe_url(column.url),
            hue=hues[column.letter],
            position=position,
            visible=position <= visible,
            byline=_byline(column),
            runs=tuple(_run(run, text.letter, anchors) for run in text.runs),
            nothing=tuple(_nothing(text, anchors, known)),
        )
        for position, (column, text) in enumerate(
            zip(view.columns, view.running, strict=True), start=1
        )
    )


def _byline(column: Column) -> str:
    """Write whose words something is, as a copied row says it."""
    known = (column.source, column.language, column.date, *filter(None, (column.url,)))
    return f"{column.letter}: " + ", ".join(known)


def _nothing(text: RunningText, anchors: Anchors, known: set[int]) -> Iterator[Bit]:
    """List what holds nothing to check; `row` is set where the page names this row first."""
    for segment in text.segments:
        if not segment.nothing_to_check:
            continue
        first = segment.row is not None and segment.row not in known
        if segment.row is not None:
            known.add(segment.row)
        yield Bit(
            text=segment.text,
            anchor=anchors.of(text.letter, segment) if not segment.blank else None,
            row=segment.row if first else None,
            mark="" if segment.row else segment.role or "",
        )


def _run(run: SegmentRun, letter: str, anchors: Anchors) -> Run:
    bits = _bits(run.segments, letter, anchors)
    lines = (tuple(line) for broken, line in groupby(bits, key=_breaks) if not broken)
    return Run(label=run.label, paragraphs=tuple(_paragraph(line) for line in lines))


def _breaks(bit: Bit) -> bool:
    return bit.mark == "break"


def _paragraph(bits: tuple[Bit, ...]) -> Paragraph:
    roles = {bit.mark for bit in bits if bit.mark}
    return Paragraph(bits=bits, role=roles.pop() if len(roles) == 1 else "body")


def _bits(segments: Iterable[Segment], letter: str, anchors: Anchors) -> Iterator[Bit]:
    """Cut what stands between claims at its line breaks; the words of a claim stay whole."""
    for segment in segments:
        anchor = None if segment.blank else anchors.of(letter, segment)
        mark = segment.role or ""
        if segment.row is not None:
            yield Bit(text=segment.text, anchor=anchor, row=segment.row, mark=mark)
            continue
        for number, line in enumerate(NEW_LINE.split(segment.text)):
            if number:
                yield Bit(text="\n", mark="break")
            if line:
                yield Bit(text=line, anchor=anchor, mark=mark)
                anchor = None


def _missing(row: RowView) -> Mapping[str, tuple[GapView, ...]]:
    """Gather the gaps of a row in two lists: certain ones, and those where nothing was found."""
    lists = {
        "not in": tuple(gap for gap in row.gaps if gap.certain),
        "no counterpart found in": tuple(gap for gap in row.gaps if not gap.certain),
    }
    return {label: gaps for label, gaps in lists.items() if gaps}


def _columns_css(reports: Sequence[Report]) -> str:
    """Write the rules by which a checkbox shows and hides a column, one set for each report."""
    widths = " ".join(f"var(--c{report.column.letter},minmax(0,1fr))" for report in reports)
    rules = [f"@media print,(min-width:46rem){{.grid{{grid-template-columns:{widths}}}"]
    rules += [f".c{r.column.letter}{{grid-column:{r.position}}}" for r in reports]
    rules.append("}\n")
    for letter in (report.column.letter for report in reports):
        unseen = f"body:has(#see-{letter}:not(:checked))"
        rules.append(f"{unseen}{{--c{letter}:0px}}{unseen} .c{letter}{{display:none}}")
        rules.append(f"body:has(#see-{letter}:checked) .t{letter}>.lead{{display:none}}\n")
    return "".join(rules)


def _policy(style: str, script: str) -> str:
    """Write the content security policy: nothing is loaded, and no other script can run."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("retold.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shorten"] = wording.shorten
    environment.filters["named"] = wording.named
    environment.globals["missing"] = _missing
    environment.globals["alone"] = ALONE
    environment.globals["signs"] = {word: sign for _, word, sign in wording.CERTAINTY}
    environment.globals["told_signs"] = frozenset(sign for _, _, sign in wording.CERTAINTY)
    return environment


@cache
def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]
