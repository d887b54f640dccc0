"""Tell what kind of passage a sentence is, from its vector and its outside.

`probe` holds the fitted probe, `vectors` what it looks at, `surface` what can be seen of a text in
any language without understanding it. The packaged probes are written by `training/probes.py`.
"""

from retold.probes.probe import KINDS, Probe, load_probe
from retold.probes.vectors import sentence_vectors

__all__ = ["KINDS", "Probe", "load_probe", "sentence_vectors"]
