"""What is said on standard error: one line each, nothing that could steer a terminal."""

from collections import Counter
from collections.abc import Iterable

import click

from retold.records import Problem

_SHOWN_OF_A_KIND = 5


def say(text: str) -> None:
    """Write one line to standard error."""
    click.echo(f"retold: {_printable(text)}", err=True)


def say_problems(
    problems: Iterable[Problem], *, verbose: bool = False, quiet: bool = False
) -> None:
    """Write a line for each problem; of many warnings of one kind only the first, unless verbose.

    `quiet` leaves the warnings out. Whatever left an article out is always said.
    """
    counts: Counter[str] = Counter()
    for problem in problems:
        warning = problem.severity == "warning"
        if warning and quiet:
            continue
        counts[problem.code] += 1
        if verbose or not warning or counts[problem.code] <= _SHOWN_OF_A_KIND:
            kind = "warning" if warning else "left out"
            say(f"{kind}: {problem.where}: {problem.what} [{problem.code}]")
            counts[problem.code] -= not warning
    for code, count in counts.items():
        if count > _SHOWN_OF_A_KIND and not verbose:
            say(f"warning: {count - _SHOWN_OF_A_KIND} more like this (-v shows them) [{code}]")


def _printable(text: str) -> str:
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else "\ufffd" for char in line)
