"""Where a sentence may be parted."""

from itertools import pairwise

import pytest

from retold.passages import cuts
from retold.passages.clauses import MIN_LETTERS
from retold.records import Span


def clauses(text: str) -> list[str]:
    stops = [0, *cuts(text, Span(0, len(text))), len(text)]
    return [text[a:b].strip() for a, b in pairwise(stops)]


CASES = [
    "The crane fell on a ship, |killing two workers on the deck; |the port was closed at 10:30.",
    "The crane on the quay |– it was built in 1987 |– fell on Tuesday morning.",
    "The crane on the quay |(it was built long ago) |fell on Tuesday morning.",
    "The well-known crane fell on the ship-owner’s office.",
    "Es fehlte an Geld, Zeit, Leuten und Material, |sagte der Minister am Montag.",
    "Der Schaden beträgt 1,5 Millionen Euro, |teilte der Betreiber am Abend mit.",
    "起重机昨天早上倒塌，|造成两名工人死亡；|港口关闭到星期四。",
    "商店里的苹果、梨、李子都卖完了，|没有人知道原因是什么。",
    "سقطت الرافعة على السفينة صباحا، |وقتل عاملان في الميناء؛ |ثم أغلق الميناء كله.",
    "Two died, he said.",
    "A short one.",
]


@pytest.mark.parametrize("marked", CASES)
def test_clauses(marked: str) -> None:
    assert clauses(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


def test_every_side_has_enough_letters() -> None:
    text = "Yes, no, and then, when all was said and done, he went, she stayed, they slept."
    for part in clauses(text):
        assert sum(map(str.isalpha, part)) >= MIN_LETTERS


def test_only_inside_the_span() -> None:
    text = "Before it all began, there was nothing here. After it had ended, there was less."
    second = text.index("After")
    assert cuts(text, Span(second, len(text))) == (text.index(" there was less"),)
