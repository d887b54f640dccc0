from pathlib import Path

import pytest

from quality import sets


def test_lines_end_at_newline_only(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"a": "one\u2028two\\r"}\r\n{"a": "three"}\n'.encode())
    assert [row["a"] for row in sets.jsonl(path)] == ["one\u2028two\r", "three"]


def test_table_has_no_quoting(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text('n\ttext\n1\t"Go\u0085on," he said\n2\t\n', encoding="utf-8")
    assert list(sets.table(path)) == [
        {"n": "1", "text": '"Go\u0085on," he said'},
        {"n": "2", "text": ""},
    ]


def test_table_with_a_line_too_short_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("n\ttext\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        list(sets.table(path))


def test_digest_names_contents_and_their_order(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("1")
    b.write_text("2")
    first = sets.digest(a, b)
    assert len(first) == 16
    assert first != sets.digest(b, a)
    a.write_text("3")
    assert first != sets.digest(a, b)
