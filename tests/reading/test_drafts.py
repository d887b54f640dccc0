"""Title, text and fields become an article in one place."""

from pathlib import Path

import pytest

from retold.errors import InputError
from retold.reading import article_from_mapping, article_from_text, read
from retold.settings import ReadingSettings

BODY = "The ferry to Osney was cancelled on Friday. Nobody was hurt, the harbour office said."


def test_a_title_apart_goes_first_and_the_offset_tells_where_the_text_begins() -> None:
    article = article_from_text(BODY, id="a", title="Ferry cancelled")
    assert article.text == "Ferry cancelled\n\n" + BODY
    assert article.text[article.extra["text_offset"] :] == BODY


def test_a_text_that_begins_with_its_title_is_left_alone() -> None:
    text = "Ferry cancelled\r\n\r\n" + BODY
    article = article_from_text(text, id="a", title="Ferry cancelled")
    assert (article.text, article.extra) == (text, {})


def test_a_string_a_file_and_standard_input_give_the_same_text(tmp_path: Path) -> None:
    text = "\ufeffFerry cancelled\r\n\r\n" + BODY + "\n"
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    from_file = read(file).articles[0]
    from_stdin = read("-", stdin=text.encode()).articles[0]
    from_string = article_from_text(text, id="a")
    assert from_file.text == from_stdin.text == from_string.text == text[1:]
    assert from_file.title == from_stdin.title == from_string.title == "Ferry cancelled"


def test_lone_surrogates_are_replaced_everywhere() -> None:
    article = article_from_mapping(
        {"id": "a\ud800", "title": "T\ud800", "text": BODY + "\ud800", "note": ["\ud800"]}
    )
    assert "\ud800" not in repr(article)
    assert article.extra["note"] == ["\ufffd"]


@pytest.mark.parametrize("text", ["", " \n", "Ferry", "Ferry cancelled"])
def test_a_title_alone_is_no_article(text: str) -> None:
    with pytest.raises(InputError, match=r"no-text|empty"):
        article_from_text(text, id="a", title="Ferry cancelled" if " " in text.strip() else None)


def test_too_long_a_text_is_refused_not_cut() -> None:
    with pytest.raises(InputError, match="too-long"):
        article_from_text(BODY, id="a", settings=ReadingSettings(max_chars=20))


def test_a_date_that_cannot_be_is_an_error_where_the_caller_gave_it() -> None:
    with pytest.raises(InputError, match="impossible-date"):
        article_from_text(BODY, id="a", published="2026-02-30")


@pytest.mark.parametrize(("given", "tag"), [("English", "en"), ("eng", "en"), ("en_GB", "en-GB")])
def test_languages_are_written_as_tags(given: str, tag: str) -> None:
    assert article_from_text(BODY, id="a", lang=given).lang == tag


def test_a_language_that_is_not_given_is_told_from_the_text() -> None:
    assert article_from_text(BODY, id="a").lang == "en"


def test_an_article_from_text_keeps_what_it_was_given() -> None:
    article = article_from_text(
        BODY,
        id="a",
        url="https://ferry.example/1",
        publisher="Osney Gazette",
        authors=("Ann Lee",),
        published="2026-05-12T18:40:00+02:00",
        extra={"translation": "..."},
    )
    assert article.url == "https://ferry.example/1"
    assert (article.publisher, article.authors) == ("Osney Gazette", ("Ann Lee",))
    assert article.published == "2026-05-12T18:40:00+02:00"
    assert article.extra == {"translation": "..."}
