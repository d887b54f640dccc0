"""Small invented sets, laid out as the public ones, and the default encoder."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from quality.command import Bench
from retold.encoders.cache import CachedEncoder
from retold.encoders.e5 import E5Encoder

ENGLISH = (
    "Storm cuts off the island of Brevik",
    "A storm tore the ferry landing of Brevik from its piles on Monday night.",
    "The mayor said that all 340 inhabitants were safe and well.",
    "Engineers from the mainland will inspect the power cable on Thursday.",
    "A bakery gave away its bread because the freezers had failed.",
    "The school will stay closed until the end of the month.",
    "Two fishing boats sank in the harbour, nobody was on board.",
)
GERMAN = (
    "Sturm schneidet die Insel Brevik ab",
    "Ein Sturm riss in der Nacht zum Dienstag den Fähranleger von Brevik von seinen Pfählen.",
    "Der Bürgermeister sagte, alle 340 Einwohner seien wohlauf und in Sicherheit.",
    "Ingenieure vom Festland werden am Donnerstag das Stromkabel untersuchen.",
    "Eine Bäckerei verschenkte ihr Brot, weil die Kühltruhen ausgefallen waren.",
    "Die Schule bleibt bis zum Ende des Monats geschlossen.",
    "Zwei Fischerboote sanken im Hafen, niemand war an Bord.",
)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the invented sets."""
    folder = tmp_path_factory.mktemp("sets")
    _write_cstnews(folder / "cstnews")
    _lines(
        folder / "textberg/docs.jsonl",
        [{"id": "t", "src_lang": "de", "tgt_lang": "en", "src": GERMAN[1:], "tgt": ENGLISH[1:],
          "links": [[[i], [i]] for i in range(6)]}],
    )  # fmt: skip
    rows = ["doc_id\tn\teng\tdeu"]
    rows += [f"d\t{n}\t{ENGLISH[n]}\t{GERMAN[n]}" for n in range(7)]
    (folder / "ntrex128").mkdir()
    (folder / "ntrex128/sentences.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    labels = ["no_meaning_difference"] * 5 + ["unrelated"]
    pairs = zip(labels, ENGLISH[1:], (*GERMAN[1:6], "Der Eintritt kostet acht Euro."), strict=True)
    _lines(folder / "refresd/pairs.jsonl", [{"label3": x, "en": e, "fr": f} for x, e, f in pairs])
    return folder


def _write_cstnews(folder: Path) -> None:
    """Write a story of two reports: three claims told in both, one only elaborated."""
    other = (*(sentence.replace("The ", "Its ") for sentence in ENGLISH[1:4]), "It rained.")
    reports = {"a": ENGLISH[1:], "b": other}
    _lines(
        folder / "docs.jsonl",
        [{"id": name, "story": "s", "lang": "en", "title": ENGLISH[0], "sentences": sentences}
         for name, sentences in reports.items()],
    )  # fmt: skip
    relations = [(1, 1, "Overlap"), (2, 2, "Identity"), (3, 3, "Overlap"), (1, 4, "Elaboration")]
    _lines(
        folder / "relations.jsonl",
        [{"src_doc": "a", "src_sent": i, "tgt_doc": "b", "tgt_sent": j, "relation": name}
         for i, j, name in relations],
    )  # fmt: skip


def _lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def bench(data: Path) -> Bench:
    """Measure on the invented sets."""
    return Bench(data, CachedEncoder(E5Encoder()))
