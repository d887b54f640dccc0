"""Bytes to text: byte order marks, UTF-8, a declared encoding, and only then a guess."""

import codecs
import functools
import math
import re
from collections import Counter

import msgspec

from retold.reading.problems import problem
from retold.records import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.02
_MAX_NUL_SHARE = 0.1
_MAX_DAMAGE_SHARE = 0.05
_LATIN_PAGES = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")
_OTHER_PAGES = (
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp1253", "cp1255", "cp1256", "cp1258", "cp874"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
)
_MAX_LATIN_MARKED = 0.25
"""In Latin script at most this share of the letters is outside ASCII (Vietnamese aside)."""
_UNHEARD_OF = 1e-7


class Decoded(msgspec.Struct, frozen=True):
    """A decoded text, or None where it cannot be had, with what was noticed on the way."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, where: str, declared: str | None = None) -> Decoded:
    """Decode an input; `declared` is the encoding that it names itself, believed after UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _noted(data[len(mark) :].decode(encoding, "replace"), where=where)
    kind = _binary_kind(data)
    if kind is not None:
        what = f"{kind}, not text: save the article as .txt, .html or .json"
        return Decoded(None, (problem("binary", where=where, what=what),))
    for named in () if _wide_encoding(data) else ("utf-8", declared):
        text = _try(data, named)
        if text is not None:
            return _noted(text, where=where)
    return _guess(data, where=where)


def _noted(text: str, *, where: str, faults: tuple[Problem, ...] = ()) -> Decoded:
    text = text.removeprefix("\ufeff")
    count = text.count("\0")
    if count:
        what = f"holds {count} NUL characters, kept as they are: it may be damaged"
        faults += (problem("nul-characters", where=where, what=what),)
    return Decoded(text, faults)


def _try(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _binary_kind(data: bytes) -> str | None:
    for mark, kind in _KINDS:
        if data.startswith(mark):
            return kind
    if not data or _wide_encoding(data):
        return None
    nuls, controls = data.count(0) / len(data), len(_CONTROL.findall(data)) / len(data)
    return "binary data" if nuls > _MAX_NUL_SHARE or controls > _MAX_CONTROL_SHARE else None


def _wide_encoding(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of its spaces and line ends is NUL.

    Such bytes of English text are UTF-8 too, with a NUL after every letter.
    """
    for encoding, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        blanks = sum(data[low::2].count(blank) for blank in b" \n\r.,")
        zeros = data[high::2].count(0)
        if zeros and zeros >= blanks and data[low::2].count(0) == 0 and _try(data, encoding):
            return encoding
    return None


def _guess(data: bytes, *, where: str) -> Decoded:
    mended = _mostly_utf8(data)
    if mended is not None:
        what = "is UTF-8 with damaged places, shown as \ufffd: save it again as UTF-8"
        return _noted(
            mended, where=where, faults=(problem("damaged-encoding", where=where, what=what),)
        )
    encoding = _wide_encoding(data) or _detected(data)
    text = _try(data, encoding)
    if encoding is None or text is None:
        what = "is in no encoding that can be told: save it as UTF-8"
        return Decoded(None, (problem("binary", where=where, what=what),))
    what = f"is not UTF-8; read as {encoding.replace('_', '-')}: save it as UTF-8 to be sure"
    return _noted(text, where=where, faults=(problem("guessed-encoding", where=where, what=what),))


def _mostly_utf8(data: bytes) -> str | None:
    """Decode UTF-8 that was cut or hurt in a few places, None if it is something else."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(char > "\x7f" for char in text) - damaged
    return text if sound and damaged <= max(1, _MAX_DAMAGE_SHARE * sound) else None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=[*_LATIN_PAGES, *_OTHER_PAGES]).best()
    if best is None or _is_latin(str(best)):
        return _latin_page(data) or (best.encoding if best else None)
    return best.encoding


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char > "\x7f" for char in letters) <= _MAX_LATIN_MARKED * len(letters)


def _latin_page(data: bytes) -> str | None:
    """Choose the Latin code page whose accented letters its language really uses.

    The detector alone reads French and Spanish as cp1250. Ties go to the first, cp1252, which is
    also what browsers assume.
    """
    texts = ((encoding, _try(data, encoding)) for encoding in _LATIN_PAGES)
    scores = {encoding: _plausibility(text) for encoding, text in texts if text is not None}
    return max(scores, key=lambda encoding: scores[encoding], default=None)


def _plausibility(text: str) -> float:
    """Mean log frequency of the characters outside ASCII in the text's own language."""
    from retold.languages import identify

    known = _characters(identify(text))
    marked = [char for char in text.casefold() if char > "\x7f" and not _is_mark(char)]
    return sum(math.log(known.get(char, _UNHEARD_OF)) for char in marked) / max(1, len(marked))


def _is_mark(char: str) -> bool:
    return char in "‘’‚“”„‹›«»–—…•·§°€£\u00a0¿¡"


@functools.cache
def _characters(lang: str) -> dict[str, float]:
    """Tell how often a language writes each character, from the names that CLDR lists in it."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    names = [str(name) for name in (*locale.languages.values(), *locale.territories.values())]
    counts = Counter("".join(names).casefold())
    return {char: count / counts.total() for char, count in counts.items()}
