"""Titles at the beginning and sub-headings further down."""

import pytest

from retold.passages import headings, leading_titles, split
from retold.records import Article

BODY = (
    "The dam above Jasmere burst on Monday. Hundreds of people fled to the hills.\n\n"
    "The minister visited the town and promised help for the people of Jasmere."
)


def titles_of(
    text: str,
    title: str | None = None,
    *,
    authors: tuple[str, ...] = (),
    publisher: str | None = None,
    lang: str = "en",
) -> list[str]:
    article = Article(
        id="a", text=text, title=title, authors=authors, publisher=publisher, lang=lang
    )
    spans = split(text, lang)
    return [text[span.start : span.end] for span in spans[: leading_titles(article, spans)]]


@pytest.mark.parametrize("title", [None, "Dam bursts. Hundreds flee"])
def test_all_sentences_of_a_headline(title: str | None) -> None:
    assert titles_of(f"Dam bursts. Hundreds flee\n\n{BODY}", title) == [
        "Dam bursts.",
        "Hundreds flee",
    ]


@pytest.mark.parametrize("title", [None, "Hundreds flee as dam bursts"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_title_repeated_as_first_line(title: str | None, between: str) -> None:
    headline = "Hundreds flee as dam bursts"
    assert titles_of(f"{headline}{between}{headline}\n\n{BODY}", title) == [headline] * 2


@pytest.mark.parametrize("title", [None, "Hundreds flee as dam bursts"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_second_headline(title: str | None, between: str) -> None:
    lines = ["Hundreds flee as dam bursts", "Minister promises people help"]
    assert titles_of(f"{between.join(lines)}\n\n{BODY}", title) == lines


def test_a_given_title_with_a_full_stop_or_the_name_of_its_site() -> None:
    assert titles_of(f"The dam is gone.\n\n{BODY}", "The dam is gone.") == ["The dam is gone."]
    given = "Hundreds flee as dam bursts | Jasmere Post"
    text = f"{given}\n\nHundreds flee as dam bursts\n\n{BODY}"
    assert titles_of(text, given) == [given, "Hundreds flee as dam bursts"]


@pytest.mark.parametrize(
    "line",
    [
        "By Imogen Farr, Transport Editor",
        "From our correspondent Imogen Farr",
        "Imogen Farr",
        "JASMERE, 12 May 2026",
        "12.05.2026, 18:40",
        "The burst dam at Jasmere. Photo: Imogen Farr",
        "Hundreds of people on the hills (Imogen Farr/Agency X)",
        "- Advertisement -",
        "Subscribe to our newsletter",
        "Read this article on www.example.org",
        "The dam has stood above the town of Jasmere for a hundred years.",
        "What is known about the burst dam:",
    ],
)
def test_what_is_no_second_headline(line: str) -> None:
    headline = "Hundreds flee as dam bursts"
    assert titles_of(f"{headline}\n\n{line}\n\n{BODY}", headline) == [headline]


@pytest.mark.parametrize(
    "title",
    ["Hundreds flee as dam bursts | Jasmere Post", "10:15 Dam bursts, hundreds of people flee"],
)
def test_what_may_stand_in_a_first_headline(title: str) -> None:
    assert titles_of(f"{title}\n\n{BODY}") == [title]


def test_a_title_of_two_lines() -> None:
    lines = ["The dam is gone.", "Hundreds of people fled to the hills."]
    assert titles_of("\n".join([*lines, BODY]), " ".join(lines)) == lines


def test_a_title_that_runs_into_its_article() -> None:
    assert titles_of(f"The dam is gone! {BODY}", "The dam is gone!") == ["The dam is gone!"]


def test_authors_and_publishers_are_known_by_name() -> None:
    headline = "Hundreds flee as dam bursts"
    for line in ("minister imogen farr of jasmere", "Jasmere Chronicle and the people"):
        text = f"{headline}\n\n{line}\n\n{BODY}"
        assert len(titles_of(text, headline)) == 2
        named = titles_of(text, headline, authors=("Imogen Farr",), publisher="Jasmere Chronicle")
        assert named == [headline]


def test_a_text_that_begins_with_its_body_has_no_title() -> None:
    assert titles_of(BODY) == []
    assert titles_of("Only one line without a stop") == []
    assert titles_of("") == []


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        (
            "de",
            "Damm über Jasmere gebrochen",
            "Der Damm brach am Montag.\n\nJasmere wurde geräumt.",
        ),
        ("ru", "Плотину в Ясмере прорвало", "Плотину прорвало в понедельник.\n\nЖителей вывезли."),
        ("zh", "大坝决口 数百人逃离", "星期一大坝决口。\n\n数百人逃离家园。"),
        ("ja", "ダム決壊 数百人が避難", "月曜日にダムが決壊した。\n\n数百人が避難している。"),
        ("ar", "انهيار السد فوق المدينة", "انهار السد يوم الاثنين فوق المدينة.\n\nفر المئات."),
        ("hi", "बांध टूटा, सैकड़ों लोग भागे", "सोमवार को बांध टूटा।\n\nसैकड़ों लोग भागे।"),
        ("th", "เขื่อนแตก ชาวบ้านหนี", "เขื่อนแตกเมื่อวันจันทร์ และชาวบ้านหนีขึ้นเขา\n\nรัฐมนตรีไปเยี่ยมชาวบ้าน"),
    ],
)
def test_titles_in_other_scripts(lang: str, title: str, body: str) -> None:
    assert titles_of(f"{title}\n\n{body}", lang=lang) == [title]
    assert titles_of(f"{title}\n\n{title}\n\n{body}", title, lang=lang) == [title, title]


def headings_of(text: str) -> list[str]:
    spans = split(text, "en")
    return [text[spans[i].start : spans[i].end] for i in sorted(headings(text, spans))]


def test_headings_stand_between_running_text() -> None:
    text = f"{BODY}\n\nA town waits\n\nThe people of the town wait.\n\nAll at the end"
    assert headings_of(text) == ["A town waits"]


def test_no_headings() -> None:
    assert headings_of(BODY) == []
    assert headings_of(f"{BODY}\n\nPhoto: Imogen Farr\n\nThe people wait.") == []
    assert headings_of(f"{BODY}\n\nThe people wait there.\n\nThe people wait.") == []
    assert headings_of(f"{BODY}\n\nOne line\n\nanother line\n\na third line") == []
