"""Measure what a comparison costs: time by stage, memory, and the size of the page.

    python -m benchmarks.compare [--sizes 2,5,20,60,2x2000]

A size is a number of reports of thirty sentences, or REPORTSxSENTENCES. Each size runs in a
process of its own. Time is told as a ratio to encoding each body sentence once, by itself, with
the same encoder, measured before and after: other load on the machine meets both.
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
ROUNDS_FOR = 400
"""Sentences below which a size is measured three times, and the quickest counts."""
HEADER = (
    *("reports", "sentences", "once, s", "compare, s", "ratio", "encode", "align", "rest"),
    *("peak MiB", "page MB", "page, s"),
)


class Stopwatch:
    """Add up the seconds spent in functions."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seconds: dict[str, float] = {}

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function, its time counted under the name."""

        def timed(*arguments: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                spent = time.perf_counter() - start
                self.seconds[name] = self.seconds.get(name, 0.0) + spent

        return timed


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
    """Compare invented reports once or a few times; the quickest run counts."""
    articles = reports(count, sentences)
    encoder = E5Encoder()
    encoder.encode(["Warm up.", "Twice."])
    runs = []
    for _ in range(3 if count * sentences <= ROUNDS_FOR else 1):
        watch = Stopwatch()
        with mock.patch("retold.pipeline.align", watch.around("align", align)):
            timed = watch.around("compare", compare)
            comparison = timed(articles, encoder=TimedEncoder(encoder, watch))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        runs.append((watch.seconds, _once(comparison, encoder)))
    seconds = min((run for run, _ in runs), key=lambda run: run["compare"])
    once = min(alone for _, alone in runs)
    page, page_seconds = _page(comparison)
    return {
        **seconds,
        "once": once,
        "ratio": seconds["compare"] / once,
        "peak_mib": peak,
        "page_mb": page / 1e6,
        "page_s": page_seconds,
    }


def _once(comparison: Comparison, encoder: E5Encoder) -> float:
    """Give the seconds that encoding each body sentence once takes."""
    texts = [
        article.text[passage.start : passage.end]
        for article in comparison.articles
        for passage in article.passages
        if passage.role == "body"
    ]
    start = time.perf_counter()
    encoder.encode(texts)
    return time.perf_counter() - start


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
    others = (round(values["peak_mib"]), values["page_mb"], values["page_s"])
    return (count, sentences, once, whole, *ratios, *others)


if __name__ == "__main__":
    sys.exit(main())
