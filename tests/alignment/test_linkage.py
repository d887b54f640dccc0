"""Average linkage, on links made by hand."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.alignment.linkage import Node, Scores, group

LEAST, WITHIN = 0.4, 0.1


def groups(links: Scores, *, within: float = WITHIN) -> list[list[Node]]:
    return group(links, least=LEAST, within=within)


def all_pairs(nodes: list[Node], score: float) -> dict[tuple[Node, Node], float]:
    return dict.fromkeys(combinations(sorted(nodes), 2), score)


ONE: list[Node] = [(0, 0), (1, 0), (2, 0)]
TWO: list[Node] = [(0, 1), (1, 1), (2, 1)]


def test_nothing_is_linked_because_something_must_be() -> None:
    assert groups({}) == []
    assert groups({((0, 0), (1, 0)): 0.39}) == []


def test_a_link_joins() -> None:
    assert groups({((0, 0), (1, 0)): LEAST}) == [[(0, 0), (1, 0)]]


def test_one_weak_link_does_not_join_two_claims() -> None:
    links = {**all_pairs(ONE, 0.9), **all_pairs(TWO, 0.9), ((0, 0), (1, 1)): 0.6}
    assert groups(links) == [ONE, TWO]


def test_a_strong_link_does_not_either() -> None:
    links = {**all_pairs(ONE, 0.9), **all_pairs(TWO, 0.9), ((0, 0), (1, 1)): 0.89}
    assert groups(links) == [ONE, TWO]


def test_links_below_the_least_count_in_the_mean() -> None:
    links = {((0, 0), (1, 0)): 0.9, ((1, 0), (2, 0)): 0.55}
    assert groups(links) == [[(0, 0), (1, 0)]]
    assert groups({**links, ((0, 0), (2, 0)): 0.3}) == [ONE]


def test_two_sentences_of_one_article_may_tell_what_one_of_another_does() -> None:
    links = {((0, 0), (1, 0)): 0.9, ((0, 0), (1, 1)): 0.8}
    assert groups(links) == [[(0, 0), (1, 0), (1, 1)]]  # the mean of .8 and .1
    assert groups(links, within=0.0) == [[(0, 0), (1, 0), (1, 1)]]  # just so: .4
    assert groups({**links, ((0, 0), (1, 1)): 0.6}) == [[(0, 0), (1, 0)]]


def test_a_pair_within_an_article_counts_as_told_where_it_is_linked() -> None:
    links = {((0, 0), (1, 0)): 0.9, ((0, 0), (1, 1)): 0.5}
    assert groups(links) == [[(0, 0), (1, 0)]]
    assert groups({**links, ((1, 0), (1, 1)): 0.6}) == [[(0, 0), (1, 0), (1, 1)]]


def test_ties_are_broken_by_position() -> None:
    links = {((0, 0), (1, 1)): 0.5, ((0, 0), (1, 0)): 0.5}
    assert groups(links, within=0.0) == [[(0, 0), (1, 0)]]
    links = {((0, 1), (1, 0)): 0.5, ((0, 0), (1, 0)): 0.5}
    assert groups(links, within=0.0) == [[(0, 0), (1, 0)]]


def test_groups_come_in_order_and_sorted() -> None:
    links = {((1, 3), (2, 2)): 0.9, ((0, 5), (2, 7)): 0.9, ((0, 1), (1, 9)): 0.9}
    found = groups(links)
    assert found == sorted(found)
    assert all(own == sorted(own) for own in found)


def test_a_claim_that_many_tell_stands_in_one_row() -> None:
    nodes: list[Node] = [(a, a % 3) for a in range(60)]
    assert groups(all_pairs(nodes, 0.7)) == [nodes]


NODES: list[Node] = list(product(range(3), range(4)))
ACROSS = [(x, y) for x, y in combinations(NODES, 2) if x[0] != y[0]]
LINKS = st.dictionaries(st.sampled_from(ACROSS), st.integers(5, 100).map(lambda n: n / 100))


@given(links=LINKS, chance=st.randoms())
def test_the_order_of_links_changes_nothing(links: Scores, chance: object) -> None:
    pairs = list(links.items())
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    assert groups(dict(pairs)) == groups(links)


@given(links=LINKS)
def test_groups_are_disjoint_and_every_one_has_a_link(links: Scores) -> None:
    found = groups(links)
    told = [node for own in found for node in own]
    assert len(told) == len(set(told))
    for own in found:
        assert len(own) > 1
        assert max(links.get(pair, 0.0) for pair in combinations(own, 2)) >= LEAST


@given(links=LINKS)
def test_what_is_in_no_group_has_no_link_to_another_such(links: Scores) -> None:
    told = {node for own in groups(links) for node in own}
    free = [score for (x, y), score in links.items() if not told & {x, y}]
    assert max(free, default=0.0) < LEAST


@pytest.mark.parametrize("scale", [1, 7])
def test_numbers_of_units_do_not_matter(scale: int) -> None:
    links = {((0, 0), (1, 1 * scale)): 0.9, ((0, 2 * scale), (1, 3 * scale)): 0.8}
    assert [len(own) for own in groups(links)] == [2, 2]
