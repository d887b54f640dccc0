"""From drafts to the articles of a reading: double ones, ids, what the caller knows, limits."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from retold.errors import UsageError
from retold.reading.dates import read_date
from retold.reading.drafts import Draft, composed, finished, unusable
from retold.reading.problems import problem
from retold.records import Article, Problem, Reading, article_sort_key
from retold.settings import ReadingSettings


def select(
    drafts: Iterable[Draft],
    *,
    lang: Mapping[str, str],
    published: Mapping[str, str],
    settings: ReadingSettings,
) -> Reading:
    """Turn drafts into the articles to compare; the order given is kept, and decides nothing."""
    usable, faults = _usable([composed(draft) for draft in drafts], settings=settings)
    single, doubles = _without_doubles(usable)
    ids, renamed = _unique_ids(single)
    told = _told(dict(zip(ids, single, strict=True)), lang=lang, published=published)
    articles: list[Article] = []
    warnings: list[Problem] = []
    for id_, draft in told.items():
        article, noted = finished(draft, id=id_)
        articles.append(article)
        warnings += noted
    kept, beyond = _within(articles, limit=settings.max_articles)
    return Reading(articles=kept, problems=(*faults, *doubles, *renamed, *warnings, *beyond))


def _usable(
    drafts: Sequence[Draft], *, settings: ReadingSettings
) -> tuple[list[Draft], list[Problem]]:
    faults = [unusable(draft, settings=settings) for draft in drafts]
    usable = [draft for draft, fault in zip(drafts, faults, strict=True) if fault is None]
    return usable, [fault for fault in faults if fault is not None]


def _hash(draft: Draft) -> str:
    return hashlib.sha256(draft.text.encode()).hexdigest()


def _without_doubles(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Problem]]:
    """Leave out what is there twice: the same text from the same place.

    The one that tells more of itself is kept, whatever the order. The same text under another
    address or publisher is a copy, and copies are what is looked for.
    """
    kept: set[int] = set()
    faults: list[Problem] = []
    by_text: dict[str, list[Draft]] = defaultdict(list)
    for index in sorted(range(len(drafts)), key=lambda index: _poverty(drafts[index])):
        draft = drafts[index]
        twins = by_text[_hash(draft)]
        twin = next((twin for twin in twins if not _elsewhere(draft, twin)), None)
        if twin is None:
            kept.add(index)
            twins.append(draft)
        else:
            what = f"the same text as {twin.where}: read once"
            faults.append(problem("duplicate-text", where=draft.where, what=what))
    return [draft for index, draft in enumerate(drafts) if index in kept], faults


def _poverty(draft: Draft) -> tuple[int, str, str]:
    told = (draft.id, draft.url, draft.publisher, draft.authors, draft.published, draft.lang)
    return (-sum(map(bool, told)), draft.own_id, draft.where)


def _elsewhere(one: Draft, other: Draft) -> bool:
    pairs = ((one.url, other.url), (one.publisher, other.publisher))
    return any(a and b and a != b for a, b in pairs)


def _unique_ids(drafts: Sequence[Draft]) -> tuple[list[str], list[Problem]]:
    """Give each draft its own id; a second one gets `-2`, the order being that of the texts."""
    taken = {draft.own_id for draft in drafts}
    ids: dict[int, str] = {}
    faults: list[Problem] = []
    seen: set[str] = set()
    for index in sorted(range(len(drafts)), key=lambda i: (_hash(drafts[i]), drafts[i].where)):
        own = drafts[index].own_id
        ids[index] = own
        if own in seen:
            number = next(n for n in range(2, len(drafts) + 2) if f"{own}-{n}" not in taken)
            ids[index] = f"{own}-{number}"
            taken.add(ids[index])
            what = f'another article has the id "{own}" too: this one is called "{ids[index]}"'
            faults.append(problem("duplicate-id", where=drafts[index].where, what=what))
        seen.add(own)
    return [ids[index] for index in range(len(drafts))], faults


def _told(
    drafts: dict[str, Draft], *, lang: Mapping[str, str], published: Mapping[str, str]
) -> dict[str, Draft]:
    """Lay what the caller knows over the drafts, by id or file name."""
    for option, values in (("lang", lang), ("published", published)):
        for key, value in values.items():
            id_ = _named(key, drafts, option=option)
            _check(option, value)
            drafts[id_] = msgspec.structs.replace(drafts[id_], **{option: value})
    return drafts


def _named(key: str, drafts: Mapping[str, Draft], *, option: str) -> str:
    if key in drafts:
        return key
    called = [id_ for id_, draft in drafts.items() if key in (draft.name, draft.where, draft.id)]
    if len(called) == 1:
        return called[0]
    known = ", ".join(_called(id_, draft) for id_, draft in drafts.items()) or "none"
    raise UsageError(f'--{option} {key}=...: no article has the id "{key}"; the ids are: {known}')


def _called(id_: str, draft: Draft) -> str:
    return id_ if draft.name == id_ else f"{id_} (or {draft.name})"


def _check(option: str, value: str) -> None:
    from retold.languages import normalise

    if option == "lang" and normalise(value) is None:
        raise UsageError(f'--lang: "{value}" is no language; write a tag such as de or pt-BR')
    if option == "published" and read_date(value).rfc3339 is None:
        raise UsageError(f'--published: "{value}" is no date; write 2026-05-12T18:40:00+02:00')


def _within(
    articles: Sequence[Article], *, limit: int
) -> tuple[tuple[Article, ...], list[Problem]]:
    """Keep the first articles by publication and text, whatever the order they came in."""
    ranked = sorted(range(len(articles)), key=lambda index: article_sort_key(articles[index]))
    kept = set(ranked[:limit])
    what = (
        f"{len(articles)} articles were given and {limit} can be compared, the earliest first: "
        "give fewer"
    )
    beyond = [problem("too-many", where=articles[index].id, what=what) for index in ranked[limit:]]
    return tuple(article for index, article in enumerate(articles) if index in kept), beyond
