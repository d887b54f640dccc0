"""Fit the probe that tells statement, commentary, boilerplate and credit apart.

`python -m training.probes` reads training/data/passages*.tsv, prints how well the probe does on
the held-out file and on each language left out of training, and writes
src/retold/probes/<start of the encoder's digest>.npz. The same data gives the same file.
"""

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retold.encoders import Encoder
from retold.encoders.e5 import E5Encoder
from retold.probes import KINDS, sentence_vectors
from retold.probes.probe import FOLDER

DATA = Path(__file__).parent / "data"
TRAINING = ("passages.tsv", "passages_more.tsv")
HELD_OUT = "passages_heldout.tsv"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Labelled passages: their languages, their kinds as columns of KINDS, their vectors."""

    langs: NDArray[np.str_]
    kinds: NDArray[np.int64]
    vectors: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A multinomial logistic regression: (features, kinds) and (kinds,)."""

    weights: Floats
    bias: Floats

    def logits(self, vectors: Floats) -> Floats:
        """Give unnormalised log-probabilities, (n, kinds)."""
        return vectors @ self.weights + self.bias


def read_rows(path: Path, encoder: Encoder) -> Rows:
    """Read lang, kind and text from a tab-separated file and encode the texts."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    parts = [line.split("\t") for line in lines if line]
    return Rows(
        langs=np.array([lang for lang, _, _ in parts]),
        kinds=np.array([KINDS.index(kind) for _, kind, _ in parts]),
        vectors=sentence_vectors(encoder.encode([text for _, _, text in parts])).astype(np.float64),
    )


def joined(many: list[Rows]) -> Rows:
    """Put several files' rows one after another."""
    return Rows(
        langs=np.concatenate([rows.langs for rows in many]),
        kinds=np.concatenate([rows.kinds for rows in many]),
        vectors=np.concatenate([rows.vectors for rows in many]),
    )


def fit(vectors: Floats, kinds: NDArray[np.int64], *, penalty: float, steps: int = 300) -> Fit:
    """Fit by Newton steps with Böhning's bound of the curvature, which never overshoots.

    Features are scaled to unit variance; `penalty` is that of the squared weights, per row.
    Source: Böhning (1992), Multinomial logistic regression algorithm.
    """
    mean, scale = vectors.mean(0), vectors.std(0) + 1e-6
    x = np.hstack([(vectors - mean) / scale, np.ones((len(vectors), 1))])
    ridge = np.full(x.shape[1], penalty * len(x))
    ridge[-1] = 1e-3
    curvature = 0.5 * (x.T @ x) + np.diag(ridge)
    inverse = np.linalg.inv(curvature)
    target = np.eye(len(KINDS))[kinds]
    w = np.zeros((x.shape[1], len(KINDS)))
    for _ in range(steps):
        w -= inverse @ (x.T @ (softmax(x @ w) - target) + ridge[:, None] * w)
    weights = w[:-1] / scale[:, None]
    return Fit(weights, w[-1] - mean @ weights)


def softmax(logits: Floats) -> Floats:
    """Turn each row of logits into probabilities."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def left_out_logits(rows: Rows, *, penalty: float) -> Floats:
    """Give each language's logits from a probe that has not seen that language."""
    logits = np.zeros((len(rows.kinds), len(KINDS)))
    for lang in np.unique(rows.langs):
        out = rows.langs == lang
        logits[out] = fit(rows.vectors[~out], rows.kinds[~out], penalty=penalty).logits(
            rows.vectors[out]
        )
    return logits


def temperature(logits: Floats, kinds: NDArray[np.int64]) -> float:
    """Find the divisor of the logits under which the right kinds are likeliest."""
    tried = np.geomspace(0.3, 5, 60)
    rows = np.arange(len(kinds))
    losses = [-np.log(softmax(logits / t)[rows, kinds] + 1e-12).mean() for t in tried]
    return float(tried[int(np.argmin(losses))])


def report(name: str, rows: Rows, probabilities: Floats) -> None:
    """Print the accuracy by language and by kind, and how far off the probabilities are."""
    said = probabilities.argmax(1)
    right = said == rows.kinds
    print(f"\n{name}: {len(right)} passages, accuracy {right.mean():.3f}")
    for lang in np.unique(rows.langs):
        here = rows.langs == lang
        content = here & (rows.kinds < 2)
        shares = "  ".join(
            f"{kind} {right[here & (rows.kinds == k)].mean():.2f}" for k, kind in enumerate(KINDS)
        )
        print(f"  {lang:4} {right[here].mean():.3f}  ({content.sum()} content)  {shares}")
    for k, kind in enumerate(KINDS):
        hits = (right & (said == k)).sum()
        print(f"  {kind:12} precision {hits / max(1, (said == k).sum()):.3f}", end="  ")
        print(f"recall {hits / max(1, (rows.kinds == k).sum()):.3f}")
    print(f"  expected calibration error {calibration_error(probabilities.max(1), right):.3f}")


def calibration_error(
    sure: Floats, right: NDArray[np.bool_], *, bins: int = 10
) -> float:
    """Average the distance of confidence and accuracy over bins of equal mass."""
    parts = np.array_split(np.argsort(sure), bins)
    return float(sum(len(p) * abs(sure[p].mean() - right[p].mean()) for p in parts) / len(sure))


def write(path: Path, fitted: Fit, *, heat: float, encoder: Encoder, data: str) -> None:
    """Store the probe with the digests of the encoder's weights and of the training data."""
    np.savez(
        path,
        weights=(fitted.weights / heat).astype(np.float32),
        bias=(fitted.bias / heat).astype(np.float32),
        encoder=np.array(encoder.digest),
        data=np.array(data),
    )


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--penalty", type=float, default=0.1)
    parser.add_argument("--dry-run", action="store_true", help="report only")
    options = parser.parse_args()
    encoder: Encoder = E5Encoder()
    files = [DATA / name for name in TRAINING if (DATA / name).is_file()]
    rows = joined([read_rows(path, encoder) for path in files])
    logits = left_out_logits(rows, penalty=options.penalty)
    heat = temperature(logits, rows.kinds)
    report("each language left out in turn", rows, softmax(logits / heat))
    fitted = fit(rows.vectors, rows.kinds, penalty=options.penalty)
    held_out = read_rows(DATA / HELD_OUT, encoder)
    report("held out", held_out, softmax(fitted.logits(held_out.vectors) / heat))
    print(f"\ntemperature {heat:.2f}")
    if not options.dry_run:
        data = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
        path = FOLDER / f"{encoder.digest[:16]}.npz"
        write(path, fitted, heat=heat, encoder=encoder, data=data)
        print(f"{path.name} {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
