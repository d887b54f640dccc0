"""The package as a whole: its public names, its version, what importing it costs."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import retold

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "rich", "babel", "msgspec", "trafilatura", "jinja2", "py3langid", "sentencex"}


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_package_loads_nothing_else() -> None:
    loaded = _run("import sys, retold; print(*sys.modules)").split()
    assert {name for name in loaded if name.partition(".")[0] in HEAVY} == set()
    assert {name for name in loaded if name.startswith("retold.")} == set()


def test_reading_loads_no_encoder() -> None:
    loaded = _run("import sys, retold; retold.read; retold.Article; print(*sys.modules)").split()
    assert {"numpy", "rich"} & set(loaded) == set()


@pytest.mark.parametrize("name", retold.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(retold, name)
    assert name == "__version__" or value.__doc__
    assert name in dir(retold)


def test_a_star_import_brings_the_public_names() -> None:
    names = _run("from retold import *; print(*dir())").split()
    assert set(retold.__all__) <= {*names, "__version__"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'compar'"):
        retold.compar  # type: ignore[attr-defined]  # noqa: B018


def test_type_checkers_see_what_the_program_loads() -> None:
    source = (ROOT / "src" / "retold" / "__init__.py").read_text(encoding="utf-8")
    checked = re.findall(r"^    from retold\.(\S+) import (.+)$", source, re.MULTILINE)
    declared = {name: module for module, names in checked for name in names.split(", ")}
    loaded = re.findall(r'^        "(\w+)": "([\w.]+)",$', source, re.MULTILINE)
    assert declared == dict(loaded)
    assert {*declared, "__version__"} == set(retold.__all__)


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert project["version"] == retold.__version__
    assert metadata.version("retold") == retold.__version__
    assert f"\nversion: {retold.__version__}\n" in citation
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert newest is not None
    assert newest[1] == retold.__version__


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    from packaging.requirements import Requirement

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and line[0] != "#")
    pins = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins.items()}
    for line in metadata.requires("retold") or ():
        needed = Requirement(line)
        assert needed.specifier.contains(pins[re.sub(r"[-_.]+", "-", needed.name).lower()]), line


def test_every_dependency_is_explained() -> None:
    from packaging.requirements import Requirement

    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    explained = dict(re.findall(r"^\| ([\w-]+) \| .+? \| .+? \| (\d[\w.]*) \|", page, re.MULTILINE))
    needed = {Requirement(line).name for line in metadata.requires("retold") or ()}
    assert set(explained) == needed
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("_", "-").lower()
    assert [name for name, pin in explained.items() if f"\n{name}=={pin}\n" not in pins] == []


def test_whatever_is_imported_is_declared() -> None:
    distributions = metadata.packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    own = {"retold", "markupsafe"}  # jinja2 gives its type of escaped text
    others = imported - sys.stdlib_module_names - own
    declared = "\n".join(metadata.requires("retold") or ()).lower()
    assert others
    assert [name for name in others if distributions[name][0].lower() not in declared] == []


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_no_pin_names_a_host() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert re.findall(r"^(?![\w.-]+==[\w.]+$|#|$).*$", text, re.MULTILINE) == []


def test_the_makefile_runs_what_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(PYTHON)", "python")
    recipes = recipes.replace("$(BIN)", "").replace("$(DATA)", '"$data"')
    checks = re.findall(r"^ *check (?!tests|python -m pip)(.+)$", ci, re.MULTILINE)
    checks += re.findall(r"^    (python -m pytest) \|", ci, re.MULTILINE)
    assert len(checks) == 5
    assert [check for check in checks if f"\n\t{check}\n" not in recipes] == []


def test_the_scripts_say_what_they_do() -> None:
    told = subprocess.run([ROOT / "run"], capture_output=True, text=True, check=True, cwd="/")
    assert "./run demo" in told.stdout
    assert "./run test" in told.stdout
    wrong = subprocess.run([ROOT / "run", "tset"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
