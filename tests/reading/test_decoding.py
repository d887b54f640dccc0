"""Bytes to text."""

import pytest

from retold.reading.decoding import decode

GERMAN = "Die Brücke über die Elde ist seit Dienstag gesperrt, weil Prüfer Risse gefunden haben."


def codes(data: bytes, declared: str | None = None) -> list[str]:
    return [fault.code for fault in decode(data, where="x", declared=declared).problems]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le-mark", "utf-16-be-mark"]
)
def test_unicode_with_and_without_a_mark_is_read_silently(encoding: str) -> None:
    text = "\ufeff" + GERMAN if encoding.endswith("mark") else GERMAN
    data = text.encode(encoding.removesuffix("-mark"))
    assert decode(data, where="x").text == GERMAN
    assert codes(data) == []


def test_newlines_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n", where="x").text == "a\r\nb\rc\n"


def test_a_declared_encoding_is_believed_after_utf8() -> None:
    assert decode(GERMAN.encode("cp1252"), where="x", declared="cp1252").problems == ()
    assert decode(GERMAN.encode(), where="x", declared="cp1252").text == GERMAN
    assert decode(GERMAN.encode("cp1252"), where="x", declared="nonsense").text == GERMAN


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", GERMAN),
        ("cp1252", "Le préfet a été reçu à l’hôtel de ville, où il a évoqué les dégâts causés."),
        ("cp1252", "El alcalde señaló que la explosión dañó más de veinte casas del barrio."),
        ("cp1250", "Policie v úterý potvrdila, že při pádu jeřábu bylo zraněno pět lidí."),
        ("cp1250", "Policja potwierdziła we wtorek, że pięć osób zostało rannych."),
        ("iso8859_2", "Policja potwierdziła we wtorek, że pięć osób zostało rannych."),
        (
            "cp1254",
            "Polis, salı günü vincin devrilmesi sonucu beş kişinin yaralandığını doğruladı.",
        ),
        ("cp1257", "Policija otrdien apstiprināja, ka celtņa sabrukšanā cietuši pieci cilvēki."),
        ("cp1251", "Полиция сообщила во вторник, что пять человек пострадали."),
        ("koi8_r", "Полиция сообщила во вторник, что пять человек пострадали."),
        ("cp1253", "Η αστυνομία επιβεβαίωσε την Τρίτη ότι πέντε άνθρωποι τραυματίστηκαν."),
        ("cp1256", "أكدت الشرطة يوم الثلاثاء إصابة خمسة أشخاص في انهيار رافعة."),
        ("gb18030", "警方周二证实，起重机倒塌造成五人受伤，两名码头工人死亡。"),
        ("cp932", "警察は火曜日、クレーンの倒壊で5人が負傷したと発表した。"),
        ("cp949", "경찰은 화요일 크레인이 무너져 다섯 명이 다쳤다고 확인했다."),
        ("utf-16-le", GERMAN),
        ("utf-16-be", GERMAN),
    ],
)
def test_a_guess_is_right_for_common_encodings_and_says_so(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding), where="x")
    assert decoded.text == text
    assert [fault.code for fault in decoded.problems] == ["guessed-encoding"]


def test_utf8_that_was_cut_stays_utf8() -> None:
    data = (GERMAN + " Straße").encode()[:-2]
    decoded = decode(data, where="x")
    assert decoded.text == GERMAN + " Stra\ufffd"
    assert [fault.code for fault in decoded.problems] == ["damaged-encoding"]


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 text", b"PK\x03\x04rest", bytes(range(256)) * 4, b"\x00" * 50, b"\x89PNG\r\n"],
)
def test_binary_data_is_not_text(data: bytes) -> None:
    assert decode(data, where="x").text is None
    assert codes(data) == ["binary"]


def test_single_nul_characters_are_kept_with_a_warning() -> None:
    decoded = decode(("a\0b " + GERMAN).encode(), where="x")
    assert decoded.text == "a\0b " + GERMAN
    assert [fault.severity for fault in decoded.problems] == ["warning"]
    assert codes(("a\0b " + GERMAN).encode()) == ["nul-characters"]
