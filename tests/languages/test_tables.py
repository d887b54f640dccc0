"""The tables of language data."""

from importlib.resources import files
from pathlib import Path

import pytest

from retold.languages import normalise, tables

TABLES = sorted(p.name for p in files("retold.languages").iterdir() if p.name.endswith(".tsv"))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_read_and_names_languages(name: str) -> None:
    rows = tables.rows(name.removesuffix(".tsv"))
    assert rows
    assert len(set(map(str, rows))) == len(rows)
    for row in rows:
        lang = row.get("lang", tables.EVERY_LANGUAGE)
        assert lang == tables.EVERY_LANGUAGE or normalise(lang) == lang


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_documented(name: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "languages.md"
    assert f"`{name}`" in page.read_text(encoding="utf-8")
