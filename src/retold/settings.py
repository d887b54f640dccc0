"""All settings, a frozen part for each stage; each threshold says what it trades.

Where a number was chosen by measurement, the set is named; docs/settings.md has the table.
"""

import hashlib
from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the parts."""


class ReadingSettings(Part, frozen=True, kw_only=True):
    """How articles are read."""

    max_chars: int = 200_000
    """Longer articles are left out with a problem, never cut."""
    max_articles: int = 60
    """More articles are left out with a problem, the latest first."""
    max_bytes: int = 50_000_000
    """Larger files are left out unread; a page's main text is a hundredth of its bytes."""


class Curve(Part, frozen=True, kw_only=True):
    """A log-odds curve: weights of the evidence that two passages tell the same claim."""

    bias: float
    """Log-odds of two passages that nothing speaks for."""
    told: float
    """Of the token evidence, mean of both directions."""
    contained: float = 0.0
    """Of the larger direction: a short passage may be told inside a long one."""
    wording: float = 0.0
    """Of shared character n-grams; within one language only."""
    neighbours: float = 0.0
    """Of the best evidence among adjacent passages."""
    preference: float = 0.0
    """Of preferring each other to all other passages of the two articles."""


class Calibration(Part, frozen=True, kw_only=True):
    """A line through log-odds: what turns a score into a probability."""

    slope: float = 1.0
    """What log-odds are multiplied by: below 1 makes every score less sure."""
    intercept: float = 0.0
    """What is added then: below 0 lowers every score."""


class AlignmentSettings(Part, frozen=True, kw_only=True):
    """How passages of different articles are found to tell the same claim."""

    least_information: float = 8.0
    """Nats; tokens more frequent than this (function words, marks) are not compared: a third
    of the tokens, at no loss (examples, cstnews, ntrex128: 7 to 8 alike, 9 loses)."""
    hub_units: int = 3
    """How many of a token's best passages make its hubness: fewer separate better in short
    reports, more in long ones (examples: 2, cstnews: 4)."""
    hub_share: float = 0.4
    """Share of a token's own hubness that its matches lose."""
    other_hub_share: float = 0.2
    """Share of the matched token's hubness that a match loses: more helps translations
    (ntrex128, textberg), less helps rewrites (cstnews)."""
    chance_match: float = 0.35
    """Best match that a token has in a passage about something else."""
    same_language: Curve = Curve(
        bias=-7.7, told=8.4, contained=8.3, wording=18.0, neighbours=4.6, preference=1.3
    )
    across_languages: Curve = Curve(bias=-6.2, told=13.2, contained=17.9, preference=4.5)
    counted: float = 0.05
    """Probability from which a pair counts in the mean between two groups at all."""
    within: float = 0.1
    """What a pair of sentences of one article counts in the mean between two groups."""
    link: float = 0.3
    """Probability from which passages are linked: higher loses claims, lower joins neighbours."""
    calibration: Calibration = Calibration()
    """Applied to the log-odds of every pair; the curves above were fitted to need none."""
    match: float = 0.35
    """Worth of a token's best match from which it counts as told (refresd: .3 to .4 alike)."""
    match_width: float = 0.06
    """How sharply it does."""
    clause_tokens: int = 4
    """Fewest informative tokens of a half: shorter ones are tags and labels, not claims."""
    clause_evidence: float = 0.15
    """Evidence that each half of a sentence must have for a counterpart of its own."""
    clause_gain: float = 0.06
    """How much better the halves must match their counterparts than the whole sentence does,
    added up."""
    clause_loss: float = 0.01
    """How much worse one of them may."""
    unmarked_tokens: int = 7
    """Fewest informative tokens of a half where no punctuation stands between the two."""
    unmarked_gain: float = 0.08
    """Gain that is asked for there."""
    step_least: int = 5
    """Fewest sentences for which an order can be seen."""
    step_evidence: float = 0.1
    """Evidence from which a mutual best pair counts as one."""
    step_share: float = 0.7
    """Share of the shorter article that must have mutual best pairs to be in step."""
    step_share_of_longer: float = 0.6
    """Share of the longer article that must have them too: an excerpt or a padded rewrite, told
    in the same order, is not in step."""
    step_order: float = 0.95
    """Share of those pairs that must be in one order."""
    step_size_cost: float = 11.0
    """Cost, in nats of information, of each further sentence in a step (textberg)."""
    step_plain: float = 0.25
    """Median evidence of the steps from which a translation counts as close (examples .34 to
    .57; textberg .21, whose free sentences would be lost)."""
    step_least_evidence: float = 0.03
    """Evidence that a unit needs in a close translation to belong to its step."""
    stepped: float = 0.6
    """Least probability of a pair that stands in one step."""
    unstepped: float = 0.25
    """Share of its probability that a pair keeps which does not."""


class SynopsisSettings(Part, frozen=True, kw_only=True):
    """How claims become rows."""

    commentary: float = 0.75
    """Probability from which a passage counts as nothing to check."""
    speech_chars: int = 20
    """Code points between marks from which words count as somebody's speech, not as a title."""
    certain_gap: float = 0.975
    """Gap score from which the measured precision is .95 or more (cstnews, examples)."""
    candidate: float = 0.05
    """Pairs from this probability on are kept as candidates, linked or not."""


class Settings(Part, frozen=True, kw_only=True):
    """Every setting of a comparison."""

    reading: ReadingSettings = ReadingSettings()
    alignment: AlignmentSettings = AlignmentSettings()
    synopsis: SynopsisSettings = SynopsisSettings()

    def changed(self) -> dict[str, Any]:
        """Return every setting that is not the default, as nested plain values."""
        return _difference(msgspec.to_builtins(self), msgspec.to_builtins(Settings()))

    def digest(self) -> str:
        """Return the sha256 of all settings."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


def _difference(ours: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Keep what differs, part by part."""
    changed: dict[str, Any] = {}
    for name, value in ours.items():
        if isinstance(value, dict):
            if inner := _difference(value, defaults[name]):
                changed[name] = inner
        elif value != defaults[name]:
            changed[name] = value
    return changed
