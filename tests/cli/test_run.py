"""The command line as a whole: help, versions, wrong use, exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retold import __version__
from retold.cli import run
from retold.cli.languages import language_table
from retold.languages import measured


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from retold.cli import run; assert run(['--help']) == 0;"
        "assert run(['compare', '--help']) == 0;"
        "heavy = {'numpy', 'rich', 'babel', 'trafilatura', 'retold.encoders', 'retold.pipeline'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: retold compare" in done.stdout


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"retold {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "--no-such"], "No such option"),
        (["no-such"], "No such command"),
        (["compare", "a", "--format", "pdf"], "'pdf' is not one of"),
        (["compare", "a", "--width", "20"], "--width"),
        (["compare", "a", "--workers", "0"], "--workers"),
        (["compare", "a", "--lang", "de"], "ID=LANG"),
        (["compare", "a", "--table", "gaps"], "--format csv"),
        (["compare", "a", "--open", "--format", "json"], "--open shows html"),
        (["compare", "a", "-o", "out.xyz"], "add --format"),
        (["compare", "a", "-o", "no/such/out.html"], "there is no folder"),
        (["compare", "a", "-v", "-q"], "contradict"),
        (["compare", "a", "--reader", "qqqq"], "qqqq"),
        (["compare", "a", "--settings", "none.toml"], "none.toml"),
        (["explain", "none.json", "1"], "none.json"),
        (["explain", "none.json", "x"], "not a valid int"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert message in captured.err


@pytest.mark.parametrize("arguments", [[], ["compare"], ["explain"]])
def test_without_arguments_the_help_is_shown(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert "Usage: retold" in capsys.readouterr().err


def test_an_interruption_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("retold.cli.languages.language_table", interrupt)
    assert run(["languages"]) == 130
    assert capsys.readouterr().err == "retold: interrupted\n"


def test_a_fault_of_ours_does_not_look_like_findings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retold.cli.languages.language_table", lambda: 1 / 0)
    assert run(["languages"]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["languages"], ["--help"], ["completion", "fish"]])
def test_a_reader_that_leaves_is_no_fault(arguments: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "retold.cli", *arguments],
        stdout=write_end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "retold.cli", "languages"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"retold: standard output: No space left on device\n"


def test_every_measured_language_is_listed() -> None:
    lines = language_table().splitlines()
    assert [line.split()[0] for line in lines[1:]] == [entry.lang for entry in measured()]


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef retold"), ("fish", "complete")]
)
def test_each_shell_gets_its_completion(
    shell: str, sign: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert sign in out
    assert "_RETOLD_COMPLETE" in out


def test_completion_proposes_commands_and_formats() -> None:
    environment = os.environ | {
        "_RETOLD_COMPLETE": "bash_complete",
        "COMP_WORDS": "retold compare --format ",
        "COMP_CWORD": "3",
    }
    done = subprocess.run(
        [sys.executable, "-m", "retold.cli"], env=environment, capture_output=True, check=False
    )
    assert b"html" in done.stdout
