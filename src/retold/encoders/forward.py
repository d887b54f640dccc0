"""Run the network: BERT with 12 layers of 384, normalised after each part, in plain numpy.

Devlin et al. 2019 (https://aclanthology.org/N19-1423). Sequences of any length lie one after
the other in one matrix, so nothing is padded; attention runs over groups of equal length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from retold.encoders.weights import Tensor, Weights, dequantise

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer's matrices, (inputs, outputs), with the constants of the formulas folded in."""

    qkv: Floats
    qkv_bias: Floats
    attention: Floats
    attention_bias: Floats
    attention_gain: Floats
    attention_shift: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    outer_gain: Floats
    outer_shift: Floats


class Network:
    """The matrices as single-precision numbers; threads may share it."""

    def __init__(self, weights: Weights) -> None:
        self.shape = weights.shape
        tensors = weights.tensors
        self._words = tensors["emb.word"].rows(self.shape.dim)
        self._places = tensors["emb.pos"].floats().reshape(-1, self.shape.dim)
        self._places += tensors["emb.type"].floats()[: self.shape.dim]
        self._gain = tensors["emb.ln.w"].floats()
        self._shift = tensors["emb.ln.b"].floats()
        self._layers = [
            _layer(tensors, f"l{i}.", self.shape.dim, self.shape.heads)
            for i in range(self.shape.layers)
        ]

    def run(
        self, ids: NDArray[np.int32], lengths: Sequence[int], keep: Sequence[int]
    ) -> list[Floats]:
        """Give the chosen layers' vectors, (positions, dim) each, of sequences laid end to end.

        Each sequence has at most `shape.positions` ids; layers count from 1.
        """
        x = self._embed(ids, lengths)
        kept = []
        for number, layer in enumerate(self._layers, 1):
            x = self._apply(layer, x, lengths)
            if number in keep:
                kept.append(x)
        return kept

    def _embed(self, ids: NDArray[np.int32], lengths: Sequence[int]) -> Floats:
        unique, inverse = np.unique(ids, return_inverse=True)
        x: Floats = dequantise(self._words[unique])[inverse]
        x += self._places[np.concatenate([np.arange(n) for n in lengths])]
        return _normalised(x, self._gain, self._shift, self.shape.epsilon)

    def _apply(self, layer: Layer, x: Floats, lengths: Sequence[int]) -> Floats:
        epsilon = self.shape.epsilon
        qkv = x @ layer.qkv
        qkv += layer.qkv_bias
        y = self._attend(qkv, lengths) @ layer.attention
        y += layer.attention_bias
        y += x
        y = _normalised(y, layer.attention_gain, layer.attention_shift, epsilon)
        inner = y @ layer.inner
        inner += layer.inner_bias
        gelu(inner)
        z = inner @ layer.outer
        z += layer.outer_bias
        z += y
        return _normalised(z, layer.outer_gain, layer.outer_shift, epsilon)

    def _attend(self, qkv: Floats, lengths: Sequence[int]) -> Floats:
        heads, size = self.shape.heads, self.shape.dim // self.shape.heads
        out = np.empty((len(qkv), self.shape.dim), np.float32)
        at = 0
        for length, group in groupby(lengths):
            count = len(list(group))
            end = at + count * length
            parts = qkv[at:end].reshape(count, length, 3, heads, size)
            q, k, v = (parts[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
            scores = q @ k.swapaxes(-1, -2)
            np.exp(np.clip(scores, -80, 80, out=scores), out=scores)
            target = out[at:end].reshape(count, length, heads, size).transpose(0, 2, 1, 3)
            np.matmul(scores, v, out=target)
            target /= scores.sum(-1, keepdims=True)
            at = end
        return out


def _layer(tensors: dict[str, Tensor], prefix: str, dim: int, heads: int) -> Layer:
    scale = np.float32((dim // heads) ** -0.5)

    def matrix(name: str, columns: int = dim) -> Floats:
        return np.ascontiguousarray(tensors[prefix + name].matrix(columns).T)

    def vector(name: str) -> Floats:
        return tensors[prefix + name].floats()

    return Layer(
        qkv=np.hstack([matrix("q.w") * scale, matrix("k.w"), matrix("v.w")]),
        qkv_bias=np.hstack([vector("q.b") * scale, vector("k.b"), vector("v.b")]),
        attention=matrix("ao.w"),
        attention_bias=vector("ao.b"),
        attention_gain=vector("aln.w"),
        attention_shift=vector("aln.b"),
        inner=matrix("fi.w"),
        inner_bias=vector("fi.b"),
        outer=matrix("fo.w", 4 * dim) * np.float32(0.5),
        outer_bias=vector("fo.b"),
        outer_gain=vector("oln.w"),
        outer_shift=vector("oln.b"),
    )


def _normalised(x: Floats, gain: Floats, shift: Floats, epsilon: float) -> Floats:
    """Normalise each row to mean 0 and variance 1, then scale and shift it; in place."""
    x -= x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1])
    x *= 1 / np.sqrt(variance + np.float32(epsilon))
    x *= gain
    x += shift
    return x


def gelu(x: Floats) -> None:
    """Replace x by twice its Gaussian error linear unit, x (1 + erf(x / sqrt 2))."""
    t = x * x
    t *= np.float32(0.044715 * 0.7978845608)
    t += np.float32(0.7978845608)
    t *= x
    np.tanh(t, out=t)
    t += 1
    x *= t
