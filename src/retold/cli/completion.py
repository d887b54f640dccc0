"""`retold completion`: completion of commands and options in the shell."""

import click
from click.shell_completion import get_completion_class

from retold.cli.output import write_stdout

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print the script that completes retold's commands in a SHELL.

    \b
    bash: echo 'eval "$(retold completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(retold completion zsh)"' >> ~/.zshrc
    fish: retold completion fish > ~/.config/fish/completions/retold.fish
    """  # noqa: D301 - \b is click's mark for lines that are not to be joined
    kind = get_completion_class(shell)
    assert kind is not None
    root = context.find_root()
    write_stdout(kind(root.command, {}, "retold", "_RETOLD_COMPLETE").source() + "\n")
