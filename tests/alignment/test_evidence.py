"""Token evidence: hand-computed values, and what holds of all articles."""

import numpy as np
import pytest

from retold.alignment import evidence as module
from retold.alignment.evidence import Evidence, Tokens, compare_tokens, gather, regroup
from retold.records import Span
from retold.settings import AlignmentSettings
from tests.alignment.made import DIMENSIONS, encoding, no_token, random_tokens, tokens, vector

EXACT = AlignmentSettings(
    least_information=8.0,
    hub_units=2,
    hub_share=0.5,
    other_hub_share=0.25,
    chance_match=0.4,
    match=0.5,
    match_width=0.1,
)
NO_HUBS = AlignmentSettings(hub_share=0.0, other_hub_share=0.0)
SIZES = (4, 7, 1, 12, 3, 9, 5, 2)


def close(a: Evidence, b: Evidence) -> bool:
    names = ("a_in_b", "b_in_a", "share_a", "share_b", "best_in_b", "best_in_a", "hub_a", "hub_b")
    return all(np.allclose(getattr(a, n), getattr(b, n), atol=1e-5) for n in names)


def test_a_pair_by_hand() -> None:
    found = compare_tokens(tokens(["red ship"]), tokens(["red boat"]), EXACT)
    red, rest = (1 + 0.4) / 2, (0 + 0.4) / 2  # with one unit, the second counts as chance
    assert found.hub_a == pytest.approx([red, rest])
    assert found.best_in_b[:, 0] == pytest.approx([1 - 0.25 * red, 0 - 0.25 * rest])
    expected = ((1 - 0.25 * red - 0.5 * red) + (0 - 0.25 * rest - 0.5 * rest)) / 2
    assert found.a_in_b[0, 0] == pytest.approx(expected)
    assert found.b_in_a[0, 0] == pytest.approx(expected)
    assert found.told[0, 0] == pytest.approx(expected)


def test_shares_by_hand() -> None:
    found = compare_tokens(tokens(["red ship"]), tokens(["red boat"]), EXACT)
    sure, none = (1 / (1 + np.exp((0.5 - best) / 0.1)) for best in found.best_in_b[:, 0])
    assert found.share_a[0, 0] == pytest.approx((sure + none) / 2)
    assert 0.45 < found.share_a[0, 0] < 0.5


def test_tokens_count_by_their_information() -> None:
    a = tokens(["red ship"])
    heavy = Tokens(
        a.vectors, np.array([30.0, 10.0], np.float32), a.begins, a.breaks, a.first, a.body
    )
    b = tokens(["red boat"])
    assert compare_tokens(heavy, b, NO_HUBS).a_in_b[0, 0] == pytest.approx(0.75)
    assert compare_tokens(a, b, NO_HUBS).a_in_b[0, 0] == pytest.approx(0.5)


def test_what_a_short_passage_tells_is_contained_in_a_long_one() -> None:
    found = compare_tokens(tokens(["red ship"]), tokens(["red ship sank near Osney"]), NO_HUBS)
    assert found.a_in_b[0, 0] == pytest.approx(1)
    assert found.b_in_a[0, 0] == pytest.approx(2 / 5)


def test_what_matches_everywhere_says_little() -> None:
    a = tokens(["Osney ferry", "Osney storm", "Osney school"])
    b = tokens(["Osney ferry", "Osney wind", "Osney bread"])
    found = compare_tokens(a, b, EXACT)
    assert found.hub_a[0] > found.hub_a[1]
    assert found.told[0, 0] > found.told[0, 1] + 0.3
    assert found.told[1, 1] < 0.2


@pytest.mark.parametrize("seed", range(5))
def test_a_passage_tells_itself_best(seed: int) -> None:
    own = random_tokens(SIZES, seed)
    told = compare_tokens(own, own, AlignmentSettings()).told
    assert told.argmax(axis=1).tolist() == list(range(len(SIZES)))
    assert told.argmax(axis=0).tolist() == list(range(len(SIZES)))


@pytest.mark.parametrize("seed", range(3))
def test_exchanging_the_articles_exchanges_the_evidence(seed: int) -> None:
    a, b = random_tokens(SIZES, seed), random_tokens(SIZES[2:], seed + 10)
    forth = compare_tokens(a, b, AlignmentSettings())
    back = compare_tokens(b, a, AlignmentSettings())
    assert np.allclose(forth.a_in_b, back.b_in_a.T, atol=1e-6)
    assert np.allclose(forth.share_b, back.share_a.T, atol=1e-6)
    assert np.allclose(forth.told, back.told.T, atol=1e-6)
    assert forth.told.dtype == np.float32


def test_shares_lie_between_nothing_and_all() -> None:
    found = compare_tokens(random_tokens(SIZES, 1), random_tokens(SIZES, 2), AlignmentSettings())
    for share in (found.share_a, found.share_b):
        assert np.all((share >= 0) & (share <= 1))


def test_hubness_is_measured_on_running_text() -> None:
    a = tokens(["Falk"])
    b = ["Falk spoke", "Falk left", "wind rose", "rain fell"]
    everywhere = compare_tokens(a, tokens(b), EXACT)
    credits_only = compare_tokens(a, tokens(b, [False, False, True, True]), EXACT)
    assert everywhere.hub_a == pytest.approx([1])
    assert credits_only.hub_a == pytest.approx([0])


def test_without_running_text_hubness_is_measured_on_all() -> None:
    b = tokens(["Falk spoke", "Falk left"], [False, False])
    assert compare_tokens(tokens(["Falk"]), b, EXACT).hub_a == pytest.approx([1])


@pytest.mark.parametrize("size", [1, 8, 20, 40])
def test_blocks_of_tokens_change_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = random_tokens(SIZES, 3), random_tokens(SIZES[::-1], 4)
    whole = compare_tokens(a, b, AlignmentSettings())
    monkeypatch.setattr(module, "BLOCK_TOKENS", size)
    monkeypatch.setattr(module, "KEPT_COSINES", 0)
    assert close(compare_tokens(a, b, AlignmentSettings()), whole)


def test_regrouping_is_scoring_anew_where_hubness_is_nothing() -> None:
    a, b = random_tokens(SIZES, 5), random_tokens(SIZES, 6)
    starts = sorted({*(a.begins[a.first]).tolist(), 10, 75, 150})
    cut = a.regrouped(starts, [True] * len(starts))
    assert len(cut.first) == len(SIZES) + 3
    again = regroup(compare_tokens(a, b, NO_HUBS), (a, b), (cut, b), NO_HUBS)
    anew = compare_tokens(cut, b, NO_HUBS)
    for name in ("a_in_b", "b_in_a", "share_a", "share_b", "best_in_b", "best_in_a"):
        assert np.allclose(getattr(again, name), getattr(anew, name), atol=1e-5), name


def test_regrouping_keeps_hubness_and_the_units_that_were_not_cut() -> None:
    a, b = random_tokens(SIZES, 5), random_tokens(SIZES, 6)
    old = compare_tokens(a, b, AlignmentSettings())
    starts = sorted({*(b.begins[b.first]).tolist(), 75})
    cut = b.regrouped(starts, [True] * len(starts))
    again = regroup(old, (a, b), (a, cut), AlignmentSettings())
    assert again.hub_a is old.hub_a
    kept = [u for u, start in enumerate(starts) if start not in (60, 75)]
    before = [u for u in range(len(SIZES)) if u != 3]
    assert np.array_equal(again.a_in_b[:, kept], old.a_in_b[:, before])


def test_regrouped_units_begin_where_they_are_told_to() -> None:
    own = tokens(["the ferry left", "rain fell"]).regrouped([0, 4, 15], [True, True, False])
    assert [own.rows(u) for u in range(3)] == [slice(0, 1), slice(1, 3), slice(3, 5)]
    assert own.body.tolist() == [True, True, False]


def test_gathering_centres_and_scales() -> None:
    texts = ("ferry left", "rain fell")
    found = gather(
        [Span(0, 10), Span(20, 29)], [encoding(text) for text in texts], [True, True], EXACT
    )
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(np.ones(4))
    assert found.vectors.mean(axis=0) == pytest.approx(np.zeros(DIMENSIONS), abs=1e-6)
    assert found.begins.tolist() == [0, 6, 20, 25]
    assert found.breaks.tolist() == [-1, 6, -1, 25]
    assert found.first.tolist() == [0, 2]
    assert float(found.vectors[0] @ vector("ferry")) > 0.8


def test_the_centre_is_that_of_running_text() -> None:
    spans, body = [Span(0, 10), Span(20, 29)], [True, False]
    found = gather(spans, [encoding("ferry left"), encoding("rain fell")], body, EXACT)
    assert float(found.vectors[0] @ found.vectors[1]) == pytest.approx(-1)  # two words, one centre


def test_small_words_are_left_out_where_there_are_others() -> None:
    mixed = encoding("in the harbour of Osney")
    mixed.information[[0, 1, 3]] = 3.0
    small = encoding("and so on", information=2.0)
    found = gather([Span(0, 23), Span(30, 39)], [mixed, small], [True, True], EXACT)
    assert found.begins.tolist() == [7, 18, 30, 34, 37]
    assert found.breaks.tolist() == [-1, 15, -1, 34, 37]  # "of" goes with "Osney"


def test_a_unit_without_a_token_matches_nothing() -> None:
    spans = [Span(0, 10), Span(20, 21)]
    a = gather(spans, [encoding("ferry left"), no_token()], [True, True], EXACT)
    assert not a.vectors[2].any()
    found = compare_tokens(a, a, AlignmentSettings())
    assert np.all(np.isfinite(found.told))
    assert found.told[1, 0] <= 0
