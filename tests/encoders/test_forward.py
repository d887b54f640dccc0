"""The network against its plain formulas."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from retold.encoders.forward import GELU_ROWS, GELU_SCALE, Network, gelu, normalise
from retold.encoders.threads import one_blas_thread
from retold.encoders.weights import Weights, dequantise

Doubles = NDArray[np.float64]
IDS = np.array([0, 41, 1294, 12, 35378, 8999, 4, 3642, 621, 398, 32, 2], np.int32)


@pytest.fixture(scope="module")
def network(weights: Weights) -> Network:
    return Network(weights, room=1024)


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    """Run as the encoder does: one thread does not wait for others on a busy machine."""
    with one_blas_thread():
        yield


class Plain:
    """BERT as in the paper: one sequence, doubles, exact error function, nothing folded."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.dim = weights.shape.dim

    def vector(self, name: str) -> Doubles:
        return self.weights.tensors[name].floats().astype(np.float64)

    def linear(self, x: Doubles, name: str) -> Doubles:
        matrix = self.weights.tensors[name + ".w"].matrix(x.shape[1]).astype(np.float64)
        return x @ matrix.T + self.vector(name + ".b")

    def normalised(self, x: Doubles, name: str) -> Doubles:
        x = x - x.mean(axis=1, keepdims=True)
        x = x / np.sqrt(x.var(axis=1, keepdims=True) + self.weights.shape.epsilon)
        return x * self.vector(name + ".w") + self.vector(name + ".b")

    def attended(self, x: Doubles, prefix: str) -> Doubles:
        heads = self.weights.shape.heads
        q, k, v = (
            self.linear(x, prefix + name).reshape(len(x), heads, -1).swapaxes(0, 1)
            for name in "qkv"
        )
        scores = q @ k.swapaxes(1, 2) / math.sqrt(self.dim // heads)
        chances = np.exp(scores - scores.max(axis=2, keepdims=True))
        chances /= chances.sum(axis=2, keepdims=True)
        return np.asarray((chances @ v).swapaxes(0, 1).reshape(x.shape))

    def run(self, ids: NDArray[np.int32]) -> list[Doubles]:
        words = dequantise(self.weights.tensors["emb.word"].rows(self.dim)[ids])
        places = self.vector("emb.pos").reshape(-1, self.dim)[: len(ids)]
        x = self.normalised(words + places + self.vector("emb.type")[: self.dim], "emb.ln")
        layers = []
        for number in range(self.weights.shape.layers):
            prefix = f"l{number}."
            x = self.normalised(
                x + self.linear(self.attended(x, prefix), prefix + "ao"), prefix + "aln"
            )
            inner = self.linear(x, prefix + "fi")
            inner *= 0.5 + 0.5 * np.vectorize(math.erf)(inner / math.sqrt(2))
            x = self.normalised(x + self.linear(inner, prefix + "fo"), prefix + "oln")
            layers.append(x)
        return layers


def test_layers_are_those_of_the_plain_formulas(weights: Weights, network: Network) -> None:
    expected = Plain(weights).run(IDS)
    found = network.run(IDS, [len(IDS)], range(1, 13))
    for ours, theirs in zip(found, expected, strict=True):
        product = np.sum(ours * theirs, axis=1)
        lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
        assert np.min(product / lengths) > 0.9999


def test_sequences_do_not_see_each_other(network: Network) -> None:
    (alone,) = network.run(IDS, [len(IDS)], (12,))
    other = np.arange(5, 25, dtype=np.int32)
    several = np.concatenate([other, IDS, IDS, other[:3]])
    (together,) = network.run(several, [20, 12, 12, 3], (12,))
    assert np.allclose(together[20:32], alone, atol=1e-5)
    assert np.array_equal(together[20:32], together[32:44])


def test_a_workspace_keeps_nothing_from_before(network: Network) -> None:
    before = network.run(IDS, [len(IDS)], (10, 12))
    network.run(np.arange(5, 505, dtype=np.int32), [500], (12,))
    after = network.run(IDS, [len(IDS)], (10, 12))
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_kept_layers_are_copies(network: Network) -> None:
    (kept,) = network.run(IDS, [len(IDS)], (12,))
    copy = kept.copy()
    network.run(IDS[::-1].copy(), [len(IDS)], (12,))
    assert np.array_equal(kept, copy)


def test_gelu_is_close_to_the_exact_one() -> None:
    x = np.linspace(-9, 9, (GELU_ROWS + 3) * 100, dtype=np.float32)
    exact = x * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))
    scaled = (x * np.float32(GELU_SCALE)).reshape(-1, 100)
    gelu(scaled)
    assert np.max(np.abs(scaled.reshape(-1) / GELU_SCALE - exact)) < 1e-3


def test_normalise_gives_mean_zero_and_the_gain_as_deviation() -> None:
    x = np.random.default_rng(7).normal(3, 2, (5, 384)).astype(np.float32)
    normalise(x, np.full(384, 2, np.float32), 1e-12)
    assert np.allclose(x.mean(axis=1), 0, atol=1e-5)
    assert np.allclose(x.std(axis=1), 2, atol=1e-4)
