"""Whether probabilities can be believed: `python -m quality.calibration --data DIR`.

The curve of links is fitted on one set, cstnews or ntrex128, and measured on the other, both ways,
by Platt scaling (Platt, 1999) of the emitted log-odds of all pairs scored .05 or more; what is
measured are the scores that compare() gives with the settings that result. The score of a gap has
nothing fitted: it is what is missing to 1 in the score of the closest pair before that curve.
Errors are over ten bins of equal mass: ece_links over emitted links, ece_gaps over certain gaps;
brier_skill is over all pairs scored .05 or more, links included. A gap is right when the gold has
no link between that sentence and the other report; in cstnews sentences that carry only another
relation are left out. The values are the worse of the two ways.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from quality import command, cstnews, metrics, ntrex128
from quality.command import Bench, Measurement, Table
from quality.reports import Report, SentencePairs, sentence_gaps
from retold.comparison import Comparison
from retold.settings import Calibration, Settings

CANDIDATE = 0.05
"""Scores from which pairs are judged."""
NEAREST = 1e-4
"""How near to 0 and 1 scores are printed: four digits."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What was said with a probability, and whether it was right: arrays of one length."""

    score: Floats
    right: Flags
    chosen: Flags
    """Emitted links, or certain gaps."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """All that was said about a set."""

    links: Said
    """Pairs of sentences scored CANDIDATE or more."""
    gaps: Said


@dataclass(frozen=True, slots=True)
class Line:
    """A line in log-odds: from those that were emitted to calibrated ones."""

    slope: float = 1.0
    intercept: float = 0.0


def on_cstnews(bench: Bench) -> Judged:
    """Judge what is said about Brazilian reports, two at a time."""
    links, gaps = [], []
    for x in cstnews.compared(bench):
        links.append(_of_pairs(x.pairs, x.gold.same, x.gold.judged))
        for a, b, same, other in (
            (x.a, x.b, x.gold.same, x.gold.other),
            (x.b, x.a, x.gold.same.T, x.gold.other.T),
        ):
            told = _rows_with(same)
            gaps.append(_of_gaps(x.comparison, a, b, ~told, told | ~_rows_with(other)))
    return Judged(_joined(links), _joined(gaps))


def on_ntrex128(bench: Bench, *, most: int | None = None) -> Judged:
    """Judge what is said about shuffled translations into the languages called known."""
    links, gaps = [], []
    for x in ntrex128.judged(bench, most=most):
        if not ntrex128.knows(x.column):
            continue
        links.append(_of_pairs(x.pairs, x.same, np.ones_like(x.same)))
        for a, b, same in ((x.english, x.other, x.same), (x.other, x.english, x.same.T)):
            told = _rows_with(same)
            gaps.append(_of_gaps(x.comparison, a, b, ~told, np.ones_like(told)))
    return Judged(_joined(links), _joined(gaps))


def _rows_with(pairs: Flags) -> Flags:
    """Return which sentences have a pair."""
    return np.array([row.any() for row in pairs], bool)


def _of_pairs(pairs: SentencePairs, same: Flags, judged: Flags) -> Said:
    kept = judged & (pairs.score >= CANDIDATE)
    return Said(pairs.score[kept], same[kept], pairs.linked[kept])


def _of_gaps(comparison: Comparison, a: Report, b: Report, alone: Flags, judged: Flags) -> Said:
    """Judge the gaps of the sentences of `a`: which are told by it alone, which are judged."""
    gaps = [gap for gap in sentence_gaps(comparison, a, b) if judged[gap.sentence]]
    return Said(
        np.array([gap.score for gap in gaps], float),
        np.array([alone[gap.sentence] for gap in gaps], bool),
        np.array([gap.certain for gap in gaps], bool),
    )


def _joined(parts: Sequence[Said]) -> Said:
    return Said(
        np.concatenate([np.zeros(0), *(part.score for part in parts)]),
        np.concatenate([np.zeros(0, bool), *(part.right for part in parts)]),
        np.concatenate([np.zeros(0, bool), *(part.chosen for part in parts)]),
    )


def platt(said: Said) -> Line:
    """Fit the line in log-odds under which what was right is likeliest.

    With Platt's targets, a little short of 0 and 1, so that a set where all is plain still has a
    finite answer; by Newton's steps, halved as long as they lead uphill.
    """
    p = np.clip(said.score, NEAREST, 1 - NEAREST)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)])
    positive, negative = said.right.sum(), (~said.right).sum()
    target = np.where(said.right, (positive + 1) / (positive + 2), 1 / (negative + 2))
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        q = _sigmoid(weights @ x)
        bend = (x * q * (1 - q)) @ x.T + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, x @ (target - q))
        while _loss(weights + step, x, target) > _loss(weights, x, target) and step.any():
            step = np.where(np.abs(step) > 1e-6, step / 2, 0.0)
        weights = weights + step
    return Line(float(weights[0]), float(weights[1]))


def _sigmoid(odds: Floats) -> Floats:
    return np.exp(-np.logaddexp(0, -odds))


def _loss(weights: Floats, x: Floats, target: Floats) -> float:
    odds = weights @ x
    return float(np.sum(np.logaddexp(0, odds) - target * odds))


def with_link_line(settings: Settings, line: Line) -> Settings:
    """Return settings under which the log-odds of links go through one more line."""
    before = settings.alignment.calibration
    calibration = Calibration(
        slope=line.slope * before.slope, intercept=line.slope * before.intercept + line.intercept
    )
    alignment = msgspec.structs.replace(settings.alignment, calibration=calibration)
    return msgspec.structs.replace(settings, alignment=alignment)


def scores(said: Judged) -> dict[str, float]:
    """Return the values of one way."""
    links, gaps = said.links, said.gaps
    certain = gaps.right[gaps.chosen]
    return {
        "ece_links": metrics.expected_calibration_error(
            links.score[links.chosen], links.right[links.chosen]
        ),
        "ece_gaps": metrics.expected_calibration_error(gaps.score[gaps.chosen], certain),
        "brier_skill": metrics.brier_skill(links.score, links.right),
        "certain_gap_precision": float(certain.mean()) if len(certain) else 0.0,
    }


def measure(bench: Bench, *, most: int | None = None) -> Measurement:
    """Measure the shipped curves, and each way the curves fitted on the other set."""
    judges: dict[str, Callable[[Bench], Judged]] = {
        "cstnews": on_cstnews,
        "ntrex128": lambda own: on_ntrex128(own, most=most),
    }
    ways, fitted = {}, {"shipped": bench.settings}
    for name, judge in judges.items():
        ways["shipped", name] = judge(bench)
        fitted[name] = with_link_line(bench.settings, platt(ways["shipped", name].links))
    for on, name in ((on, name) for on in fitted for name in judges):
        if name not in on and on != "shipped":
            ways[on, name] = judges[name](replace(bench, settings=fitted[on]))
    crossed = [scores(said) for (on, _), said in ways.items() if on in judges]
    return Measurement(
        values={
            "ece_links": max(one["ece_links"] for one in crossed),
            "ece_gaps": max(one["ece_gaps"] for one in crossed),
            "brier_skill": min(one["brier_skill"] for one in crossed),
            "certain_gap_precision": min(one["certain_gap_precision"] for one in crossed),
        },
        tables=[
            _way_table(ways),
            _curve_table(fitted),
            *(_bin_table(f"{on} -> {name}", said) for (on, name), said in ways.items()),
        ],
    )


def _way_table(ways: dict[tuple[str, str], Judged]) -> Table:
    rows = []
    for (on, name), said in ways.items():
        links, gaps = said.links, said.gaps
        rows.append(
            (on, name, *scores(said).values(), len(links.score), int(links.chosen.sum()),
             len(gaps.score), int(gaps.chosen.sum()), _mean(gaps.right))
        )  # fmt: skip
    header = ("fitted on", "measured on", "ece links", "ece gaps", "brier skill", "certain P")
    return Table((*header, "candidates", "links", "gaps", "certain", "all gaps P"), rows)


def _mean(flags: Flags) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _curve_table(fitted: dict[str, Settings]) -> Table:
    """Show the lines that were fitted."""
    lines = {name: settings.alignment.calibration for name, settings in fitted.items()}
    rows = [(name, line.slope, line.intercept) for name, line in lines.items()]
    return Table(("curve fitted on", "slope", "intercept"), rows)


def _bin_table(name: str, said: Judged) -> Table:
    """Show what was said and what was so, bin by bin."""
    rows = []
    for kind, part in (("links", said.links), ("gaps", said.gaps)):
        chosen = metrics.reliability(part.score[part.chosen], part.right[part.chosen])
        rows += [(f"{name} {kind}", *bin_) for bin_ in chosen]
    return Table(("emitted links, certain gaps", "said", "so", "size"), rows)


def main() -> None:
    """Measure and print."""
    parser = command.parser(__doc__ or "")
    parser.add_argument(
        "--documents", type=int, metavar="N", help="only the first N documents of ntrex128"
    )
    options = parser.parse_args()
    command.show(measure(command.bench_of(options), most=options.documents))


if __name__ == "__main__":
    main()
