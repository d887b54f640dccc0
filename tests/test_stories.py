"""The example stories are golden: what they hold is known, and most of it must be found."""

from pathlib import Path

import jsonschema
import msgspec
import pytest

from quality import score_synopsis as scorer
from retold.encoders import Encoder
from retold.pipeline import compare
from retold.reading import read
from tests.conftest import ROOT
from tests.test_comparison import SCHEMA

STORIES = sorted(path.parent for path in (ROOT / "examples").glob("*/gold.json"))
LINKS, ROLES = 0.75, 0.95
REMEDY = "to see what is missed: python -m quality.stories --data examples --errors 20"


def test_there_are_stories() -> None:
    assert len(STORIES) >= 4


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_what_is_known_of_a_story_is_found(encoder: Encoder, folder: Path) -> None:
    found = compare(read(folder), encoder=encoder)
    plain = msgspec.json.decode(found.to_json())
    jsonschema.validate(plain, SCHEMA)
    counts, _ = scorer.score(scorer.Story(folder), plain)
    result = scorer.summary(counts)
    assert result["links"]["f1"] >= LINKS, REMEDY
    assert result["roles"]["accuracy"] >= ROLES, REMEDY
    assert not any(problem.severity == "article-left-out" for problem in found.problems)
