"""Short forms, ordinals, months, speech tags and set phrases."""

import pytest

from retold.languages import conventions


def test_a_language_has_its_own_short_forms_and_the_common_ones() -> None:
    assert {"dr", "bzgl"} <= conventions.abbreviations("de-CH")
    assert "bzgl" not in conventions.abbreviations("zorp")
    assert {"no", "art"} <= conventions.abbreviations_before_numbers("zorp")
    assert {"usw", "etc"} <= conventions.final_abbreviations("de")


def test_ordinals_and_months() -> None:
    assert conventions.stops_ordinals("de")
    assert not conventions.stops_ordinals("en")
    assert {"november", "nov"} <= conventions.month_names("de")
    assert conventions.month_names("zorp") == frozenset()


@pytest.mark.parametrize(
    ("lang", "after"),
    [
        ("zh", "港务局发言人说。"),
        ("ja", "と述べた。"),
        ("ko", " 라고 말했다."),
        ("ar", " قال الرجل."),
        ("en", " Mrs Moor said."),
        ("und", "と述べた。"),
    ],
)
def test_speech_tags(lang: str, after: str) -> None:
    assert conventions.speech_tag(lang).match(after)


@pytest.mark.parametrize(
    ("lang", "after"),
    [
        ("zh", "他走了。"),
        ("zh", "他说，政府将调查此事。"),
        ("ja", "とても寒い日だった。"),
        ("en", " Mrs Moor said that the dam, built long ago, was safe."),
    ],
)
def test_no_speech_tags(lang: str, after: str) -> None:
    assert not conventions.speech_tag(lang).match(after)


def test_set_phrases() -> None:
    assert conventions.byline("de").match("Von Svea Mohr")
    assert conventions.byline("de").match("By Svea Mohr")
    assert not conventions.byline("de").match("Vonwegen Mohr")
    assert conventions.reading_on("zorp").search("Bitte hier  weiterlesen")
    assert not conventions.reading_on("fr").search("Bitte hier weiterlesen")
