"""Whether an article is all there."""

from typing import Any

import pytest

from retold.passages import completeness, split
from retold.records import Article, Passage, Role

START = "The dam burst on Monday. "


def judge(
    text: str,
    *tail: tuple[str, Role],
    lang: str = "en",
    extra: dict[str, Any] | None = None,
) -> tuple[bool, str | None]:
    """Judge an article whose body is `text` and whose last lines have other roles."""
    whole = "\n\n".join([text, *(line for line, _ in tail)])
    passages: list[Passage] = []
    for span in split(whole, lang):
        words = whole[span.start : span.end]
        role: Role = next((role for line, role in tail if words in line), "body")
        passages.append(Passage(span.start, span.end, role))
    return completeness(Article(id="a", text=whole, lang=lang, extra=extra or {}), passages)


@pytest.mark.parametrize(
    ("lang", "ending"),
    [
        ("en", "Nobody was hurt."),
        ("en", "“Nobody was hurt.”"),
        ("en", "Was nobody hurt?"),
        ("en", "Nobody was hurt. 🎉"),
        ("en", "(Nobody was hurt.)"),
        ("en", "Nobody was hurt. (AGX)"),
        ("cs", "Nikdo nebyl zraněn. (agx)"),
        ("vi", "Không ai bị thương. Lan Hương"),
        ("en", "Nobody was hurt. Read also:"),
        ("fr", "« Personne n’a été blessé. »"),
        ("de", "„Niemand wurde verletzt“."),
        ("zh", "没有人受伤。"),
        ("zh", "没有人受伤。（完）"),
        ("ja", "「誰もけがをしていない」"),
        ("hi", "किसी को चोट नहीं आई।"),
        ("ar", "لم يصب أحد بأذى."),
        ("am", "ማንም አልተጎዳም።"),
        ("th", "เขื่อนแตกเมื่อวันจันทร์ แต่ไม่มีใครได้รับบาดเจ็บ"),
    ],
)
def test_complete(lang: str, ending: str) -> None:
    assert judge(ending, lang=lang) == (True, None)
    assert judge(f"{START}{ending}", lang=lang)[0]


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("Nobody knows…", 'ends in "…"'),
        ("Nobody knows ...", 'ends in "..."'),
        ("Nobody knows […]", 'ends in "[…]"'),
        ("Nobody knows. [...]", 'ends in "[...]"'),
        ("“Nobody knows …”", 'ends in "…"'),
        ("Nobody knows why the", "ends without final punctuation"),
        ("Nobody knows,", "ends without final punctuation"),
        ("Nobody knows. (more)", 'ends in "(more)"'),
        ("Nobody knows (more)", 'ends in "(more)"'),
        ("Nobody knows why. Then the [+1234 chars]", 'ends in "[+1234 chars]"'),
        ("Nobody knows. (+ 2.100 Zeichen)", 'ends in "(+ 2.100 Zeichen)"'),
    ],
)
def test_cut_at_the_end(ending: str, reason: str) -> None:
    assert judge(f"{START}{ending}") == (False, reason)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("de", "Niemand weiß, warum der"),
        ("zh", "没有人知道"),
        ("hi", "कोई नहीं जानता"),
        ("xx", "Zorp blim"),
    ],
)
def test_cut_in_any_language(lang: str, sentence: str) -> None:
    assert judge(sentence, lang=lang) == (False, "ends without final punctuation")


def test_thai_needs_no_stop_but_may_trail_off() -> None:
    assert judge("เขื่อนแตกเมื่อวันจันทร์ แต่ไม่มีใครรู้…", lang="th") == (False, 'ends in "…"')


def test_a_line_after_an_unfinished_sentence_is_quoted() -> None:
    unfinished = f"{START}Nobody knows why the"
    line = "Zorp blim klat"
    assert judge(unfinished, (line, "boilerplate")) == (False, f'ends in "{line}"')
    assert judge(unfinished, (line, "credit")) == (False, "ends without final punctuation")
    long = "Support our work with a gift of any size and never miss a story again"
    reason = judge(unfinished, (long, "boilerplate"))[1]
    assert reason == 'ends in "Support our work with a gift of any siz…"'


def test_lines_after_a_finished_text() -> None:
    finished = f"{START}Nobody was hurt."
    assert judge(finished, ("Follow us everywhere", "boilerplate"))[0]
    assert judge(finished, ("Reporting by Ada Moor", "credit"))[0]
    assert judge(finished, ("Read more: How the dam was built", "boilerplate"))[0]
    for line in ("Continue reading", "Hier weiterlesen", "阅读全文"):
        assert judge(finished, (line, "boilerplate"), lang="xx") == (False, f'ends in "{line}"')


def test_no_body_at_all() -> None:
    article = Article(id="a", text="Dam bursts", title="Dam bursts")
    assert completeness(article, [Passage(0, 10, "title")]) == (False, "has no body text")


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"truncated": True}, 'the input says "truncated"'),
        ({"is_truncated": "true"}, 'the input says "is_truncated"'),
        ({"paywall": 1}, 'the input says "paywall"'),
        ({"isAccessibleForFree": False}, 'the input says "isAccessibleForFree": no'),
        ({"isAccessibleForFree": "False"}, 'the input says "isAccessibleForFree": no'),
    ],
)
def test_the_extractor_warns(extra: dict[str, Any], reason: str) -> None:
    assert judge(f"{START}Nobody was hurt.", extra=extra) == (False, reason)


@pytest.mark.parametrize(
    "extra",
    [{"truncated": False}, {"isAccessibleForFree": True}, {"paywall": None}, {"paywall": [1]}, {}],
)
def test_the_extractor_does_not_warn(extra: dict[str, Any]) -> None:
    assert judge(f"{START}Nobody was hurt.", extra=extra) == (True, None)
