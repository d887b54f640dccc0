"""Reading the tab-separated tables of language data."""

from functools import cache
from importlib.resources import files

EVERY_LANGUAGE = "*"
"""In the column `lang`: the row holds for all languages."""


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Read `<table>.tsv`: a header line, then one row a line; lines that start with # are notes."""
    content = files(__package__).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    lines = [line for line in content.split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def words(table: str, lang: str) -> frozenset[str]:
    """Return the words (space-separated in column `words`) for a language and for every one."""
    found: set[str] = set()
    for row in rows(table):
        if row["lang"] in (lang, EVERY_LANGUAGE):
            found.update(row["words"].split())
    return frozenset(found)
