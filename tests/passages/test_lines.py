"""Which line breaks part paragraphs."""

from retold.passages import paragraphs


def paragraphs_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


def test_blank_lines_part() -> None:
    assert paragraphs_of("\n One.\n \t\nTwo.\r\n\r\nThree.\u2029Four.\n") == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
    ]


def test_a_wrapped_text_is_joined() -> None:
    text = (
        "The crane had stood on the east quay for more than thirty\n"
        "years when it fell on Tuesday, shortly after Dr. Moor had\n"
        "left the tower.\n"
        "Nobody saw it fall. The first call reached the station at\n"
        "half past six, when the early shift was already on its way\n"
        "to the ships.\n"
        "\n"
        "It is closed."
    )
    lines = text.split("\n")
    assert paragraphs_of(text) == ["\n".join(lines[:3]), "\n".join(lines[3:6]), "It is closed."]


def test_wrapped_chinese_is_joined() -> None:
    lines = [
        "码头上的起重机昨天早上突然倒塌当时许多",
        "工人正在装货没有人知道为什么会发生这种",
        "事情港务局说调查还要继续好几个星期才能",
        "结束。",
    ]
    assert paragraphs_of("\n".join(lines)) == ["\n".join(lines)]


def test_headlines_and_lists_are_not_joined() -> None:
    headlines = ["Dam bursts above the town", "Thousands leave their homes", "Minister there"]
    assert paragraphs_of("\n".join(headlines)) == headlines
    fruit = "apples\npears\nplums"
    assert paragraphs_of(fruit) == fruit.split("\n")
    bullets = "• the dam that broke\n• the road that was closed\n• the end of it all."
    assert paragraphs_of(bullets) == bullets.split("\n")


def test_one_paragraph_a_line_is_kept() -> None:
    text = (
        "First a long line that says a good deal about the dam and ends.\nThen another.\nA third."
    )
    assert paragraphs_of(text) == text.split("\n")


def test_a_sentence_broken_by_its_extractor_is_joined() -> None:
    broken = "Ada Moor\nsaid that the dam\n, built in 1950, was safe."
    assert paragraphs_of(f"On Monday\n{broken}\nIt was not.") == [
        "On Monday",
        broken,
        "It was not.",
    ]
