"""Share the processor between Python threads and the matrix library."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock

from threadpoolctl import ThreadpoolController

_turn = RLock()


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

    The limit belongs to the process, and only the thread that set it can lift it: callers on
    several threads take turns, which loses nothing, as each uses all cores.
    """
    with _turn, _controller().limit(limits=1, user_api="blas"):
        yield
