"""What is remembered, and that a broken cache never breaks a run."""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.encoders import Encoder, Encoding, Progress
from retold.encoders.cache import FILE, SAVED_AT_ONCE, CachedEncoder, packed, unpacked


class Counting:
    """An encoder of invented vectors that counts what it is asked."""

    name = "counting"
    dim = 4

    def __init__(self, digest: str = "a", layers: tuple[int, ...] = (1, 2)) -> None:
        self.digest = digest
        self.layers = layers
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        self.asked += texts
        if progress:
            progress(len(texts), len(texts))
        return [self.invented(text) for text in texts]

    def invented(self, text: str) -> Encoding:
        rng = np.random.default_rng(len(text))
        count = len(text)
        return Encoding(
            pooled=rng.random(self.dim, np.float32),
            tokens=rng.random((count, len(self.layers), self.dim)).astype(np.float16),
            offsets=np.array([(i, i + 1) for i in range(count)], np.int32).reshape(-1, 2),
            information=rng.random(count, np.float32),
        )


def same(a: Encoding, b: Encoding) -> bool:
    names = ("pooled", "tokens", "offsets", "information")
    pairs = [(getattr(a, n), getattr(b, n)) for n in names]
    return all(x.dtype == y.dtype and np.array_equal(x, y) for x, y in pairs)


def test_passes_on_what_the_encoder_is() -> None:
    cached: Encoder = CachedEncoder(Counting())
    assert (cached.name, cached.digest, cached.dim, cached.layers) == ("counting", "a", 4, (1, 2))


def test_each_text_is_encoded_once_in_a_run() -> None:
    inner = Counting()
    cached = CachedEncoder(inner)
    first = cached.encode(["one", "three", "one"])
    assert first[0] is first[2]
    assert cached.encode(["three"])[0] is first[1]
    assert inner.asked == ["one", "three"]


def test_memory_stays_bounded_and_the_latest_is_kept() -> None:
    inner = Counting()
    cached = CachedEncoder(inner, remembered_bytes=400)
    texts = ["a" * n for n in range(1, 9)]
    found = cached.encode(texts)
    assert all(map(same, found, map(inner.invented, texts)))
    inner.asked.clear()
    cached.encode([texts[-1]])
    assert inner.asked == []
    cached.encode([texts[0]])
    assert inner.asked == [texts[0]]


def test_a_later_run_finds_what_was_saved(tmp_path: Path) -> None:
    texts = ["one", "", "three", "\ud800", "a\0b"]
    first = CachedEncoder(Counting(), tmp_path / "new" / "folder").encode(texts)
    inner = Counting()
    second = CachedEncoder(inner, tmp_path / "new" / "folder").encode(texts)
    assert inner.asked == []
    assert all(map(same, first, second))


@pytest.mark.parametrize("other", [Counting(digest="b"), Counting(layers=(2, 3))])
def test_other_weights_or_layers_are_other_encodings(tmp_path: Path, other: Counting) -> None:
    CachedEncoder(Counting(), tmp_path).encode(["one"])
    CachedEncoder(other, tmp_path).encode(["one"])
    assert other.asked == ["one"]


def test_what_was_encoded_before_an_interruption_is_kept(tmp_path: Path) -> None:
    texts = [f"text {i}" for i in range(SAVED_AT_ONCE + 10)]

    def stop(done: int, total: int) -> None:
        if done > SAVED_AT_ONCE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(Counting(), tmp_path).encode(texts, progress=stop)
    inner = Counting()
    CachedEncoder(inner, tmp_path).encode(texts)
    assert inner.asked == texts[SAVED_AT_ONCE:]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" * 50])
def test_a_file_that_is_no_cache_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert len(CachedEncoder(Counting(), tmp_path).encode(["one"])) == 1
    inner = Counting()
    CachedEncoder(inner, tmp_path).encode(["one"])
    assert inner.asked == []


def test_a_damaged_row_is_encoded_again(tmp_path: Path) -> None:
    CachedEncoder(Counting(), tmp_path).encode(["one", "three"])
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("UPDATE encodings_1 SET body = substr(body, 1, 40) || x'00'")
    base.close()
    inner = Counting()
    assert same(CachedEncoder(inner, tmp_path).encode(["one"])[0], inner.invented("one"))
    assert inner.asked == ["one"]


def test_a_directory_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cached = CachedEncoder(Counting(), tmp_path / "file" / "below")
    assert len(cached.encode(["one"])) == 1


def test_threads_may_share_a_directory(tmp_path: Path) -> None:
    texts = [f"{'x' * n}" for n in range(40)]

    def work(_: int) -> bool:
        inner = Counting()
        found = CachedEncoder(inner, tmp_path).encode(texts)
        return all(map(same, found, map(inner.invented, texts)))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(8)))


def test_progress_counts_known_texts_too() -> None:
    seen: list[tuple[int, int]] = []
    cached = CachedEncoder(Counting())
    cached.encode(["one"])
    cached.encode(["one", "two", "three"], progress=lambda *now: seen.append(now))
    cached.encode(["one"], progress=lambda *now: seen.append(now))
    assert seen == [(3, 3), (1, 1)]


@given(text=st.text(max_size=20))
def test_packing_is_reversible(text: str) -> None:
    encoding = Counting().invented(text)
    found = unpacked(packed(encoding), 4, 2)
    assert found is not None
    assert same(found, encoding)


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_changed_bit_is_noticed(at: int, bit: int) -> None:
    stored = bytearray(packed(Counting().invented("three")))
    stored[at % len(stored)] ^= 1 << bit
    assert unpacked(bytes(stored), 4, 2) is None


@pytest.mark.parametrize("stored", [None, 3, "text", b"", b"123"])
def test_what_is_no_encoding_is_none(stored: object) -> None:
    assert unpacked(stored, 4, 2) is None
