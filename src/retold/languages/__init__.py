"""Everything that differs between languages, as data with a fallback for every other language.

The rest of retold asks the functions here and never branches on the name of a language. The data
are the tab-separated tables beside this file; docs/languages.md tells what each of them holds.
"""

from retold.languages import conventions
from retold.languages.identification import identify
from retold.languages.marks import quotation_marks
from retold.languages.measured import MeasuredLanguage, is_known, measured
from retold.languages.names import direction, display_name, normalise, primary, same_language

__all__ = [
    "MeasuredLanguage",
    "conventions",
    "direction",
    "display_name",
    "identify",
    "is_known",
    "measured",
    "normalise",
    "primary",
    "quotation_marks",
    "same_language",
]
