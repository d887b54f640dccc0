"""docs/cli.md is what the commands say of themselves."""

from pathlib import Path

from retold.cli import cli
from retold.cli.reference import reference

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_reference_is_up_to_date() -> None:
    assert DOCS.read_text() == reference(), "run: python -m retold.cli.reference > docs/cli.md"


def test_every_command_and_option_is_in_it() -> None:
    text = reference()
    for name, command in cli.commands.items():
        assert f"## retold {name}\n" in text
        options = [flag for param in command.params for flag in param.opts if flag[0] == "-"]
        assert [flag for flag in options if f"{flag}" not in text] == []


def test_the_exit_codes_are_those_of_the_errors() -> None:
    codes = [line.split("|")[1].strip() for line in reference().splitlines() if line[:3] == "| 1"]
    assert codes == ["1", "130"]
