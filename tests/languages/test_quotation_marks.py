"""The marks around quoted words."""

import pytest

from retold.languages import quotation_marks


@pytest.mark.parametrize(
    ("lang", "first"),
    [("en", "“”"), ("de-AT", "„“"), ("fr", "«»"), ("pl", "„”"), ("ja", "「」"), ("sv", "””")],
)
def test_the_usual_pair_comes_first(lang: str, first: str) -> None:
    assert quotation_marks(lang)[0] == tuple(first)


@pytest.mark.parametrize("lang", ["en", "de", "zh", "und", "zorp"])
def test_every_language_understands_the_common_pairs(lang: str) -> None:
    pairs = quotation_marks(lang)
    assert {('"', '"'), ("“", "”"), ("«", "»")} <= set(pairs)
    assert len(pairs) == len(set(pairs))
