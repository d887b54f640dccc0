"""Run the network: BERT with 12 layers of 384, normalised after each part, in plain numpy.

Devlin et al. 2019 (https://aclanthology.org/N19-1423). Sequences of any length lie one after
the other in one matrix, so nothing is padded; attention runs over groups of equal length. Nearly
all time goes into the matrix products: constants, biases and shifts are folded into the matrices,
and what is left is done in place, in pieces that stay in the processor's cache.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from retold.encoders.weights import Tensor, Weights, dequantise

Floats = NDArray[np.float32]
Group = tuple[slice, int, int]
"""The rows of neighbouring sequences of one length, their number and that length."""

GELU_CUBIC = 0.044715
GELU_LINEAR = (2 / np.pi) ** 0.5
"""x (1 + tanh(linear (x + cubic x^3))) / 2, Hendrycks and Gimpel 2016 (arXiv:1606.08415);
the exact form gives pooled vectors of cosine .999999 to these and costs more."""
GELU_SCALE = (GELU_LINEAR * GELU_CUBIC) ** (1 / 3)
"""With its input multiplied by this, the formula's cubic term has no factor."""
GELU_ROWS = 64
"""Rows of the inner layer at a time: two such pieces fit into a core's second cache."""
SCORES = 1 << 17
"""Attention scores at a time, unless one sequence alone has more."""
MAX_SCORE = 80.0
"""The exponential stays finite whatever comes. The highest scores of rows lay between -41 and 68 in
news of 19 languages and in random and repeated pieces, so nothing needs to be subtracted first."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer's matrices, each (inputs + 1, outputs): its last row is the bias."""

    qkv: Floats
    attention: Floats
    attention_gain: Floats
    inner: Floats
    outer: Floats
    outer_gain: Floats
    shift: Floats
    """(dim,): what is still to be added to the layer's output; the next layer's biases have it."""


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """The matrices that one thread uses again and again, a row for each position.

    All but `qkv` have a column of ones behind their values, which meets the bias in a product.
    """

    x: Floats
    y: Floats
    context: Floats
    inner: Floats
    qkv: Floats

    def first(self, positions: int) -> "Workspace":
        """View so many rows of each."""
        parts = (self.x, self.y, self.context, self.inner, self.qkv)
        return Workspace(*(part[:positions] for part in parts))


def workspace(positions: int, dim: int, inner: int) -> Workspace:
    """Make room for so many positions; memory is taken when a row is first used."""
    x, y, context = (_with_ones(positions, dim) for _ in range(3))
    qkv = np.empty((positions, 3 * dim), np.float32)
    return Workspace(x, y, context, _with_ones(positions, inner), qkv)


class Network:
    """The matrices as single-precision numbers; threads may share it."""

    def __init__(self, weights: Weights, *, room: int) -> None:
        """Turn the 4-bit matrices into numbers; the table of pieces stays as it is.

        `room` is the largest number of positions a run will have.
        """
        self.shape = weights.shape
        self._room = room
        self._spare: list[Workspace] = []
        tensors = weights.tensors
        self._words = tensors["emb.word"].rows(self.shape.dim)
        self._places = tensors["emb.pos"].floats().reshape(-1, self.shape.dim)
        self._places += tensors["emb.type"].floats()[: self.shape.dim]
        self._gain = tensors["emb.ln.w"].floats()
        self._layers = _layers(tensors, self.shape.layers, self.shape.heads)

    def run(
        self,
        ids: NDArray[np.int32],
        lengths: Sequence[int],
        keep: Sequence[int],
    ) -> list[Floats]:
        """Give the chosen layers' vectors, (positions, dim) each, of sequences laid end to end.

        Each sequence has at most `shape.positions` ids; layers count from 1, in rising order.
        """
        groups = _groups(lengths, self.shape.heads)
        kept = []
        with self._borrowed(len(ids)) as space:
            self._embed(ids, lengths, space.x[:, : self.shape.dim])
            for number, layer in enumerate(self._layers, 1):
                self._apply(layer, space, groups)
                if number in keep:
                    kept.append(space.x[:, : self.shape.dim] + layer.shift)
        return kept

    @contextmanager
    def _borrowed(self, positions: int) -> Iterator[Workspace]:
        """Lend a workspace that no other thread has; each stays for the next batch."""
        try:
            room = self._spare.pop()
        except IndexError:
            room = workspace(self._room, self.shape.dim, self.shape.inner)
        yield room.first(positions)
        self._spare.append(room)

    def _embed(self, ids: NDArray[np.int32], lengths: Sequence[int], x: Floats) -> None:
        unique, inverse = np.unique(ids, return_inverse=True)
        places = np.concatenate([np.arange(n) for n in lengths])
        np.add(dequantise(self._words[unique])[inverse], self._places[places], out=x)
        normalise(x, self._gain, self.shape.epsilon)

    def _apply(self, layer: Layer, space: Workspace, groups: Sequence[Group]) -> None:
        """Replace `space.x` by the layer's output."""
        dim, inner, epsilon = self.shape.dim, self.shape.inner, self.shape.epsilon
        x, y = space.x[:, :dim], space.y[:, :dim]
        np.matmul(space.x, layer.qkv, out=space.qkv)
        _attend(space.qkv, groups, self.shape.heads, space.context[:, :dim])
        np.matmul(space.context, layer.attention, out=y)
        y += x
        normalise(y, layer.attention_gain, epsilon)
        np.matmul(space.y, layer.inner, out=space.inner[:, :inner])
        gelu(space.inner[:, :inner])
        np.matmul(space.inner, layer.outer, out=x)
        x += y
        normalise(x, layer.outer_gain, epsilon)


def _with_ones(rows: int, columns: int) -> Floats:
    # Rows lie a multiple of 64 bytes apart, as the cache is cut.
    matrix = np.empty((rows, columns + 16), np.float32)[:, : columns + 1]
    matrix[:, columns] = 1
    return matrix


def _groups(lengths: Sequence[int], heads: int) -> list[Group]:
    groups = []
    at = 0
    for length, same in groupby(lengths):
        left = sum(1 for _ in same)
        while left:
            count = min(left, max(1, SCORES // (heads * length * length)))
            groups.append((slice(at, at + count * length), count, length))
            at += count * length
            left -= count
    return groups


def _attend(qkv: Floats, groups: Sequence[Group], heads: int, out: Floats) -> None:
    """Let each position look at those of its own sequence; queries are scaled beforehand."""
    size = out.shape[1] // heads
    for rows, count, length in groups:
        parts = qkv[rows].reshape(count, length, 3, heads, size)
        q, k, v = parts.transpose(2, 0, 3, 1, 4)
        scores = np.matmul(q, np.ascontiguousarray(k.swapaxes(-1, -2)))
        np.clip(scores, -MAX_SCORE, MAX_SCORE, out=scores)
        np.exp(scores, out=scores)
        sums = scores.reshape(-1, length) @ np.ones(length, np.float32)
        scores *= np.reciprocal(sums, out=sums).reshape(count, heads, length, 1)
        mixed = out[rows].reshape(count, length, heads, size).transpose(0, 2, 1, 3)
        np.matmul(scores, v, out=mixed)


def normalise(x: Floats, gain: Floats, epsilon: float) -> None:
    """Give each row mean 0 and variance 1, times `gain`; in place.

    Ba et al. 2016 (arXiv:1607.06450); the shift is in the biases of what comes next.
    """
    columns = x.shape[1]
    x -= (x @ np.full(columns, 1 / columns, np.float32))[:, None]
    variance = np.einsum("ij,ij->i", x, x)
    variance /= columns
    variance += np.float32(epsilon)
    x *= np.reciprocal(np.sqrt(variance, out=variance), out=variance)[:, None]
    x *= gain


def gelu(x: Floats) -> None:
    """Replace x by 2 GELU(x / GELU_SCALE) GELU_SCALE, in place."""
    part = np.empty((GELU_ROWS, x.shape[1]), np.float32)
    linear = np.float32(GELU_LINEAR / GELU_SCALE)
    for start in range(0, len(x), GELU_ROWS):
        rows = x[start : start + GELU_ROWS]
        inner = part[: len(rows)]
        np.multiply(rows, rows, out=inner)
        inner += linear
        inner *= rows
        np.tanh(inner, out=inner)
        inner += 1
        rows *= inner


def _layers(tensors: dict[str, Tensor], count: int, heads: int) -> list[Layer]:
    layers = []
    shift = tensors["emb.ln.b"].floats()
    for number in range(count):
        layers.append(_layer(tensors, f"l{number}.", heads, shift))
        shift = layers[-1].shift
    return layers


def _layer(tensors: dict[str, Tensor], prefix: str, heads: int, shift: Floats) -> Layer:
    """Fold into the biases what the inputs lack: `shift` is not yet added to the layer's own."""
    dim = len(shift)
    scale = np.float32((dim // heads) ** -0.5)

    def vector(name: str) -> Floats:
        return tensors[prefix + name].floats()

    def product(name: str, columns: int = dim) -> tuple[Floats, Floats]:
        return tensors[prefix + name + ".w"].matrix(columns).T, vector(name + ".b")

    q, q_bias = product("q")
    k, k_bias = product("k")
    v, v_bias = product("v")
    qkv = np.hstack([q * scale, k, v])
    attention, attention_bias = product("ao")
    inner, inner_bias = product("fi")
    outer, outer_bias = product("fo", inner.shape[1])
    middle = vector("aln.b")
    grow = np.float32(GELU_SCALE)
    return Layer(
        qkv=_biased(qkv, np.hstack([q_bias * scale, k_bias, v_bias]) + shift @ qkv),
        attention=_biased(attention, attention_bias + shift),
        attention_gain=vector("aln.w"),
        inner=_biased(inner * grow, (inner_bias + middle @ inner) * grow),
        outer=_biased(outer / (2 * grow), outer_bias + middle),
        outer_gain=vector("oln.w"),
        shift=vector("oln.b"),
    )


def _biased(matrix: Floats, bias: Floats) -> Floats:
    return np.ascontiguousarray(np.vstack([matrix, bias]))
