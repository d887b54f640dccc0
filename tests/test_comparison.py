"""The result of comparing: JSON as the contract has it, there and back."""

import html
import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from retold.comparison import Comparison
from retold.encoders import Encoder
from retold.errors import InputError, UsageError
from retold.pipeline import compare
from tests.events import english, french, german

SCHEMA: dict[str, Any] = json.loads(
    files("retold").joinpath("comparison.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def compared(encoder: Encoder) -> Comparison:
    return compare([english(), german(), french()], encoder=encoder)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_json_is_as_the_contract_has_it(compared: Comparison) -> None:
    jsonschema.validate(json.loads(compared.to_json()), SCHEMA)


@pytest.mark.parametrize("member", SCHEMA["required"])
def test_a_member_that_is_missing_is_noticed(compared: Comparison, member: str) -> None:
    plain = json.loads(compared.to_json())
    del plain[member]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, SCHEMA)


def test_json_there_and_back_is_the_same(compared: Comparison) -> None:
    assert Comparison.from_json(compared.to_json()) == compared
    assert Comparison.from_json(compared.to_json().encode()) == compared


def test_json_is_one_line(compared: Comparison) -> None:
    assert "\n" not in compared.to_json()


def test_unknown_members_are_passed_over(compared: Comparison) -> None:
    plain = json.loads(compared.to_json())
    plain["later"] = plain["rows"][0]["later"] = 1
    assert Comparison.from_json(json.dumps(plain)) == compared


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", '{"schema": 2}', "no JSON"])
def test_other_data_are_refused_with_a_reason(data: bytes | str) -> None:
    with pytest.raises(InputError, match=r"^not a comparison in JSON: ."):
        Comparison.from_json(data)


def test_a_fault_is_named_with_its_place(compared: Comparison) -> None:
    plain = json.loads(compared.to_json())
    plain["rows"][0]["cells"][0]["score"] = "high"
    with pytest.raises(InputError, match=r"\$\.rows\[0\]\.cells\[0\]\.score"):
        Comparison.from_json(json.dumps(plain))


def test_it_shows_itself_as_text_page_and_table(compared: Comparison) -> None:
    assert "Osney" in compared.to_text(width=80)
    assert compared.to_html().lower().startswith("<!doctype html>")
    assert len({compared.to_csv(name) for name in ("cells", "gaps", "pairs")}) == 3
    assert compared.to_csv() == compared.to_csv("cells")


def test_another_table_is_wrong_use(compared: Comparison) -> None:
    with pytest.raises(UsageError, match="no table 'rows': choose one of cells, gaps, pairs"):
        compared.to_csv("rows")


def test_in_a_notebook_the_page_stands_in_a_frame(compared: Comparison) -> None:
    shown = compared._repr_html_()
    assert shown.startswith("<iframe ")
    assert html.escape(compared.to_html()[:200]) in shown
