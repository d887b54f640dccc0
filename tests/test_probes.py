"""The packaged probe: calibrated, rounded, bound to its encoder; and what can be seen outside."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from retold.encoders import Encoding
from retold.encoders.e5 import E5Encoder
from retold.probes import KINDS, Probe, load_probe, sentence_vectors, surface
from retold.probes.probe import FOLDER
from training.probes import (
    DATA,
    HELD_OUT,
    TRAINING,
    Sample,
    calibration_error,
    encode_rows,
    fit,
    read_rows,
    softmax,
    temperature,
    write,
)


@dataclass
class Stranger:
    """An encoder that no probe was fitted for."""

    digest: str = "0" * 64
    name: str = "stranger"
    dim: int = 4
    layers: tuple[int, ...] = (1,)

    def encode(self, texts: object, *, progress: object = None) -> list[Encoding]:
        raise NotImplementedError


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    return E5Encoder(workers=2)


@pytest.fixture(scope="module")
def probe(encoder: E5Encoder) -> Probe:
    return load_probe(encoder)


def test_the_packaged_probe_belongs_to_the_encoder_and_to_the_data(
    encoder: E5Encoder, probe: Probe
) -> None:
    data = b"".join((DATA / name).read_bytes() for name in TRAINING)
    assert probe.encoder == encoder.digest
    assert probe.data == hashlib.sha256(data).hexdigest(), "run python -m training.probes"
    assert probe.weights.shape == (encoder.dim, len(KINDS))


def test_held_out_passages_are_told_apart(encoder: E5Encoder, probe: Probe) -> None:
    rows = [row for row in read_rows([DATA / HELD_OUT]) if row.lang in ("de", "ja", "pl", "tr")]
    shares = probe.probabilities(encoder.encode([row.text for row in rows]))
    kinds = np.array([KINDS.index(row.kind) for row in rows])
    right = shares.argmax(1) == kinds
    assert right.mean() > 0.93
    assert calibration_error(shares.max(1).astype(float), right, bins=5) < 0.06


def test_training_and_held_out_passages_are_different() -> None:
    train = {row.text for row in read_rows([DATA / name for name in TRAINING])}
    held_out = [row.text for row in read_rows([DATA / HELD_OUT])]
    assert not train & set(held_out)


def test_probabilities_are_rounded_and_sum_to_one(encoder: E5Encoder, probe: Probe) -> None:
    encodings = encoder.encode(["Der Zug hielt nicht.", "", "Werbung", "  "])
    shares = probe.probabilities(encodings)
    assert shares.shape == (4, len(KINDS))
    assert np.allclose(shares.sum(1), 1, atol=3e-4)
    assert np.array_equal(shares, shares.round(4))
    assert probe.probabilities([]).shape == (0, len(KINDS))


def test_the_company_of_other_texts_changes_nothing(encoder: E5Encoder, probe: Probe) -> None:
    texts = ["Die Fähre lief auf Grund.", "Wer soll das verstehen?", "Foto: Inga Maar"]
    together = probe.probabilities(encoder.encode(texts))
    apart = [probe.probabilities(encoder.encode([text]))[0] for text in texts]
    assert np.allclose(together, np.array(apart), atol=2e-4)


def test_an_unknown_encoder_gets_a_probe_that_claims_nothing() -> None:
    probe = load_probe(Stranger())
    encodings = [_encoding([[1.0, 2.0]]), _encoding([])]
    shares = probe.probabilities(encodings)
    assert shares[0].tolist() == shares[1].tolist()
    assert shares[0, KINDS.index("statement")] > 0.5
    assert shares[0, KINDS.index("commentary")] == 0
    assert (probe.commentary_odds(encodings, ["Why?", "Who knows?"]) == -np.inf).all()


def test_a_probe_written_for_another_encoder_is_found(tmp_path: Path, encoder: E5Encoder) -> None:
    rows = [row for row in read_rows([DATA / HELD_OUT]) if row.lang == "it"]
    sample = encode_rows(rows, encoder)
    fitted = fit(sample, penalty=0.1, steps=30)
    stranger = Stranger(digest="ab" * 32)
    path = tmp_path / f"{stranger.digest[:16]}.npz"
    write(path, fitted, np.array([0, 1, 0, 0, 0.0]), encoder=stranger, paths=[])
    found = load_probe(stranger, folder=tmp_path)
    assert found.encoder == stranger.digest
    shares = found.probabilities(encoder.encode([row.text for row in rows]))
    assert (shares.argmax(1) == sample.kinds).mean() > 0.95
    written = path.read_bytes()
    write(path, fitted, np.array([0, 1, 0, 0, 0.0]), encoder=stranger, paths=[])
    assert path.read_bytes() == written


def test_sentence_vectors_are_means_of_the_first_layer() -> None:
    first, second = [[1.0, 0.0], [5.0, 5.0]], [[3.0, 2.0], [7.0, 7.0]]
    encoding = Encoding(
        pooled=np.zeros(2, np.float32),
        tokens=np.array([first, second], np.float16),
        offsets=np.zeros((2, 2), np.int32),
        information=np.zeros(2, np.float32),
    )
    empty = _encoding([])
    assert sentence_vectors([encoding, empty]).tolist() == [[2.0, 1.0], [0.0, 0.0]]


def test_newton_steps_find_the_optimum_and_the_temperature_the_scale() -> None:
    chance = np.random.default_rng(1)
    kinds = chance.integers(0, len(KINDS), 400)
    vectors = np.eye(len(KINDS))[kinds] + chance.normal(0, 0.7, (400, len(KINDS)))
    sample = Sample(np.array(["x"] * 400), kinds, vectors, np.zeros((400, 0)))
    fitted = fit(sample, penalty=1e-4, steps=400)
    logits = fitted.logits(vectors)
    residual = softmax(logits) - np.eye(len(KINDS))[kinds]
    assert np.abs(vectors.T @ residual).max() / 400 < 0.01
    assert temperature(logits, kinds) == pytest.approx(1, abs=0.1)
    assert temperature(logits * 2, kinds) == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize(
    "text",
    ["Er kam.", "Kam er?«", "他来了。」", "वह आया।", "آمد؟", "(Er kam.)", "So…", 'He came."'],
)
def test_sentences_end(text: str) -> None:
    assert surface.ends_sentence(text)


@pytest.mark.parametrize("text", ["", "Foto: Maar", "Er kam,", "(dpa)", "Teilen:", "12:30"])
def test_other_lines_do_not_end_like_sentences(text: str) -> None:
    assert not surface.ends_sentence(text)


@pytest.mark.parametrize(
    ("see", "yes", "no"),
    [
        (surface.in_brackets, "(Quelle: X).", "(Er) kam (nicht)"),
        (surface.in_brackets, "【PR】", "「彼は来た」"),
        (surface.starts_with_bracket, "[무르=통신] 기자", "„Er kam“"),
        (surface.has_quote, "„Nein“, sagte er", "it’s the dog's"),
        (surface.has_address, "mail@x.example", "um 5 @ 3"),
        (surface.has_address, "www.x.example", "U.S. troops"),
        (surface.has_clock, "Stand: 18:27 Uhr", "Es stand 3 zu 2"),
        (surface.has_clock, "2030年5月3日", "30年"),
        (surface.starts_with_symbol, "© Maar", "€5 kostet es"),
        (surface.starts_with_symbol, "– Anzeige –", "¿Quién?"),
        (surface.all_capitals, "WERBUNG", "NATO-Chef"),
        (surface.all_capitals, "РЕКЛАМА", "广告"),
        (surface.is_question, "Warum?“", "Warum? Darum."),
        (surface.is_question, "لماذا؟", "لماذا"),
        (surface.has_digit, "١٢ قتيلا", "zwölf"),
    ],
)
def test_what_can_be_seen_in_any_script(see: object, yes: str, no: str) -> None:
    assert callable(see)
    assert see(yes)
    assert not see(no)


def test_the_packaged_probes_are_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.npz")]
    assert sizes
    assert max(sizes) < 30_000


def _encoding(tokens: list[list[float]]) -> Encoding:
    array = np.array(tokens, np.float16).reshape(len(tokens), 1, 2)
    return Encoding(
        pooled=np.zeros(2, np.float32),
        tokens=array,
        offsets=np.zeros((len(tokens), 2), np.int32),
        information=np.zeros(len(tokens), np.float32),
    )
