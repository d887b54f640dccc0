"""Which of the first passages are titles, and which later ones are sub-headings."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from retold.passages import structure
from retold.passages.structure import Paragraph
from retold.records import Article, Span

MAX_HEADLINE = 220
"""Characters; the longest headlines of the press have about 150."""

MAX_SECOND = 150
"""Characters of a second headline; longer lines are paragraphs that lost their end."""

MAX_SECOND_OF_TWO = 110
"""The same, where it holds more than one sentence."""

MIN_PART = 12
"""Characters of a part of the title that count as the title repeated."""

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
        if any(_repeats(line, title) for title in titles):
            count = group.last
        elif len(titles) < MAX_HEADLINES and _is_headline(article, group, groups[number + 1 :]):
            titles.append(line)
            count = group.last
        else:
            return count + _begun(article, spans[group.first : group.last])
    return count


def _begun(article: Article, spans: Sequence[Span]) -> int:
    """Return how many passages the title covers of a paragraph that goes on after it."""
    title = (article.title or "").strip()
    if not title or not article.text.startswith(title, spans[0].start):
        return 0
    return sum(span.end <= spans[0].start + len(title) for span in spans)


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
            and not structure.is_clutter(line, below=text[group.end :], article=anonymous)
            and _is_running(text[after.start : after.end])
            and structure.is_finished(text[before.start : before.end])
        ):
            found.update(range(group.first, group.last))
    return frozenset(found)


def _is_headline(article: Article, group: Paragraph, below: Sequence[Paragraph]) -> bool:
    """Tell whether a line looks like a headline: the first one, or one more below it."""
    line = article.text[group.start : group.end]
    if not below or (structure.is_finished(line) and not _MOOD.search(line)):
        return False
    rest = article.text[group.end :]
    recurring = structure.recurrence(line, rest)
    if group.first == 0:
        short = _is_short_line(line, MAX_HEADLINE)
        about = structure.is_about_the_article(line, below=rest, article=article)
        return short and not about and (recurring > 0 or len(rest) < SHORT_BODY)
    limit = MAX_SECOND if group.last - group.first == 1 else MAX_SECOND_OF_TWO
    clutter = structure.is_clutter(line, below=rest, article=article)
    return _is_short_line(line, limit) and not clutter and recurring >= MIN_RECURRENCE


def _repeats(line: str, title: str) -> bool:
    """Tell whether a line is a title again, or a part of it: without the site's name, one line."""
    mine, given = structure.key(line), structure.key(title)
    if not mine or not given:
        return False
    if mine == given or (mine in given and structure.length(line) >= MIN_PART):
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
