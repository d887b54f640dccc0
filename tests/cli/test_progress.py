"""The bar and the times of a run."""

import sys

import pytest

from retold.cli.progress import Progress


class Clock:
    """A clock that goes as told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_time_belongs_to_the_stage_that_did_something() -> None:
    clock = Clock()
    with Progress(first="reading", visible=False, clock=clock) as progress:
        clock.now += 1
        progress("loading", 0, 1)
        clock.now += 2
        progress("loading", 1, 1)
        clock.now += 3
        progress("encoding", 1, 2)
        clock.now += 4
        progress("writing", 0, 1)
        clock.now += 5
    assert progress.seconds == {"reading": 1, "loading": 2, "encoding": 7, "writing": 5}
    assert progress.summary().startswith("reading 1.00 s, loading 2.00 s, encoding 7.00 s,")
    assert progress.summary().endswith("in all 15.00 s")


def test_a_bar_appears_only_after_two_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = Clock()
    with Progress(first="reading", visible=True, clock=clock) as progress:
        clock.now += 1.9
        progress("encoding", 1, 5)
        assert capsys.readouterr().err == ""
        clock.now += 0.2
        progress("encoding", 3, 5)
    captured = capsys.readouterr()
    assert "encoding" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(("visible", "tty"), [(True, False), (False, True)])
def test_no_bar_appears_where_nobody_sees_it(
    visible: bool, tty: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: tty)
    clock = Clock()
    with Progress(first="reading", visible=visible, clock=clock) as progress:
        clock.now += 60
        progress("encoding", 1, 5)
    assert capsys.readouterr().err == ""
