from pathlib import Path

import pytest

from quality import command
from quality.command import Bench, Measurement, Table


def test_values_are_the_last_lines(capsys: pytest.CaptureFixture[str]) -> None:
    command.show(
        Measurement({"f1": 0.25, "found": 3}, [Table(("a", "b"), [("x", 0.5)])], ["wrong x"])
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["a  b", "x  0.500"]
    assert "wrong x" in lines
    assert lines[-2:] == ["f1: 0.2500", "found: 3"]


def test_settings_of_a_file_are_measured(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[alignment]\nlink = 0.7\n")
    arguments = ["--data", str(tmp_path), "--settings", str(file), "--errors", "3"]
    bench = command.bench_of(command.parser("x").parse_args(arguments))
    assert bench.settings.alignment.link == 0.7
    assert (bench.data, bench.errors) == (tmp_path, 3)


def test_a_folder_that_is_not_there_ends_the_program(tmp_path: Path) -> None:
    options = command.parser("x").parse_args(["--data", str(tmp_path / "none")])
    with pytest.raises(SystemExit, match="no such folder"):
        command.bench_of(options)


def test_listing_all_changes_no_link(bench: Bench) -> None:
    changed = bench.listing_all().settings.changed()
    assert changed == {"synopsis": {"candidate": 0.0}}
