"""Settings: what was changed, and a digest of all."""

import msgspec
import pytest

from retold.settings import AlignmentSettings, Curve, ReadingSettings, Settings, SynopsisSettings


def test_defaults_change_nothing() -> None:
    assert Settings().changed() == {}
    assert Settings() == Settings(alignment=AlignmentSettings())


def test_what_was_changed_is_named_part_by_part() -> None:
    settings = Settings(
        reading=ReadingSettings(max_chars=5),
        alignment=msgspec.structs.replace(
            AlignmentSettings(), same_language=Curve(bias=-99.0, told=1.0)
        ),
    )
    changed = settings.changed()
    assert changed["reading"] == {"max_chars": 5}
    assert changed["alignment"]["same_language"]["bias"] == -99.0
    assert "across_languages" not in changed["alignment"]
    assert "synopsis" not in changed


def test_the_digest_is_that_of_all_settings() -> None:
    digest = Settings().digest()
    assert len(digest) == 64
    assert digest == Settings().digest()
    assert digest != Settings(synopsis=SynopsisSettings(candidate=0.5)).digest()


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Settings().alignment.link = 0.5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        ({"alignment": {"links": 0.5}}, "unknown field `links`"),
        ({"aligment": {}}, "unknown field `aligment`"),
        ({"alignment": {"link": "high"}}, r"\$\.alignment\.link"),
    ],
)
def test_misspelt_settings_are_refused(plain: dict[str, object], reason: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=reason):
        msgspec.convert(plain, Settings)


def test_plain_values_there_and_back() -> None:
    settings = Settings(alignment=AlignmentSettings(link=0.7))
    assert msgspec.convert(msgspec.to_builtins(settings), Settings) == settings
