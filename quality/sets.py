"""Read the public sets, laid out as `DIR/<set>/...`."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file; lines end at newline only."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated file without quoting, by its header."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        header = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(header, line.rstrip("\n").split("\t"), strict=True))


def digest(*paths: Path) -> str:
    """Return the first 16 hex digits of the sha256 of files, to name the data of a number."""
    together = hashlib.sha256()
    for path in paths:
        together.update(hashlib.sha256(path.read_bytes()).digest())
    return together.hexdigest()[:16]
