"""The problems that reading can report: one table of codes, documented in docs/inputs.md."""

from retold.reading.text import without_surrogates
from retold.records import Problem, Severity

CODES: dict[str, Severity] = {
    "missing-file": "article-left-out",
    "unreadable": "article-left-out",
    "empty-folder": "article-left-out",
    "url": "article-left-out",
    "empty": "article-left-out",
    "binary": "article-left-out",
    "bad-json": "article-left-out",
    "not-an-article": "article-left-out",
    "no-text": "article-left-out",
    "too-long": "article-left-out",
    "duplicate-text": "article-left-out",
    "too-many": "article-left-out",
    "passed-over": "warning",
    "guessed-encoding": "warning",
    "damaged-encoding": "warning",
    "nul-characters": "warning",
    "wrong-type": "warning",
    "impossible-date": "warning",
    "no-timezone": "warning",
    "unknown-language": "warning",
    "doubtful-language": "warning",
    "duplicate-id": "warning",
}
"""Every code and what it does to its article, unless a report says otherwise."""


def problem(code: str, *, where: str, what: str, severity: Severity | None = None) -> Problem:
    """Report a problem under a code of the table; `severity` only where it differs from there."""
    return Problem(
        where=without_surrogates(where),
        what=without_surrogates(what),
        code=code,
        severity=severity or CODES[code],
    )


def is_fatal(fault: Problem) -> bool:
    """Tell whether a problem leaves its article out."""
    return fault.severity == "article-left-out"
