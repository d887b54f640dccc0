"""How a language abbreviates, counts and says who spoke: what decides where a sentence ends."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from retold.languages import tables
from retold.languages.names import primary


def abbreviations(tag: str) -> frozenset[str]:
    """Return short forms, casefolded and without their last full stop, that end no sentence.

    They stand beside the ones that sentencex knows.
    """
    return _of_kind("inside", primary(tag))


def abbreviations_before_numbers(tag: str) -> frozenset[str]:
    """Return short forms that a number follows: "No. 5", "Art. 49"."""
    return _of_kind("number", primary(tag))


def final_abbreviations(tag: str) -> frozenset[str]:
    """Return short forms that a capital letter follows only at the start of a sentence: "etc."."""
    return _of_kind("final", primary(tag))


@cache
def _of_kind(kind: str, lang: str) -> frozenset[str]:
    return frozenset(
        word
        for row in tables.rows("abbreviations")
        if row["kind"] == kind and row["lang"] in (lang, tables.EVERY_LANGUAGE)
        for word in row["words"].split()
    )


@cache
def stops_ordinals(tag: str) -> bool:
    """Tell whether a stop and a capital may follow an ordinal number: "der 2. Vorsitzende"."""
    return primary(tag) in tables.words("stopped_ordinals", tables.EVERY_LANGUAGE)


def question_marks(tag: str) -> frozenset[str]:
    """Return the marks that end a question in this language and do not in others."""
    found = (row["marks"] for row in tables.rows("question_marks") if row["lang"] == primary(tag))
    return frozenset("".join(found))


@cache
def month_names(tag: str) -> frozenset[str]:
    """Return the casefolded names of the months, long and short, from CLDR; empty if unknown."""
    try:
        months = Locale.parse(primary(tag)).months
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(
        name.casefold().rstrip(".")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in months[context][width].values()
    )


@cache
def speech_tag(tag: str) -> re.Pattern[str]:
    """Return what matches after a closing quotation mark where the same sentence says who spoke.

    Needed where the next letter does not tell: in scripts without capitals, or where the speaker's
    name comes first. A language without
    rows of its own gets those of all languages together.
    """
    every = tables.rows("speech_tags")
    own = [row for row in every if row["lang"] == primary(tag)]
    rows = own or every
    patterns = [_tag_pattern(row["kind"], row["words"].split()) for row in rows]
    except_for = [word for row in rows if row["kind"] == "except" for word in row["words"].split()]
    barred = f"(?!{'|'.join(map(re.escape, except_for))})" if except_for else ""
    return re.compile(rf"\s*{barred}(?:{'|'.join(filter(None, patterns))})")


def _tag_pattern(kind: str, words: list[str]) -> str:
    """Build the pattern of a row.

    particle: the words that follow the quotation. last: the verbs with which the tag, up to the
    end of its sentence, ends. first: the verbs with which it begins. except: no tag after all.
    """
    if kind == "except":
        return ""
    verbs = "|".join(map(re.escape, words))
    plain = '[^.!?。！？؟۔।،,，:：;；«»“”「」"\n]'
    end = r"\s*(?:[.!?。！？؟۔।]|\Z)"
    if kind == "particle":
        return f"(?:{verbs})"
    if kind == "last":
        return rf"{plain}{{0,40}}?(?:{verbs}){end}"
    return rf"(?:{verbs})\b{plain}{{0,50}}?{end}"


@cache
def byline(tag: str) -> re.Pattern[str]:
    """Return what matches the words before an author's name, in a language or, unknown, in any."""
    return re.compile(rf"\s*(?:{_cues('byline', tag)})(?:\s*[:：]\s*|\s+)", re.IGNORECASE)


@cache
def reading_on(tag: str) -> re.Pattern[str]:
    """Return what finds a call to read on elsewhere: "continue reading", "weiterlesen"."""
    return re.compile(_cues("reading_on", tag), re.IGNORECASE)


@cache
def continued(tag: str) -> re.Pattern[str]:
    """Return what matches a remark that the text goes on: "more", "Fortsetzung folgt"."""
    return re.compile(rf"\W*(?:{_cues('continued', tag)})\W*\Z", re.IGNORECASE)


def _cues(kind: str, tag: str) -> str:
    """Join the cues of a language, English ones among them: pages mix the two."""
    every = [row for row in tables.rows("cues") if row["kind"] == kind]
    own = [row for row in every if row["lang"] in (primary(tag), "en")]
    has_own = any(row["lang"] == primary(tag) for row in every)
    cues = [cue for row in (own if has_own else every) for cue in row["cues"].split("|")]
    return "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in cues)
