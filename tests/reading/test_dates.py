"""Dates of publication."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from retold.reading.dates import Moment, read_date


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-05-12", "2026-05-12"),
        ("2026-05-12T18:40:00+02:00", "2026-05-12T18:40:00+02:00"),
        ("2026-05-12t18:40:00z", "2026-05-12T18:40:00Z"),
        ("2026-05-12T18:40+0200", "2026-05-12T18:40:00+02:00"),
        ("2026-05-12 18:40:00+00:00", "2026-05-12T18:40:00Z"),
        ("2026-05-12 18:40:00 UTC", "2026-05-12T18:40:00Z"),
        ("20260512", "2026-05-12"),
        ("20260512T184000Z", "2026-05-12T18:40:00Z"),
        ("Tue, 12 May 2026 18:40:00 +0200", "2026-05-12T18:40:00+02:00"),
        (1778604000, "2026-05-12T16:40:00Z"),
        (1778604000000, "2026-05-12T16:40:00Z"),
        ("1778604000", "2026-05-12T16:40:00Z"),
        (1778604000.5, "2026-05-12T16:40:00Z"),
        (date(2026, 5, 12), "2026-05-12"),
        (datetime(2026, 5, 12, 18, 40, tzinfo=UTC), "2026-05-12T18:40:00Z"),
        (
            datetime(2026, 5, 12, 18, 40, tzinfo=timezone(timedelta(hours=5, minutes=45))),
            "2026-05-12T18:40:00+05:45",
        ),
        (
            datetime(1900, 5, 12, 18, 40, tzinfo=timezone(timedelta(minutes=53, seconds=28))),
            "1900-05-12T17:46:32Z",
        ),
    ],
)
def test_the_formats_of_the_usual_tools_become_rfc3339(given: Any, expected: str) -> None:
    assert read_date(given) == Moment(expected)


@pytest.mark.parametrize("given", ["2026-05-12 18:40:00", "2026-05-12T18:40", "20260512184000"])
def test_an_hour_without_its_zone_is_dropped_never_guessed(given: str) -> None:
    assert read_date(given) == Moment("2026-05-12", fault="no-timezone")


@pytest.mark.parametrize("given", [None, "", "None", " null ", "NaT"])
def test_what_tools_write_for_no_date_is_no_date(given: Any) -> None:
    assert read_date(given) == Moment()


@pytest.mark.parametrize(
    "given",
    [
        *("2026-02-30", "2026-13-01T00:00:00Z", "05/12/2026", "yesterday", "12. Mai 2026"),
        *("9999-01-01", "0001-01-01", 0, 12, True, float("nan"), 10**30, ["2026-05-12"]),
        *("2026-05-12T25:00:00Z", "2026-05-12T18:40:00+99:00"),
    ],
)
def test_impossible_dates_are_faults_not_guesses(given: Any) -> None:
    assert read_date(given) == Moment(fault="impossible-date")
