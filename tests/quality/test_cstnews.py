from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from quality import cstnews
from quality.command import Bench
from quality.reports import Report, lay_out, sentence_pairs

from .handmade import comparison


def judged(a: Report, b: Report, *, story: str, same: Sequence[tuple[int, int]]) -> cstnews.Judged:
    """Judge two reports of which nothing was said."""
    made = comparison([a, b])
    gold = cstnews.gold_of(
        a, b, {frozenset({("a", i), ("b", j)}): frozenset({"Identity"}) for i, j in same}
    )
    return cstnews.Judged(story, a, b, made, sentence_pairs(made, a, b), gold)


def test_relations_of_a_pair_are_gathered_whatever_their_direction(tmp_path: Path) -> None:
    (tmp_path / "cstnews").mkdir()
    (tmp_path / "cstnews/relations.jsonl").write_text(
        '{"src_doc": "a", "src_sent": 1, "tgt_doc": "b", "tgt_sent": 2, "relation": "Overlap"}\n'
        '{"src_doc": "b", "src_sent": 2, "tgt_doc": "a", "tgt_sent": 1, "relation": "Summary"}\n'
    )
    assert cstnews.relations(tmp_path) == {
        frozenset({("a", 0), ("b", 1)}): frozenset({"Overlap", "Summary"})
    }


def test_gold_parts_what_is_the_same_from_what_is_otherwise_related(data: Path) -> None:
    a, b = cstnews.stories(data)["s"]
    gold = cstnews.gold_of(a, b, cstnews.relations(data))
    assert np.argwhere(gold.same).tolist() == [[0, 0], [1, 1], [2, 2]]
    assert np.argwhere(~gold.judged).tolist() == [[0, 3]]


def test_pairs_that_are_only_elaborated_are_left_out_unless_strict() -> None:
    pairs = cstnews.Flat(
        score=np.array([0.9, 0.8, 0.1]),
        linked=np.array([True, True, False]),
        same=np.array([False, True, False]),
        judged=np.array([False, True, True]),
    )
    assert cstnews.link_scores(pairs, strict=False)["precision"] == 1
    assert cstnews.link_scores(pairs, strict=True)["precision"] == 0.5
    assert cstnews.link_scores(pairs, strict=True)["average_precision"] == 0.5


def test_rarity_of_words_is_counted_in_the_scope() -> None:
    a = lay_out(["storm tears ferry landing", "mayor speaks"], id="a", lang="en")
    b = lay_out(["storm tears roof", "mayor silent"], id="b", lang="en")
    c = lay_out(["storm passes", "storm returns"], id="c", lang="en")
    d = lay_out(["storm ends"], id="d", lang="en")
    found = [
        judged(a, b, story="one", same=[(0, 0)]),
        judged(c, d, story="two", same=[]),
    ]
    of_set, of_story = (cstnews.tfidf(found, whole_set=whole) for whole in (True, False))
    assert of_set.shape == of_story.shape == (4 + 2,)
    assert of_set[0] < of_story[0]
    assert of_story[1] == 0


def test_links_of_a_small_story_are_found(bench: Bench) -> None:
    measured = cstnews.measure(bench)
    assert list(measured.values) == [
        "average_precision",
        "f1",
        "tfidf_average_precision",
        "tfidf_best_f1",
    ]
    assert measured.values["average_precision"] == pytest.approx(1)
    assert measured.values["f1"] == pytest.approx(1)
