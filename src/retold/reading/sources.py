"""What was given to be read: files, folders, standard input."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from retold.reading.problems import problem
from retold.records import Problem
from retold.settings import ReadingSettings

STDIN = "-"
TEXT_ENDINGS = (".txt",)
PAGE_ENDINGS = (".html", ".htm", ".xhtml")
LINES_ENDINGS = (".jsonl", ".ndjson")
JSON_ENDINGS = (".json", *LINES_ENDINGS)
_MOST_NAMED = 5
READABLE = (*TEXT_ENDINGS, *PAGE_ENDINGS, *JSON_ENDINGS)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of one input; `ending` is empty where the content has to tell its kind.

    `beside` is the article file that a .json file describes, `in_folder` whether it was found
    rather than named.
    """

    where: str
    name: str
    ending: str
    data: bytes
    sidecar: bytes | None = None
    beside: str | None = None
    in_folder: bool = False


def gather(
    given: Sequence[str | Path], *, stdin: bytes | None, settings: ReadingSettings
) -> Iterator[Source | Problem]:
    """Open every source in the order given, folders by name, and report what cannot be read.

    A .json file that stands beside an article that is given too is its metadata, as in a folder.
    """
    paths = {Path(item) for item in given if str(item) != STDIN}
    for item in given:
        text = str(item)
        if text == STDIN:
            data = sys.stdin.buffer.read(settings.max_bytes + 1) if stdin is None else stdin
            yield _sized(
                Source(where="standard input", name="stdin", ending="", data=data), settings
            )
        elif text.lower().startswith(("http://", "https://")):
            yield _address(text)
        elif Path(item).is_dir():
            yield from _folder(Path(item), settings=settings)
        elif _described_by(Path(item)) not in paths:
            yield _file(Path(item), settings=settings)


def _address(url: str) -> Problem:
    command = f"curl -L -o page.html {shlex.quote(url)}"
    what = f"an address: retold fetches nothing, save the page first: {command}"
    return problem("url", where=url, what=what)


def _folder(folder: Path, *, settings: ReadingSettings) -> Iterator[Source | Problem]:
    try:
        files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        yield problem("unreadable", where=str(folder), what=_reason(error))
        return
    readable = [path for path in files if path.suffix.lower() in READABLE and not path.is_dir()]
    if not readable:
        kinds = ", ".join(READABLE)
        what = f"no file in this folder can be read ({kinds}); folders in it are not looked into"
        yield problem("empty-folder", where=str(folder), what=what)
        return
    others = [path.name for path in files if path not in readable]
    if others:
        names = ", ".join(others[:_MOST_NAMED]) + (" ..." if others[_MOST_NAMED:] else "")
        what = f"{len(others)} of other kinds passed over: {names}"
        yield problem("passed-over", where=str(folder), what=what)
    for path in readable:
        if _described_by(path) is None:
            yield _file(path, settings=settings, in_folder=True)


def _described_by(path: Path) -> Path | None:
    """Return the article file that a .json file stands beside and describes."""
    if path.suffix.lower() != ".json":
        return None
    siblings = (path.with_suffix(ending) for ending in (*TEXT_ENDINGS, *PAGE_ENDINGS))
    return next((sibling for sibling in siblings if sibling.is_file()), None)


def _file(path: Path, *, settings: ReadingSettings, in_folder: bool = False) -> Source | Problem:
    ending = path.suffix.lower()
    try:
        data = _bytes(path, limit=settings.max_bytes + 1)
        sidecar = None if ending in JSON_ENDINGS else _sidecar(path, limit=settings.max_bytes + 1)
    except FileNotFoundError:
        return problem(
            "missing-file", where=str(path), what="there is no such file: check its name"
        )
    except (OSError, ValueError) as error:
        return problem("unreadable", where=str(path), what=_reason(error))
    beside = _described_by(path)
    source = Source(
        where=str(path),
        name=path.stem or path.name,
        ending=ending if ending in READABLE else "",
        data=data,
        sidecar=sidecar,
        beside=beside.name if beside else None,
        in_folder=in_folder,
    )
    return _sized(source, settings)


def _bytes(path: Path, *, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit)


def _sidecar(path: Path, *, limit: int) -> bytes | None:
    sidecar = path.with_suffix(".json")
    return _bytes(sidecar, limit=limit) if sidecar.is_file() else None


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"cannot be read: {reason or type(error).__name__}"


def _sized(source: Source, settings: ReadingSettings) -> Source | Problem:
    if len(source.data) <= settings.max_bytes:
        return source
    what = (
        f"larger than {settings.max_bytes:,} bytes: left out, not cut (setting reading.max_bytes)"
    )
    return problem("too-long", where=source.where, what=what)
