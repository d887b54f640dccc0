"""Where results go: standard output, or a file that is whole or not there."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from retold.errors import UsageError


def write_stdout(text: str) -> None:
    """Write a result to standard output, in UTF-8 unless a terminal wants another encoding.

    A reader that has seen enough and left is no fault; raises UsageError for any other refusal.
    """
    encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
    try:
        sys.stdout.buffer.write(text.encode(encoding or "utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence_stdout()
    except OSError as error:
        _silence_stdout()
        raise UsageError(f"standard output: {error.strerror or error}") from error


def _silence_stdout() -> None:
    """Point standard output nowhere, so that closing it cannot fail once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def check_writable(path: Path) -> None:
    """Raise UsageError, before the work is done, where a file cannot be written."""
    if path.is_dir():
        raise UsageError(f"-o {path}: this is a folder; name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"-o {path}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"-o {path}: the folder {path.parent} cannot be written to")


def write_file(path: Path, text: str) -> None:
    """Write a file at once: first beside its place, then moved there.

    A device or a pipe is written as it is. Raises UsageError where the system refuses.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"-o {path}: {error.strerror or error}") from error


def _replace(path: Path, text: str) -> None:
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        os.close(handle)
        Path(name).write_text(text, encoding="utf-8", newline="")
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, else those of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
