"""Tables are projections of the JSON, documented, and harmless in a spreadsheet."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from retold.records import ComparisonRecord
from retold.render.tables import Table, cells_table, gaps_table, pairs_table, write_csv

from .sample import sample

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"
TABLES = {"cells": cells_table, "gaps": gaps_table, "pairs": pairs_table}


def _plain(record: ComparisonRecord) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(msgspec.json.encode(record))
    return loaded


def _from_json(plain: dict[str, Any], name: str) -> list[list[Any]]:
    """Derive a table from JSON alone, by another way than the code under test."""
    by_id = {article["id"]: article for article in plain["articles"]}

    def words(article: str, *spans: dict[str, int]) -> str:
        return " … ".join(by_id[article]["text"][s["start"] : s["end"]] for s in spans)

    lines = []
    for row in plain["rows"]:
        head = [row["id"], row["kind"], row["status"]]
        first = words(row["cells"][0]["article"], *row["cells"][0]["spans"])
        for cell in row["cells"] if name == "cells" else ():
            source = [by_id[cell["article"]][m] for m in ("lang", "publisher", "published", "url")]
            where = " ".join("{start}-{end}".format(**span) for span in cell["spans"])
            text = words(cell["article"], *cell["spans"])
            found = [cell["score"], cell["moved"], where, text]
            lines.append([*head, cell["article"], *source, *found])
        for gap in row["gaps"] if name == "gaps" else ():
            near = gap["nearest"]
            place = (
                [near["start"], near["end"], words(gap["article"], near)] if near else [None] * 3
            )
            verdict = [gap["article"], gap["score"], gap["certain"]]
            lines.append([*head, len(row["cells"]), first, *verdict, *place])
        for link in row["links"] if name == "pairs" else ():
            sides = [
                value
                for s in (link["a"], link["b"])
                for value in (s["article"], s["start"], s["end"], words(s["article"], s))
            ]
            lines.append([row["id"], *sides, link["score"], link["a_in_b"], link["b_in_a"]])
    return lines


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("n", [2, 4])
def test_a_table_is_a_projection_of_the_json(name: str, n: Any) -> None:
    record = sample(n)
    derived = _from_json(_plain(record), name)
    assert derived
    assert [list(row.values()) for row in TABLES[name](record).rows] == derived


@pytest.mark.parametrize("build", TABLES.values())
def test_csv_reads_back_cell_by_cell(build: Callable[[ComparisonRecord], Table]) -> None:
    table = build(sample(4))
    read = list(csv.reader(io.StringIO(write_csv(table), newline="")))
    assert tuple(read[0]) == table.columns
    assert len(read) == len(table.rows) + 1
    text = next(name for name in reversed(table.columns) if name.endswith("text"))
    assert [dict(zip(read[0], line, strict=True))[text] for line in read[1:]] == [
        row[text] for row in table.rows
    ]


def _csv(value: Any) -> str:
    return write_csv(Table(columns=("v",), rows=({"v": value},))).removeprefix("v\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_text_that_looks_like_a_formula_is_guarded(start: str) -> None:
    read = next(csv.reader(io.StringIO(_csv(f"{start}1+cmd|' /C calc'!A0"), newline="")))
    assert read[0].startswith(f"'{start}")


@pytest.mark.parametrize(
    ("value", "written"), [(-3, "-3"), (-0.5, "-0.5"), (True, "true"), (None, '""'), ("a-b", "a-b")]
)
def test_numbers_and_harmless_text_are_left_as_they_are(value: Any, written: str) -> None:
    assert _csv(value) == f"{written}\r\n"


def test_quotation_marks_commas_and_line_breaks_are_quoted() -> None:
    assert _csv('he said "no",\nthen left') == '"he said ""no"",\nthen left"\r\n'


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_documented_under_its_table(name: str) -> None:
    section = DOCS.read_text(encoding="utf-8").split(f"\n## {name}:")[1].split("\n## ")[0]
    documented = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    assert tuple(documented) == TABLES[name](sample(2)).columns
