"""Lines on standard error."""

import pytest

from retold.cli.messages import say, say_problems
from retold.records import Problem

LEFT_OUT = [
    Problem(where=f"{n}.txt", what="is empty", code="empty", severity="article-left-out")
    for n in range(8)
]
WARNINGS = [Problem(where=f"{n}.txt", what="no zone", code="no-timezone") for n in range(8)]


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_a_line_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2Jb\nc\u202e")
    assert lines(capsys) == ["retold: a\ufffd[2Jb c\ufffd"]


def test_a_problem_is_one_line_with_place_and_code(capsys: pytest.CaptureFixture[str]) -> None:
    say_problems([LEFT_OUT[0], WARNINGS[0]])
    assert lines(capsys) == [
        "retold: left out: 0.txt: is empty [empty]",
        "retold: warning: 0.txt: no zone [no-timezone]",
    ]


def test_many_warnings_of_a_kind_are_counted_and_losses_never(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say_problems([*LEFT_OUT, *WARNINGS])
    said = lines(capsys)
    assert len(said) == 8 + 5 + 1
    assert said[-1] == "retold: warning: 3 more like this (-v shows them) [no-timezone]"


def test_verbose_says_all_and_quiet_only_losses(capsys: pytest.CaptureFixture[str]) -> None:
    say_problems([*LEFT_OUT, *WARNINGS], verbose=True)
    assert len(lines(capsys)) == 16
    say_problems([*LEFT_OUT, *WARNINGS], quiet=True)
    assert len(lines(capsys)) == 8
