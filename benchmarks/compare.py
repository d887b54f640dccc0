"""Measure what a comparison costs: time by stage, memory, and the size of the page.

    python -m benchmarks.compare [--sizes 2,5,20,60,2x2000]

A size is a number of reports of thirty sentences, or REPORTSxSENTENCES. Each size runs in a
process of its own. Time is told as a ratio to encoding each body sentence once, by itself, with
the same encoder, in turn; of each the quickest of some rounds counts. The ratio of processor
time is told beside it: other load on the machine does not meet it, nor do idle cores.
Ends with exit code 1 where a bound of BOUNDS is not kept.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock

from benchmarks.generated import reports
from quality.command import Measurement, Table, show
from retold.alignment import align
from retold.comparison import Comparison
from retold.encoders import Encoding, Progress
from retold.encoders.e5 import E5Encoder
from retold.pipeline import compare

SENTENCES = 30
SIZES = "2,5,20,60,2x2000"
BOUNDS = {"ratio": 1.6, "peak_mib": 2048.0, "page_mb": 5.0}
ROUNDS = 3
FEW_ROUNDS, FROM_SENTENCES = 2, 400
HEADER = (
    *("reports", "sentences", "once, s", "compare, s", "ratio", "encode", "align", "rest"),
    *("processor", "peak MiB", "page MB", "page, s"),
)


class Stopwatch:
    """Add up the seconds spent in functions."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function, its time counted under the name."""

        def timed(*arguments: Any, **options: Any) -> Any:
            start, processor = time.perf_counter(), time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                self._add(self.seconds, name, time.perf_counter() - start)
                self._add(self.processor, name, time.process_time() - processor)

        return timed

    @staticmethod
    def _add(spent: dict[str, float], name: str, more: float) -> None:
        spent[name] = spent.get(name, 0.0) + more


class TimedEncoder:
    """An encoder whose time is counted."""

    def __init__(self, encoder: E5Encoder, watch: Stopwatch) -> None:
        """Wrap an encoder."""
        self.name, self.digest = encoder.name, encoder.digest
        self.dim, self.layers = encoder.dim, encoder.layers
        self._encode = watch.around("encode", encoder.encode)

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        """Encode texts."""
        encodings: list[Encoding] = self._encode(texts, progress=progress)
        return encodings


def measure(count: int, sentences: int) -> dict[str, float]:
    """Compare invented reports some times; the quickest run counts."""
    articles = reports(count, sentences)
    encoder = E5Encoder()
    encoder.encode(["Warm up.", "Twice."])
    runs: list[Stopwatch] = []
    for _ in range(FEW_ROUNDS if count * sentences >= FROM_SENTENCES else ROUNDS):
        watch = Stopwatch()
        timed = watch.around("compare", compare)
        with mock.patch("retold.pipeline.align", watch.around("align", align)):
            comparison: Comparison = timed(articles, encoder=TimedEncoder(encoder, watch))
        if not runs:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        watch.around("once", encoder.encode)(_body(comparison))
        runs.append(watch)
    seconds = min((run.seconds for run in runs), key=lambda run: run["compare"])
    once = min(run.seconds["once"] for run in runs)
    processor = [min(run.processor[name] for run in runs) for name in ("compare", "once")]
    page, page_seconds = _page(comparison)
    return {
        **seconds,
        "once": once,
        "ratio": seconds["compare"] / once,
        "processor": processor[0] / processor[1],
        "peak_mib": peak,
        "page_mb": page / 1e6,
        "page_s": page_seconds,
    }


def _body(comparison: Comparison) -> list[str]:
    """Give the body sentences, each by itself."""
    return [
        article.text[passage.start : passage.end]
        for article in comparison.articles
        for passage in article.passages
        if passage.role == "body"
    ]


def _page(comparison: Comparison) -> tuple[int, float]:
    """Give the bytes of the page and the seconds that it took."""
    start = time.perf_counter()
    page = comparison.to_html()
    return len(page.encode()), time.perf_counter() - start


def main() -> int:
    """Measure all sizes, print the table and the values."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--sizes", default=SIZES, help=f"default: {SIZES}")
    options.add_argument("--one", metavar="REPORTSxSENTENCES", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        print(json.dumps(measure(*_size(given.one))))
        return 0
    measured = {size: _in_a_process(size) for size in given.sizes.split(",")}
    rows = [_row(size, values) for size, values in measured.items()]
    worst = {name: max(values[name] for values in measured.values()) for name in BOUNDS}
    show(Measurement(values=worst, tables=[Table(header=HEADER, rows=rows)]))
    broken = [name for name, bound in BOUNDS.items() if worst[name] > bound]
    print(*(f"over its bound of {BOUNDS[name]}: {name}" for name in broken), sep="\n", end="")
    return 1 if broken else 0


def _size(text: str) -> tuple[int, int]:
    """Read REPORTSxSENTENCES, or a number of reports."""
    count, _, sentences = text.partition("x")
    return int(count), int(sentences or SENTENCES)


def _in_a_process(size: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.compare", "--one", size]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    values: dict[str, float] = json.loads(done.stdout)
    return values


def _row(size: str, values: dict[str, float]) -> tuple[object, ...]:
    count, sentences = _size(size)
    once, whole = values["once"], values["compare"]
    rest = whole - values["encode"] - values["align"]
    ratios = (values["ratio"], values["encode"] / once, values["align"] / once, rest / once)
    others = (values["processor"], round(values["peak_mib"]), values["page_mb"], values["page_s"])
    return (count, sentences, once, whole, *ratios, *others)


if __name__ == "__main__":
    sys.exit(main())
