"""All settings, a frozen part for each stage."""

import msgspec


class ReadingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How articles are read."""

    max_chars: int = 200_000
    """Longer articles are left out with a problem, never cut."""
    max_articles: int = 60
    """More articles are left out with a problem, the latest first."""
    max_bytes: int = 50_000_000
    """Larger files are left out unread; a page's main text is a hundredth of its bytes."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting of a comparison."""

    reading: ReadingSettings = ReadingSettings()
