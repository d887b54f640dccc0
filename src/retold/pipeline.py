"""Compare the reports of one event: the only place where the stages are chained."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

import retold
from retold import passages, synopsis
from retold.alignment import Alignment, align
from retold.comparison import Comparison
from retold.encoders import Encoder, Encoding
from retold.errors import NothingComparable, UsageError
from retold.languages import identify, is_known
from retold.mentions.quotes import find_quotes
from retold.probes import Probe, load_probe
from retold.reading.problems import problem
from retold.records import (
    Article,
    EncoderId,
    Problem,
    Reading,
    Run,
    RunInput,
    Span,
    article_sort_key,
)
from retold.roles import assign_roles, commentary_scores
from retold.settings import Settings

StageProgress = Callable[[str, int, int], None]
"""Called with the stage's name, the number of things done and the number of all."""

DEFAULT = Settings()


def compare(
    articles: Iterable[Article] | Reading,
    *,
    problems: Sequence[Problem] = (),
    settings: Settings = DEFAULT,
    encoder: Encoder | None = None,
    progress: StageProgress | None = None,
) -> Comparison:
    """Lay the reports of one event side by side, claim by claim.

    `articles` are 2 to `settings.reading.max_articles`, in any order and language; what reading
    reported goes into `problems` and is handed on. The default encoder is made anew when none
    is given. Articles without a word are left out with a problem. Raises NothingComparable under
    two articles, UsageError where two have one id.
    """
    if isinstance(articles, Reading):
        problems = (*articles.problems, *problems)
        articles = articles.articles
    given, empty = _comparable(articles)
    if encoder is None:
        from retold.encoders.e5 import E5Encoder

        encoder = E5Encoder()
    order = sorted(range(len(given)), key=lambda i: article_sort_key(given[i]))
    prepared, encodings, commentary = _prepare([given[i] for i in order], encoder, progress)
    alignment = align(
        prepared,
        encodings,
        [[passages.cuts(a.text, Span(p.start, p.end)) for p in a.passages] for a in prepared],
        settings=settings.alignment,
        progress=progress and (lambda done, total: progress("align", done, total)),
    )
    judged = _judge(prepared, alignment, commentary, settings)
    rows = synopsis.build_rows(prepared, alignment, judged, settings=settings.synopsis)
    shown = sorted(zip(order, prepared, strict=True))
    return Comparison(
        retold=retold.__version__,
        run=_run(settings, encoder, given),
        articles=tuple(article for _, article in shown),
        rows=rows,
        problems=(*problems, *empty, *_unknown_languages(given)),
        candidates=synopsis.candidates(
            prepared, alignment, rows, least=settings.synopsis.candidate
        ),
    )


def _comparable(articles: Iterable[Article]) -> tuple[list[Article], tuple[Problem, ...]]:
    """Return the articles that have a word, with their languages, and a problem for each other."""
    given, problems = [], []
    for article in articles:
        if any(map(str.isalnum, article.text)):
            given.append(_with_language(article))
        else:
            problems.append(
                problem("no-text", where=article.id, what="there is no word in the text")
            )
    twice = [name for name, count in Counter(article.id for article in given).items() if count > 1]
    if twice:
        raise UsageError(f"{twice[0]!r} is the id of two articles: give each its own")
    if len(given) < 2:
        raise NothingComparable(
            f"{len(given)} article{'' if len(given) == 1 else 's'} to compare: give two or more"
        )
    return given, tuple(problems)


def _with_language(article: Article) -> Article:
    """Identify the language of an article that came without one."""
    if article.lang != "und":
        return article
    return msgspec.structs.replace(article, lang=identify(article.text))


def _prepare(
    articles: Sequence[Article], encoder: Encoder, progress: StageProgress | None
) -> tuple[list[Article], list[list[Encoding]], list[list[float]]]:
    """Find, encode and judge the passages of each article."""
    spans = [passages.split(article.text, article.lang) for article in articles]
    encodings = _encode(articles, spans, encoder, progress)
    probe = load_probe(encoder)
    prepared, commentary = [], []
    for article, own, encoded in zip(articles, spans, encodings, strict=True):
        ready = _with_passages(article, own, encoded, probe)
        prepared.append(ready)
        commentary.append(commentary_scores(ready.passages, encoded, probe, ready).tolist())
    return prepared, encodings, commentary


def _encode(
    articles: Sequence[Article],
    spans: Sequence[Sequence[Span]],
    encoder: Encoder,
    progress: StageProgress | None,
) -> list[list[Encoding]]:
    """Encode every passage by itself, all articles at once."""
    flat = iter(
        encoder.encode(
            [a.text[s.start : s.end] for a, own in zip(articles, spans, strict=True) for s in own],
            progress=progress and (lambda done, total: progress("encode", done, total)),
        )
    )
    return [[next(flat) for _ in own] for own in spans]


def _with_passages(
    article: Article, spans: Sequence[Span], encodings: Sequence[Encoding], probe: Probe
) -> Article:
    """Fill in the passages with their roles, and whether the article is complete."""
    found = assign_roles(
        article,
        spans,
        encodings,
        titles=passages.leading_titles(article, spans),
        headings=passages.headings(article.text, spans),
        probe=probe,
    )
    complete, reason = passages.completeness(article, found)
    return msgspec.structs.replace(
        article, passages=found, complete=complete, incomplete_because=reason
    )


def _judge(
    articles: Sequence[Article],
    alignment: Alignment,
    commentary: Sequence[Sequence[float]],
    settings: Settings,
) -> synopsis.Judged:
    """Say of each unit how likely it is commentary and whether it is a quotation."""
    quoted = []
    for article, units in zip(articles, alignment.units, strict=True):
        quotes = [q for q in find_quotes(article.text, article.lang) if _is_speech(q, settings)]
        quoted.append([any(_touch(unit.span, q) for q in quotes) for unit in units])
    return synopsis.Judged(
        commentary=[
            [scores[unit.passage] for unit in units]
            for scores, units in zip(commentary, alignment.units, strict=True)
        ],
        quoted=quoted,
    )


def _is_speech(quote: Span, settings: Settings) -> bool:
    """Tell words that somebody said from a title or a word held at arm's length, by length."""
    return quote.end - quote.start >= settings.synopsis.speech_chars


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _unknown_languages(articles: Sequence[Article]) -> tuple[Problem, ...]:
    """Warn of languages in which nothing was measured."""
    return tuple(
        Problem(
            where=article.id,
            what=f"nothing was measured in the language {article.lang!r}: see `retold languages`",
            code="unmeasured-language",
        )
        for article in articles
        if not is_known(article.lang)
    )


def _run(settings: Settings, encoder: Encoder, articles: Sequence[Article]) -> Run:
    """Record what is needed to get the same again."""
    return Run(
        settings={**settings.changed(), "digest": settings.digest()},
        encoder=EncoderId(name=encoder.name, digest=encoder.digest),
        inputs=tuple(
            RunInput(
                article=article.id,
                sha256=hashlib.sha256(article.text.encode("utf-8", "replace")).hexdigest(),
            )
            for article in articles
        ),
    )
