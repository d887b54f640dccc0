"""Every line between two words is where the module says."""

from typing import Any

import pytest

from retold.records import Article
from retold.render import wording


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (59, "BH")]
)
def test_letters_go_on_after_z(index: int, name: str) -> None:
    assert wording.letter(index) == name


@pytest.mark.parametrize(
    ("score", "word"),
    [(1.0, "sure"), (0.9, "sure"), (0.899, "likely"), (0.6, "likely"), (0.599, "check yourself")],
)
def test_scores_in_words(score: float, word: str) -> None:
    assert wording.certainty(score) == word


@pytest.mark.parametrize(
    ("score", "certain", "word"),
    [(0.99, True, "sure"), (0.99, False, "likely"), (0.3, False, "check yourself")],
)
def test_a_gap_that_is_not_certain_is_never_sure(score: float, certain: bool, word: str) -> None:
    assert wording.gap_certainty(score, certain=certain) == word


@pytest.mark.parametrize(
    ("published", "label"),
    [
        ("2026-05-12T18:40:00+02:00", "12 May 2026 18:40 +02"),
        ("2026-05-12T18:40:07.5Z", "12 May 2026 18:40 +00"),
        ("2026-01-02T03:04:05-03:30", "2 January 2026 03:04 -03:30"),
        ("2026-05-12T18:40:00", "12 May 2026 18:40"),
        ("2026-05-12", "12 May 2026"),
        ("last spring", "last spring"),
        (None, "date unknown"),
    ],
)
def test_dates(published: str | None, label: str) -> None:
    assert wording.date_label(published) == label


@pytest.mark.parametrize(
    ("part", "whole", "word"),
    [
        (1, 5, None),
        (1, 3, "a third"),
        (1, 2, "half"),
        (2, 3, "two thirds"),
        (9, 10, "most"),
        (7, 7, "all"),
        (0, 0, None),
    ],
)
def test_shares(part: int, whole: int, word: str | None) -> None:
    assert wording.share(part, whole) == word


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"publisher": "Der Bote", "url": "https://bote.example/1"}, "Der Bote"),
        ({"url": "https://www.bote.example/1"}, "bote.example"),
        ({"id": "https://bote.example/7"}, "bote.example"),
        ({"url": "http://[broken", "id": "feeds/2026/bote"}, "bote"),
        ({"id": "x" * 80}, "x" * 31 + "…"),
    ],
)
def test_a_source_is_its_publisher_or_domain_or_short_id(given: dict[str, Any], label: str) -> None:
    assert wording.source_label(Article(**{"id": "a", "text": "", **given})) == label


def test_reports_are_named_in_the_order_of_their_letters_or_counted() -> None:
    assert wording.named(["AB", "C", "A"]) == "A, C and AB"
    assert wording.named([wording.letter(i) for i in range(9)]) == "9 reports"


def test_only_is_not_said_where_nothing_is_certain() -> None:
    words = {"only": "only in A", "unfound": "in A, no counterpart found in B"}
    assert wording.only_count(1, 2, **words) == "3 only in A, 2 of them unsure"
    assert wording.only_count(0, 2, **words) == "2 in A, no counterpart found in B"
    assert wording.only_count(0, 0, **words) == "none only in A"


def test_the_caveat_counts_in_words_up_to_ten() -> None:
    assert wording.caveat(5).startswith("Compared: these five texts only.")
    assert wording.caveat(60).startswith("Compared: these 60 texts only.")


@pytest.mark.parametrize(
    ("score", "words"),
    [(0.3, "kept apart (0.30)"), (0.7, "kept apart, though likely the same (0.70)")],
)
def test_pairs_kept_apart_say_how_near_they_were(score: float, words: str) -> None:
    assert wording.kept_apart(score) == words
