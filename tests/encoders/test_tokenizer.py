"""Pieces and the places they came from."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.encoders.tokenizer import Tokenizer, normalise
from retold.encoders.weights import Weights

SAMPLES = (
    "Die Fähre „Nordwind“ legte um 7.30 Uhr ab.",
    "Паром вышел из порта в 7:30.",
    "渡轮于七时三十分离港。",
    "フェリーは七時半に出港した。",
    "여객선은 일곱 시 반에 출항했다.",
    "غادرت العبّارة الميناء في الساعة 7:30.",
    "नौका साढ़े सात बजे रवाना हुई।",
    "Phà rời cảng lúc 7 giờ 30.",
    "เรือข้ามฟากออกจากท่าเวลาเจ็ดโมงครึ่ง",
)
ALPHABET = (
    "aä é\u0301\u0308e\u0323 \t\n\u00a0\u200b\u3000ﷺ½ﬁＡ渡한\u1112\u1161\u11ab"
    "ज\u093c\u09c7\u09be😀\0\ud800\u2581<s>."
)
ANY_TEXT = st.text(st.characters(), max_size=60) | st.text(st.sampled_from(ALPHABET), max_size=30)


def surfaces(tokenizer: Tokenizer, text: str) -> list[str]:
    return [text[a:b] for a, b in tokenizer.cut(text).offsets.tolist()]


def spelled(weights: Weights, tokenizer: Tokenizer, text: str) -> list[str]:
    return [weights.vocabulary.pieces[i] for i in tokenizer.cut(text).ids]


def test_cuts_into_the_models_pieces(weights: Weights, tokenizer: Tokenizer) -> None:
    # As cut by the tokenizer of the original model.
    assert tokenizer.cut("Hello world, how are you?").ids.tolist() == [
        35378, 8999, 4, 3642, 621, 398, 32,
    ]  # fmt: skip
    assert spelled(weights, tokenizer, "query:") == ["▁que", "ry", ":"]


def test_offsets_leave_out_the_space_before_a_word(tokenizer: Tokenizer) -> None:
    assert surfaces(tokenizer, "  Hello \n world,  ") == ["Hello", "world", ","]


def test_offsets_count_code_points(tokenizer: Tokenizer) -> None:
    offsets = tokenizer.cut("😀 x").offsets
    assert offsets[-1].tolist() == [2, 3]


def test_decomposed_text_gives_the_same_pieces_with_its_own_offsets(tokenizer: Tokenizer) -> None:
    for text in SAMPLES:
        composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
        assert tokenizer.cut(apart).ids.tolist() == tokenizer.cut(composed).ids.tolist()
        for a, b in zip(surfaces(tokenizer, apart), surfaces(tokenizer, composed), strict=True):
            assert unicodedata.normalize("NFC", a) == b


def test_pieces_of_one_character_share_its_span(tokenizer: Tokenizer) -> None:
    offsets = tokenizer.cut("ﷺ").offsets
    assert len(offsets) > 1
    assert set(map(tuple, offsets.tolist())) == {(0, 1)}


def test_control_pieces_cannot_be_spelled(weights: Weights, tokenizer: Tokenizer) -> None:
    ids = tokenizer.cut("<s> </s> <pad> <mask> a<s>b").ids
    control = {i for i, score in enumerate(weights.vocabulary.scores) if score == 0}
    assert control.isdisjoint(ids.tolist())


@pytest.mark.parametrize("text", ["", " ", "\n\t \u3000", "\x01\x02"])
def test_nothing_to_read_gives_no_tokens(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.cut(text)
    assert tokens.ids.shape == (0,)
    assert tokens.offsets.shape == (0, 2)


def test_a_text_without_spaces_is_cut_in_reasonable_time(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.cut("渡轮于七时三十分离港。" * 2000)
    assert tokens.offsets[-1, 1] == 22_000


def test_a_long_run_of_marks_is_one_cluster(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.cut("a" + "\u0301" * 5000 + "b")
    assert tokens.offsets[-1, 1] == 5002


@given(text=ANY_TEXT)
def test_offsets_are_in_order_and_inside(tokenizer: Tokenizer, text: str) -> None:
    offsets = tokenizer.cut(text).offsets
    assert np.all(offsets[:, 0] <= offsets[:, 1])
    assert np.all(np.diff(offsets, axis=0) >= 0)
    assert np.all((offsets >= 0) & (offsets <= len(text)))


@given(text=ANY_TEXT)
def test_every_character_that_counts_is_in_a_piece(
    weights: Weights, tokenizer: Tokenizer, text: str
) -> None:
    clean = normalise(text, weights.vocabulary.characters)
    covered = {i for a, b in tokenizer.cut(text).offsets.tolist() for i in range(a, b)}
    seen = {
        i
        for character, start, end in zip(clean.text, clean.starts, clean.ends, strict=True)
        if character != " "
        for i in range(start, end)
    }
    assert seen <= covered


@given(text=ANY_TEXT)
def test_normalising_in_clusters_is_normalising_the_whole(text: str) -> None:
    assert normalise(text, {}).text == unicodedata.normalize("NFC", text)


@given(words=st.lists(st.sampled_from(" ".join(SAMPLES).split()), max_size=12))
def test_words_are_cut_alike_anywhere(tokenizer: Tokenizer, words: list[str]) -> None:
    together = tokenizer.cut(" ".join(words)).ids.tolist()
    assert together == [i for word in words for i in tokenizer.cut(word).ids.tolist()]


def test_the_cache_does_not_change_the_result(weights: Weights) -> None:
    fresh = Tokenizer(weights.vocabulary)
    first = [fresh.cut(text).ids.tolist() for text in SAMPLES]
    assert [fresh.cut(text).ids.tolist() for text in SAMPLES] == first
