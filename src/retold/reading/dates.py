"""Dates of publication, as tools write them, to RFC 3339; never guessed."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

EARLIEST_YEAR = 1600
LATEST_YEAR = 2199
"""No newspaper is older than the first, and no clock that is right is later than the second."""

_ABSENT = frozenset({"", "none", "null", "nan", "nat", "n/a", "unknown"})
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?", re.ASCII
)
_COMPACT = re.compile(r"\d{14}", re.ASCII)
_EPOCH = re.compile(r"-?\d{9,19}(?:\.\d+)?", re.ASCII)
_ZONE_NAME = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_EARLIEST_EPOCH = 1e8
"""Smaller numbers, from before 1973, are years or counters, not moments."""
_EPOCH_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0.0, 1.0))
"""From this size on a number counts nanoseconds, microseconds, milliseconds, seconds."""


class Moment(msgspec.Struct, frozen=True):
    """A date as read: `rfc3339` is None where there is none; `fault` is a problem code.

    `no-timezone`: only the day is kept, as the hour means nothing without its zone.
    """

    rfc3339: str | None = None
    fault: str | None = None


def read_date(value: Any) -> Moment:
    """Read a date or date-time: ISO 8601, RFC 2822, seconds since 1970 or their thousandths."""
    if value is None or (isinstance(value, str) and value.strip().casefold() in _ABSENT):
        return Moment()
    try:
        moment = _parse(value)
    except (ValueError, TypeError, OverflowError, OSError):
        return Moment(fault="impossible-date")
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return Moment(fault="impossible-date")
    if isinstance(value, str) and _RFC3339.fullmatch(value.strip()):
        return Moment(value.strip().upper())
    return _written(moment)


def _written(moment: date) -> Moment:
    if not isinstance(moment, datetime):
        return Moment(moment.isoformat())
    if moment.tzinfo is None:
        return Moment(moment.date().isoformat(), fault="no-timezone")
    offset = moment.utcoffset()
    if not offset or offset.seconds % 60:
        moment = moment.astimezone(UTC)
    return Moment(moment.isoformat().replace("+00:00", "Z"))


def _parse(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(value)
    if not isinstance(value, str):
        return _from_epoch(float(value))
    text = value.strip()
    if _COMPACT.fullmatch(text):
        return datetime.strptime(text, "%Y%m%d%H%M%S")
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    return _from_words(text)


def _from_words(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(_ZONE_NAME.sub("+00:00", text))
    except ValueError:
        return parsedate_to_datetime(text)


def _from_epoch(number: float) -> datetime:
    """Read seconds since 1970; 0 is how programs write that they do not know."""
    if not abs(number) >= _EARLIEST_EPOCH:
        raise ValueError(number)
    unit = next(unit for size, unit in _EPOCH_UNITS if abs(number) >= size)
    return datetime.fromtimestamp(number / unit, UTC).replace(microsecond=0)
