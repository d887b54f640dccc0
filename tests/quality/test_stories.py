from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from quality import score_synopsis as scorer
from quality import stories
from quality.command import Bench

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def harbour(bench: Bench) -> stories.Compared:
    return stories._compared(EXAMPLES / "harbour", bench)


def test_every_folder_with_a_gold_is_a_story(tmp_path: Path) -> None:
    for name in ("b/deep", "a", "c"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("b/deep", "a"):
        (tmp_path / name / "gold.json").write_text("{}")
    (tmp_path / "a/about.md").write_text("")
    assert stories.folders(tmp_path) == [tmp_path / "a", tmp_path / "b/deep"]
    assert [path.name for path in stories.files(tmp_path)] == ["gold.json"] * 2


def test_the_scorer_knows_every_report(harbour: stories.Compared) -> None:
    assert set(harbour.output.articles) == set(harbour.story.reports)
    assert harbour.output.warnings == []


def test_links_between_two_reports_add_up_to_all(harbour: stories.Compared) -> None:
    whole: Counter[str] = Counter()
    scorer.score_links(harbour.story, harbour.output, whole)
    parts: Counter[str] = Counter()
    for pair in combinations(harbour.story.reports, 2):
        scorer.score_links(*stories._between(harbour, set(pair)), parts)
    for name in ("links_gold", "links_found", "links_right", "links_wrong"):
        assert parts[name] == whole[name]
    assert whole["links_gold"] > 0


def test_errors_are_what_the_scorer_counts(harbour: stories.Compared) -> None:
    counts: Counter[str] = Counter()
    scorer.score_links(harbour.story, harbour.output, counts)
    right, wrong = stories._links(harbour)
    assert len(right) == counts["links_found"]
    assert len(wrong) == counts["links_wrong"]
    assert sum(line.startswith(("wrong", "missed")) for line in stories._errors([harbour], 99)) == (
        counts["links_wrong"] + counts["links_gold"] - counts["links_found"]
    )


def test_a_folder_without_stories_is_said_so(bench: Bench) -> None:
    with pytest.raises(SystemExit, match=r"no folder with a gold\.json"):
        stories.measure(bench)
