"""Two reports of one invented event, and an encoder that is loaded once."""

from pathlib import Path

import pytest

from retold.encoders.cache import CachedEncoder
from retold.encoders.e5 import E5Encoder

ENGLISH = """Storm stops the Osney ferry

The ferry to Osney was cancelled on Friday because of a storm, the harbour office said.
About three hundred passengers had to wait in Tarvik. “We do not sail against such a wind,”
harbour master Ines Falk said. The next boat leaves on Saturday at seven.
The old terminal is to be sold next year.
"""
GERMAN = """Sturm stoppt Fähre nach Osney

Wegen eines Sturms ist die Fähre nach Osney am Freitag ausgefallen, wie das Hafenamt mitteilte.
Rund dreihundert Fahrgäste mussten in Tarvik warten. „Gegen so einen Wind fahren wir nicht“,
sagte Hafenmeisterin Ines Falk. Das nächste Schiff legt am Samstag um sieben Uhr ab.
In der Nacht fiel außerdem in zwei Dörfern der Strom aus.
"""


@pytest.fixture(scope="session")
def encoder() -> CachedEncoder:
    """Load the encoder once for all commands."""
    return CachedEncoder(E5Encoder(workers=1))


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: CachedEncoder) -> Path:
    """Write two reports into a folder beside which the test runs."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "en.txt").write_text(ENGLISH)
    (folder / "de.txt").write_text(GERMAN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("retold.cli.parameters.encoder_from", lambda **_: encoder)
    return folder
