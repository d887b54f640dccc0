"""docs/inputs.md names every problem, field name and ending that the code knows."""

import re
from pathlib import Path

import pytest

from retold.reading import mappings, sources
from retold.reading.problems import CODES

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "inputs.md").read_text()
TABLE = dict(re.findall(r"^\| `([\w-]+)` \| (left out|warning) \|", DOCS, re.MULTILINE))


def test_every_problem_is_documented_with_its_effect() -> None:
    effects = {"article-left-out": "left out", "warning": "warning"}
    later = dict.fromkeys(_codes_of_later_stages() - set(CODES), "warning")
    assert {code: effects[severity] for code, severity in CODES.items()} | later == TABLE


def _codes_of_later_stages() -> set[str]:
    files = (ROOT / "src" / "retold").rglob("*.py")
    return {code for f in files for code in re.findall(r"code=\"([\w-]+)\"", f.read_text())}


def test_every_code_in_the_source_is_in_the_table() -> None:
    files = (ROOT / "src" / "retold" / "reading").glob("*.py")
    used = {code for f in files for code in re.findall(r"problem\(\s*\"([\w-]+)\"", f.read_text())}
    assert used <= set(CODES)
    assert len(used) > len(CODES) / 2


@pytest.mark.parametrize("field", mappings.ALIASES)
def test_every_field_name_is_documented_in_order(field: str) -> None:
    assert f"| {field} | {', '.join(mappings.ALIASES[field])} |" in DOCS


def test_every_container_and_ending_is_documented() -> None:
    names = (*mappings.CONTAINERS, *sources.READABLE)
    assert [name for name in names if f"`{name}`" not in DOCS] == []
