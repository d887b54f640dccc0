"""The self-test of an installation."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from retold.cli import run
from retold.cli.doctor import SENTENCES, self_test
from retold.encoders import Encoding, Progress


class Muddled:
    """An encoder that confuses the last sentence of the German with the first."""

    name, digest, dim, layers = "muddled", "0" * 64, 3, (1,)

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Encoding]:
        axes = np.eye(3, dtype=np.float32)
        order = [0, 1, 0] if tuple(texts) == SENTENCES["de"] else [0, 1, 2]
        nothing = np.zeros((0, 1, 3), np.float16)
        return [
            Encoding(axes[i], nothing, np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
            for i in order
        ]


def test_a_confused_encoder_is_found_out() -> None:
    wrong = self_test(Muddled())
    assert f"{SENTENCES['de'][2]} (de to en)" in wrong
    assert all("(en to zh)" not in line for line in wrong)


def test_a_sound_installation_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "self-test: 9 sentences in en, de, zh find each other" in out
    assert "e5-small-q4.bin" in out


def test_missing_weights_are_told_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--weights", str(tmp_path / "none.bin")]) == 2
    out = capsys.readouterr().out
    assert "no weight file" in out
    assert "RETOLD_WEIGHTS" in out


def test_a_missing_dependency_is_named_before_anything_is_loaded(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retold.cli.doctor.dependencies", lambda: [("numpy", None)])
    assert run(["doctor"]) == 2
    assert "missing: pip install numpy" in capsys.readouterr().out
