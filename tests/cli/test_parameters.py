"""Values of options."""

from pathlib import Path

import click
import pytest

from retold.cli.parameters import Pair, joined, language_list, settings_from
from retold.errors import UsageError
from retold.settings import Settings


@pytest.mark.parametrize(
    ("given", "expected"),
    [("a=de", ("a", "de")), ("https://x.example/?p=1=de", ("https://x.example/?p=1", "de"))],
)
def test_a_pair_is_cut_at_the_last_sign(given: str, expected: tuple[str, str]) -> None:
    assert Pair("LANG").convert(given, None, None) == expected


@pytest.mark.parametrize("given", ["a", "=de", "a=", "a= "])
def test_half_a_pair_is_refused(given: str) -> None:
    with pytest.raises(click.BadParameter, match="ID=LANG"):
        Pair("LANG").convert(given, None, None)


def test_an_id_with_two_values_is_refused() -> None:
    assert joined([("a", "de"), ("a", "de"), ("b", "fr")], option="lang") == {"a": "de", "b": "fr"}
    with pytest.raises(UsageError, match='--lang: "a" is given twice'):
        joined([("a", "de"), ("a", "fr")], option="lang")


def test_languages_are_read_once_each_in_order() -> None:
    assert language_list("German, en,de") == ("de", "en")
    assert language_list(None) == ()
    with pytest.raises(UsageError, match="klingonish"):
        language_list("de,klingonish")


def test_options_win_over_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("[reading]\nmax_chars = 5\nmax_articles = 3\n")
    assert settings_from(file, max_chars=None).reading.max_chars == 5
    settings = settings_from(file, max_chars=7)
    assert (settings.reading.max_chars, settings.reading.max_articles) == (7, 3)
    assert settings_from(None, max_chars=None) == Settings()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[reading]\nmax_char = 5\n", r"unknown field `max_char` - at `\$.reading`"),
        ("[reading]\nmax_chars = 'x'\n", r"Expected `int`, got `str` - at `\$.reading.max_chars`"),
        ("[reading\n", "no TOML"),
        ("a = '\udcff'", "no TOML"),
    ],
)
def test_wrong_settings_are_refused_with_their_place(
    content: str, message: str, tmp_path: Path
) -> None:
    file = tmp_path / "s.toml"
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(UsageError, match=message):
        settings_from(file, max_chars=None)


def test_missing_settings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: No such file"):
        settings_from(tmp_path / "none.toml", max_chars=None)
