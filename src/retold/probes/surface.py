"""Measure the outside of a passage in ways that hold for every script and language."""

import re
import unicodedata

FINAL = frozenset(".!?…‥。！？．｡؟۔।॥።፧፨᙮။၊။៕՜՞։\u037e")
"""Characters of Unicode's Sentence_Terminal kind that end sentences in today's news."""
_CLOSING = frozenset({"Pe", "Pf"})
_QUOTES = frozenset("\"'“”‘’„‚«»‹›「」『』〝〞＂")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w|(?<!\w)@\w|\b\w+\.(?:com|org|net|info|eu)\b")
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年|\d{1,2}月\d{1,2}日"
)


def ends_sentence(text: str) -> bool:
    """Tell whether the text ends like a sentence, closing quotes and brackets aside."""
    return _without_closing(text)[-1:] in FINAL


def _without_closing(text: str) -> str:
    end = len(text)
    while end and (
        text[end - 1].isspace()
        or text[end - 1] in _QUOTES
        or unicodedata.category(text[end - 1]) in _CLOSING
    ):
        end -= 1
    return text[:end]


def in_brackets(text: str) -> bool:
    """Tell whether one pair of brackets encloses the whole text, a final stop aside."""
    bare = text.strip().rstrip("".join(FINAL)).strip()
    if len(bare) < 3 or unicodedata.category(bare[0]) != "Ps":
        return False
    if bare[0] in _QUOTES or unicodedata.category(bare[-1]) != "Pe":
        return False
    return not any(unicodedata.category(c) in {"Ps", "Pe"} and c not in _QUOTES for c in bare[1:-1])


def starts_with_bracket(text: str) -> bool:
    """Tell whether an opening bracket that is no quotation mark comes first."""
    first = text.strip()[:1]
    return first not in _QUOTES and first != "" and unicodedata.category(first) == "Ps"


def has_quote(text: str) -> bool:
    """Tell whether the text holds a quotation mark other than an apostrophe."""
    return any(c in _QUOTES and c not in "'’‘" for c in text)


def has_address(text: str) -> bool:
    """Tell whether the text holds a web or mail address or an account name."""
    return _ADDRESS.search(text) is not None


def has_clock(text: str) -> bool:
    """Tell whether the text holds a time of day or a numeric date."""
    return _CLOCK.search(text) is not None


def starts_with_symbol(text: str) -> bool:
    """Tell whether the first character is a sign that starts no sentence (©, ►, |, ●, -, ...)."""
    first = text.strip()[:1]
    if not first or first in _QUOTES or first in "¿¡$€£¥₹":
        return False
    return first in "-–—|*#>·•/\\_~+=" or unicodedata.category(first) in {"So", "Sm", "Sk"}


def all_capitals(text: str) -> bool:
    """Tell whether every letter is a capital, in scripts that have capitals."""
    cased = [c for c in text if c.isupper() or c.islower()]
    return len(cased) > 3 and all(c.isupper() for c in cased)


def is_question(text: str) -> bool:
    """Tell whether the text ends in a question mark, closing quotes and brackets aside."""
    return _without_closing(text)[-1:] in set("?？؟՞⁇⁈\u037e")


def has_digit(text: str) -> bool:
    """Tell whether the text holds a digit of any script."""
    return any(c.isdecimal() for c in text)
