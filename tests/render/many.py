"""Comparisons of any size, in four scripts: many reports of invented events that say little."""

import hashlib
import random

from retold.records import (
    Article,
    Cell,
    ComparisonRecord,
    EncoderId,
    Gap,
    Passage,
    Row,
    Run,
    RunInput,
    Span,
)

WORDS = {
    "en": "the harbour ferry was late on a cold morning and nobody in town had been told why "
    "until noon when two boats came back from the island with all their passengers",
    "de": "die Fähre im Hafen kam an einem kalten Morgen zu spät und niemand in der Stadt wusste "
    "warum bis gegen Mittag zwei Boote mit allen Fahrgästen von der Insel zurückkehrten",
    "ar": "تأخرت العبارة في الميناء صباح يوم بارد ولم يعلم أحد في المدينة السبب حتى الظهر حين عاد "
    "قاربان من الجزيرة ومعهما جميع الركاب سالمين",
    "zh": "港口 的 渡轮 在 寒冷 的 早晨 晚点 城里 没有 人 知道 原因 直到 中午 两艘 船 载着 全部 "
    "乘客 从 岛上 返回",
}
LANGUAGES = tuple(WORDS)


def many(reports: int, sentences: int, *, shared: float = 0.6, seed: int = 1) -> ComparisonRecord:
    """Make `reports` articles of `sentences` sentences; `shared` of them are told elsewhere too."""
    dice = random.Random(seed)
    articles = tuple(_article(number, sentences, dice) for number in range(reports))
    return ComparisonRecord(
        retold="0.1.0",
        run=Run(
            settings={"digest": "0" * 64},
            encoder=EncoderId(name="by hand", digest="0" * 64),
            inputs=tuple(
                RunInput(article=a.id, sha256=hashlib.sha256(a.text.encode()).hexdigest())
                for a in articles
            ),
        ),
        articles=articles,
        rows=tuple(_rows(articles, shared, dice)),
    )


def _article(number: int, sentences: int, dice: random.Random) -> Article:
    lang = LANGUAGES[number % len(LANGUAGES)]
    text, passages = f"Report {number}\n\n", [Passage(0, len(f"Report {number}"), "title")]
    for index in range(sentences):
        start = len(text)
        words = dice.choices(WORDS[lang].split(), k=dice.randint(8, 30))
        text += f"{' '.join(words)} {number}.{index}."
        passages.append(Passage(start, len(text)))
        text += "\n\n" if index % 4 == 3 else " "
    return Article(
        id=f"report-{number}",
        title=f"Report {number}",
        url=f"https://paper{number}.example/news",
        publisher=f"Paper {number}",
        published="2026-05-12",
        lang=lang,
        text=text,
        passages=tuple(passages),
    )


def _rows(articles: tuple[Article, ...], shared: float, dice: random.Random) -> list[Row]:
    """Deal the sentences out: a row takes one sentence each of some articles."""
    left = {a.id: [p for p in a.passages if p.role == "body"] for a in articles}
    titles = tuple(
        Cell(article=a.id, spans=(Span(a.passages[0].start, a.passages[0].end),), score=0.9)
        for a in articles
    )
    rows = [Row(id=1, kind="headline", status="shared", cells=titles)]
    while holders := [name for name, passages in left.items() if passages]:
        count = dice.randint(2, max(2, len(holders) // 3)) if dice.random() < shared else 1
        tellers = dice.sample(holders, min(count, len(holders)))
        cells = tuple(_cell(name, left[name].pop(0), dice) for name in tellers)
        kind = "commentary" if len(cells) == 1 and dice.random() < 0.2 else "statement"
        missing = [a for a in articles if a.id not in tellers and kind == "statement"]
        rows.append(
            Row(
                id=len(rows) + 1,
                kind="commentary" if kind == "commentary" else "statement",
                status="shared" if len(cells) > 1 else "only",
                cells=cells,
                gaps=tuple(_gap(article, dice) for article in missing),
            )
        )
    return rows


def _cell(name: str, passage: Passage, dice: random.Random) -> Cell:
    score = round(dice.uniform(0.4, 1), 3)
    return Cell(article=name, spans=(Span(passage.start, passage.end),), score=score)


def _gap(article: Article, dice: random.Random) -> Gap:
    nearest = dice.choice(article.passages)
    certain = dice.random() < 0.7
    return Gap(
        article=article.id,
        score=0.97 if certain else 0.7,
        certain=certain,
        nearest=Span(nearest.start, nearest.end),
    )
