"""Telling the language of an article from its text."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from retold.languages import tables
from retold.languages.names import UNDETERMINED

SAMPLE = 3000
"""Characters taken from each of the beginning, the middle and the end: enough to be certain, and
the cost stays the same however long the article is."""

MIN_LETTERS = 12
"""Fewer letters than this are a guess (one dense letter counts as three)."""

MIN_CONFIDENCE = 0.5
"""Below it the classifier was wrong more often than right on single words and mixed names."""

_NOISE = re.compile(r"\w+://\S+|www\.\S+|\S+@\S+|[\ud800-\udfff\x00]")
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u9fff\uac00-\ud7af]")
_MIN_KANA = 0.08
"""Share of kana among kana and Han above which Han text is Japanese."""


def identify(text: str) -> str:
    """Return the BCP 47 tag of the main language of a text, "und" where it cannot be told.

    Never raises. Method: py3langid (naive Bayes over byte n-grams), its classes pooled where they
    are spellings of one written language, Chinese and Japanese told apart by kana.
    """
    sample = _NOISE.sub(" ", _sample(text))
    letters = sum(map(str.isalpha, sample)) + 2 * len(_DENSE.findall(sample))
    if letters < MIN_LETTERS:
        return UNDETERMINED
    lang, confidence = _best(_classifier().rank(sample))
    if lang in _han_written():
        return _by_kana(sample)
    return lang if confidence >= MIN_CONFIDENCE else UNDETERMINED


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


def _best(ranking: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """Pool the classes that stand for one written language; name the pool by its best class."""
    pools: dict[str, tuple[str, float]] = {}
    for label, probability in ranking:
        pool = _pools().get(label, label)
        lang, total = pools.get(pool, (label, 0.0))
        pools[pool] = (lang, total + probability)
    lang, confidence = max(pools.values(), key=lambda found: found[1])
    return _tags().get(lang, lang), confidence


def _by_kana(sample: str) -> str:
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    return "ja" if kana > _MIN_KANA * (kana + han) else "zh"


@cache
def _pools() -> dict[str, str]:
    return {label: row["pool"] for row in tables.rows("pools") for label in row["labels"].split()}


@cache
def _tags() -> dict[str, str]:
    return {row["label"]: row["lang"] for row in tables.rows("classifier_labels")}


@cache
def _han_written() -> frozenset[str]:
    return tables.words("han_written", tables.EVERY_LANGUAGE)


@cache
def _classifier() -> Any:
    """Load the classifier on first use (0.8 s, 40 MB), limited to the languages of the table."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    wanted = {label for row in tables.rows("identified") for label in row["words"].split()}
    identifier.set_languages(sorted(wanted & set(identifier.labels)))
    return identifier
