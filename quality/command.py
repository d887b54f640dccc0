"""What every measurement shares: its options, its way to compare, and how it prints."""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from retold.cli.parameters import encoder_from, settings_from
from retold.comparison import Comparison
from retold.encoders import Encoder
from retold.pipeline import compare
from retold.records import Article, Reading
from retold.settings import Settings


@dataclass(frozen=True, slots=True)
class Bench:
    """What a measurement works with: the data, the encoder and the settings to measure."""

    data: Path
    encoder: Encoder
    settings: Settings = field(default_factory=Settings)
    errors: int = 0
    """How many errors of each sort to print."""

    def listing_all(self) -> "Bench":
        """Return the same with every scored pair listed, for rankings.

        The setting that is changed says from which score a pair is listed as a candidate; it
        changes no score and no link.
        """
        synopsis = msgspec.structs.replace(self.settings.synopsis, candidate=0.0)
        settings = msgspec.structs.replace(self.settings, synopsis=synopsis)
        return replace(self, settings=settings)

    def compare(self, articles: Iterable[Article] | Reading) -> Comparison:
        """Compare as the program does."""
        return compare(articles, settings=self.settings, encoder=self.encoder)


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print; fractions with three decimals."""

    header: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a command measured: tables, errors to look at, and the values that count."""

    values: Mapping[str, float | int]
    tables: Sequence[Table] = ()
    errors: Sequence[str] = ()


def parser(doc: str) -> argparse.ArgumentParser:
    """Return the options that every measurement has."""
    options = argparse.ArgumentParser(description=doc.split("\n")[0])
    options.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    options.add_argument("--cache", type=Path, help="folder that keeps encodings between runs")
    options.add_argument("--settings", type=Path, help="TOML file with settings to measure")
    options.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print N errors of each sort"
    )
    return options


def bench_of(options: argparse.Namespace) -> Bench:
    """Load what the options describe; ends the program where there is no such folder."""
    if not options.data.is_dir():
        raise SystemExit(f"no such folder: {options.data}")
    return Bench(
        data=options.data,
        encoder=encoder_from(weights=None, cache=options.cache, workers=None),
        settings=settings_from(options.settings, max_chars=None),
        errors=options.errors,
    )


def run(doc: str | None, measure: Callable[[Bench], Measurement]) -> None:
    """Measure and print, with the shared options alone."""
    show(measure(bench_of(parser(doc or "").parse_args())))


def show(measurement: Measurement) -> None:
    """Print the tables, the errors and, last, a line `name: value` for each value."""
    for table in measurement.tables:
        print_table(table)
        print()
    for line in measurement.errors:
        print(line)
    if measurement.errors:
        print()
    for name, value in measurement.values.items():
        print(f"{name}: {value:.4f}" if isinstance(value, float) else f"{name}: {value}")


def print_table(table: Table) -> None:
    """Print rows in columns, parted by two spaces."""
    cells = [list(table.header)] + [
        [f"{x:.3f}" if isinstance(x, float) else str(x) for x in row] for row in table.rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(x.ljust(w) for x, w in zip(row, widths, strict=True)).rstrip())
