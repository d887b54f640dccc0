"""Measure how long the commands take to start, as ratios to the interpreter alone.

    python -m benchmarks.startup [--rounds 7]

The commands run in turn, and of each the quickest round counts.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from quality.command import Measurement, Table, show

STORY = Path(__file__).parents[1] / "examples" / "harbour"
RETOLD = ("-m", "retold.cli")
COMMANDS = {
    "interpreter": ("-c", "pass"),
    "import_retold": ("-c", "import retold"),
    "help": (*RETOLD, "--help"),
    "version": (*RETOLD, "--version"),
    "compare_help": (*RETOLD, "compare", "--help"),
    "compare_two": (*RETOLD, "compare", "-q", str(STORY / "de.txt"), str(STORY / "en.txt")),
}


def seconds(arguments: tuple[str, ...]) -> float:
    """Give the seconds that a run of the interpreter takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure, print the table and the ratios."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            taken[name].append(seconds(arguments))
    best = {name: min(times) for name, times in taken.items()}
    ratios = {name: best[name] / best["interpreter"] for name in COMMANDS if name != "interpreter"}
    rows = [(name, best[name], best[name] / best["interpreter"]) for name in COMMANDS]
    show(Measurement(values=ratios, tables=[Table(("command", "seconds", "ratio"), rows)]))


if __name__ == "__main__":
    main()
