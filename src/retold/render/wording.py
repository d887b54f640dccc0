"""The words in which findings are told; every line between two words is drawn here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from retold.records import Article

# From this score on, the word and the sign that need no colour. The scores are calibrated
# probabilities: "sure" is wrong in at most one case of ten.
CERTAINTY = ((0.9, "sure", "●"), (0.6, "likely", "◐"), (0.0, "check yourself", "○"))
UNSURE_FROM = 1
"""Index in CERTAINTY of the best word that a gap may get which is not certain."""

CONTAINED = ((0.85, "all"), (0.6, "most"), (0.3, "part"), (0.0, "little"))
"""From this containment on, how much of one passage the other tells."""

SHARES = ((0.995, "all"), (0.75, "most"), (0.58, "two thirds"), (0.42, "half"), (0.25, "a third"))
"""From this share on, the word for it; below the last one nothing is said."""

NOT_FOUND, NOT_IN, NOT_COMPARED = "·", "–", "×"

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
KINDS = {
    "headline": "headline",
    "quote": "quotation",
    "statement": "statement",
    "commentary": "nothing to check",
}
NAMED_LETTERS = 6
"""More reports than this are counted, not named one by one."""
LABEL_CHARS = 32


def letter(index: int) -> str:
    """Name the article at an index: A, B, ... Z, AA, AB, ..."""
    before, last = divmod(index, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def certainty(score: float) -> str:
    """Say a calibrated score in words."""
    return next(word for line, word, _ in CERTAINTY if score >= line)


def gap_certainty(score: float, *, certain: bool) -> str:
    """Say in words how sure it is that an article does not tell something."""
    words = CERTAINTY if certain else CERTAINTY[UNSURE_FROM:]
    return next((word for line, word, _ in words if score >= line), CERTAINTY[-1][1])


def certainty_symbol(score: float) -> str:
    """Give the sign that stands in the matrix for a score."""
    return next(sign for line, _, sign in CERTAINTY if score >= line)


def legend(used: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """List the signs of the matrix and what they mean, the rare one only where it is used."""
    rare = ((NOT_COMPARED, "not compared"),) if NOT_COMPARED in used else ()
    return (
        *((sign, word) for _, word, sign in CERTAINTY),
        (NOT_FOUND, "no counterpart found"),
        (NOT_IN, "not in this report"),
        *rare,
    )


def share(part: int, whole: int) -> str | None:
    """Say a share in words, None where it is too small to be worth a word."""
    return next((word for line, word in SHARES if whole and part / whole >= line), None)


def contained(score: float, inner: str, outer: str) -> str:
    """Say how much of one report's passage another report's passage tells."""
    much = next(word for line, word in CONTAINED if score >= line)
    return f"{much} of {inner}'s words told in {outer}"


def kept_together(score: float) -> str:
    """Say how sure it is that two passages tell the same."""
    return f"{certainty(score)} ({score:.2f})"


def kept_apart(score: float) -> str:
    """Say that two passages were not put together, and how near it was."""
    level = certainty(score)
    though = f", though {level} the same" if level != CERTAINTY[-1][1] else ""
    return f"kept apart{though} ({score:.2f})"


def date_label(published: str | None) -> str:
    """Write an RFC 3339 date or date-time as "12 May 2026 18:40 +02"; others as they stand."""
    if not published:
        return "date unknown"
    try:
        if "T" not in published and " " not in published.strip():
            return _day(date.fromisoformat(published))
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    offset = moment.strftime("%z")[:5]
    zone = f" {offset[:3]}" + (f":{offset[3:]}" if offset[3:] != "00" else "") if offset else ""
    return f"{_day(moment)} {moment:%H:%M}{zone}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def source_label(article: Article) -> str:
    """Name an article's source: its publisher, else the domain, else the id, shortened."""
    domain = _domain(article.url) or _domain(article.id)
    name = article.publisher or domain or article.id.replace("\\", "/").rsplit("/", 1)[-1]
    return shorten(name, LABEL_CHARS)


def _domain(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def shorten(text: str, limit: int) -> str:
    """Set text on one line of at most `limit` characters; "…" stands where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def listing(parts: Sequence[str]) -> str:
    """Join parts as "A, B and C"."""
    *most, last = parts or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def named(letters: Sequence[str]) -> str:
    """Name reports by their letters, or count them where they are many."""
    in_order = sorted(letters, key=lambda name: (len(name), name))
    return listing(in_order) if len(letters) <= NAMED_LETTERS else f"{len(letters)} reports"


def number(count: int) -> str:
    """Write a small number as a word, a large one in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """Write a count with its noun: "1 claim", "3 claims"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def told_in(letters: Sequence[str], total: int) -> str:
    """Say which of `total` reports tell a claim, two of them at least."""
    if len(letters) < total:
        return f"told in {named(letters)}"
    return "told in both" if total == 2 else f"told in all {total}"


def only_in(told: str, total: int) -> str:
    """Say that one report alone tells a claim: to be used of certain gaps alone."""
    others = "" if total == 2 else f": in none of the other {total - 1} reports given"
    return f"only in {told}{others}"


def gaps_in(certain: Sequence[str], unsure: Sequence[str]) -> str:
    """Say of which reports it is certain that they lack a claim, and where it was not found."""
    parts = [f"not in {named(certain)}"] if certain else []
    if unsure:
        parts.append(f"no counterpart found in {named(unsure)}")
    return ", ".join(parts)


def nothing_label(count: int) -> str:
    """Label a collapsed run of passages in which nothing can be checked."""
    return f"{counted(count, 'passage')}, nothing to check"


def incomplete_note(article: Article) -> str | None:
    """Say why an article may not be all there, None where it seems complete."""
    if article.complete:
        return None
    because = f": {article.incomplete_because}" if article.incomplete_because else ""
    return f"may be incomplete{because}"


def caveat(total: int) -> str:
    """Say what was compared and what "not found" does not mean."""
    return f'Compared: these {number(total)} texts only. "Not found" does not mean "left out".'


def only_count(sure: int, unsure: int, *, only: str, unfound: str) -> str:
    """Count the claims of one report; where none is certain, nothing is called "only"."""
    if unsure and not sure:
        return f"{unsure} {unfound}"
    doubt = f", {unsure} of them unsure" if unsure else ""
    return f"{sure + unsure or 'none'} {only}{doubt}"
