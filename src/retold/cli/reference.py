"""The reference of the commands, docs/cli.md, from the commands themselves.

Written by `python -m retold.cli.reference > docs/cli.md`; a test compares the two.
"""

import inspect
from collections.abc import Iterator

import click

from retold import errors
from retold.cli import cli
from retold.cli.output import write_stdout

_EXIT_CODES = (
    (errors.EXIT_DONE, "done"),
    (errors.EXIT_FINDINGS, "findings (a command that checks; none does yet)"),
    (errors.EXIT_USAGE, "wrong use: options, settings, weights; an input with `--strict`"),
    (errors.EXIT_LEFT_OUT, "done, but some inputs were left out"),
    (errors.EXIT_NOTHING_COMPARABLE, "nothing comparable: fewer than two articles are left"),
    (errors.EXIT_INTERRUPTED, "interrupted with Ctrl-C; no file is left half written"),
)

_OPENING = """\
# The command line

Written by `python -m retold.cli.reference > docs/cli.md`.

The result goes to standard output, or to the file of `-o`, and nothing else does. Problems, one
line each, and progress go to standard error; a progress bar appears after two seconds, in a
terminal only. A file of `-o` is written beside its place and moved there when it is whole.
"""


def reference() -> str:
    """Write the reference of every command and option as Markdown."""
    context = click.Context(cli, info_name="retold", **cli.context_settings)
    parts = [_OPENING, *_exit_codes(), *_command(cli, context)]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        parts += _command(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(parts)


def _exit_codes() -> Iterator[str]:
    yield "| exit code | meaning |\n|---|---|"
    yield from (f"| {code} | {meaning} |" for code, meaning in _EXIT_CODES)
    yield ""


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}\n"
    yield f"    {context.command_path} {' '.join(command.collect_usage_pieces(context))}\n"
    yield _prose(command.help or "")
    options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    yield "| option | meaning |\n|---|---|"
    yield from (_option(option, context) for option in options)
    yield ""


def _prose(text: str) -> str:
    """Turn click's marks for lines that stay apart into Markdown's."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return (
        "\n\n".join(
            "\n".join(f"    {line}" for line in paragraph.split("\n")[1:])
            if paragraph.startswith("\b")
            else paragraph
            for paragraph in paragraphs
        )
        + "\n"
    )


def _option(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    assert record is not None
    names, meaning = (" ".join(part.split()) for part in record)
    return f"| `{names.replace('|', ', ')}` | {meaning} |"


if __name__ == "__main__":
    write_stdout(reference())
