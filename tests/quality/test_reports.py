import numpy as np

from quality.reports import (
    Correspondence,
    Report,
    SentenceGap,
    correspondence,
    lay_out,
    same_place,
    sentence_gaps,
    sentence_pairs,
)
from retold.records import Gap, Passage, Place, Span

from .handmade import comparison, link, row

A = lay_out(["One two three.", "Four  five; six\u2028seven."], id="a", lang="en", title="A title")
B = lay_out(["Eins zwei.", "Drei vier."], id="b", lang="de")


def place(report: Report, sentence: int, part: slice = slice(None)) -> Place:
    """Return the place of a sentence or of a part of it."""
    span = report.spans[sentence]
    start, end, _ = part.indices(span.end - span.start)
    return Place(report.article.id, span.start + start, span.start + end)


def gap(score: float, *, certain: bool = False, article: str = "b") -> Gap:
    return Gap(article=article, score=score, certain=certain, nearest=None)


def span_of(at: Place) -> tuple[int, int]:
    return at.start, at.end


def test_sentences_stand_in_lines_below_the_title() -> None:
    assert A.article.text == "A title\n\nOne two three.\nFour five; six seven."
    assert [A.text(0), A.text(1)] == ["One two three.", "Four five; six seven."]
    assert A.article.title == "A title"
    assert B.article.text == "Eins zwei.\nDrei vier."
    assert B.article.title is None


def test_a_title_that_is_the_first_sentence_is_not_doubled() -> None:
    report = lay_out(["A title", "One two three."], id="a", lang="en", title="A title")
    assert report.article.text == "A title\nOne two three."
    assert report.text(1) == "One two three."


def test_spans_stand_for_one_text_from_half_of_the_shorter() -> None:
    assert same_place(Span(0, 10), Span(5, 40))
    assert not same_place(Span(0, 10), Span(6, 40))
    assert same_place(Span(0, 100), Span(90, 94))
    assert not same_place(Span(0, 10), Span(3, 3))


def test_the_best_clause_scores_a_pair_of_sentences() -> None:
    first, second = place(A, 1, slice(0, 10)), place(A, 1, slice(11, None))
    told = sentence_pairs(
        comparison(
            [A, B],
            [row({"a": [span_of(first)], "b": [span_of(place(B, 0))]},
                 links=[link(first, place(B, 0), 0.7)])],
            candidates=[link(place(B, 0), second, 0.3), link(place(A, 0), place(B, 1), 0.2)],
        ),
        A, B,
    )  # fmt: skip
    assert told.score.tolist() == [[0, 0.2], [0.7, 0]]
    assert told.linked.tolist() == [[False, False], [True, False]]


def test_shares_are_those_of_the_clauses_by_length() -> None:
    first, second = place(A, 1, slice(0, 10)), place(A, 1, slice(11, None))
    pairs = sentence_pairs(
        comparison(
            [A, B],
            candidates=[
                link(first, place(B, 0), 0.7, told=(1.0, 0.5)),
                link(place(B, 0), second, 0.3, told=(0.25, 0.4)),
            ],
        ),
        A, B,
    )  # fmt: skip
    length = len(A.text(1))
    assert np.isclose(pairs.a_in_b[1, 0], (10 * 1.0 + (length - 11) * 0.4) / length)
    assert np.isclose(pairs.b_in_a[1, 0], 0.5)
    assert pairs.a_in_b[0].sum() == 0


def test_links_of_other_articles_say_nothing() -> None:
    other = Place("c", *span_of(place(B, 0)))
    pairs = sentence_pairs(comparison([A, B], candidates=[link(place(A, 0), other, 0.9)]), A, B)
    assert pairs.score.sum() == 0


def test_a_gap_is_read_from_the_rows() -> None:
    rows = [
        row({"a": [span_of(place(A, 0))]}, gaps=[gap(0.9, certain=True), gap(0.1, article="c")]),
        row({"a": [span_of(place(A, 1))]}, kind="commentary"),
    ]
    assert sentence_gaps(comparison([A, B], rows), A, B) == [SentenceGap(0, 0.9, True)]


def test_a_sentence_with_a_told_clause_has_no_gap() -> None:
    first, second = place(A, 1, slice(0, 10)), place(A, 1, slice(11, None))
    alone = row({"a": [span_of(first)]}, gaps=[gap(0.9)])
    told = row({"a": [span_of(second)], "b": [span_of(place(B, 0))]})
    assert sentence_gaps(comparison([A, B], [alone, told]), A, B) == []
    less = row({"a": [span_of(second)]}, gaps=[gap(0.6)])
    assert sentence_gaps(comparison([A, B], [alone, less]), A, B) == [SentenceGap(1, 0.6, False)]


def test_correspondence_counts_what_does_not_fit() -> None:
    c = lay_out(["One two.", "Three four.", "Five six.", "Seven."], id="c", lang="en")
    passages = [
        Passage(0, 3), Passage(4, 8), Passage(9, 30), Passage(31, 37, "credit"),
    ]  # fmt: skip
    fit = correspondence(comparison([c], passages={"c": passages}), c)
    assert fit == Correspondence(sentences=4, cut=1, joined=2, not_told=1)
