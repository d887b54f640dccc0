"""Encode passages in the context of their paragraph, at the cost of encoding each once."""

from collections.abc import Sequence

import numpy as np

from retold.encoders import Encoder, Encoding, Progress
from retold.records import Span

RUN_BYTES = 900
"""UTF-8 bytes of text that are encoded together at most, about 200 tokens: a paragraph helps to
understand its sentences, a longer run blurs them (examples: average precision of cross-language
links .866 sentence by sentence, .879 by paragraph, .838 by runs of 300 tokens)."""


def encode_in_context(
    runs: Sequence[tuple[str, Sequence[Span]]],
    encoder: Encoder,
    *,
    progress: Progress | None = None,
) -> list[Encoding]:
    """Encode stretches of text and return one encoding for each span inside them, in order.

    A run is a text and the spans (offsets into it) that are wanted. A span that is the whole
    run gets the encoder's own encoding; otherwise its tokens are those of the run that lie in
    it, and `pooled` is their mean in the last layer, at unit length.
    """
    encoded = encoder.encode([text for text, _ in runs], progress=progress)
    return [
        whole if len(spans) == 1 else _part(whole, span)
        for (_, spans), whole in zip(runs, encoded, strict=True)
        for span in spans
    ]


def runs_of(
    text: str, spans: Sequence[Span], paragraph: Sequence[int]
) -> list[tuple[str, list[Span]]]:
    """Cut an article into runs: neighbouring spans of one paragraph, of RUN_BYTES at most.

    `paragraph` numbers each span's paragraph. A paragraph that is too long is cut into runs of
    about equal length.
    """
    groups: list[list[Span]] = []
    for i, span in enumerate(spans):
        if i and paragraph[i] == paragraph[i - 1]:
            groups[-1].append(span)
        else:
            groups.append([span])
    return [_run(text, part) for group in groups for part in _parts(text, group)]


def _parts(text: str, group: Sequence[Span]) -> list[list[Span]]:
    sizes = np.cumsum([len(text[s.start : s.end].encode("utf-8", "replace")) for s in group])
    count = -(-int(sizes[-1]) // RUN_BYTES)
    parts: dict[int, list[Span]] = {}
    for span, end in zip(group, sizes.tolist(), strict=True):
        parts.setdefault(int((end - 1) * count // sizes[-1]), []).append(span)
    return list(parts.values())


def _run(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    start = spans[0].start
    return text[start : spans[-1].end], [Span(s.start - start, s.end - start) for s in spans]


def _part(whole: Encoding, span: Span) -> Encoding:
    inside = (whole.offsets[:, 0] < span.end) & (whole.offsets[:, 1] > span.start)
    tokens = whole.tokens[inside]
    total = tokens[:, -1].astype(np.float32).sum(axis=0)
    return Encoding(
        pooled=total / max(float(np.linalg.norm(total)), 1e-12),
        tokens=tokens,
        offsets=np.clip(whole.offsets[inside] - span.start, 0, span.end - span.start),
        information=whole.information[inside],
    )
