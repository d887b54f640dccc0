"""Imports point the way that ARCHITECTURE.md draws; modules and functions stay small."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "retold"
MODULES = sorted(PACKAGE.rglob("*.py"))
GROUND = {"records", "errors", "settings", "languages", "encoders"}
STAGES = {"reading", "passages", "roles", "mentions", "alignment", "synopsis", "lineage"}
STAGES_THAT_KNOW_ANOTHER = {"synopsis": {"alignment"}}
"""What ARCHITECTURE.md gives the reasons of; nothing is added here without one."""


@functools.cache
def _allowed() -> dict[str, set[str]]:
    """Read the table of ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.partition("| part | may import |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split("|") for line in table.splitlines()]
    return {
        row[0].strip(" `"): set(re.findall(r"`(\w+)`", row[1] if row[1:] else "")) for row in rows
    }


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def _imported(path: Path) -> Iterator[str]:
    """Name every module or name of retold that a file imports, wherever in it."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if _is_ours(node.module or ""):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_ours(name: str) -> bool:
    return name == "retold" or name.startswith("retold.")


def _part(name: str) -> str:
    """Name the part of retold that a dotted name belongs to; "" is the package itself."""
    below = name.split(".")[1:]
    return below[0] if below and _is_module(f"retold.{below[0]}") else ""


def _uses() -> dict[str, set[str]]:
    """For each part, the other parts that it imports."""
    uses: dict[str, set[str]] = {}
    for path in MODULES:
        part = _part(_name(path))
        if part:
            found = {_part(name) for name in _imported(path)}
            uses.setdefault(part, set()).update(found - {part, ""})
    return uses


def test_the_walk_sees_imports_at_the_top_and_inside_functions() -> None:
    uses = _uses()
    assert "records" in uses["alignment"]
    assert "render" in uses["comparison"]


def test_every_part_is_in_the_picture() -> None:
    assert set(_uses()) <= set(_allowed())


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_keep_to_the_picture(path: Path) -> None:
    part = _part(_name(path))
    if part:
        allowed = _allowed()[part] | {part, ""}
        assert [name for name in _imported(path) if _part(name) not in allowed] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_of_the_package_itself_only_the_version_is_used(path: Path) -> None:
    used = {name for name in _imported(path) if not _part(name) and name != "retold"}
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used |= {f"retold.{node.attr}"} if node.value.id == "retold" else set()
    assert used <= {"retold.__version__"}


def test_the_picture_is_the_one_that_was_meant() -> None:
    allowed = _allowed()
    assert allowed["records"] == allowed["errors"] == set()
    for stage in STAGES & set(allowed):
        known = STAGES_THAT_KNOW_ANOTHER.get(stage, set())
        assert allowed[stage] <= GROUND | known | ({"probes"} if stage == "roles" else set())
    assert allowed["render"] <= {"records", "errors", "languages"}
    assert [part for part in allowed if {"cli", "web"} & allowed[part]] == []
    assert [part for part in allowed if "pipeline" in allowed[part]] == ["cli"]


def test_the_picture_has_no_circle() -> None:
    left = {part: set(needed) for part, needed in _allowed().items()}
    while left:
        free = {part for part, needed in left.items() if not needed & set(left)}
        assert free, f"a circle among {sorted(left)}"
        left = {part: needed for part, needed in left.items() if part not in free}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
    assert len(path.read_text(encoding="utf-8").splitlines()) < 500
    assert [n.name for n in _functions(path) if (n.end_lineno or 0) - n.lineno >= 60] == []


def test_the_median_function_is_short() -> None:
    lengths = sorted((n.end_lineno or 0) - n.lineno + 1 for p in MODULES for n in _functions(p))
    assert lengths[len(lengths) // 2] <= 10


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_whatever_is_public_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(_tree(path)), "the module"
    public = [node for node in _definitions(_tree(path)) if not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def _functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef)]


def _definitions(body: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield public functions and classes, and the methods of public classes."""
    for node in body.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from _definitions(node)
