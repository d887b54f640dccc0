"""`retold compare` from files to results."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from retold.cli import run
from retold.comparison import Comparison

HEARS_CTRL_C = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from retold.cli import main
main()
"""
"""A process that was started in the background would not hear it otherwise."""
Capture = pytest.CaptureFixture[str]


def compared(arguments: list[str], capsys: Capture) -> dict[str, Any]:
    """Run a comparison to JSON and read it."""
    assert run(["compare", *arguments, "--format", "json"]) in (0, 3)
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def test_text_is_the_default_and_nothing_else_is_printed(reports: Path, capsys: Capture) -> None:
    assert run(["compare", str(reports), "-q"]) == 0
    captured = capsys.readouterr()
    assert "Ines Falk" in captured.out
    assert "terminal is to be sold" in captured.out
    assert captured.err == ""


def test_json_can_be_read_back(reports: Path, capsys: Capture) -> None:
    assert run(["compare", str(reports), "--format", "json"]) == 0
    out = capsys.readouterr().out
    made = Comparison.from_json(out.encode())
    texts = {path.stem: path.read_text() for path in reports.iterdir()}
    assert {article.id: article.text for article in made.articles} == texts
    assert made.to_json() == out.strip()


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.html", "<!doctype html"), ("r.json", "{"), ("r.csv", "row,"), ("r.txt", "A  ")],
)
def test_the_ending_of_the_file_names_the_format(
    name: str, start: str, reports: Path, capsys: Capture
) -> None:
    path = reports.parent / name
    assert run(["compare", str(reports), "-q", "-o", str(path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"retold: written to {path}\n"
    assert path.read_text().lower().lstrip("\ufeff").startswith(start.lower())


def test_each_table_is_another_one(reports: Path, capsys: Capture) -> None:
    heads = []
    for table in ("cells", "gaps", "pairs"):
        assert run(["compare", str(reports), "--format", "csv", "--table", table]) == 0
        heads.append(next(csv.reader(io.StringIO(capsys.readouterr().out))))
    assert len({tuple(head) for head in heads}) == 3


def test_an_input_that_is_left_out_is_said_and_counted(reports: Path, capsys: Capture) -> None:
    (reports / "bad.txt").write_text("")
    assert run(["compare", str(reports), "none.txt", "-q"]) == 3
    captured = capsys.readouterr()
    assert [line.split()[1:3] for line in captured.err.splitlines()] == [["left", "out:"]] * 2
    assert "Ines Falk" in captured.out


def test_strict_stops_and_says_every_fault(reports: Path, capsys: Capture) -> None:
    (reports / "bad.txt").write_text("")
    assert run(["compare", str(reports), "none.txt", "--strict"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("inputs", "lines"),
    [(["reports/en.txt"], 1), (["none.txt"], 2), (["reports/en.txt", "reports/en.txt"], 2)],
)
@pytest.mark.usefixtures("reports")
def test_fewer_than_two_reports_are_not_comparable(
    inputs: list[str], lines: int, capsys: Capture
) -> None:
    assert run(["compare", *inputs]) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == lines


def test_what_the_user_knows_is_used(reports: Path, capsys: Capture) -> None:
    options = ["--lang", "en=en-GB", "--published", "de=2026-05-12T18:40:00+02:00"]
    made = compared([str(reports), *options], capsys)
    articles = {article["id"]: article for article in made["articles"]}
    assert articles["en"]["lang"] == "en-GB"
    assert articles["de"]["published"] == "2026-05-12T18:40:00+02:00"


def test_settings_reach_the_comparison(reports: Path, capsys: Capture) -> None:
    (reports.parent / "s.toml").write_text("[reading]\nmax_articles = 7\n")
    made = compared([str(reports), "--settings", "s.toml", "--max-chars", "9000"], capsys)
    assert made["run"]["settings"]["reading"] == {"max_articles": 7, "max_chars": 9000}


def test_standard_input_is_read(
    reports: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [{"id": path.stem * 2, "text": path.read_text()} for path in reports.iterdir()]
    lines = "\n".join(map(json.dumps, articles))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    made = compared(["-"], capsys)
    assert {article["id"] for article in made["articles"]} == {"dede", "enen"}


def test_verbose_tells_the_times_and_quiet_nothing(reports: Path, capsys: Capture) -> None:
    (reports / "notes.md").write_text("# Notes")
    assert run(["compare", str(reports), "-v"]) == 0
    said = capsys.readouterr().err
    assert "passed-over" in said
    assert "in all" in said
    assert run(["compare", str(reports), "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_open_writes_the_report_and_shows_it(
    reports: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def show(url: str) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    assert run(["compare", str(reports), "--open"]) == 0
    path = reports.parent / "comparison.retold.html"
    assert shown == [path.as_uri()]
    assert path.read_text().lower().startswith("<!doctype html")
    assert capsys.readouterr().out == ""


def test_without_a_browser_the_file_is_named(
    reports: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    assert run(["compare", str(reports), "--open", "-o", "r.html"]) == 0
    assert "open r.html in one" in capsys.readouterr().err


def test_an_interruption_leaves_the_old_file(
    reports: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = reports.parent / "r.json"
    path.write_text("old")

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("retold.pipeline.compare", interrupt)
    assert run(["compare", str(reports), "-o", str(path)]) == 130
    assert capsys.readouterr().err == "retold: interrupted\n"
    assert path.read_text() == "old"


def test_ctrl_c_in_the_middle_of_the_work_ends_it(tmp_path: Path) -> None:
    for name, lang in (("a", "north"), ("b", "south")):
        sentences = [f"The {lang} wind number {n} tore down a wall in Osney." for n in range(1500)]
        (tmp_path / f"{name}.txt").write_text(" ".join(sentences))
    process = subprocess.Popen(
        [sys.executable, "-c", HEARS_CTRL_C, "compare", "a.txt", "b.txt", "-o", "r.json"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"retold: interrupted\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_reader_that_leaves_does_not_matter(reports: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "retold.cli", "compare", str(reports), "none.txt", "-q"],
        stdout=write_end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write_end)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
