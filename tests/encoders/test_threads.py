"""Limits on the matrix library's threads."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from retold.encoders.e5 import E5Encoder
from retold.encoders.threads import available_cores, one_blas_thread

TEXTS = ["The ferry left.", "Die Fähre legte ab.", "渡轮离港。"]


def blas_threads() -> set[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_the_limit_holds_inside_only() -> None:
    with threadpool_limits(3, "blas"):
        before = blas_threads()
        with one_blas_thread():
            assert blas_threads() == {1}
        assert blas_threads() == before


def test_the_limit_may_be_nested() -> None:
    with threadpool_limits(3, "blas"):
        before = blas_threads()
        with one_blas_thread():
            with one_blas_thread():
                assert blas_threads() == {1}
            assert blas_threads() == {1}
        assert blas_threads() == before


def test_the_limit_works_on_any_thread() -> None:
    def limited(_: int) -> set[int]:
        with one_blas_thread():
            return blas_threads()

    limited(0)
    before = blas_threads()
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(limited, range(6))) == [{1}] * 6
    assert blas_threads() == before


def test_the_limit_is_restored_after_encoding(encoder: E5Encoder) -> None:
    with threadpool_limits(3, "blas"):
        before = blas_threads()
        encoder.encode(TEXTS)
        assert blas_threads() == before


def test_the_limit_is_restored_after_a_failure(encoder: E5Encoder) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with threadpool_limits(3, "blas"):
        before = blas_threads()
        with pytest.raises(KeyboardInterrupt):
            encoder.encode(TEXTS, progress=stop)
        assert blas_threads() == before


def test_several_threads_may_encode_at_once(encoder: E5Encoder) -> None:
    expected = encoder.encode(TEXTS)
    together = Barrier(4)

    def work(_: int) -> bool:
        together.wait()
        found = encoder.encode(TEXTS)
        return all(np.array_equal(a.tokens, b.tokens) for a, b in zip(found, expected, strict=True))

    before = blas_threads()
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(4)))
    assert blas_threads() == before


def test_cores_are_counted_from_the_affinity_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 5, 9}, raising=False)
    assert available_cores() == 3


def test_cores_are_counted_without_an_affinity_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert available_cores() == 7
