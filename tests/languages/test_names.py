"""Names and tags of languages."""

import pytest

from retold.languages import direction, display_name, normalise, primary, same_language


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("de", "de"),
        ("deu", "de"),
        ("ger", "de"),
        ("German", "de"),
        ("Deutsch", "de"),
        ("français", "fr"),
        ("日本語", "ja"),
        ("zh_CN", "zh-CN"),
        ("zho-CN", "zh-CN"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("pt-br", "pt-BR"),
        ("Brazilian Portuguese", "pt-BR"),
        ("en_US.UTF-8", "en-US"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("arb", "ar"),
        ("jp", "ja"),
        ("Farsi", "fa"),
        (" EN ", "en"),
        ("und", "und"),
    ],
)
def test_normalise(given: str, expected: str) -> None:
    assert normalise(given) == expected


@pytest.mark.parametrize("given", ["", "x", "qq", "Zorpish", "12", "de en", "???"])
def test_unknown_names_are_none(given: str) -> None:
    assert normalise(given) is None


def test_display_name() -> None:
    assert display_name("de") == "German"
    assert display_name("pt-BR") == "Brazilian Portuguese"
    assert display_name("de-LI") == "German"
    assert display_name("zorp") == "zorp"


@pytest.mark.parametrize("tag", ["ar", "he", "fa", "ur", "ps", "dv", "az-Arab", "arb", "ar-EG"])
def test_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "zh", "az", "hi", "und", "zorp", "ur-Latn", ""])
def test_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_same_language() -> None:
    assert same_language("pt", "pt-BR")
    assert same_language("no", "nb")
    assert same_language("zh-Hant", "zh_CN")
    assert not same_language("de", "nl")
    assert not same_language("und", "und")


def test_primary() -> None:
    assert primary("pt-BR") == primary("pt_PT") == "pt"
    assert primary("") == "und"
