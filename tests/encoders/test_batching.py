"""Windows and batches."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.encoders.batching import BATCH_POSITIONS, batches, windows

ROOM = 507


@given(tokens=st.integers(0, 5000))
def test_windows_take_each_token_once(tokens: int) -> None:
    plan = windows(3, tokens, room=ROOM)
    taken = [i for w in plan for i in range(w.first, w.last)]
    assert taken == list(range(tokens))
    assert all(w.start <= w.first < w.last <= w.end for w in plan)
    assert all(w.length <= ROOM and w.text == 3 for w in plan)


@given(tokens=st.integers(ROOM + 1, 5000))
def test_tokens_inside_a_long_text_have_context(tokens: int) -> None:
    for before, after in pairwise(windows(0, tokens, room=ROOM)):
        assert before.end - before.last >= 64
        assert after.first - after.start >= 64


def test_a_text_without_tokens_has_no_window() -> None:
    assert windows(0, 0, room=ROOM) == []


@given(lengths=st.lists(st.integers(1, ROOM), max_size=200))
def test_batches_hold_each_window_once_and_are_not_too_large(lengths: list[int]) -> None:
    plan = batches(lengths, extra=5)
    assert sorted(i for batch in plan for i in batch.tolist()) == list(range(len(lengths)))
    sizes = [sum(lengths[i] + 5 for i in batch) for batch in plan]
    assert all(0 < size <= BATCH_POSITIONS for size in sizes)


@given(lengths=st.lists(st.integers(10, 60), min_size=20, max_size=300))
def test_batches_of_sentences_are_shared_fairly(lengths: list[int]) -> None:
    plan = batches(lengths, extra=5)
    sizes = sorted(sum(lengths[i] + 5 for i in batch) for batch in plan)
    assert len(sizes) >= 2
    assert np.median(sizes) >= 0.75 * sizes[-1]


def test_windows_of_one_length_lie_together() -> None:
    plan = batches([7, 3, 7, 3, 7], extra=0)
    assert [[7, 3, 7, 3, 7][i] for batch in plan for i in batch] == [7, 7, 7, 3, 3]
