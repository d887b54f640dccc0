"""Share the processor between Python threads and the matrix library."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from threadpoolctl import ThreadpoolController

_lock = Lock()
_inside = 0
_limiter = None


def available_cores() -> int:
    """Count the cores this process may use: its affinity mask where the system has one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def _controller() -> ThreadpoolController:
    # Looking for the libraries takes milliseconds; numpy has loaded its own by now.
    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep the matrix library to one thread per caller inside the block.

    The limit belongs to the process, so callers on several threads share it: the first one in
    sets it, the last one out restores what was there before.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _inside, _limiter  # noqa: PLW0603 - the limit itself is global to the process
    with _lock:
        if _inside == 0:
            _limiter = _controller().limit(limits=1, user_api="blas")
        _inside += 1


def _leave() -> None:
    global _inside, _limiter  # noqa: PLW0603
    with _lock:
        _inside -= 1
        if _inside == 0 and _limiter is not None:
            _limiter.restore_original_limits()
            _limiter = None
