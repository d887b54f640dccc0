"""Comparing from end to end, on invented reports."""

import hashlib

import msgspec
import pytest

from retold.comparison import Comparison
from retold.encoders import Encoder
from retold.errors import NothingComparable, UsageError
from retold.pipeline import compare
from retold.records import Article, Problem, Reading, Row
from retold.settings import AlignmentSettings, Settings
from tests.events import ENGLISH, english, french, german


@pytest.fixture(scope="module")
def compared(encoder: Encoder) -> Comparison:
    return compare([english(), german(), french()], encoder=encoder)


def told(comparison: Comparison, row: Row) -> dict[str, str]:
    texts = {article.id: article.text for article in comparison.articles}
    return {
        cell.article: " ".join(texts[cell.article][s.start : s.end] for s in cell.spans)
        for cell in row.cells
    }


def row_of(comparison: Comparison, words: str) -> Row:
    (found,) = [
        row
        for row in comparison.rows
        if any(words in own for own in told(comparison, row).values())
    ]
    return found


@pytest.mark.parametrize(
    ("english_words", "german_words", "french_words"),
    [
        ("was cancelled on Friday", "ist die Fähre nach Osney", "n’a pas pris la mer"),
        ("About three hundred", "Rund dreihundert", "Quelque trois cents"),
        ("against such a wind", "Gegen so einen Wind", None),
        ("leaves on Saturday", "legt am Samstag", "partira samedi"),
        ("old terminal", None, None),
    ],
)
def test_claims_are_laid_side_by_side(
    compared: Comparison, english_words: str, german_words: str | None, french_words: str | None
) -> None:
    cells = told(compared, row_of(compared, english_words))
    for name, words in (("en", english_words), ("de", german_words), ("fr", french_words)):
        assert (words in cells[name]) if words else (name not in cells)


def test_kinds_and_gaps(compared: Comparison) -> None:
    quote = row_of(compared, "against such a wind")
    assert (quote.kind, quote.status) == ("quote", "shared")
    assert [gap.article for gap in quote.gaps] == ["fr"]
    assert row_of(compared, "Storm stops").kind == "headline"
    assert row_of(compared, "fiel nachts").status == "only"


def test_the_articles_stand_in_the_order_given(encoder: Encoder, compared: Comparison) -> None:
    assert [article.id for article in compared.articles] == ["en", "de", "fr"]
    other = compare([french(), english(), german()], encoder=encoder)
    assert [article.id for article in other.articles] == ["fr", "en", "de"]
    assert other.rows == compared.rows


def test_stages_fill_in_the_articles(compared: Comparison) -> None:
    for article in compared.articles:
        assert [p.role for p in article.passages][:2] == ["title", "body"]
        assert (article.complete, article.incomplete_because) == (True, None)


def test_what_later_issues_fill_is_empty(compared: Comparison) -> None:
    assert compared.lineage == msgspec.structs.replace(compared.lineage, pairs=(), edges=())
    assert not any(row.differences for row in compared.rows)
    assert not any(cell.mentions for row in compared.rows for cell in row.cells)


def test_the_run_can_be_repeated(encoder: Encoder, compared: Comparison) -> None:
    assert compared.run.encoder == type(compared.run.encoder)(
        name=encoder.name, digest=encoder.digest
    )
    assert compared.run.settings == {"digest": Settings().digest()}
    digests = {own.article: own.sha256 for own in compared.run.inputs}
    text = compared.articles[0].text
    assert digests["en"] == hashlib.sha256(text.encode()).hexdigest()
    assert list(digests) == ["en", "de", "fr"]


def test_changed_settings_are_recorded(encoder: Encoder) -> None:
    settings = Settings(alignment=AlignmentSettings(link=0.99))
    run = compare([english(), german()], settings=settings, encoder=encoder).run
    assert run.settings == {"alignment": {"link": 0.99}, "digest": settings.digest()}
    assert settings.digest() != Settings().digest()


def test_settings_are_obeyed(encoder: Encoder) -> None:
    never = Settings(alignment=AlignmentSettings(link=1.1))
    found = compare([english(), german()], settings=never, encoder=encoder)
    assert {row.status for row in found.rows} == {"only"}


def test_problems_are_handed_on(encoder: Encoder) -> None:
    one, other = (Problem(where=w, what="is odd", code="odd") for w in ("x.txt", "y.txt"))
    reading = Reading(articles=(english(), german()), problems=(one,))
    assert compare(reading, problems=[other], encoder=encoder).problems == (one, other)
    assert compare([english(), german()], problems=[other], encoder=encoder).problems == (other,)


def test_an_unmeasured_language_is_warned_of(encoder: Encoder) -> None:
    odd = msgspec.structs.replace(german("tlh"), lang="tlh")
    (problem,) = compare([english(), odd], encoder=encoder).problems
    assert (problem.where, problem.code, problem.severity) == (
        "tlh",
        "unmeasured-language",
        "warning",
    )


def test_a_language_that_nobody_named_is_found(encoder: Encoder) -> None:
    unnamed = msgspec.structs.replace(german(), lang="und")
    found = compare([english(), unnamed], encoder=encoder)
    assert [article.lang for article in found.articles] == ["en", "de"]
    assert unnamed.lang == "und"


def test_an_incomplete_article_is_marked_and_its_gaps_are_unsure(encoder: Encoder) -> None:
    cut = msgspec.structs.replace(german(), text=german().text.rstrip() + " Die Reederei ...")
    found = compare([english(), cut], encoder=encoder)
    assert not found.articles[1].complete
    assert found.articles[1].incomplete_because
    gaps = [gap for row in found.rows for gap in row.gaps if gap.article == "de"]
    assert gaps
    assert not any(gap.certain for gap in gaps)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_articles_cannot_be_compared(count: int) -> None:
    with pytest.raises(NothingComparable, match=f"^{count} article.* to compare: give two or more"):
        compare([english()][:count])


@pytest.mark.parametrize("text", ["", " \n", "... — !", "\u200b", "😀"])
def test_an_article_without_a_word_is_left_out(encoder: Encoder, text: str) -> None:
    empty = Article(id="empty", text=text)
    found = compare([english(), empty, german()], encoder=encoder)
    assert [article.id for article in found.articles] == ["en", "de"]
    (problem,) = found.problems
    assert (problem.where, problem.code) == ("empty", "no-text")
    assert problem.severity == "article-left-out"
    with pytest.raises(NothingComparable):
        compare([english(), empty])


def test_two_articles_with_one_id_are_wrong_use() -> None:
    with pytest.raises(UsageError, match="'x' is the id of two articles"):
        compare([english("x"), german("x")])


def test_articles_of_a_word_each_are_compared(encoder: Encoder) -> None:
    found = compare([Article(id="a", text="Storm"), Article(id="b", text="x")], encoder=encoder)
    assert [article.id for article in found.articles] == ["a", "b"]


def test_progress_tells_the_stages(encoder: Encoder) -> None:
    seen: list[tuple[str, int, int]] = []
    compare(
        [english(), german(), french()],
        encoder=encoder,
        progress=lambda stage, done, total: seen.append((stage, done, total)),
    )
    assert list(dict.fromkeys(stage for stage, _, _ in seen)) == ["encode", "align"]
    last = {stage: (done, total) for stage, done, total in seen}
    assert all(done == total for done, total in last.values())
    assert last["align"] == (3, 3)


def test_the_articles_given_are_not_altered(encoder: Encoder) -> None:
    given = [english(), german()]
    compare(given, encoder=encoder)
    assert given == [english(), german()]
    assert given[0].text.startswith(ENGLISH[:20])


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2031-03-07T09:00:00+02:00", "2031-03-07T08:00:00Z"),
        ("2031-03-07T08:00:00Z", "2031-03-07T07:00:00-05:00"),
        ("2031-03-07", "2031-03-07T00:00:01Z"),
        ("2031-03-07", None),
    ],
)
def test_the_earliest_article_is_that_of_the_earliest_moment(
    encoder: Encoder, earlier: str, later: str | None
) -> None:
    pair = [
        msgspec.structs.replace(english(), published=later),
        msgspec.structs.replace(german(), published=earlier),
    ]
    links = [link for row in compare(pair, encoder=encoder).rows for link in row.links]
    assert links
    assert {(link.a.article, link.b.article) for link in links} == {("de", "en")}
