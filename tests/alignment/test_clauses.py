"""Where long sentences are cut: only where two halves find two counterparts."""

from retold.alignment.clauses import Votes, chosen, votes
from retold.alignment.evidence import compare_tokens
from retold.settings import AlignmentSettings
from tests.alignment.made import tokens

SETTINGS = AlignmentSettings(
    clause_tokens=4,
    clause_evidence=0.15,
    clause_gain=0.06,
    clause_loss=0.01,
    unmarked_tokens=7,
    unmarked_gain=0.08,
)
SANK = "ferry sank fast off Osney"
FINED = "company pays heavy fine now"
BOTH = f"{SANK} {FINED}"
CUT = BOTH.index("company")
OTHERS = ["school opens late this week", "bread costs more since May"]
LONG_SANK = "ferry sank fast off Osney during last storm night"
LONG_FINED = "company pays heavy fine now after three long trials"


def found(own: list[str], other: list[str], cuts: list[list[int]] | None = None) -> Votes:
    """Return what the other article says of cuts in the own one."""
    a, b = tokens(own), tokens(other)
    places = cuts or [[] for _ in own]
    evidence = compare_tokens(a, b, SETTINGS)
    return votes(a, b, evidence, (places, [[] for _ in other]), SETTINGS)[0]


def test_a_sentence_that_tells_two_sentences_is_cut() -> None:
    said = found([BOTH, *OTHERS], [SANK, FINED], [[CUT], [], []])
    assert list(said) == [0]
    assert list(said[0]) == [CUT]
    assert said[0][CUT] >= SETTINGS.clause_gain


def test_the_other_article_is_cut_the_same_way() -> None:
    a, b = tokens([SANK, FINED]), tokens([BOTH, *OTHERS])
    evidence = compare_tokens(a, b, SETTINGS)
    forth, back = votes(a, b, evidence, ([[], []], [[CUT], [], []]), SETTINGS)
    assert (list(forth), list(back)) == ([], [0])


def test_without_counterparts_nothing_is_cut() -> None:
    assert found([BOTH, *OTHERS], ["rain fell", "wind rose"], [[CUT], [], []]) == {}
    assert found([BOTH, *OTHERS], [SANK, OTHERS[0]], [[CUT], [], []]) == {}


def test_halves_that_are_told_together_stay_together() -> None:
    assert found([BOTH, *OTHERS], [BOTH, *OTHERS], [[CUT], [], []]) == {}


def test_labels_are_not_cut_off() -> None:
    said = f"Falk reported {FINED}"
    assert found([said, *OTHERS], ["Falk reported", FINED], [[said.index("company")], [], []]) == {}


def test_a_sentence_is_cut_between_words_where_nothing_marks_the_place() -> None:
    both = f"{LONG_SANK} {LONG_FINED}"
    said = found([both, *OTHERS], [LONG_SANK, LONG_FINED, *OTHERS])
    assert {unit: list(worths) for unit, worths in said.items()} == {0: [both.index("company")]}


def test_short_halves_are_not_cut_between_words() -> None:
    assert found([BOTH, *OTHERS], [SANK, FINED, *OTHERS]) == {}


def test_titles_are_neither_cut_nor_reasons_to_cut() -> None:
    a, b = tokens([BOTH, *OTHERS], [False, True, True]), tokens([SANK, FINED])
    evidence = compare_tokens(a, b, SETTINGS)
    assert votes(a, b, evidence, ([[CUT], [], []], [[], []]), SETTINGS)[0] == {}
    a, b = tokens([BOTH, *OTHERS]), tokens([SANK, FINED], [False, True])
    evidence = compare_tokens(a, b, SETTINGS)
    assert votes(a, b, evidence, ([[CUT], [], []], [[], []]), SETTINGS)[0] == {}


def test_the_clearest_voice_decides() -> None:
    assert chosen([{3: {10: 0.2, 20: 0.5}}, {3: {10: 0.4}, 5: {7: 0.1}}]) == {3: 20, 5: 7}


def test_of_two_places_as_good_the_first_is_taken() -> None:
    assert chosen([{3: {20: 0.5}}, {3: {10: 0.5}}]) == {3: 10}
    assert chosen([]) == {}
