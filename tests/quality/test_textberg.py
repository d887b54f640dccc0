import numpy as np
import pytest

from quality import textberg
from quality.command import Bench
from quality.metrics import Link


def links(*pairs: tuple[int, int]) -> list[Link]:
    """Return the links of so many linked pairs among three and four sentences."""
    linked = np.zeros((3, 4), bool)
    for pair in pairs:
        linked[pair] = True
    return sorted(textberg.links_of(linked))


def test_sentences_without_a_counterpart_are_links_by_themselves() -> None:
    assert links((1, 2)) == [
        ((), (0,)),
        ((), (1,)),
        ((), (3,)),
        ((0,), ()),
        ((1,), (2,)),
        ((2,), ()),
    ]


def test_rows_that_share_a_sentence_are_one_link() -> None:
    assert links((0, 0), (0, 1), (2, 1), (1, 3)) == [((), (2,)), ((0, 2), (0, 1)), ((1,), (3,))]


def test_a_faithful_translation_is_aligned(bench: Bench) -> None:
    measured = textberg.measure(bench)
    assert list(measured.values) == ["strict_f1", "lax_f1", "average_precision"]
    assert measured.values["average_precision"] > 0.95
    assert measured.values["lax_f1"] == pytest.approx(1)
