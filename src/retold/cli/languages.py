"""`retold languages`: which languages are known to work, by measurement."""

import click

from retold.cli.output import write_stdout


@click.command("languages")
def languages_command() -> None:
    """List the languages that were measured, and how well they do.

    F1 is that of the links between a language and English. Other languages are compared too,
    with a warning.
    """
    write_stdout(language_table())


def language_table() -> str:
    """Write the measured languages as a table: tag, name, F1 and whether that is enough."""
    from retold.languages import measured

    lines = [f"{'tag':<8} {'language':<24} {'F1':>5}  known to work"]
    for entry in measured():
        f1 = "-" if entry.f1 is None else f"{entry.f1:.3f}"
        known = "yes" if entry.known else "no"
        lines.append(f"{entry.lang:<8} {entry.name:<24} {f1:>5}  {known}")
    return "\n".join(lines) + "\n"
