"""Names and tags of languages (CLDR, by way of babel)."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from retold.languages import tables

UNDETERMINED = "und"
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?([-_.@][\w.@-]*)?")


def primary(tag: str) -> str:
    """Return the language part of a tag in lower case: "pt-BR" gives "pt"."""
    return re.split("[-_]", tag, maxsplit=1)[0].lower() or UNDETERMINED


def same_language(first: str, second: str) -> bool:
    """Tell whether two tags name one written language, whatever the region.

    The members of a macrolanguage count as one ("no" and "nb"); "und" equals nothing.
    """
    if UNDETERMINED in (primary(first), primary(second)):
        return False
    return _macrolanguage(primary(first)) == _macrolanguage(primary(second))


def _macrolanguage(lang: str) -> str:
    known = {row["code"]: row["of"] for row in tables.rows("macrolanguages")}
    return known.get(lang, lang)


@cache
def display_name(tag: str) -> str:
    """Return the English name of a language, or the tag itself where CLDR has none."""
    normal = normalise(tag) or tag
    names = Locale("en").languages
    exact = names.get(normal.replace("-", "_"))
    return exact or names.get(primary(normal)) or tag


@cache
def direction(tag: str) -> str:
    """Return "rtl" for languages written from right to left, else "ltr"."""
    normal = normalise(tag) or tag
    script = re.search(r"[-_]([A-Za-z]{4})(?![A-Za-z])", normal)
    if script is None:
        likely = get_global("likely_subtags").get(primary(normal), "")
        script = re.search(r"_([A-Z][a-z]{3})", likely)
    right_to_left = tables.words("right_to_left", tables.EVERY_LANGUAGE)
    return "rtl" if script and script[1].title() in right_to_left else "ltr"


@cache
def normalise(tag_or_name: str) -> str | None:
    """Bring a tag, an ISO 639 code or a name of a language into BCP 47; None where unknown.

    Names are understood in English and in the language itself ("German", "Deutsch").
    """
    given = tag_or_name.strip()
    if _TAG.fullmatch(given):
        tag = _normal_tag(given)
        if tag:
            return tag
    return _names().get(given.casefold()) or _own_names().get(given.casefold())


def _normal_tag(given: str) -> str | None:
    parts = re.split("[-_.@]", given)
    lang = _alias(parts[0].lower())
    if lang != UNDETERMINED and lang not in _codes():
        return None
    rest = parts[1:3]
    script = next((p.title() for p in rest if re.fullmatch("[A-Za-z]{4}", p)), None)
    region = next((p.upper() for p in rest if re.fullmatch(r"[A-Za-z]{2}|\d{3}", p)), None)
    return "-".join(part for part in (lang, script, region) if part)


def _alias(code: str) -> str:
    special = {row["code"]: row["lang"] for row in tables.rows("aliases")}
    alias = special.get(code) or get_global("language_aliases").get(code) or code
    return primary(str(alias))


@cache
def _codes() -> frozenset[str]:
    return frozenset(primary(str(code)) for code in Locale("en").languages)


@cache
def _names() -> dict[str, str]:
    names = {
        name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()
    }
    names.update({row["name"]: row["lang"] for row in tables.rows("other_names")})
    return names


@cache
def _own_names() -> dict[str, str]:
    """Map each language's own name to its code, for the languages that can be identified."""
    names: dict[str, str] = {}
    for row in tables.rows("identified"):
        for code in row["words"].split():
            try:
                own = Locale.parse(code).languages.get(code)
            except (UnknownLocaleError, ValueError):
                continue
            if own:
                names.setdefault(own.casefold(), code)
    return names
