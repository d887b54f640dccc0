"""Files, folders and standard input to articles and problems."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retold.errors import InputError, UsageError
from retold.reading import read
from retold.records import Reading
from retold.settings import ReadingSettings

FERRY = "The ferry to Osney was cancelled on Friday. Nobody was hurt, the harbour office said."
STORM = "A storm kept the ferry in the harbour of Osney. Three hundred passengers had to wait."
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of the given content, JSON where it is no text, into the test's folder."""

    def writer(name: str, content: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return writer


def codes(reading: Reading) -> list[str]:
    return [fault.code for fault in reading.problems]


def test_a_folder_gives_its_articles_by_name_with_their_metadata(write: Write) -> None:
    write("b.txt", STORM)
    write("a.txt", "Ferry cancelled\n\n" + FERRY)
    write("a.json", {"url": "https://ferry.example/1", "published": "2026-05-12", "mood": "grey"})
    write("c.html", f"<html><body><article><p>{STORM} {FERRY}</p></article></body></html>")
    folder = write(".hidden", "x").parent
    reading = read(folder)
    assert [article.id for article in reading.articles] == ["https://ferry.example/1", "b", "c"]
    assert reading.articles[0].published == "2026-05-12"
    assert reading.articles[0].extra == {"mood": "grey"}
    assert reading.problems == ()


def test_a_title_beside_a_text_without_it_goes_first(write: Write) -> None:
    path = write("a.txt", FERRY)
    write("a.json", {"title": "Ferry cancelled"})
    assert read(path).articles[0].text == "Ferry cancelled\n\n" + FERRY


def test_what_a_folder_holds_besides_is_passed_over_with_a_warning(write: Write) -> None:
    write("a.txt", FERRY)
    write("gold.json", {"rows": [], "anchors": {}})
    folder = write("about.md", "# About").parent
    reading = read(folder)
    assert codes(reading) == ["passed-over", "not-an-article"]
    assert {fault.severity for fault in reading.problems} == {"warning"}
    assert "about.md" in reading.problems[0].what


def test_metadata_given_beside_its_article_are_no_article(write: Write) -> None:
    text, metadata = write("a.txt", FERRY), write("a.json", {"lang": "en"})
    assert codes(read(text, metadata)) == []
    alone = read(metadata)
    assert codes(alone) == ["not-an-article"]
    assert "a.txt" in alone.problems[0].what


def test_broken_metadata_leave_the_article(write: Write) -> None:
    path = write("a.txt", FERRY)
    write("a.json", "{")
    reading = read(path)
    assert len(reading.articles) == 1
    assert [(fault.code, fault.severity) for fault in reading.problems] == [("bad-json", "warning")]


def test_json_lines_are_read_line_by_line_with_their_faults(write: Write) -> None:
    lines = [json.dumps({"text": FERRY}), "", '{"text": ', json.dumps({"title": "x"}), "[1]"]
    reading = read(write("a.jsonl", "\n".join(lines)))
    assert [article.text for article in reading.articles] == [FERRY]
    places = [(fault.code, fault.where.rpartition("/")[2]) for fault in reading.problems]
    assert places == [
        ("bad-json", "a.jsonl:3"),
        ("not-an-article", "a.jsonl:4"),
        ("not-an-article", "a.jsonl:5: [0]"),
    ]
    assert "line 3, column 10" in reading.problems[0].what


def test_json_lines_in_a_json_file_are_understood(write: Write) -> None:
    text = "\n".join(json.dumps({"text": text}) for text in (FERRY, STORM))
    assert len(read(write("a.json", text)).articles) == 2


def test_articles_of_a_list_get_ids_and_places_of_their_own(write: Write) -> None:
    path = write("a.json", {"articles": [{"text": FERRY}, {"text": STORM, "published": "soon"}]})
    reading = read(path)
    assert [article.id for article in reading.articles] == ["a.articles[0]", "a.articles[1]"]
    assert reading.problems[0].where.endswith("a.json: articles[1]: published")
    assert reading.articles[1].published is None
    assert reading.articles[1].extra["published_as_given"] == "soon"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (json.dumps([{"text": FERRY}, {"text": STORM}]), [FERRY, STORM]),
        (json.dumps({"text": FERRY}) + "\n" + json.dumps({"text": STORM}), [FERRY, STORM]),
        (FERRY, [FERRY]),
        ("[Update] " + FERRY, ["[Update] " + FERRY]),
        (f"<!doctype html><html><body><p>{FERRY}</p></body></html>", [FERRY]),
    ],
)
def test_standard_input_is_told_by_its_content(data: str, texts: list[str]) -> None:
    reading = read("-", stdin=data.encode())
    assert [article.text for article in reading.articles] == texts
    assert reading.problems == ()


BAD: dict[str, tuple[str, Any, str]] = {
    "no bytes": ("a.txt", b"", "empty"),
    "white space": ("a.txt", b" \n\n", "empty"),
    "one word": ("a.txt", "Ferry", "no-text"),
    "title and no text": ("a.json", {"title": "Ferry cancelled", "text": ""}, "no-text"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
    "bad json": ("a.json", '{"text": "' + FERRY, "bad-json"),
    "deep json": ("a.json", "[" * 100_000, "bad-json"),
    "huge number": ("a.json", '{"n": ' + "9" * 5000 + "}", "bad-json"),
    "number": ("a.json", "5", "not-an-article"),
    "no text field": ("a.json", {"foo": 1}, "not-an-article"),
    "empty list": ("a.json", [], "empty"),
    "empty page": ("a.html", "<html><body></body></html>", "no-text"),
    "too long": ("a.txt", FERRY * 3, "too-long"),
    "too many bytes": ("a.txt", FERRY * 30, "too-long"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_input_is_one_problem_and_the_others_are_read(case: str, write: Write) -> None:
    name, content, code = BAD[case]
    settings = ReadingSettings(max_chars=200, max_bytes=200_000 if "json" in case else 1_000)
    if case == "huge number":
        settings = ReadingSettings()
    good, bad = write("good.txt", STORM), write(name, content)
    reading = read(bad, good, settings=settings)
    assert [article.id for article in reading.articles] == ["good"]
    assert [(fault.code, fault.severity) for fault in reading.problems] == [
        (code, "article-left-out")
    ]
    assert reading.problems[0].where.startswith(str(bad))


def test_missing_files_folders_and_addresses_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    reading = read(tmp_path / "no.txt", tmp_path / "empty", "https://ferry.example/a b?c=1&d")
    assert codes(reading) == ["missing-file", "empty-folder", "url"]
    assert "curl -L -o page.html 'https://ferry.example/a b?c=1&d'" in reading.problems[2].what


def test_an_unreadable_file_is_a_problem(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.txt", FERRY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    reading = read(path)
    assert codes(reading) == ["unreadable"]
    assert "Permission denied" in reading.problems[0].what


def test_the_same_text_from_the_same_place_is_read_once(write: Write) -> None:
    one, two = write("a.txt", FERRY), write("b.txt", FERRY)
    three = write("c.txt", STORM)
    for order in ((one, two, three), (two, one, three)):
        reading = read(*order)
        assert [article.id for article in reading.articles] == ["a", "c"]
        assert codes(reading) == ["duplicate-text"]
        assert "a.txt" in reading.problems[0].what


def test_of_two_same_texts_the_one_that_tells_more_is_kept(write: Write) -> None:
    one, two = write("a.txt", FERRY), write("b.txt", FERRY)
    write("b.json", {"published": "2026-05-12"})
    assert [article.id for article in read(one, two).articles] == ["b"]


def test_a_file_name_that_is_no_text_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.txt"
    path.write_text(FERRY)
    assert read(path).articles[0].id == "a\ufffd"
    path.write_text("")
    assert read(path).problems[0].where.endswith("a\ufffd.txt")


def test_the_same_text_from_another_place_is_a_copy_to_compare(write: Write) -> None:
    articles = [{"id": n, "text": FERRY, "publisher": n} for n in ("Gazette", "Herald")]
    reading = read(write("a.json", articles))
    assert [article.id for article in reading.articles] == ["Gazette", "Herald"]


def test_double_ids_are_made_unique_whatever_the_order(write: Write) -> None:
    articles = [
        {"id": "x", "text": FERRY},
        {"id": "x", "text": STORM},
        {"id": "x-2", "text": f"{FERRY} {STORM}"},
    ]
    there, back = read(write("a.json", articles)), read(write("b.json", articles[::-1]))
    assert codes(there) == ["duplicate-id"]
    assert {a.id for a in there.articles} == {"x", "x-2", "x-3"}
    assert {a.id: a.text for a in there.articles} == {a.id: a.text for a in back.articles}


def test_what_the_caller_knows_is_laid_over_the_input(write: Write) -> None:
    path = write("a.txt", FERRY)
    reading = read(path, lang={"a": "German"}, published={str(path): "2026-05-12"})
    assert (reading.articles[0].lang, reading.articles[0].published) == ("de", "2026-05-12")


@pytest.mark.parametrize(
    ("lang", "published", "message"),
    [
        ({"b": "de"}, {}, "the ids are: a"),
        ({"a": "Klingonish"}, {}, "is no language"),
        ({}, {"a": "soon"}, "is no date"),
    ],
)
def test_what_the_caller_says_wrong_is_refused(
    write: Write, lang: dict[str, str], published: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read(write("a.txt", FERRY), lang=lang, published=published)


def test_too_many_articles_leave_out_the_latest_whatever_the_order(write: Write) -> None:
    days = {f"a{day}": f"2026-05-{day:02}" for day in range(1, 7)}
    articles = [
        {"id": id_, "text": f"{FERRY} {id_}", "published": day} for id_, day in days.items()
    ]
    settings = ReadingSettings(max_articles=4)
    there = read(write("a.json", articles), settings=settings)
    back = read(write("b.json", articles[::-1]), settings=settings)
    assert [article.id for article in there.articles] == ["a1", "a2", "a3", "a4"]
    assert [article.id for article in back.articles] == ["a4", "a3", "a2", "a1"]
    assert codes(there) == ["too-many", "too-many"]
    assert {fault.where for fault in there.problems} == {"a5", "a6"}


def test_a_language_nobody_knows_is_a_warning_with_the_remedy(write: Write) -> None:
    reading = read(write("a.txt", "Qxz vbn. Zzt 12 kkw."))
    assert reading.articles[0].lang == "und"
    assert codes(reading) == ["unknown-language"]
    assert "--lang a=xx" in reading.problems[0].what


def test_a_language_that_the_text_contradicts_is_doubted_not_changed(write: Write) -> None:
    reading = read(write("a.json", {"id": "a", "text": f"{FERRY} {STORM}", "lang": "de"}))
    assert reading.articles[0].lang == "de"
    assert codes(reading) == ["doubtful-language"]
    assert "--lang a=en" in reading.problems[0].what


def test_strict_stops_and_names_every_fault(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        read(write("a.txt", "Ferry"), "no.txt", write("c.txt", STORM), strict=True)
    assert [line.rpartition(" ")[2] for line in str(caught.value).splitlines()] == [
        "[missing-file]",
        "[no-text]",
    ]


def test_strict_lets_warnings_pass(write: Write) -> None:
    reading = read(write("a.txt", FERRY.encode("utf-16-le")), strict=True)
    assert codes(reading) == ["guessed-encoding"]


def test_nothing_to_read_is_wrong_use() -> None:
    with pytest.raises(UsageError):
        read()
