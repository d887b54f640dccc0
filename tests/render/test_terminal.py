"""Foreign text fits its cells and cannot drive the terminal."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retold.render.terminal import cells, fit, neutral, pad, wrap

TEXTS = st.text(st.characters(), max_size=80) | st.text(
    "日本語。「」abc d\u202e\x1b\u05d0\u0301 ", max_size=60
)


def test_control_characters_are_shown_and_do_nothing() -> None:
    assert neutral("a\x1b[2Jb\x07c\x9bd\x00") == "a␛[2Jb␇c\ufffdd␀"
    assert neutral(" two\r\n lines\t") == "two lines"


@given(TEXTS)
def test_nothing_that_moves_the_cursor_or_turns_text_is_left(text: str) -> None:
    shown = neutral(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(TEXTS, st.integers(2, 30))
def test_lines_fit_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    bare = "".join("".join(lines).split()).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert bare == "".join(neutral(text).split())


@given(TEXTS, st.integers(2, 30))
@example("\u2ff00", 2)
@example("a\u2764\ufe0fb", 2)
def test_a_fitted_line_is_never_too_wide(text: str, width: int) -> None:
    assert cells(fit(text, width)) <= width
    assert cells(pad(fit(text, width), width)) == width


def test_a_wide_letter_that_leaves_no_room_for_the_sign_of_a_cut_goes() -> None:
    assert fit("大桥", 2) == "…"
    assert fit("大桥", 3) == "大…"


def test_wide_characters_count_twice_and_break_anywhere() -> None:
    assert cells("大桥") == 4
    assert wrap("横跨兰河的大桥自周一起封闭", 8) == ["横跨兰河", "的大桥自", "周一起封", "闭"]


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrap("大桥封闭。渡轮", 8) == ["大桥封", "闭。渡轮"]


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap("the bridge was shut", 10) == ["the bridge", "was shut"]
    assert wrap("Donaudampfschifffahrt", 8) == ["Donaudam", "pfschiff", "fahrt"]


def test_marks_stay_with_their_letter() -> None:
    assert wrap("e\u0301e\u0301e\u0301", 2) == ["e\u0301e\u0301", "e\u0301"]


@pytest.mark.parametrize(("direction", "opening"), [("rtl", "\u2067"), ("ltr", "\u2068")])
def test_right_to_left_words_are_isolated_line_by_line(direction: str, opening: str) -> None:
    lines = wrap("أُغلق الجسر الواقع فوق النهر", 10, direction=direction, indent="  ")
    assert len(lines) > 1
    assert all(line.startswith(f"  {opening}") and line.endswith("\u2069") for line in lines)
    assert fit("Brücke", 10) == "Brücke"
