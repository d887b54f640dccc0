"""Every frozen record that crosses a border between parts of retold.

The JSON form of `ComparisonRecord` is the contract (docs/comparison.md, and
comparison.schema.json beside this file): all offsets are half-open ranges of Unicode code points
into the `text` of an article.
"""

import hashlib
from datetime import UTC, datetime
from math import inf
from typing import Any, Literal

import msgspec

Role = Literal["title", "heading", "body", "caption", "credit", "boilerplate"]
RowKind = Literal["headline", "quote", "statement", "commentary"]
RowStatus = Literal["shared", "differs", "only"]
Severity = Literal["warning", "article-left-out"]


class Record(msgspec.Struct, frozen=True):
    """Base of the records: immutable, compared by value."""


class Span(Record, frozen=True, order=True):
    """A half-open range of code points in one article's text."""

    start: int
    end: int


class Place(Record, frozen=True, order=True):
    """A span in a named article."""

    article: str
    start: int
    end: int


class Passage(Record, frozen=True):
    """A sentence-like span of an article and the part it plays there."""

    start: int
    end: int
    role: Role = "body"


class Problem(Record, frozen=True, kw_only=True):
    """Something an input could not give: where, what and how bad; `code` is stable (docs)."""

    where: str
    what: str
    code: str
    severity: Severity = "warning"


class Article(Record, frozen=True, kw_only=True):
    """One article as read; `passages`, `complete` and the reason are filled in by later stages.

    `published` is an RFC 3339 date or date-time, null where unknown; `lang` is BCP 47, `und`
    where it cannot be told. `extra` holds fields of the input that retold does not know.
    """

    id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    lang: str = "und"
    text: str
    passages: tuple[Passage, ...] = ()
    extra: dict[str, Any] = {}
    complete: bool = True
    incomplete_because: str | None = None


class Link(Record, frozen=True, kw_only=True):
    """Evidence that two places tell the same claim.

    `score` is a calibrated probability; `a_in_b` says how much of a is told by b (0 to 1).
    """

    a: Place
    b: Place
    score: float
    a_in_b: float
    b_in_a: float


class Person(Record, frozen=True, kw_only=True):
    """Who or what words point at: a span where there is one, and the fullest name known."""

    start: int | None
    end: int | None
    text: str | None
    name: str | None


class Mention(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Something in a passage that can be compared; members beside the first four go by type."""

    type: Literal["quote", "name", "quantity", "time", "attribution", "hedge", "negation"]
    start: int
    end: int
    text: str
    speaker: Person | msgspec.UnsetType | None = msgspec.UNSET
    direct: bool | msgspec.UnsetType = msgspec.UNSET
    pieces: tuple[Span, ...] | msgspec.UnsetType = msgspec.UNSET


class Cell(Record, frozen=True, kw_only=True):
    """How one article tells one claim."""

    article: str
    spans: tuple[Span, ...]
    score: float
    moved: bool = False
    mentions: tuple[Mention, ...] = ()


class Gap(Record, frozen=True, kw_only=True):
    """An article that does not tell a claim, how sure that is, and what comes closest there."""

    article: str
    score: float
    certain: bool
    nearest: Span | None


class Row(Record, frozen=True, kw_only=True):
    """One claim: a cell for each article that tells it, a gap for each other one."""

    id: int
    kind: RowKind
    status: RowStatus
    cells: tuple[Cell, ...]
    gaps: tuple[Gap, ...] = ()
    links: tuple[Link, ...] = ()
    differences: tuple[dict[str, Any], ...] = ()


class Lineage(Record, frozen=True, kw_only=True):
    """Who derives from whom; empty lists as long as lineage is not asked for."""

    pairs: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    edges: tuple[dict[str, Any], ...] = ()


class EncoderId(Record, frozen=True, kw_only=True):
    """The model that was used: its name and the sha256 of its weights."""

    name: str
    digest: str


class RunInput(Record, frozen=True, kw_only=True):
    """The sha256 of an article's text in UTF-8."""

    article: str
    sha256: str


class Run(Record, frozen=True, kw_only=True):
    """What is needed to get the same again.

    `settings` holds every setting that was not the default, and `digest` of them all.
    """

    settings: dict[str, Any]
    encoder: EncoderId
    inputs: tuple[RunInput, ...]


class ComparisonRecord(Record, frozen=True, kw_only=True):
    """The reports of one event side by side: the whole content of a comparison.

    `candidates` holds pairs that scored .05 or more and stand in no row together; it answers
    "why not that one".
    """

    retold: str
    schema: Literal[1] = 1
    run: Run
    articles: tuple[Article, ...]
    rows: tuple[Row, ...]
    lineage: Lineage = Lineage()
    problems: tuple[Problem, ...] = ()
    candidates: tuple[Link, ...] = ()


class Reading(Record, frozen=True, kw_only=True):
    """What reading gave: the articles, and a problem for everything that could not be used."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()


def article_sort_key(article: Article) -> tuple[float, str]:
    """Order articles by publication, then by the hash of the text: as they are processed.

    A day without a time is taken to be its first moment; an unknown date is the last of all.
    """
    text = article.text.encode("utf-8", "replace")
    return (_moment(article.published), hashlib.sha256(text).hexdigest())


def _moment(published: str | None) -> float:
    """Return seconds since 1970."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return inf
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
