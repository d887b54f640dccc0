"""Quotations by their marks, in the usage of many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.languages import quotation_marks
from retold.mentions.quotes import LONGEST, find_quotes


def quotes(text: str, lang: str = "en") -> list[str]:
    """Return the words of each quotation, its marks included."""
    return [text[span.start : span.end] for span in find_quotes(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Sie sagte: „Wir fahren nicht“, und ging.", ["„Wir fahren nicht“"]),
        ("de", "»Wir gehen«, sagte er.", ["»Wir gehen«"]),
        ("da", "»Vi går,« sagde han.", ["»Vi går,«"]),
        ("pl", "„Idziemy”, powiedział.", ["„Idziemy”"]),
        ("hu", "»idézet« és „másik”", ["»idézet«", "„másik”"]),
        ("ru", "Он сказал: «Мы уходим», и ушёл.", ["«Мы уходим»"]),
        ("fr", "Il dit : « Nous partons », puis part.", ["« Nous partons »"]),
        ("fr", "« Oui », dit-il.", ["« Oui »"]),
        ("it", "l’«Alma» e l’“Orsa”", ["«Alma»", "“Orsa”"]),
        ("en", "“We go,” she said. “Now.”", ["“We go,”", "“Now.”"]),
        ("en", 'He said "we go" and "now".', ['"we go"', '"now"']),
        ("en", "‘We go,’ she said.", ["‘We go,’"]),
        ("nl", "‘We gaan,’ zei hij.", ["‘We gaan,’"]),
        ("fi", "”Me lähdemme”, hän sanoi. ”Nyt.”", ["”Me lähdemme”", "”Nyt.”"]),
        ("sv", "”Vi går”, sade han.", ["”Vi går”"]),
        ("he", "„נלך” אמר", ["„נלך”"]),
        ("ar", "قال: «سنذهب» ثم غادر.", ["«سنذهب»"]),
        ("hi", "उन्होंने कहा, “हम जाएंगे।”", ["“हम जाएंगे।”"]),
        ("ja", "彼は「行きます」と言った。", ["「行きます」"]),
        ("zh", "他说：“我们走。”", ["“我们走。”"]),
        ("zh", "他说“我们走”，然后走了。", ["“我们走”"]),
        ("zh", '他说"我们走"。', ['"我们走"']),
        ("ko", '그는 "우리는 간다"고 말했다. 이어 "지금"이라고 했다.', ['"우리는 간다"', '"지금"']),
        ("ko", "‘진흙’이 아니라 ‘도시’였다", ["‘진흙’", "‘도시’"]),
        ("th", 'เขากล่าวว่า"เราไป"แล้ว', ['"เราไป"']),
    ],
)  # fmt: skip
def test_marks_of_the_language(lang: str, text: str, expected: list[str]) -> None:
    assert quotes(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "„Er sagte ‚nein‘ und ging“"),
        ("de", "„a „b“ c“"),
        ("en", "“He told me ‘no’ twice”"),
        ("en", "“a “b” c”"),
        ("en", "\"He told me 'no' twice\""),
        ("ru", "«Он крикнул: «Стой!» и убежал»"),
        ("ja", "「『行く』と聞いた」"),
        ("zh", "「我们『现在』走。」"),
    ],
)
def test_of_nested_quotations_the_outermost_counts(lang: str, text: str) -> None:
    assert quotes(f"{text}, x.", lang) == [text]


@pytest.mark.parametrize("newline", ["\n\n", "\n \n", "\r\n\r\n", "\u2029"])
def test_over_paragraphs_each_is_a_piece(newline: str) -> None:
    text = f"“First.{newline}“Second.”{newline}The end."
    assert quotes(text) == ["“First.", "“Second.”"]


def test_straight_marks_over_paragraphs() -> None:
    assert quotes('"One.\n\n"Two." End.') == ['"One.', '"Two."']


def test_a_line_break_ends_no_quotation() -> None:
    assert quotes("“We\ngo,” she said.") == ["“We\ngo,”"]


@pytest.mark.parametrize(
    "text",
    [
        "“Never closed. The end.",
        "“Never closed.\n\nThe end.”",
        "Closed only.” The end.",
        "“",
        "”",
        "““““",
        "",
        "A “ mark by itself ” says nothing.",
    ],
)
def test_a_mark_without_its_counterpart_opens_nothing(text: str) -> None:
    assert quotes(text) == []


def test_after_a_mark_without_counterpart_others_are_found() -> None:
    assert quotes("“Lost.\n\nHe said “yes” at last.") == ["“yes”"]
    assert quotes("“One” and “two") == ["“One”"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "It is Anna’s dog and Bob's cat.", []),
        ("en", "The ’90s were “good” times", ["“good”"]),
        ("en", "‘We don’t go,’ she said. The dogs’ owner left.", ["‘We don’t go,’"]),
        ("en", "The dogs’ owner said ‘we go’ today.", ["‘we go’"]),
        ("nl", "‘We gaan,’ zei hij. De auto’s staan stil.", ["‘We gaan,’"]),
        ("en", 'A 6" pipe and "this" too.', ['"this"']),
        ("he", 'צה"ל הודיע "נלך" היום', ['"נלך"']),
    ],
)
def test_apostrophes_and_inches_are_no_marks(lang: str, text: str, expected: list[str]) -> None:
    assert quotes(text, lang) == expected


def test_marks_too_far_apart_belong_to_two_quotations() -> None:
    assert quotes(f"“{'word ' * 100}”") != []
    assert quotes(f"“{'word ' * LONGEST}”") == []


def test_a_language_nobody_knows_has_the_usual_marks() -> None:
    assert quotes('«b» “c” "d" 「e」', "xx") == ["«b»", "“c”", '"d"', "「e」"]


@pytest.mark.parametrize("lang", ["de", "en", "fr", "pl", "ru", "sv", "ja", "zh", "ar", "hu"])
def test_every_pair_of_a_language_is_found(lang: str) -> None:
    for opener, closer in quotation_marks(lang):
        quote = f"{opener}Alma Terese{closer}"
        assert quotes(f"x, {quote}, y", lang) == [quote]


MARKS = st.text(st.sampled_from('“”"„«»’‘「」『』 \nab'), max_size=40)


@given(text=MARKS, lang=st.sampled_from(["en", "de", "sv", "ja", "xx"]))
def test_quotations_lie_in_order_and_apart(text: str, lang: str) -> None:
    place = 0
    for span in find_quotes(text, lang):
        assert place <= span.start < span.end <= len(text)
        place = span.end
