"""Remember encodings, within a run and from one run to the next."""

import hashlib
import sqlite3
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np

from retold.encoders import Encoder, Encoding, Progress

REMEMBERED_BYTES = 256 * 1024 * 1024
"""What is kept within a run: some 4,000 sentences. What was used longest ago goes first."""
FILE = "encodings.sqlite"
FORMAT = 1
"""Part of the table's name: raise it when what a row holds changes."""
SAVED_AT_ONCE = 512
"""Texts encoded between two writes, so that little is lost when a run is stopped."""
PATIENCE = 30.0
"""Seconds to wait while another process writes."""

Known = dict[bytes, Encoding]


class CachedEncoder:
    """Encode each text once; threads may share it, and processes may share its directory.

    A text is known by the digest of the weights, the layers and the text itself, so nothing is
    ever out of date. A cache that cannot be read or written costs time, never a result. The file
    grows with every new text (60 kB a sentence) and may be deleted at any time.
    """

    def __init__(
        self,
        encoder: Encoder,
        directory: Path | None = None,
        *,
        remembered_bytes: int = REMEMBERED_BYTES,
    ) -> None:
        """Wrap an encoder; `directory` holds the file, and is made when it is not there."""
        self._encoder = encoder
        self._memory = _Memory(remembered_bytes)
        self._disk = None if directory is None else _Disk(directory / FILE, encoder)

    @property
    def name(self) -> str:
        """Name the model."""
        return self._encoder.name

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the weights in hexadecimal digits."""
        return self._encoder.digest

    @property
    def dim(self) -> int:
        """Give the length of a vector."""
        return self._encoder.dim

    @property
    def layers(self) -> tuple[int, ...]:
        """Name the layers kept for each token, counted from 1."""
        return self._encoder.layers

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        """Encode texts, in the order given; equal texts share one Encoding."""
        keys = [self._key(text) for text in texts]
        found = self._memory.get(keys)
        if self._disk:
            found |= self._disk.get(key for key in dict.fromkeys(keys) if key not in found)
        missing = {k: text for k, text in zip(keys, texts, strict=True) if k not in found}
        known = len(texts) - len(missing)
        for part in _parts(missing, SAVED_AT_ONCE):
            found |= self._encoded(part, _shifted(progress, known, len(texts)))
            known += len(part)
        if progress and not missing:
            progress(len(texts), len(texts))
        self._memory.put({key: found[key] for key in keys})
        return [found[key] for key in keys]

    def _encoded(self, part: dict[bytes, str], progress: Progress | None) -> Known:
        encodings = self._encoder.encode(list(part.values()), progress=progress)
        new = dict(zip(part, encodings, strict=True))
        if self._disk:
            self._disk.put(new)
        return new

    def _key(self, text: str) -> bytes:
        layers = ",".join(map(str, self.layers))
        about = f"{self.digest}\0{layers}\0{text}"
        return hashlib.sha256(about.encode("utf-8", "surrogatepass")).digest()


def _parts(missing: dict[bytes, str], size: int) -> Iterable[dict[bytes, str]]:
    items = iter(missing.items())
    while part := dict(islice(items, size)):
        yield part


def _shifted(progress: Progress | None, known: int, total: int) -> Progress | None:
    """Count on from what is known already."""
    return progress and (lambda done, _: progress(known + done, total))


class _Memory:
    """Keep encodings up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: OrderedDict[bytes, Encoding] = OrderedDict()
        self._lock = Lock()

    def get(self, keys: Iterable[bytes]) -> Known:
        """Give what is kept of these."""
        with self._lock:
            return {key: self._kept[key] for key in keys if key in self._kept}

    def put(self, encodings: Mapping[bytes, Encoding]) -> None:
        """Keep these as the ones used last."""
        with self._lock:
            for key, encoding in encodings.items():
                if key not in self._kept:
                    self._used += _bytes(encoding)
                self._kept[key] = encoding
                self._kept.move_to_end(key)
            while self._used > self._limit:
                self._used -= _bytes(self._kept.popitem(last=False)[1])


def _bytes(encoding: Encoding) -> int:
    parts = (encoding.pooled, encoding.tokens, encoding.offsets, encoding.information)
    return sum(part.nbytes for part in parts)


class _Disk:
    """Keep encodings in one SQLite file, opened for each use."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._path = path
        self._dim = encoder.dim
        self._layers = len(encoder.layers)

    def get(self, keys: Iterable[bytes]) -> Known:
        """Give what the file has of these; a damaged row counts as absent."""
        known: Known = {}
        wanted = list(keys)

        def read(base: sqlite3.Connection) -> None:
            for key in wanted:
                query = f"SELECT body FROM encodings_{FORMAT} WHERE key = ?"
                row = base.execute(query, (key,)).fetchone()
                encoding = unpacked(row[0], self._dim, self._layers) if row else None
                if encoding:
                    known[key] = encoding

        if wanted and self._path.exists():
            self._use(read)
        return known

    def put(self, encodings: Mapping[bytes, Encoding]) -> None:
        """Write these in one transaction: all of them or none."""
        rows = [(key, packed(encoding)) for key, encoding in encodings.items()]

        def write(base: sqlite3.Connection) -> None:
            with base:
                base.executemany(f"INSERT OR REPLACE INTO encodings_{FORMAT} VALUES (?, ?)", rows)

        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        self._use(write)

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do something with the file; start a new one when it is damaged, give up when busy."""
        for _ in range(2):
            try:
                with closing(self._open()) as base:
                    return work(base)
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                self._remove()
        return None

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=PATIENCE)
        try:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute(
                f"CREATE TABLE IF NOT EXISTS encodings_{FORMAT} (key BLOB PRIMARY KEY, body BLOB)"
            )
        except BaseException:
            base.close()
            raise
        return base

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


def packed(encoding: Encoding) -> bytes:
    """Write an encoding as bytes: a checksum, then its arrays one after the other."""
    parts = (
        encoding.pooled.astype("<f4").tobytes(),
        encoding.tokens.astype("<f2").tobytes(),
        encoding.offsets.astype("<i4").tobytes(),
        encoding.information.astype("<f4").tobytes(),
    )
    body = b"".join(parts)
    return zlib.crc32(body).to_bytes(4, "little") + body


def unpacked(stored: object, dim: int, layers: int) -> Encoding | None:
    """Read what `packed` wrote; None when it is damaged."""
    per_token = 2 * layers * dim + 8 + 4
    if not isinstance(stored, bytes) or len(stored) < 4 + 4 * dim:
        return None
    body = stored[4:]
    count, rest = divmod(len(body) - 4 * dim, per_token)
    if rest or zlib.crc32(body) != int.from_bytes(stored[:4], "little"):
        return None
    tokens = 4 * dim
    offsets = tokens + 2 * layers * dim * count
    information = offsets + 8 * count
    return Encoding(
        pooled=np.frombuffer(body, "<f4", dim),
        tokens=np.frombuffer(body, "<f2", count * layers * dim, tokens).reshape(-1, layers, dim),
        offsets=np.frombuffer(body, "<i4", 2 * count, offsets).reshape(-1, 2),
        information=np.frombuffer(body, "<f4", count, information),
    )


__all__ = ["CachedEncoder"]
