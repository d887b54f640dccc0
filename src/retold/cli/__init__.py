"""The command line: `retold COMMAND ...`. One file a command; heavy imports wait until it runs."""

import sys
import traceback
from collections.abc import Sequence

import click

from retold import __version__
from retold.cli.compare import compare_command
from retold.cli.completion import completion_command
from retold.cli.doctor import doctor_command
from retold.cli.explain import explain_command
from retold.cli.languages import languages_command
from retold.cli.messages import say
from retold.errors import EXIT_DONE, EXIT_INTERRUPTED, EXIT_USAGE, RetoldError


class Interrupted(RetoldError):  # noqa: N818 - what the user did, no error
    """The user pressed Ctrl-C."""

    exit_code = EXIT_INTERRUPTED


class Commands(click.Group):
    """A group that leaves the last word on Ctrl-C to `run`; click would add an empty line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Interrupted("interrupted") from None


@click.group(
    cls=Commands,
    commands=[
        compare_command,
        explain_command,
        languages_command,
        doctor_command,
        completion_command,
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="retold", message="%(prog)s %(version)s")
def cli() -> None:
    """Lay the reports of one event side by side, claim by claim, in any languages, offline."""


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; whatever goes wrong is said in one line."""
    try:
        code = cli.main(arguments, prog_name="retold", standalone_mode=False)
    except SystemExit:  # how click leaves when the reader of its help is gone
        return EXIT_DONE
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return EXIT_INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "retold"
        say(f"{error.format_message()} (see {command} --help)")
        return EXIT_USAGE
    except click.ClickException as error:
        say(error.format_message())
        return EXIT_USAGE
    except RetoldError as error:
        for line in str(error).splitlines():
            say(line)
        return error.exit_code
    except Exception:  # a fault of ours must not look like exit code 1, findings
        traceback.print_exc()
        say("this is a fault of retold, please report it with the lines above")
        return EXIT_USAGE
    return code if isinstance(code, int) else EXIT_DONE
