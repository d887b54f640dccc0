"""All settings, a frozen part for each stage."""

import msgspec


class ReadingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How articles are read."""

    max_chars: int = 200_000
    """Longer articles are left out with a problem, never cut."""
    max_articles: int = 60


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting of a comparison."""

    reading: ReadingSettings = ReadingSettings()
