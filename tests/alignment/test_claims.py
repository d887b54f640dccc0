"""Aligning whole articles, of words that match or do not."""

from collections.abc import Sequence

import pytest

from retold.alignment import Alignment, Unit, align, claims
from retold.records import Article, Role, Span
from retold.settings import AlignmentSettings
from tests.alignment.made import article, encodings

Cuts = Sequence[Sequence[Sequence[int]]]

STORY = (
    "T:Storm leaves islanders stranded",
    "The harbour office closed the western quay on Friday",
    "Three hundred passengers waited in Tarvik all night",
    "Two fishing boats sank near the lighthouse",
    "Mayor Halvorsen praised firemen plus nurses",
    "Divers looked beneath every broken pier",
)
OTHER = (
    "T:Ferry stops running",
    "A bakery gave away bread because freezers failed",
    "Two fishing boats sank near the lighthouse",
    "Nobody knows when cinemas will open again",
    "The harbour office closed the western quay on Friday",
    "Insurance companies refused every comment yesterday",
)


def aligned(
    *articles: Article,
    cuts: Cuts | None = None,
    settings: AlignmentSettings | None = None,
) -> Alignment:
    places = cuts or [[[] for _ in a.passages] for a in articles]
    return align(
        articles,
        [encodings(a) for a in articles],
        places,
        settings=settings or AlignmentSettings(),
    )


def groups(found: Alignment, articles: Sequence[Article]) -> list[list[str]]:
    """Return the words of each group."""
    return [[words(found, articles, node) for node in group] for group in found.groups]


def words(found: Alignment, articles: Sequence[Article], node: tuple[int, int]) -> str:
    span = found.units[node[0]][node[1]].span
    return articles[node[0]].text[span.start : span.end]


def test_what_both_tell_is_found_in_any_order() -> None:
    both = article(STORY), article(OTHER, name="b")
    assert [set(group) for group in groups(aligned(*both), both)] == [
        {"The harbour office closed the western quay on Friday"},
        {"Two fishing boats sank near the lighthouse"},
    ]


def test_pairs_have_a_score_for_every_two_units() -> None:
    both = article(STORY), article(OTHER, name="b")
    found = aligned(*both)
    scores = found.pairs[0, 1]
    for values in (scores.probability, scores.log_odds, scores.a_in_b, scores.b_in_a):
        assert values.shape == (6, 6)
    assert scores.steps is None
    assert scores.probability[1, 4] > 0.9
    assert scores.a_in_b[1, 4] > 0.9
    assert scores.probability[2].max() < AlignmentSettings().link


def test_a_claim_of_three_articles_is_one_group() -> None:
    three = article(STORY), article(OTHER, name="b"), article(OTHER[::-1], name="c")
    found = aligned(*three)
    assert list(found.pairs) == [(0, 1), (0, 2), (1, 2)]
    (boats,) = [own for own in groups(found, three) if "Two fishing" in own[0]]
    assert len(boats) == 3


@pytest.mark.parametrize("role", ["T:", "H:", "C:", "A:"])
def test_a_sentence_meets_nothing_but_sentences(role: str) -> None:
    line = role + STORY[3]
    both = article(STORY), article((line, *OTHER[:2], *OTHER[3:]), name="b")
    assert not any("Two fishing" in own[0] for own in groups(aligned(*both), both))


@pytest.mark.parametrize("role", ["T:", "H:"])
def test_titles_meet_titles_and_headings_headings(role: str) -> None:
    line = role + "Boats sink near lighthouse"
    both = article((line, *STORY[1:])), article((line, *OTHER[1:]), name="b")
    assert any("Boats sink" in own[0] for own in groups(aligned(*both), both))


@pytest.mark.parametrize("role", ["C:", "A:"])
def test_credits_and_boilerplate_meet_nothing(role: str) -> None:
    line = role + "Subscribe now for full harbour news"
    both = article((*STORY, line)), article((*OTHER, line), name="b")
    found = aligned(*both)
    assert not any("Subscribe" in own[0] for own in groups(found, both))
    assert found.pairs[0, 1].log_odds[6, 6] > 0  # but a gap may look there


def test_units_are_the_passages_where_nothing_is_cut() -> None:
    both = article(STORY), article(OTHER, name="b")
    for own, units in zip(both, aligned(*both).units, strict=True):
        assert [(u.span.start, u.span.end, u.role) for u in units] == [
            (p.start, p.end, p.role) for p in own.passages
        ]
        assert [u.passage for u in units] == list(range(len(own.passages)))


def test_roles_tell_or_do_not() -> None:
    roles: tuple[Role, ...] = ("title", "heading", "body", "caption", "credit", "boilerplate")
    assert [Unit(Span(0, 1), role, 0).tells for role in roles] == [True] * 3 + [False] * 3


SANK = "Two fishing boats sank near the lighthouse"
QUAY = "and the harbour office closed the western quay"


@pytest.mark.parametrize("kept", [0, 1_000_000])
def test_a_sentence_with_two_claims_is_cut(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "KEPT_EVIDENCE", kept)
    long = article((STORY[0], f"{SANK}, {QUAY}", *STORY[4:]))
    short = article((OTHER[0], SANK, OTHER[1], QUAY, OTHER[3], OTHER[5]), name="b")
    place = long.text.index(QUAY)
    cuts: Cuts = [[[], [place], [], []], [[] for _ in short.passages]]
    found = aligned(long, short, cuts=cuts)
    assert groups(found, (long, short)) == [[f"{SANK},", SANK], [QUAY, QUAY]]
    assert [u.passage for u in found.units[0]] == [0, 1, 1, 2, 3]
    assert found.pairs[0, 1].probability.shape == (5, 6)


def test_a_cut_needs_two_counterparts() -> None:
    long = article((STORY[0], f"{SANK}, {QUAY}", *STORY[4:]))
    short = article((OTHER[0], SANK, OTHER[1], OTHER[3], OTHER[5]), name="b")
    cuts: Cuts = [[[], [long.text.index(QUAY)], [], []], [[] for _ in short.passages]]
    assert len(aligned(long, short, cuts=cuts).units[0]) == len(long.passages)


def numbered(*numbers: int) -> list[str]:
    return [" ".join(f"s{n}w{i}" for i in range(6)) for n in numbers]


def test_articles_in_step_are_decoded_in_order() -> None:
    both = article(numbered(*range(8))), article(numbered(*range(8)), name="b", lang="de")
    found = aligned(*both)
    assert found.pairs[0, 1].steps == tuple((range(i, i + 1), range(i, i + 1)) for i in range(8))
    assert [len(own) for own in found.groups] == [2] * 8
    assert found.pairs[0, 1].probability[0, 1] < AlignmentSettings().link


def test_in_step_two_sentences_may_tell_one() -> None:
    lines = numbered(*range(8))
    cut = [*lines[:3], lines[3][:14], lines[3][15:], *lines[4:]]
    both = article(lines), article(cut, name="b", lang="de")
    found = aligned(*both)
    assert [node for node in found.groups[3] if node[0] == 1] == [(1, 3), (1, 4)]


def test_in_step_a_heading_may_tell_a_sentence() -> None:
    lines = numbered(*range(8))
    both = article(lines), article([*lines[:4], f"H:{lines[4]}", *lines[5:]], name="b", lang="de")
    assert ((0, 4), (1, 4)) in aligned(*both).groups


def test_progress_counts_pairs() -> None:
    three = [article(STORY, name=name) for name in "abc"]
    seen: list[tuple[int, int]] = []
    align(
        three,
        [encodings(a) for a in three],
        [[[] for _ in a.passages] for a in three],
        settings=AlignmentSettings(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]
