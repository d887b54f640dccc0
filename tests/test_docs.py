"""The documentation is complete, its links lead somewhere, its snippets run, and it is true.

`python -m pytest tests/test_docs.py --rewrite` writes anew what is generated: docs/settings.md from
settings.py, and the excerpt in README.md.
"""

import ast
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import jsonschema
import msgspec
import pytest

import retold
from retold import records, settings
from retold.cli import run
from retold.cli.reference import reference

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "retold"
PAGES = sorted(
    path
    for folder, pattern in ((".", "*.md"), ("docs", "*.md"), ("examples", "**/*.md"))
    for path in (ROOT / folder).glob(pattern)
)
TYPES = [
    value
    for value in vars(records).values()
    if isinstance(value, type) and issubclass(value, records.Record) and value is not records.Record
]
PARTS = [
    value
    for value in vars(settings).values()
    if isinstance(value, type) and issubclass(value, settings.Part) and value is not settings.Part
]
HOSTS = {"www.apache.org", "json-schema.org", "aclanthology.org"}
"""Real hosts that may be named: the licence's, the schema's, those of papers."""
ADDRESS = re.compile(r"https?://([\w.-]+\.[a-z]+)")
INVENTED = re.compile(r"^a\.b$|(^|\.)(example|example\.(com|net|org)|test|invalid)$")

REMEDY = "run: python -m pytest tests/test_docs.py --rewrite"


def _section(page: str, heading: str) -> str:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: str(kind.__name__))
def test_every_member_of_a_record_is_documented(kind: type[records.Record]) -> None:
    section = _section("comparison.md", kind.__name__)
    documented = re.findall(r"^\| `(\w+)` \| \S", section, re.MULTILINE)
    assert documented == [field.encode_name for field in msgspec.structs.fields(kind)]


def test_the_schema_names_the_members_that_the_records_have() -> None:
    schema = json.loads((PACKAGE / "comparison.schema.json").read_text(encoding="utf-8"))
    for name in ("Article", "Passage", "Row", "Cell", "Gap", "Problem", "Place", "Span"):
        kind = getattr(records, name)
        named = set(schema["$defs"][name.lower()]["properties"])
        assert named == {field.encode_name for field in msgspec.structs.fields(kind)}


@pytest.fixture(scope="module")
def comparison() -> retold.Comparison:
    """Compare the first example as a user does, with all that is no article beside it."""
    return retold.compare(retold.read(ROOT / "examples" / "harbour"))


def test_a_real_comparison_is_what_the_schema_says(comparison: retold.Comparison) -> None:
    schema = json.loads((PACKAGE / "comparison.schema.json").read_text(encoding="utf-8"))
    document = json.loads(comparison.to_json())
    jsonschema.Draft202012Validator(schema).validate(document)
    assert len(document["articles"]) == 3
    assert any(len(row["cells"]) == 3 for row in document["rows"])


def test_every_problem_of_a_real_comparison_is_documented(comparison: retold.Comparison) -> None:
    inputs = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
    codes = {problem.code for problem in comparison.problems}
    assert codes
    assert [code for code in codes if f"| `{code}` |" not in inputs] == []


def test_settings_are_documented(rewrite: bool) -> None:
    page = ROOT / "docs" / "settings.md"
    opening, mark, tables = page.read_text(encoding="utf-8").partition("settings.py. -->\n")
    assert mark
    if rewrite:
        page.write_text(opening + mark + settings_tables(), encoding="utf-8")
    else:
        assert tables == settings_tables(), REMEDY


def test_every_setting_says_what_it_trades() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| .*? \| (.*) \|$", settings_tables(), re.MULTILINE)
    assert len(rows) > len(PARTS)
    assert [name for name, meaning in rows if not meaning.strip()] == []


def settings_tables() -> str:
    """Write a table for each part of the settings."""
    parts = [""]
    for field in msgspec.structs.fields(retold.Settings):
        part = field.default
        parts.append(f"## {field.name}\n\n{(type(part).__doc__ or '').strip()}\n")
        parts.append("| setting | default | what it is, what it trades, where measured |")
        parts.append("|---|---|---|")
        parts += [f"| `{name}` | {value} | {meaning} |" for name, value, meaning in _leaves(part)]
        parts.append("")
    return "\n".join(parts)


def _leaves(part: msgspec.Struct, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield name, default and meaning of every setting, those of nested parts too."""
    meanings = _meanings(type(part).__name__)
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        if isinstance(value, settings.Part):
            yield from _leaves(value, f"{prefix}{field.name}.")
        else:
            shown = f"{value:,}".replace(",", "_") if isinstance(value, int) else str(value)
            yield f"{prefix}{field.name}", shown, meanings.get(field.name, "")


def _meanings(name: str) -> dict[str, str]:
    """Read the docstrings under the fields of a part."""
    tree = ast.parse((PACKAGE / "settings.py").read_text(encoding="utf-8"))
    part = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name)
    meanings = {}
    for field, after in zip(part.body, part.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            told = after.value if isinstance(after, ast.Expr) else None
            if isinstance(told, ast.Constant):
                meanings[field.target.id] = " ".join(str(told.value).split())
    return meanings


def test_the_excerpt_is_what_the_command_prints(
    rewrite: bool, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = ROOT / "README.md"
    found = re.fullmatch(
        r"(.*<!-- excerpt[^\n]*\n\n)(.*)(\n<!-- end -->.*)", page.read_text(), re.DOTALL
    )
    assert found is not None
    before, middle, after = found.groups()
    command = middle.splitlines()[1]
    monkeypatch.chdir(ROOT)
    assert run(command.removeprefix("$ retold ").split()) == 0
    screen = capfdbinary.readouterr().out.decode().partition("\nCLAIMS AND REPORTS")[0]
    excerpt = f"```text\n{command}\n\n{screen}```\n"
    if rewrite:
        page.write_text(before + excerpt + after, encoding="utf-8")
    else:
        assert middle == excerpt, REMEDY


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if ADDRESS.match(path):
            continue
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), target
        assert not anchor or anchor in _anchors(other), target


def test_the_readme_tells_the_exit_codes() -> None:
    table = r"^\| (\d+) \|"
    readme = re.findall(table, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert readme == re.findall(table, reference(), re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    """Name the anchors that headings get."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ["inputs.md", "settings.md", "comparison.md", "library.md"])
def test_every_page_is_in_the_index(page: str) -> None:
    assert f"]({page})" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in PAGES if page.parent.name == "docs"]
    assert [name for name in pages if name != "README.md" and f"]({name})" not in index] == []


def _snippets() -> Iterator[object]:
    for page in ("README.md", "docs/library.md", "docs/settings.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for number, code in enumerate(re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)):
            yield pytest.param(code, id=f"{page}-{number}")


@pytest.mark.parametrize("code", list(_snippets()))
@pytest.mark.usefixtures("clone")
def test_snippets_run(code: str) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "snippet", "exec"), {"__name__": "snippet"})
    assert "print(" not in code or printed.getvalue()


def test_only_invented_hosts_are_named() -> None:
    files = [
        path
        for folder in ("src", "tests", "docs", "examples", "benchmarks", "quality", "training")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".json", ".txt", ".tsv", ".html", ".js", ".css", ".toml"}
    ]
    files += [*PAGES, ROOT / "pyproject.toml", ROOT / "constraints.txt", ROOT / "run"]
    named = {
        (str(path.relative_to(ROOT)), host)
        for path in files
        for host in ADDRESS.findall(path.read_text(encoding="utf-8", errors="replace"))
        if not INVENTED.search(host) and host not in HOSTS
    }
    assert named == set()


CLOSED = """
import sys

def close(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise OSError(f"the network is closed: {event} {arguments}")

sys.addaudithook(close)
"""


def _with_the_network_closed(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CLOSED + code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_the_closed_network_is_closed() -> None:
    done = _with_the_network_closed(
        "import urllib.request\nurllib.request.urlopen('http://a.test')"
    )
    assert "the network is closed: socket.getaddrinfo" in done.stderr


def test_nothing_is_downloaded() -> None:
    done = _with_the_network_closed(
        "from retold.cli import run\n"
        "sys.exit(run(['compare', 'examples/treaty', '--format', 'json']))"
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["articles"]) == 4
    assert "network is closed" not in done.stderr
