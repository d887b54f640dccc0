"""The punctuation of all scripts, by what it does.

The constants in capitals are sets of characters, written for use inside a character class.
"""

import re

CERTAIN_ENDS = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u0f0d"
    "\u0f0e\u104a\u104b\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945"
    "\u1aa8-\u1aab\u1b4e\u1b4f\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b\u1c3c\u1c7e\u1c7f"
    "\u2cf9-\u2cfb\u2e2e\u2e3c\u2e53\u2e54\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce"
    "\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe56\ufe57\uff01"
    "\uff0e\uff1f\uff61"
)
"""Unicode's Sentence_Terminal but for Latin script's, and the Tibetan shad."""

EXCLAIMING = "!?\u203c\u203d\u2047-\u2049"
FULL_STOPS = ".\u2024\ufe52"
ELLIPSIS = "\u2026"
ENDS = CERTAIN_ENDS + EXCLAIMING + FULL_STOPS + ELLIPSIS

QUOTES = "\"'\u00ab\u00bb\u2018-\u201f\u2039\u203a\u2e42\u300c-\u300f\u301d-\u301f\uff02\uff07"
ALWAYS_OPENING = "\u300c\u300e\u301d"
ALWAYS_CLOSING = "\u300d\u300f\u301e\u301f"
OPENING_BRACKETS = r"(\[{\uff08\uff3b\u3010\u3014\u3016\u300a\u3008\u27e8"
CLOSING_BRACKETS = r")\]}\uff09\uff3d\u3011\u3015\u3017\u300b\u3009\u27e9"
DASHES = "\\-\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\uff0d"
SENTENCE_OPENERS = "\u00a1\u00bf"
NO_SPACES = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han: scripts that put no space between sentences."""

PARAGRAPH_SEPARATOR = "\u2029"
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
ENDING = re.compile(rf"[{ENDS}][\s{CLOSING_BRACKETS}{QUOTES}*_\u200b-\u200f\ufe0f]*\Z")
"""Final punctuation and what may follow it, at the very end of a text."""


def is_lower(character: str) -> bool:
    """Tell whether a letter is small in a script with capitals at the beginning of sentences.

    Georgian letters are small to Unicode, but titles are not written otherwise.
    """
    return character.islower() and character.title() != character
