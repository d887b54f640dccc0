"""Order, names, neighbours and workers change nothing of what is linked."""

from pathlib import Path

import msgspec
import pytest

from retold.comparison import Comparison
from retold.encoders import Encoder
from retold.encoders.e5 import E5Encoder
from retold.pipeline import compare
from retold.reading import read
from retold.records import Article
from tests.conftest import ROOT
from tests.events import english, french, german, unrelated
from tests.properties.spans import linked

STORIES = ("harbour", "ferry")


@pytest.fixture(scope="module", params=STORIES)
def articles(request: pytest.FixtureRequest) -> tuple[Article, ...]:
    return read(ROOT / "examples" / request.param).articles


@pytest.fixture(scope="module")
def compared(articles: tuple[Article, ...], encoder: Encoder) -> Comparison:
    return compare(articles, encoder=encoder)


def test_the_order_of_articles_changes_nothing(
    articles: tuple[Article, ...], compared: Comparison, encoder: Encoder
) -> None:
    for other in (articles[::-1], articles[1:] + articles[:1]):
        found = compare(other, encoder=encoder)
        assert linked(found) == linked(compared)
        assert found.rows == compared.rows
        assert found.candidates == compared.candidates


def test_other_ids_change_nothing(
    articles: tuple[Article, ...], compared: Comparison, encoder: Encoder
) -> None:
    ids = {f"x{9 - i}": article.id for i, article in enumerate(articles)}
    renamed = [
        msgspec.structs.replace(a, id=name, url=None) for name, a in zip(ids, articles, strict=True)
    ]
    found = compare(renamed, encoder=encoder)
    assert linked(found, name=ids.__getitem__) == linked(compared)


@pytest.mark.parametrize("story", STORIES)
def test_other_file_names_change_nothing(story: str, encoder: Encoder, tmp_path: Path) -> None:
    files = sorted((ROOT / "examples" / story).glob("*.txt"))
    ids = {}
    for i, file in enumerate(files):
        name = f"{9 - i}"
        (tmp_path / f"{name}.txt").write_bytes(file.read_bytes())
        ids[name] = file.stem
    before = compare(
        read(*(_without_sidecar(f, tmp_path / "same") for f in files)), encoder=encoder
    )
    after = compare(read(*sorted(tmp_path.glob("*.txt"))), encoder=encoder)
    assert linked(before)
    assert linked(after, name=ids.__getitem__) == linked(before)


def _without_sidecar(file: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    copied = folder / file.name
    copied.write_bytes(file.read_bytes())
    return copied


def test_an_unrelated_article_changes_nothing(
    articles: tuple[Article, ...], compared: Comparison, encoder: Encoder
) -> None:
    found = compare([*articles, unrelated()], encoder=encoder)
    assert linked(found, among=[a.id for a in articles]) == linked(compared)
    assert linked(found) == linked(compared)


def test_the_number_of_workers_changes_nothing() -> None:
    articles = [english(), german(), french()]
    one, two = (compare(articles, encoder=E5Encoder(workers=n)).to_json() for n in (1, 2))
    assert one == two


def test_comparing_again_gives_the_same(
    articles: tuple[Article, ...], compared: Comparison, encoder: Encoder
) -> None:
    assert compare(articles, encoder=encoder).to_json() == compared.to_json()
