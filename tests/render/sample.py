"""Comparisons made by hand of invented reports: a bridge is closed, told in up to four languages.

German (A) and English (B) alone, or with Arabic (C) and Chinese (D). B ends in an advertisement
and in "Read more", so none of its gaps is certain; those of A and D are, C has some of each.
"""

import hashlib
from typing import Literal

from retold.records import (
    Article,
    Cell,
    ComparisonRecord,
    EncoderId,
    Gap,
    Link,
    Passage,
    Place,
    Problem,
    Role,
    Row,
    RowKind,
    Run,
    RunInput,
    Span,
)

Told = tuple[str, Role, str]

DE: tuple[Told, ...] = (
    ("title", "title", "Lahnbrücke bei Sternfurt gesperrt"),
    ("credit", "credit", "Quelle: Nordlicht-Agentur"),
    ("closed", "body", "Die Brücke über die Lahn bei Sternfurt ist seit Montag gesperrt."),
    ("cracks", "body", "Prüfer fanden 14 Risse im mittleren Pfeiler."),
    ("quote", "body", "„Niemand war in Gefahr“, sagte Bürgermeisterin Ute Halvorsen."),
    ("ferry", "body", "Ab Mittwoch fährt eine kleine Fähre."),
    ("cost", "body", "Die Reparatur kostet nach Angaben der Stadt rund 3,2 Millionen Euro."),
    ("doubt", "body", "Wer soll das am Ende alles bezahlen?"),
)
EN: tuple[Told, ...] = (
    ("title", "title", "Town cut in half as bridge is shut"),
    ("gloom", "body", "It was a gloomy start to the week for a town that loves its river."),
    ("cracks", "body", "Inspectors counted fourteen cracks in the central pier,"),
    ("closed", "body", "and the bridge was shut on Monday."),
    ("quote", "body", "“Nobody was in danger,” said the mayor, Ute Halvorsen."),
    ("school", "body", "Two schools on the far bank will stay shut until Friday."),
    ("advert", "boilerplate", "Subscribe to our letter and never miss a story from the river!"),
    ("hope", "body", "Only time will tell whether the town can come together again."),
    ("more", "boilerplate", "Read more"),
)
AR: tuple[Told, ...] = (
    ("title", "title", "إغلاق جسر سترنفورت"),
    ("closed", "body", "أُغلق الجسر الواقع فوق نهر لان يوم الاثنين."),
    ("cracks", "body", "وعثر المفتشون على 14 شقًا في الدعامة الوسطى."),
    ("night", "body", "وسمع السكان دويًا ليلة الأحد."),
)
ZH: tuple[Told, ...] = (
    ("title", "title", "施特恩富特大桥封闭"),
    ("closed", "body", "横跨兰河的大桥自周一起封闭。"),
    ("ferry", "body", "周三起将有一艘小型渡轮通航。"),
)

ARTICLES = {
    "sternfurt-de": (DE, "de", "Sternfurter Anzeiger", "2026-05-12T18:40:00+02:00", None),
    "https://www.river.example/news/7": (EN, "en", None, None, 'ends in "Read more"'),
    "jisr": (AR, "ar", "صوت النهر", "2026-05-13", None),
    "daqiao": (ZH, "zh", "河报", "2026-05-13T01:05:00Z", None),
}
DE_ID, EN_ID, AR_ID, ZH_ID = ARTICLES

KINDS: dict[str, RowKind] = {
    "title": "headline",
    "quote": "quote",
    "doubt": "commentary",
    "gloom": "commentary",
    "hope": "commentary",
}
ORDER = (
    *("title", "closed", "cracks", "quote", "ferry", "cost", "doubt", "gloom", "school"),
    *("night", "hope"),
)
SCORES = {"closed": 0.97, "cracks": 0.93, "quote": 0.81, "ferry": 0.52, "title": 0.7}
UNSURE = {EN_ID: 0.7, AR_ID: 0.55}
"""Reports of which some gaps are not certain, and the score of those."""


def _joined(told: tuple[Told, ...]) -> tuple[str, dict[str, Span], tuple[Passage, ...]]:
    text, spans, passages = "", {}, []
    for name, role, words in told:
        text += "\n\n" if role == "title" or text.endswith(told[0][2]) else " "
        text = text.lstrip()
        spans[name] = Span(len(text), len(text) + len(words))
        passages.append(Passage(len(text), len(text) + len(words), role))
        text += words
    return text + "\n", spans, tuple(passages)


def _article(name: str) -> Article:
    told, lang, publisher, published, cut = ARTICLES[name]
    text, _, passages = _joined(told)
    return Article(
        id=name,
        title=told[0][2],
        url=name if name.startswith("http") else None,
        publisher=publisher,
        published=published,
        lang=lang,
        text=text,
        passages=passages,
        complete=cut is None,
        incomplete_because=cut,
        extra={"translation": "Bridge closed at Sternfurt"} if lang == "ar" else {},
    )


def _place(name: str, key: str) -> Place:
    span = _joined(ARTICLES[name][0])[1][key]
    return Place(name, span.start, span.end)


def _gap(name: str, key: str) -> Gap:
    keys = [member for member, _, _ in ARTICLES[name][0]]
    place = _place(name, keys[min(ORDER.index(key) % 4 + 1, len(keys) - 1)])
    unsure = name in UNSURE and not (name == AR_ID and key in ("quote", "cost", "school"))
    score = UNSURE[name] if unsure else 0.98
    return Gap(article=name, score=score, certain=not unsure, nearest=Span(place.start, place.end))


def _row(number: int, key: str, names: tuple[str, ...]) -> Row:
    kind = KINDS.get(key, "statement")
    tellers = [n for n in names if key in {member for member, _, _ in ARTICLES[n][0]}]
    places = [_place(name, key) for name in tellers]
    score = SCORES.get(key, 1.0) if len(tellers) > 1 else 1.0
    return Row(
        id=number,
        kind=kind,
        status="shared" if len(tellers) > 1 else "only",
        cells=tuple(
            Cell(
                article=place.article,
                spans=(Span(place.start, place.end),),
                score=score,
                moved=key == "closed" and place.article == EN_ID,
            )
            for place in places
        ),
        gaps=tuple(
            _gap(name, key)
            for name in names
            if name not in tellers and kind in ("quote", "statement")
        ),
        links=tuple(
            Link(a=a, b=b, score=score, a_in_b=0.9, b_in_a=0.45)
            for i, a in enumerate(places)
            for b in places[i + 1 :]
        ),
    )


def sample(n: Literal[2, 4] = 2) -> ComparisonRecord:
    """Lay the invented reports side by side: the first two, or all four."""
    names = tuple(ARTICLES)[:n]
    articles = tuple(_article(name) for name in names)
    told = [k for k in ORDER if any(k == key for name in names for key, _, _ in ARTICLES[name][0])]
    digests = {a.id: hashlib.sha256(a.text.encode()).hexdigest() for a in articles}
    return ComparisonRecord(
        retold="0.1.0",
        run=Run(
            settings={"digest": "0" * 64},
            encoder=EncoderId(name="by hand", digest="0" * 64),
            inputs=tuple(RunInput(article=name, sha256=digests[name]) for name in names),
        ),
        articles=articles,
        rows=tuple(_row(number, key, names) for number, key in enumerate(told, 1)),
        problems=(
            Problem(
                where="empty.txt", what="holds no text", code="empty", severity="article-left-out"
            ),
        ),
        candidates=(
            Link(
                a=_place(DE_ID, "ferry"),
                b=_place(EN_ID, "school"),
                score=0.22,
                a_in_b=0.3,
                b_in_a=0.2,
            ),
        ),
    )
