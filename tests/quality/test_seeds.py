import json
from itertools import combinations
from typing import Any

import pytest

from quality import seeds
from quality.reports import lay_out
from retold.records import Span

from .handmade import comparison, row

GOLD: dict[str, Any] = json.loads(seeds.GOLD.read_text(encoding="utf-8"))


def test_gold_holds_nineteen_pairs_and_eighteen_comments_and_no_words() -> None:
    assert len(GOLD["pairs"]) + 1 == 19
    assert [len(report["commentary"]) for report in GOLD["reports"]] == [0, 18]
    assert [len(report["titles"]) for report in GOLD["reports"]] == [2, 2]
    assert all(len(report["sha256"]) == 64 for report in GOLD["reports"])


@pytest.mark.parametrize("report", GOLD["reports"], ids=lambda report: report["lang"])
def test_every_sentence_is_of_one_kind(report: dict[str, Any]) -> None:
    spans = [Span(*s) for kind in ("titles", "facts", "commentary", "either") for s in report[kind]]
    assert all(a.end <= b.start for a, b in combinations(sorted(spans), 2))


def test_pairs_are_of_facts() -> None:
    for side, report in enumerate(GOLD["reports"]):
        facts = [Span(*span) for span in report["facts"]]
        ends = [Span(*pair[side]) for pair in GOLD["pairs"]]
        assert all(any(f.start <= s.start and s.end <= f.end for f in facts) for s in ends)


def test_altered_reports_are_refused() -> None:
    with pytest.raises(SystemExit, match="altered: de, en"):
        seeds.gold_of(comparison([lay_out(["Not a seed."], id="x", lang="en")]))


def test_linked_spans_and_commentary_are_read_from_the_rows() -> None:
    a = lay_out(["Eins zwei.", "Drei vier."], id="a", lang="de")
    b = lay_out(["One two.", "Three four?"], id="b", lang="en")
    rows = [
        row({"a": [(0, 10), (11, 21)], "b": [(0, 8)]}),
        row({"b": [(9, 20)]}, kind="commentary"),
    ]
    made = comparison([a, b], rows)
    one, other = (seeds.Report(x.article, (), (), ()) for x in (a, b))
    gold = seeds.Gold(one, other, pairs=(), optional=())
    assert list(seeds.linked_spans(made, gold)) == [
        (Span(0, 10), Span(0, 8)),
        (Span(11, 21), Span(0, 8)),
    ]
    assert seeds.is_commentary(made, b.article, Span(9, 20))
    assert not seeds.is_commentary(made, b.article, Span(0, 8))
