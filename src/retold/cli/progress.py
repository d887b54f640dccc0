"""What the user sees of a long run: a bar on standard error, and the time of each stage."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

PATIENCE = 2.0
"""Seconds after which a bar appears."""


class Progress:
    """Take the stages' reports; show a bar where someone can see it, and remember the times.

    Called with the stage, what is done and how much there is. The time since the last report
    belongs to the stage that is reported, but to the one before where nothing is done of it yet;
    `first` is the one at the start.
    """

    def __init__(
        self, *, first: str, visible: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start the clock with a stage of this name."""
        self._clock = clock
        self._visible = visible and sys.stderr.isatty()
        self._started = self._last = clock()
        self._stage = first
        self.seconds: dict[str, float] = {}
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that so much of a stage is done."""
        if done:
            self._stage = stage
        self._count()
        self._stage = stage
        if self._visible and self._clock() - self._started > PATIENCE:
            self._show(stage, done, total)

    def __enter__(self) -> Self:
        """Take reports."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Count the last stage and take the bar away."""
        self._count()
        if self._bar is not None:
            self._bar.stop()

    def summary(self) -> str:
        """Name the seconds of each stage, in the order they came."""
        parts = [f"{stage} {seconds:.2f} s" for stage, seconds in self.seconds.items()]
        return ", ".join([*parts, f"in all {self._last - self._started:.2f} s"])

    def _count(self) -> None:
        now = self._clock()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._last
        self._last = now

    def _show(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
