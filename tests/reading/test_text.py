"""Titles and words of plain text."""

import pytest

from retold.reading.text import (
    begins_with,
    body_of,
    has_words,
    mended,
    split_title,
    without_surrogates,
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bridge closed\n\nThe bridge is closed.", "Bridge closed"),
        ("\r\nBridge closed \r\n\r\nThe bridge is closed.", "Bridge closed"),
        ("Who closed it?\n\nNobody knows.", "Who closed it?"),
        ("桥梁关闭\n\n警方周二关闭了大桥。", "桥梁关闭"),
        ("The bridge is closed.\n\nNobody knows why.", None),
        ("大桥周二关闭。\n\n原因不明。", None),
        ("“The bridge is closed.”\n\nSo said the mayor.", None),
        ("Those present were:\n\nthe mayor", None),
        ("Bridge closed\nThe bridge is closed.", None),
        ("Bridge closed\n\n", None),
        ("x" * 201 + "\n\nMore.", None),
        ("", None),
    ],
)
def test_a_title_is_a_short_first_line_before_a_blank_one(text: str, title: str | None) -> None:
    assert split_title(text) == title


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Bridge closed\n\nIt is.", "Bridge closed", True),
        ("  Bridge\n closed\n\nIt is.", "Bridge closed", True),
        ("The bridge is closed.", "Bridge closed", False),
    ],
)
def test_white_space_does_not_hide_a_title(text: str, title: str, expected: bool) -> None:
    assert begins_with(text, title) is expected


def test_the_body_stands_after_every_repetition_of_the_title() -> None:
    assert body_of("Bridge  closed\n\nBridge closed\n\nIt is.", "Bridge closed") == "It is."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bridge", False),
        ("-- 12 --", False),
        ("bridge 12", False),
        ("bridge closed", True),
        ("大桥", False),
        ("警方周二关闭了大桥", True),
        ("ตำรวจปิดสะพาน", True),
    ],
)
def test_one_word_is_no_text_in_any_script(text: str, expected: bool) -> None:
    assert has_words(text) is expected


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert without_surrogates("a\ud800b\U0001f600") == "a\ufffdb\U0001f600"


def test_values_that_json_cannot_carry_are_mended_at_any_depth() -> None:
    value = {"a\udc00": [float("nan"), "\ud800", {"b": (1, True, None, 0.5)}], "c": float("inf")}
    assert mended(value) == {"a\ufffd": [None, "\ufffd", {"b": [1, True, None, 0.5]}], "c": None}
