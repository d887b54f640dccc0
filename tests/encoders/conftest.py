"""The default encoder, loaded once, and what it is made of."""

import pytest

from retold.encoders.e5 import E5Encoder
from retold.encoders.tokenizer import Tokenizer
from retold.encoders.weights import Weights, find_weights, read_weights


@pytest.fixture(scope="session")
def encoder() -> E5Encoder:
    return E5Encoder(workers=2)


@pytest.fixture(scope="session")
def weights() -> Weights:
    return read_weights(find_weights())


@pytest.fixture(scope="session")
def tokenizer(weights: Weights) -> Tokenizer:
    return Tokenizer(weights.vocabulary)
