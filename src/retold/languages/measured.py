"""Which languages are known to work, by measurement."""

from functools import cache

import msgspec

from retold.languages import tables
from retold.languages.names import primary


class MeasuredLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """A language that was measured: F1 of its links against English, and whether that is enough.

    `f1` is None where nothing was measured yet.
    """

    lang: str
    name: str
    f1: float | None
    known: bool


@cache
def measured() -> tuple[MeasuredLanguage, ...]:
    """Return the measured languages in the order of the table measured.tsv."""
    return tuple(
        MeasuredLanguage(
            lang=row["lang"],
            name=row["name"],
            f1=float(row["f1"]) if row["f1"] else None,
            known=row["known"] == "yes",
        )
        for row in tables.rows("measured")
    )


def is_known(tag: str) -> bool:
    """Tell whether a language, whatever its region, was measured and found to work."""
    return any(entry.known for entry in measured() if primary(entry.lang) == primary(tag))
