"""`retold explain`."""

import json
from pathlib import Path

import pytest

from retold.cli import run


@pytest.fixture
def made(reports: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Write the JSON of a comparison."""
    path = reports.parent / "r.json"
    assert run(["compare", str(reports), "-o", str(path)]) == 0
    capsys.readouterr()
    return path


def test_a_row_is_explained(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(made.read_text())["rows"]
    shared = next(row for row in rows if len(row["cells"]) == 2 and row["kind"] != "headline")
    assert run(["explain", str(made), str(shared["id"])]) == 0
    out = capsys.readouterr().out
    assert f"[{shared['id']}]" in out
    assert "TOGETHER" in out


def test_the_width_is_kept_to(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = {}
    for width in ("50", "200"):
        assert run(["explain", str(made), "1", "--width", width]) == 0
        lines[width] = len(capsys.readouterr().out.splitlines())
    assert lines["50"] > lines["200"]


def test_a_row_that_is_not_there_is_wrong_use(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", str(made), "999"]) == 2
    assert "999" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"articles": []}', "\x00"])
def test_a_file_that_is_no_comparison_is_wrong_use(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    assert run(["explain", str(path), "1"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
