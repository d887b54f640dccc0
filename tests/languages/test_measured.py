"""The languages that were measured."""

from retold.languages import is_known, measured, normalise


def test_the_table_is_well_formed() -> None:
    entries = measured()
    assert len({entry.lang for entry in entries}) == len(entries) >= 19
    for entry in entries:
        assert normalise(entry.lang) == entry.lang
        assert entry.name
        assert entry.f1 is None or 0 <= entry.f1 <= 1
        # English is the other side of every measurement and has no number of its own.
        assert entry.f1 is not None or not entry.known or entry.lang == "en"


def test_known_goes_by_the_language_without_its_region() -> None:
    for entry in measured():
        assert is_known(f"{entry.lang}-XX") == entry.known
    assert not is_known("und")
    assert not is_known("tlh")
