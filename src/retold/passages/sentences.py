"""Text -> sentence-like spans.

`sentencex` knows the abbreviations of many languages and proposes where a full stop ends a
sentence. It takes a quotation or a bracket as one piece and is thrown off by some texts, so it is
shown the text without those marks and without the marks that need no proposal (it takes quadratic
time over those of Chinese), and the places to cut are looked for here.
"""

import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import pairwise

import sentencex

from retold.languages import conventions, primary
from retold.passages import characters as ch
from retold.passages import marks
from retold.passages.lines import paragraphs, strip
from retold.passages.unpunctuated import cut_unpunctuated
from retold.records import Span

_CERTAIN = re.compile(f"[{ch.CERTAIN_ENDS}]")
_EXCLAIMING = re.compile(f"[{ch.EXCLAIMING}]")
_TRAILING_OFF = re.compile(f"{ch.ELLIPSIS}|[{ch.FULL_STOPS}]{{2}}")
_GOES_ON = re.compile(r"\s*[,;،؛，；、:：)\]]")
_FIRST = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_WORD_BEFORE = re.compile(r"[^\s(\[{“„«\"]*\Z")
_ELIDED = re.compile(r"\s*['’‘](?:[a-z]{1,2})[ \u00a0]")
_LINK = re.compile(r"[/@=]|www\.|\.\w+\.", re.IGNORECASE)
_CLOSED = re.compile(rf"[{ch.CLOSING_BRACKETS}{ch.QUOTES}]\Z")
_ELISION = re.compile(r"\w{1,5}['’](?=\w{2})")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_PLAIN_WORD = re.compile(r"(?<![\w.])[^\W\d_]\w+(?![\w.])")
_INITIAL_BEFORE = re.compile(r"(?<!\w)\w\.\s?\Z")
_DOMAIN = re.compile(r"\w{3,}\.\w{2,4}\Z")
_SENTENCE_OPENING = re.compile(r"(?:\A|[.!?…:]\s+|[«»„“\"(]\s*)\w+\s+\Z")
_LIST_MARK = re.compile(r"[(\[]?(\d{1,3}|\w)[.)]\Z")
_ROMAN = re.compile(r"[IVX]{1,5}\Z")
_LOOK = 80
"""Characters looked at before and after a place; words and openings of sentences are shorter."""

MAX_FUNCTION_WORD = 4
"""Letters of a word that may show a sentence's start after "U.S.": longer ones may be names."""

_MASKED = re.compile(
    rf"[{ch.QUOTES}{ch.OPENING_BRACKETS}{ch.CLOSING_BRACKETS}{ch.CERTAIN_ENDS}\x00\ud800-\udfff]|(?<=\S)\n(?=\S)"
)
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def split(text: str, lang: str = "und") -> tuple[Span, ...]:
    """Return the sentence-like spans of a text in order, for any script and any text.

    They are disjoint, neither begin nor end with white space, and cover every letter and number.
    """
    view = _View(text, primary(lang))
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        for span in _sentences(view, paragraph):
            spans += cut_unpunctuated(text, span)
    return tuple(spans)


def _sentences(view: "_View", paragraph: Span) -> list[Span]:
    text = view.text
    stops = [paragraph.start, *view.boundaries(paragraph), paragraph.end]
    spans: list[Span] = []
    for start, end in pairwise(stops):
        span = strip(text, start, end)
        if not _FIRST.search(text, span.start, span.end):
            continue
        if spans and _LIST_MARK.match(text[spans[-1].start : spans[-1].end]):
            span = Span(spans.pop().start, span.end)
        spans.append(span)
    return spans


class _View:
    """A text with what is needed to judge the places where a sentence may end."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.lang = lang
        self._proposed = _proposals(text, lang)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        """Words that the text writes small somewhere: their capital shows a sentence's start."""
        words = {word for word in _WORD.findall(self.text) if ch.is_lower(word[0])}
        return frozenset(words)

    @cached_property
    def _plain_words(self) -> frozenset[str]:
        """Words that the text has somewhere without a full stop: no short forms."""
        return frozenset(_PLAIN_WORD.findall(self.text))

    def boundaries(self, paragraph: Span) -> list[int]:
        """Return the offsets inside a paragraph after which a new sentence begins."""
        asides = marks.asides(self.text, paragraph)
        found: list[int] = []
        for match in _ends(self.lang).finditer(self.text, paragraph.start, paragraph.end):
            end = marks.after_closing(self.text, match.end(), paragraph)
            if end >= paragraph.end:
                break
            aside = bisect_right(asides, (match.start(), 0)) - 1
            inside = aside >= 0 and match.start() < asides[aside][1] - 1
            if not inside and self._ends_sentence(match, end, paragraph):
                found.append(end)
        return found

    def _ends_sentence(self, match: re.Match[str], end: int, paragraph: Span) -> bool:
        if _GOES_ON.match(self.text, end) or self._goes_on_small(end):
            return False
        return self._stops(match, end) and not self._is_tagged(match, end, paragraph)

    def _stops(self, match: re.Match[str], end: int) -> bool:
        if _CERTAIN.search(match[0]):
            return True
        following = self.text[end]
        spaced = following.isspace() or following < " " or end > match.end()
        if _TRAILING_OFF.search(match[0]):
            return spaced
        if not spaced and not self._lacks_space(match):
            return False
        if set(match[0]) & set(ch.FULL_STOPS):
            return _EXCLAIMING.search(match[0]) is not None or self._stops_fully(match, end)
        return True

    def _goes_on_small(self, end: int) -> bool:
        first = _FIRST.search(self.text, end, end + _LOOK)
        if first is None or not ch.is_lower(first[0]):
            return False
        elided = _ELIDED.match(self.text, end)
        return not (elided and self.text[elided.end() : elided.end() + 1].isupper())

    def _is_tagged(self, match: re.Match[str], end: int, paragraph: Span) -> bool:
        """Tell whether a quotation ends here and who said it follows in the same sentence."""
        if not marks.closes_quote(self.text, match.end(), end):
            return False
        return conventions.speech_tag(self.lang).match(self.text, end, paragraph.end) is not None

    def _lacks_space(self, match: re.Match[str]) -> bool:
        """Tell whether a sentence begins right after the mark, the space forgotten."""
        start, end = match.span()
        before, after = self._token(start, end)
        if _LINK.search(before + match[0] + after) or len(after) < 2:
            return False
        word = re.search(r"[^\W\d_]*\Z", before)
        begins = after[0].isalpha() and not after[:2].isupper()
        return begins and word is not None and len(word[0]) >= 3 and not word[0][-2:].isupper()

    def _token(self, start: int, end: int) -> tuple[str, str]:
        before = re.search(r"\S*\Z", self.text[max(0, start - _LOOK) : start])
        after = re.match(r"\S*", self.text[end : end + _LOOK])
        return before[0] if before else "", after[0] if after else ""

    def _stops_fully(self, match: re.Match[str], end: int) -> bool:
        before = self.text[max(0, match.start() - _LOOK) : match.start()]
        if _CLOSED.search(before):
            return True
        found = _WORD_BEFORE.search(before)
        word = _ELISION.sub("", found[0]) if found else ""
        before = before[: len(before) - len(word)]
        following = _WORD.search(self.text, end, end + _LOOK)
        after = following[0] if following else ""
        if word.casefold() in conventions.final_abbreviations(self.lang):
            return True
        if not self._proposes(match.start(), end):
            return self._begins_unproposed(word, after, before)
        return not self._abbreviates(word, after, before)

    def _begins_unproposed(self, word: str, after: str, before: str) -> bool:
        """Tell whether a sentence begins where sentencex takes the word for a short form.

        It does with a figure after a whole word; where the text writes the next word small
        elsewhere; and where it has the word without a full stop elsewhere.
        """
        if after[:1].isdigit():
            return self._is_whole(word)
        if word.casefold() in conventions.abbreviations(self.lang):
            return False
        if len(word) == 1 and (word.isupper() or _INITIAL_BEFORE.search(before)):
            return False
        small = after.casefold() in self._small_words
        if _DOTTED.match(word):
            return small and len(after) <= MAX_FUNCTION_WORD
        if small or _DOMAIN.search(word):
            return True
        return len(word) > 1 and word in self._plain_words

    def _is_whole(self, word: str) -> bool:
        known = conventions.abbreviations_before_numbers(self.lang)
        months = conventions.month_names(self.lang)
        return len(word) > 3 and word.isalpha() and word.casefold() not in known | months

    def _proposes(self, start: int, end: int) -> bool:
        position = bisect_right(self._proposed, start)
        following = _FIRST.search(self.text, end, end + _LOOK)
        limit = following.start() if following else end + _LOOK
        return position < len(self._proposed) and self._proposed[position] <= limit

    def _abbreviates(self, word: str, after: str, before: str) -> bool:
        """Tell whether the full stop belongs to the word: an initial, an ordinal, a short form."""
        short = word.casefold()
        if after[:1].isdigit():
            return short in conventions.abbreviations_before_numbers(self.lang)
        if short in conventions.abbreviations(self.lang):
            return True
        if after.casefold() in self._small_words:
            return False
        if len(word) == 1 and word.isalpha():
            return not ch.is_lower(word) or _ends_capitalised(before)
        if _DOTTED.match(word) and ch.is_lower(word[0]) and after.isupper():
            return True
        return self._is_ordinal(word, after, before)

    def _is_ordinal(self, word: str, after: str, before: str) -> bool:
        if not conventions.stops_ordinals(self.lang):
            return False
        if not (word.isdecimal() and len(word) < 3) and not _ROMAN.match(word):
            return False
        if after.casefold() in conventions.month_names(self.lang):
            return True
        words = _WORD.findall(before)
        if not words or ch.is_lower(words[-1][0]) or _SENTENCE_OPENING.search(before):
            return True
        return words[-1].casefold() in self._small_words


def _ends_capitalised(before: str) -> bool:
    words = _WORD.findall(before)
    return bool(words) and words[-1][0].isupper()


@cache
def _ends(lang: str) -> re.Pattern[str]:
    """Return what may end a sentence in a language; Greek asks with a semicolon."""
    own = "".join(map(re.escape, conventions.question_marks(lang)))
    return re.compile(f"[{ch.ENDS}{own}]+")


def _proposals(text: str, lang: str) -> list[int]:
    """Return where sentencex would begin a sentence, in order; nothing where it fails."""
    kept = {found.start() for found in _APOSTROPHE.finditer(text)}
    masked = _MASKED.sub(lambda m: m[0] if m.start() in kept else " ", text)
    try:
        found = sentencex.get_sentence_boundaries(lang, masked)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of its Rust code is no Exception
        return []
    return [boundary["end_index"] for boundary in found]
