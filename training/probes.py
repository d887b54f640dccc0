"""Fit the probe that tells statement, commentary, boilerplate, credit and heading apart.

`python -m training.probes` reads training/data/passages*.tsv, prints how well the probe does on
the held-out file and on each language left out of training, and writes
src/retold/probes/<start of the encoder's digest>.npz. The same data gives the same file.
"""

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoder
from retold.encoders.e5 import E5Encoder
from retold.probes import KINDS, sentence_vectors
from retold.probes.probe import CUES, FOLDER

DATA = Path(__file__).parent / "data"
TRAINING = ("passages.tsv", "passages_more.tsv")
HELD_OUT = "passages_heldout.tsv"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled passage."""

    lang: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Languages, kinds (columns of KINDS), vectors and CUES of passages."""

    langs: NDArray[np.str_]
    kinds: NDArray[np.int64]
    vectors: Floats
    cues: Floats

    def where(self, chosen: NDArray[np.bool_]) -> "Sample":
        """Take some of the passages."""
        return Sample(
            self.langs[chosen], self.kinds[chosen], self.vectors[chosen], self.cues[chosen]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A multinomial logistic regression: (features, kinds) and (kinds,)."""

    weights: Floats
    bias: Floats

    def logits(self, vectors: Floats) -> Floats:
        """Give unnormalised log-probabilities, (n, kinds)."""
        return vectors @ self.weights + self.bias

    def cooled(self, heat: float) -> "Fit":
        """Divide the logits by a temperature."""
        return Fit(self.weights / heat, self.bias / heat)


def read_rows(paths: Sequence[Path]) -> list[Row]:
    """Read lang, kind and text from tab-separated files with a header."""
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()[1:] if line]
    return [Row(*line.split("\t")) for line in lines]


def encode_rows(rows: Sequence[Row], encoder: Encoder) -> Sample:
    """Encode each passage by itself, as passages of an article are."""
    return Sample(
        langs=np.array([row.lang for row in rows]),
        kinds=np.array([KINDS.index(row.kind) for row in rows]),
        vectors=sentence_vectors(encoder.encode([row.text for row in rows])).astype(np.float64),
        cues=np.array([[cue(row.text) for cue in CUES] for row in rows], np.float64),
    )


def fit(sample: Sample, *, penalty: float, steps: int = 150) -> Fit:
    """Fit by Newton steps with Böhning's bound of the curvature, which never overshoots.

    Features are scaled to unit variance; `penalty` is that of the squared weights, per row.
    Source: Böhning (1992), Multinomial logistic regression algorithm.
    """
    mean, scale = sample.vectors.mean(0), sample.vectors.std(0) + 1e-6
    x = np.hstack([(sample.vectors - mean) / scale, np.ones((len(sample.vectors), 1))])
    ridge = np.full(x.shape[1], penalty * len(x))
    ridge[-1] = 1e-3
    inverse = np.linalg.inv(0.5 * (x.T @ x) + np.diag(ridge))
    target = np.eye(len(KINDS))[sample.kinds]
    w = np.zeros((x.shape[1], len(KINDS)))
    for _ in range(steps):
        w -= inverse @ (x.T @ (softmax(x @ w) - target) + ridge[:, None] * w)
    weights = w[:-1] / scale[:, None]
    return Fit(weights, w[-1] - mean @ weights)


def softmax(logits: Floats) -> Floats:
    """Turn each row of logits into probabilities."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def left_out_logits(sample: Sample, *, penalty: float) -> Floats:
    """Give each language's logits from a probe that has not seen that language."""
    logits = np.zeros((len(sample.kinds), len(KINDS)))
    for lang in np.unique(sample.langs):
        out = sample.langs == lang
        logits[out] = fit(sample.where(~out), penalty=penalty).logits(sample.vectors[out])
    return logits


def temperature(logits: Floats, kinds: NDArray[np.int64]) -> float:
    """Find the divisor of the logits under which the right kinds are likeliest."""
    tried = np.geomspace(0.3, 5, 60)
    rows = np.arange(len(kinds))
    losses = [-np.log(softmax(logits / t)[rows, kinds] + 1e-12).mean() for t in tried]
    return float(tried[int(np.argmin(losses))])


def weigh_cues(
    sample: Sample, logits: Floats, *, penalty: float = 0.001, steps: int = 30
) -> Floats:
    """Fit a logistic regression of commentary against statement: constant, log-odds, CUES.

    `logits` must come from probes that have not seen the passages. The penalty, per row, keeps
    cues that never err in the training data from deciding alone.
    """
    content = sample.kinds < 2
    x = _with_cues(sample, logits)[content]
    y = sample.kinds[content]
    w, ridge = np.zeros(x.shape[1]), penalty * len(x)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w -= np.linalg.solve(curvature, x.T @ (p - y) + ridge * w)
    return w


def _with_cues(sample: Sample, logits: Floats) -> Floats:
    return np.column_stack([np.ones(len(logits)), logits[:, 1] - logits[:, 0], sample.cues])


def report(name: str, sample: Sample, probabilities: Floats, odds: Floats) -> None:
    """Print the accuracy by language and by kind, and how far off the probabilities are."""
    said = probabilities.argmax(1)
    right = said == sample.kinds
    content = sample.kinds < 2
    apart = (odds > 0) == (sample.kinds == 1)
    print(f"\n{name}: {len(right)} passages, accuracy {right.mean():.3f},", end=" ")
    print(f"statement against commentary {apart[content].mean():.3f}")
    for lang in np.unique(sample.langs):
        here = sample.langs == lang
        shares = [
            f"{kind} {right[here & (sample.kinds == k)].mean():.2f}"
            for k, kind in enumerate(KINDS)
            if (here & (sample.kinds == k)).any()
        ]
        print(f"  {lang:4} {right[here].mean():.3f} of {here.sum():3}  ", "  ".join(shares))
    for k, kind in enumerate(KINDS):
        hits = (right & (said == k)).sum()
        print(f"  {kind:12} precision {hits / max(1, (said == k).sum()):.3f}", end="  ")
        print(f"recall {hits / max(1, (sample.kinds == k).sum()):.3f}")
    print(f"  expected calibration error {calibration_error(probabilities.max(1), right):.3f}")


def calibration_error(sure: Floats, right: NDArray[np.bool_], *, bins: int = 10) -> float:
    """Average the distance of confidence and accuracy over bins of equal mass."""
    parts = np.array_split(np.argsort(sure, kind="stable"), bins)
    return float(sum(len(p) * abs(sure[p].mean() - right[p].mean()) for p in parts) / len(sure))


def write(
    path: Path, fitted: Fit, commentary: Floats, *, encoder: Encoder, paths: Sequence[Path]
) -> None:
    """Store the probe with the digests of the encoder's weights and of the training data."""
    data = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    np.savez(
        path,
        weights=fitted.weights.astype(np.float32),
        bias=fitted.bias.astype(np.float32),
        commentary=commentary.astype(np.float32),
        encoder=np.array(encoder.digest),
        data=np.array(data),
    )
    print(f"{path.name} {path.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--penalty", type=float, default=0.03)
    parser.add_argument("--dry-run", action="store_true", help="report only")
    options = parser.parse_args()
    encoder: Encoder = E5Encoder()
    paths = [DATA / name for name in TRAINING]
    sample = encode_rows(read_rows(paths), encoder)
    logits = left_out_logits(sample, penalty=options.penalty)
    heat = temperature(logits, sample.kinds)
    logits /= heat
    commentary = weigh_cues(sample, logits)
    report("left out", sample, softmax(logits), _with_cues(sample, logits) @ commentary)
    fitted = fit(sample, penalty=options.penalty).cooled(heat)
    held_out = encode_rows(read_rows([DATA / HELD_OUT]), encoder)
    logits = fitted.logits(held_out.vectors)
    report("held out", held_out, softmax(logits), _with_cues(held_out, logits) @ commentary)
    names = ("constant", "log-odds", *(cue.__name__ for cue in CUES))
    weights = ", ".join(f"{n} {w:.2f}" for n, w in zip(names, commentary, strict=True))
    print(f"\ntemperature {heat:.2f}; commentary: {weights}")
    if not options.dry_run:
        path = FOLDER / f"{encoder.digest[:16]}.npz"
        write(path, fitted, commentary, encoder=encoder, paths=paths)


if __name__ == "__main__":
    main()
