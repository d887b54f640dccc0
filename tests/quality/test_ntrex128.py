from pathlib import Path

import numpy as np
import pytest

from quality import ntrex128
from quality.command import Bench
from quality.ntrex128 import Counts
from quality.reports import SentencePairs, lay_out
from retold.languages import measured
from retold.records import Gap

from .handmade import comparison, row


def test_a_third_is_dropped_and_the_rest_shuffled_by_the_documents_id() -> None:
    order = ntrex128.kept("d", 30)
    assert len(set(order)) == 20
    assert order != sorted(order)
    assert order == ntrex128.kept("d", 30)
    assert order != ntrex128.kept("e", 30)


def test_documents_keep_the_order_of_the_file_and_can_be_limited(tmp_path: Path) -> None:
    (tmp_path / "ntrex128").mkdir()
    (tmp_path / "ntrex128/sentences.tsv").write_text("doc_id\tn\teng\nx\t1\tA\nx\t2\tB\na\t1\tC\n")
    assert ntrex128.documents(tmp_path) == {"x": {"eng": ["A", "B"]}, "a": {"eng": ["C"]}}
    assert list(ntrex128.documents(tmp_path, most=1)) == ["x"]


def test_links_and_certain_gaps_are_counted() -> None:
    english = lay_out(["One two.", "Three four.", "Five six."], id="d", lang="en")
    other = lay_out(["Eins zwei.", "Drei vier."], id="d-deu", lang="de")
    rows = [
        row({"d": [(s.start, s.end)]}, gaps=[_gap("d-deu", certain=number != 0)])
        for number, s in enumerate(english.spans)
    ]
    made = comparison([english, other], rows)
    linked = np.array([[True, True], [False, False], [False, False]])
    same = np.array([[True, False], [False, True], [False, False]])
    pairs = SentencePairs(linked * 1.0, linked, linked * 1.0, linked * 1.0)
    counts = ntrex128.counts_of(ntrex128.Judged("deu", english, other, made, pairs, same))
    assert counts == Counts(
        links_right=1, links=2, links_wanted=2, gaps_right=1, gaps=2, gaps_wanted=1
    )
    assert (counts + counts).rates() == counts.rates() == (0.5, 0.5, 0.5, 0.5, 1)


def _gap(article: str, *, certain: bool) -> Gap:
    return Gap(article=article, score=0.9, certain=certain, nearest=None)


def test_only_languages_called_known_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ntrex128, "is_known", lambda tag: tag in ("de", "zh-CN"))
    good, bad, worse = Counts(9, 10, 10), Counts(7, 10, 10), Counts(1, 10, 10)
    values = ntrex128.measurement_of({"deu": good, "zho-CN": bad, "xxx-q": worse}, [], []).values
    assert values["mean_f1"] == pytest.approx(0.8)
    assert values["min_f1"] == pytest.approx(0.7)


def test_the_written_table_is_the_one_that_retold_reads(tmp_path: Path) -> None:
    path = tmp_path / "measured.tsv"
    counts = {"spa": Counts(10, 10, 10), "spa-2": Counts(8, 10, 10), "arb": Counts(9, 10, 10)}
    ntrex128.write_measured(counts, path)
    assert path.read_text(encoding="utf-8").split("\n")[1:-1] == [
        "lang\tname\tf1\tknown",
        "en\tEnglish\t\tyes",
        "es\tSpanish\t0.800\tno",
        "ar\tArabic\t0.900\tyes",
    ]
    assert set(measured()[0].__struct_fields__) == {"lang", "name", "f1", "known"}


def test_a_small_document_is_found_again(bench: Bench) -> None:
    counts, fits, errors = ntrex128.counted(bench)
    assert list(counts) == ["deu"]
    assert counts["deu"].links_wanted == 4
    assert counts["deu"].rates()[2] > 0.8
    assert sum(fit.sentences for fit in fits) == 4
    assert errors == []
