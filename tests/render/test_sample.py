"""The sample is a comparison as the contract has it."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import msgspec
import pytest

from .sample import sample


@pytest.mark.parametrize("n", [2, 4])
def test_the_sample_follows_the_contract(n: Any) -> None:
    schema = json.loads(files("retold").joinpath("comparison.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(msgspec.json.encode(sample(n))), schema)


@pytest.mark.parametrize("n", [2, 4])
def test_every_passage_but_credits_and_boilerplate_is_in_one_row(n: Any) -> None:
    record = sample(n)
    told = [(c.article, s.start, s.end) for row in record.rows for c in row.cells for s in c.spans]
    passages = [
        (article.id, p.start, p.end)
        for article in record.articles
        for p in article.passages
        if p.role in ("title", "body")
    ]
    assert sorted(told) == sorted(passages)
