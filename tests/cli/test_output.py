"""Results on standard output and in files."""

import os
from pathlib import Path

import pytest

from retold.cli.output import check_writable, write_file
from retold.errors import UsageError


def test_a_file_is_written_whole_with_usual_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    write_file(path, "Grüße\r\n")
    assert path.read_bytes() == "Grüße\r\n".encode()
    (tmp_path / "other").write_text("")
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_is_written_as_it_is() -> None:
    write_file(Path(os.devnull), "text")
    assert Path(os.devnull).is_char_device()


def test_what_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a folder"):
        check_writable(tmp_path)
    with pytest.raises(UsageError, match="no folder"):
        check_writable(tmp_path / "none" / "out.txt")
    check_writable(tmp_path / "out.txt")


def test_a_refusal_of_the_system_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UsageError, match=r"out\.txt: No space left on device"):
        write_file(tmp_path / "out.txt", "text")
