"""Article -> passages: sentence-like spans, clauses, titles, headings, and whether all is there."""

from retold.passages.clauses import cuts
from retold.passages.completeness import completeness
from retold.passages.lines import paragraphs
from retold.passages.sentences import split
from retold.passages.titles import headings, leading_titles

__all__ = ["completeness", "cuts", "headings", "leading_titles", "paragraphs", "split"]
