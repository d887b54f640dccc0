"""The reports of one event, in any languages, side by side, claim by claim.

The names below are loaded when they are first used, so that `import retold` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from retold.comparison import Comparison
    from retold.encoders import Encoder
    from retold.encoders.cache import CachedEncoder
    from retold.encoders.e5 import E5Encoder
    from retold.errors import RetoldError
    from retold.pipeline import compare
    from retold.reading import read
    from retold.records import Article, Cell, Gap, Passage, Problem, Reading, Row, Span
    from retold.settings import Settings
else:
    _HOMES = {
        "Article": "records",
        "CachedEncoder": "encoders.cache",
        "Cell": "records",
        "Comparison": "comparison",
        "E5Encoder": "encoders.e5",
        "Encoder": "encoders",
        "Gap": "records",
        "Passage": "records",
        "Problem": "records",
        "Reading": "records",
        "RetoldError": "errors",
        "Row": "records",
        "Settings": "settings",
        "Span": "records",
        "compare": "pipeline",
        "read": "reading",
    }

    def __getattr__(name):
        """Load a public name from the module where it is defined."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value

    def __dir__():
        """Name what can be used, loaded or not."""
        return sorted({*globals(), *_HOMES})


__all__ = [
    "Article",
    "CachedEncoder",
    "Cell",
    "Comparison",
    "E5Encoder",
    "Encoder",
    "Gap",
    "Passage",
    "Problem",
    "Reading",
    "RetoldError",
    "Row",
    "Settings",
    "Span",
    "__version__",
    "compare",
    "read",
]
