"""Which of the first passages are titles, and which later ones are sub-headings."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from retold.passages import structure
from retold.passages.structure import Paragraph
from retold.records import Article, Span

MAX_HEADLINE = 220
"""Characters; the longest headlines of the press have about 150."""

MAX_HEADING = 100
"""Characters of a sub-heading."""

MAX_HEADLINES = 3
"""Different lines that may stand above an article: kicker, headline, second headline."""

MIN_RECURRENCE = 0.3
"""Share of a second headline's words that come again below. Bylines and adverts have none."""

SHORT_BODY = 200
"""Characters; in a shorter text the words of a headline need not come again."""

MIN_SAME = 0.9
"""Similarity of letters from which a line repeats a title: a typo, another dash, a site's name."""

_MOOD = re.compile(r"[?!？！؟]\W*\Z")


def leading_titles(article: Article, spans: Sequence[Span]) -> int:
    """Return how many of the first passages are titles.

    The title given with the article, a repetition of it, and further headlines right below it.
    Where no title is given, the first line is one if it looks like a headline.
    """
    count, titles = 0, [article.title] if article.title else []
    groups = structure.grouped(article.text, spans)
    for number, group in enumerate(groups):
        line = article.text[group.start : group.end]
        repeated = any(_repeats(line, title) for title in titles)
        if not repeated and not _is_headline(article, group, groups[number + 1 :], first=not count):
            break
        if not repeated and len(titles) == MAX_HEADLINES:
            break
        titles += [] if repeated else [line]
        count = group.last
    return count


def headings(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Return the indices of the passages that may be sub-headings.

    A line of its own, short, without final punctuation, with running text before and after it.
    """
    groups = structure.grouped(text, spans)
    anonymous = Article(id="", text=text)
    found: set[int] = set()
    for before, group, after in zip(groups, groups[1:], groups[2:], strict=False):
        line = text[group.start : group.end]
        if (
            _is_short_line(line, MAX_HEADING)
            and not structure.is_finished(line)
            and not structure.is_about_the_article(line, below=text[group.end :], article=anonymous)
            and _is_running(text[after.start : after.end])
            and structure.is_finished(text[before.start : before.end])
        ):
            found.update(range(group.first, group.last))
    return frozenset(found)


def _is_headline(
    article: Article, group: Paragraph, below: Sequence[Paragraph], *, first: bool
) -> bool:
    line = article.text[group.start : group.end]
    if not below or not _is_short_line(line, MAX_HEADLINE):
        return False
    if structure.is_finished(line) and not _MOOD.search(line):
        return False
    rest = article.text[group.end :]
    if structure.is_about_the_article(line, below=rest, article=article):
        return False
    recurring = structure.recurrence(line, rest)
    if first:
        return recurring > 0 or len(rest) < SHORT_BODY
    return recurring >= MIN_RECURRENCE


def _repeats(line: str, title: str) -> bool:
    """Tell whether a line is a title again, or as much of it as stands before the site's name."""
    mine, given = structure.key(line), structure.key(title)
    if not mine or not given:
        return False
    if mine == given or (given.startswith(mine) and 2 * len(mine) >= len(given)):
        return True
    if abs(len(mine) - len(given)) > 0.2 * len(given):
        return False
    return SequenceMatcher(None, mine, given, autojunk=False).ratio() >= MIN_SAME


def _is_short_line(line: str, limit: int) -> bool:
    return (
        structure.is_line(line)
        and structure.length(line) <= limit
        and line[-1] not in ":：,，;；"
        and any(map(str.isalpha, line))
    )


def _is_running(paragraph: str) -> bool:
    return structure.is_finished(paragraph) or structure.length(paragraph) > 2 * MAX_HEADING
