import tomllib
from pathlib import Path
from typing import Any

import pytest

from quality import gate
from quality.command import Bench, Measurement

FLOORS: dict[str, Any] = {"set": {"data": "d1", "least": {"f1": 0.8}, "most": {"ece": 0.1}}}


def verdicts(digest: str = "d1", **values: float) -> dict[str, str]:
    """Judge values of the set."""
    return {v.name: v.said for v in gate.judge("set", Measurement(values), digest, FLOORS)}


def test_numbers_are_held_against_their_bounds() -> None:
    assert verdicts(f1=0.8, ece=0.1, other=0.0) == {
        "f1": "ok",
        "ece": "ok",
        "other": "no floor (d1)",
    }
    assert verdicts(f1=0.79, ece=0.11) == {"f1": "OUT OF BOUNDS", "ece": "OUT OF BOUNDS"}


def test_floors_of_other_data_are_shown_and_not_applied() -> None:
    assert verdicts("d2", f1=0.1) == {"f1": "other data (d2)"}
    found = next(iter(gate.judge("set", Measurement({"f1": 0.1}), "d2", FLOORS)))
    assert found.floor == ">= 0.8"
    assert not found.fails


def test_a_set_that_is_not_there_is_passed_over(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "docs"
    part = gate.Part(tmp_path, [file], lambda _: Measurement({"f1": 0.1}))
    assert gate.run({"set": part}, bench, FLOORS) == []
    assert "passed over" in capsys.readouterr().out
    file.write_text("x")
    assert [v.name for v in gate.run({"set": part}, bench, FLOORS)] == ["f1"]


def test_every_measurement_is_in_the_gate(data: Path) -> None:
    commands = {path.stem for path in Path(gate.__file__).parent.glob("*.py")}
    helpers = {"__init__", "command", "gate", "metrics", "reports", "score_synopsis", "sets"}
    wanted = gate.parts(data, gate.EXAMPLES, data, documents=1)
    assert set(wanted) == commands - helpers
    assert all(path.is_file() for name, p in wanted.items() if name != "seeds" for path in p.files)


def test_floors_name_numbers_that_are_measured() -> None:
    floors = tomllib.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert floors.pop("documents") > 0
    for own in floors.values():
        assert len(own["data"]) == 16
        assert {*own.get("least", {}), *own.get("most", {})}
