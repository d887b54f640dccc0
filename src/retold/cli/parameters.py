"""Values of options, and what they become."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retold.errors import UsageError

if TYPE_CHECKING:
    from retold.encoders import Encoder
    from retold.settings import Settings


class Pair(click.ParamType[tuple[str, str]]):
    """ID=VALUE; the id may hold `=` itself, as addresses do."""

    name = "pair"

    def __init__(self, value_name: str) -> None:
        """Name the value for the help."""
        self._value_name = value_name

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return ID=VALUE as the help shows it."""
        return f"ID={self._value_name}"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Cut at the last `=`."""
        if isinstance(value, tuple):
            return value
        key, _, told = str(value).rpartition("=")
        if not key or not told.strip():
            self.fail(f'"{value}" is not of the form ID={self._value_name}', param, ctx)
        return key, told.strip()


def language_list(value: str | None) -> tuple[str, ...]:
    """Read languages parted by commas; raises UsageError for what is none."""
    from retold.languages import normalise

    tags: list[str] = []
    for name in (value or "").split(","):
        tag = normalise(name) if name.strip() else None
        if name.strip() and tag is None:
            raise UsageError(f'--reader: "{name.strip()}" is no language; write for example de,en')
        if tag and tag not in tags:
            tags.append(tag)
    return tuple(tags)


def settings_from(file: Path | None, *, max_chars: int | None) -> "Settings":
    """Read settings from a TOML file and lay the options over them.

    Raises UsageError for what is no TOML, an unknown setting or a value of the wrong type.
    """
    import msgspec

    from retold.settings import Settings

    try:
        settings = msgspec.convert(_toml(file), Settings) if file else Settings()
    except msgspec.ValidationError as error:
        raise UsageError(f"--settings {file}: {error}") from error
    if max_chars is not None:
        reading = msgspec.structs.replace(settings.reading, max_chars=max_chars)
        settings = msgspec.structs.replace(settings, reading=reading)
    return settings


def _toml(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"--settings {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"--settings {file}: no TOML: {error}") from error


def encoder_from(*, weights: Path | None, cache: Path | None, workers: int | None) -> "Encoder":
    """Load the encoder that the options describe."""
    from retold.encoders.cache import CachedEncoder
    from retold.encoders.e5 import E5Encoder

    if cache is not None and cache.exists() and not cache.is_dir():
        raise UsageError(f"--cache {cache}: this is no folder")
    return CachedEncoder(E5Encoder(weights=weights, workers=workers), cache)


def text_width(width: int | None) -> int:
    """Return the width for text: as told, else the terminal's, else 100 columns."""
    import shutil

    return width or shutil.get_terminal_size(fallback=(100, 24)).columns


def joined(pairs: Sequence[tuple[str, str]], *, option: str) -> dict[str, str]:
    """Turn ID=VALUE pairs into a mapping; raises UsageError where one id has two values."""
    told: dict[str, str] = {}
    for key, value in pairs:
        if told.setdefault(key, value) != value:
            raise UsageError(f'--{option}: "{key}" is given twice, as {told[key]} and {value}')
    return told
