"""Every error that retold raises on purpose.

    RetoldError                    exit 2
    ├── UsageError                 2   an option or argument cannot be used as given
    ├── WeightsError               2   the encoder's weight file is missing or not the right one
    ├── InputError                 2   an input cannot be read, and `strict` says to stop
    └── NothingComparable          4   fewer than two articles are left to compare

Exit codes that belong to no error: 0 done, 1 findings (`retold check`), 3 done but some inputs
were left out, 130 interrupted.
"""

EXIT_DONE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_LEFT_OUT = 3
EXIT_NOTHING_COMPARABLE = 4
EXIT_INTERRUPTED = 130


class RetoldError(Exception):
    """One line for the user: what is wrong, where, and the remedy."""

    exit_code = EXIT_USAGE


class UsageError(RetoldError):
    """An option or argument cannot be used as given."""


class WeightsError(RetoldError):
    """The encoder's weight file is missing, damaged or another one."""


class InputError(RetoldError):
    """An input cannot be used, and the caller asked for strictness."""


class NothingComparable(RetoldError):  # noqa: N818 - a state of the input, not a fault of it
    """Fewer than two articles are left to compare."""

    exit_code = EXIT_NOTHING_COMPARABLE
