"""`retold explain`: why a row's passages stand together, and why not others."""

import sys
from pathlib import Path

import click

from retold.cli import parameters
from retold.cli.output import write_stdout
from retold.errors import InputError, UsageError

_MADE_BY = "give what `retold compare --format json` wrote"


@click.command("explain", no_args_is_help=True)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("row", type=int)
@click.option(
    "--width",
    type=click.IntRange(40, 200),
    metavar="N",
    help="Columns of text. Default: the terminal's, else 100.",
)
def explain_command(file: Path, row: int, *, width: int | None) -> None:
    """Explain a ROW of a comparison: why these are together, and why not that one.

    FILE is what `retold compare --format json` wrote (- for standard input); ROW is the number
    that stands before a claim.
    """
    from retold.comparison import Comparison
    from retold.render.explain import explain_row

    content = _content(file)
    try:
        comparison = Comparison.from_json(content)
    except InputError as error:
        raise UsageError(f"{file}: {error}; {_MADE_BY}") from error
    write_stdout(explain_row(comparison, row, width=parameters.text_width(width)))


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; {_MADE_BY}") from error
