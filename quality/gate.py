"""All measurements against pinned floors: `python -m quality.gate --data DIR`.

floors.toml holds for each set the digest of the data that it was pinned on and, for each number,
the least or the most that it may be. On other data the floors are shown and not applied. A set
that is not there is passed over. Ends with 1 where a number is out of bounds. Nothing here ever
changes a floor.
"""

import argparse
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quality import (
    calibration,
    command,
    cstnews,
    ntrex128,
    refresd,
    seeds,
    sets,
    stories,
    textberg,
)
from quality.command import Bench, Measurement, Table

FLOORS = Path(__file__).with_name("floors.toml")
EXAMPLES = Path(__file__).parents[1] / "examples"


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement: where its data lie, what it reads there and how it is done."""

    data: Path
    files: Sequence[Path]
    measure: Callable[[Bench], Measurement]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number beside its floor."""

    part: str
    name: str
    value: float
    floor: str
    said: str

    @property
    def fails(self) -> bool:
        """Tell whether the gate stays shut."""
        return self.said == "OUT OF BOUNDS"


def parts(data: Path, examples: Path, seeds_in: Path, *, documents: int) -> dict[str, Part]:
    """Return the measurements by name; `documents` of ntrex128 are read."""
    ntrex = ntrex128.file(data)
    return {
        "cstnews": Part(data, cstnews.files(data), cstnews.measure),
        "textberg": Part(data, [textberg.file(data)], textberg.measure),
        "ntrex128": Part(data, [ntrex], lambda b: ntrex128.measure(b, most=documents)),
        "refresd": Part(data, [refresd.file(data)], refresd.measure),
        "calibration": Part(
            data, [*cstnews.files(data), ntrex], lambda b: calibration.measure(b, most=documents)
        ),
        "stories": Part(examples, stories.files(examples), stories.measure),
        "seeds": Part(seeds_in, seeds.files(seeds_in), seeds.measure),
    }


def judge(
    name: str, measured: Measurement, digest: str, floors: Mapping[str, Any]
) -> Iterator[Verdict]:
    """Hold each number of a measurement against its floor."""
    own = floors.get(name, {})
    least, most = own.get("least", {}), own.get("most", {})
    for key, value in measured.values.items():
        signs = ((">=", least.get(key)), ("<=", most.get(key)))
        bounds = [f"{sign} {bound}" for sign, bound in signs if bound is not None]
        inside = least.get(key, value) <= value <= most.get(key, value)
        if not bounds:
            said = f"no floor ({digest})"
        elif own.get("data") != digest:
            said = f"other data ({digest})"
        else:
            said = "ok" if inside else "OUT OF BOUNDS"
        yield Verdict(name, key, value, " ".join(bounds), said)


def run(wanted: Mapping[str, Part], bench: Bench, floors: Mapping[str, Any]) -> list[Verdict]:
    """Measure and judge everything that is there."""
    verdicts: list[Verdict] = []
    for name, part in wanted.items():
        if not part.files or not all(path.is_file() for path in part.files):
            print(f"{name}: not there, passed over")
            continue
        start = time.monotonic()
        measured = part.measure(replace(bench, data=part.data))
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
        verdicts += judge(name, measured, sets.digest(*part.files), floors)
    return verdicts


def options_of(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = command.parser(__doc__ or "")
    parser.add_argument("--examples", type=Path, default=EXAMPLES, help="folder of golden stories")
    parser.add_argument(
        "--seeds", type=Path, help="folder that holds the folder `seeds` (default: beside DIR)"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the numbers beside their floors and return the exit code."""
    options = options_of(arguments)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        options.cache = options.cache or Path(folder)
        wanted = parts(
            options.data,
            options.examples,
            options.seeds or options.data.resolve().parent,
            documents=floors["documents"],
        )
        verdicts = run(wanted, command.bench_of(options), floors)
    rows = [(v.part, v.name, v.value, v.floor, v.said) for v in verdicts]
    print()
    command.print_table(Table(("set", "number", "value", "floor", ""), rows))
    return int(any(verdict.fails for verdict in verdicts))


if __name__ == "__main__":
    raise SystemExit(main())
