"""What all tests share."""

from pathlib import Path

import pytest

from retold.encoders.cache import CachedEncoder
from retold.encoders.e5 import E5Encoder

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let tests of generated files write them anew."""
    parser.addoption(
        "--rewrite", action="store_true", help="write generated files anew instead of comparing"
    )


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Tell whether generated files are to be written anew."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(scope="session")
def encoder() -> CachedEncoder:
    """Load the default encoder once; what it said of a text is remembered."""
    return CachedEncoder(E5Encoder(workers=2))


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that has the examples, as a clone has, and may be written to."""
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path
