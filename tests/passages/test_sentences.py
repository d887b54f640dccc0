"""Sentences in many languages, each case with what is easily cut wrong there."""

import time

import pytest

from retold.passages import split

PARTED = "¦"
"""Stands in the cases below where one passage ends and the next begins."""

CASES = {
    "en: titles, initials, countries": (
        "en",
        "Dr. Ada K. Moor met Gen. Pell in the U.S. Army base. ¦It was 5 p.m. local time. ¦"
        "No. 5 was late, i.e. nobody came. ¦The base lies in the U.S. ¦In the end he left. ¦"
        "She lives in St. Alden.",
    ),
    "en: what was said and who said it": (
        "en",
        "“We saw it fall. ¦We ran,” she said. ¦“Was anyone hurt?” asked Mr. Oake. ¦"
        '"Go now!" Pell shouted. ¦"Nobody knows." ¦The town waited.',
    ),
    "en: brackets": (
        "en",
        "The dam (built in 1950. Rebuilt in 1980.) held. ¦(It had cracks. ¦Nobody looked.) ¦"
        "It fell (at last). ¦Pell called it “old”. ¦"
        "The rest is known.[1] ¦Water rose.",
    ),
    "en: figures begin a sentence": (
        "en",
        "They closed the harbour. ¦14 ships had to wait. ¦It cost $1.5 million. ¦Ten left.",
    ),
    "en: a forgotten space": (
        "en",
        "The bridge is closed.¦Traffic stands still.¦Why?¦Nobody says.",
    ),
    "en: addresses are whole": ("en", "See www.Example.Com or mail press@Dam.Org today. ¦Thanks."),
    "en: words that are also short forms": (
        "en",
        "It is just like me to be late. ¦Nobody is quite like me. ¦Perhaps the mayor is.",
    ),
    "en: trailing off": ("en", "But he ... did not go… ¦Then he went. ¦What?! ¦No!!"),
    "de: ordinals, dates, short forms": (
        "de",
        "Der 2. Vorsitzende kam am 21. Nov. nach Wendholm. ¦Am 3. Mai ging er wieder. ¦"
        "Es fehlte an vielem, z. B. an Geld. ¦Laut Art. 49 Abs. 2 darf er das. ¦"
        "Dort gibt es Hunde, Katzen usw. ¦Aber keine Pferde.",
    ),
    "de: Anführungszeichen": (
        "de",
        "„Los!“ rief er. ¦„Ich kam. ¦Ich sah“, sagte Meier. ¦»Nein.« ¦Dann ging sie. ¦"
        "„Das war es.“ ¦Der Rest blieb.",
    ),
    "de: ein Jahr, ein Ergebnis": (
        "de",
        "Die Anlage stammt von 1987. ¦Geprüft wurde sie nie. ¦Das Spiel endete 3:2. ¦Trainer Meier "
        "war froh.",
    ),
    "fr": (
        "fr",
        "M. Lenoir a invoqué l’art. 49 de la loi. ¦« Oui ! » dit-il. ¦« Je pars. ¦Je reviens. » ¦"
        "Mme. Petit s’est tue. ¦Vraiment ? ¦On verra.",
    ),
    "es": (
        "es",
        "La Sra. Peña llegó a EE. UU. con D. Luis. ¦¿Por qué? ¦Nadie lo sabe. ¦¡Vamos! ¦"
        "—¡Fuera! —gritó el alcalde. ¦«Se acabó», añadió.",
    ),
    "it": (
        "it",
        "L’on. Neri ha parlato con il dott. Bini. ¦«Non so nulla. ¦Ero a casa», ha detto. ¦"
        "È tutto? ¦Pare di no.",
    ),
    "pt": (
        "pt",
        "O Sr. Reis chegou às 9h. ¦“Não vi nada. ¦Estava escuro”, disse. ¦A pág. 12 sumiu! ¦"
        "Ninguém explica.",
    ),
    "nl": (
        "nl",
        "Mevr. De Wit kwam om 9 uur. ¦’s Avonds ging ze weg. ¦'t Is zo. ¦‘Ik weet het niet,’ zei "
        "ze. ¦Dhr. Smit zweeg.",
    ),
    "pl": (
        "pl",
        "Prof. Lis mówił o tym 3 maja o godz. 9. ¦„Nie wiem. ¦Nie było mnie”, dodał. ¦"
        "Brakuje wody, prądu itd. ¦Ludzie czekają.",
    ),
    "ru": (
        "ru",
        "В 1998 г. А. С. Орлов уехал. ¦«Не знаю. ¦Меня не было», — сказал он. ¦«Да!» ¦Он ушёл. ¦"
        "Это сделал я. ¦Потом все молчали.",
    ),
    "uk": (
        "uk",
        "О. П. Гай живе на вул. Лісовій. ¦«Не знаю, — сказав він. ¦— Мене не було». ¦Чому? ¦"
        "Ніхто не каже.",
    ),
    "tr": (
        "tr",
        "Prof. Dr. Aylin Kaya dün geldi. ¦“Bilmiyorum. ¦Evdeydim” dedi. ¦21. yüzyıl böyle. ¦Neden?",
    ),
    "ar": (
        "ar",
        "وصل د. سامي إلى المدينة أمس. ¦هل رأى شيئا؟ ¦لا! ¦«لم أر شيئا.» قال الرجل. ¦ثم غادر.",
    ),
    "fa": ("fa", "او دیروز آمد. ¦چرا؟ ¦کسی نمی‌داند. ¦باران می‌بارید."),
    "ur": ("ur", "وہ کل آیا۔ ¦کیوں؟ ¦کوئی نہیں جانتا۔"),
    "he": ("he", "הוא בא אתמול. ¦מדוע? ¦איש אינו יודע."),
    "zh": (
        "zh",
        "“我不知道。¦我在家。”他说。¦起重机于6.30倒塌！¦为什么？¦“没有人受伤。”港务局发言人说。¦"
        "他走了。¦“雨很大。”¦道路已关闭。",
    ),
    "ja": (
        "ja",
        "市長は「知らない。¦家にいた。」と述べた。¦「雨だ。」¦道は閉鎖された。¦本当か？¦誰も知らない。¦"
        "「行こう！」と彼は叫んだ。",
    ),
    "ko": (
        "ko",
        "시장은 어제 왔다. ¦“모른다.”고 말했다. ¦“집에 있었다.” 라고 했다. ¦비가 왔다. ¦왜?",
    ),
    "hi": ("hi", "डॉ. रवि कल आए। ¦क्यों? ¦कोई नहीं जानता। ¦“बारिश थी।” उन्होंने कहा। ¦सड़क बंद है।"),
    "el": ("el", "Ήρθε χθες. ¦Γιατί; ¦Κανείς δεν ξέρει. ¦Ο κ. Νίκου έφυγε!"),
    "ka": ("ka", "ის გუშინ მოვიდა. ¦რატომ? ¦არავინ იცის."),
    "hy": ("hy", "Նա եկավ երեկ։ ¦Ոչ ոք չգիտի։"),
    "am": ("am", "ትናንት መጣ። ¦ለምን? ¦ማንም አያውቅም።"),
    "km": ("km", "គាត់មកពីម្សិលមិញ។ ¦គ្មាននរណាដឹងទេ។"),
    "my": ("my", "သူမနေ့ကလာသည်။ ¦ဘယ်သူမှမသိဘူး။"),
    "vi": ("vi", "TS. Lan đến hôm qua. ¦“Tôi không biết.” ông Nam nói. ¦Vì sao? ¦Trời mưa."),
    "fi": ("fi", "Hän tuli eilen. ¦”En tiedä.” ¦48-vuotias mies lähti. ¦Miksi?"),
    "sw": ("sw", "Bw. Juma alifika jana. ¦Kwa nini? ¦Hakuna ajuaye. ¦“Sijui,” alisema."),
    "und": ("und", "Zorp blim. ¦Klat zorp! ¦Blim?"),
    "xx, unknown to every table": ("xx", "Zorp blim. ¦Klat zorp! ¦Blim?"),
}


def passages_of(text: str, lang: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text, lang)]


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    lang, marked = CASES[case]
    expected = [passage.strip() for passage in marked.split(PARTED)]
    assert passages_of(marked.replace(PARTED, ""), lang) == expected


def test_known_language_does_not_change_plain_text() -> None:
    text = "One came. Two went! Three stayed?"
    assert split(text, "en") == split(text, "und") == split(text, "de-AT") == split(text, "")


def test_paragraphs_always_part() -> None:
    assert passages_of("A title without a stop\n\nThe body\ngoes on.", "en") == [
        "A title without a stop",
        "The body\ngoes on.",
    ]


def test_list_numbers_stay_with_their_item() -> None:
    assert passages_of("1. Keep calm. 2. Carry on.", "en") == ["1. Keep calm.", "2. Carry on."]


def test_thai_is_cut_at_spaces_into_sentence_lengths() -> None:
    phrase = "เครนยกตู้สินค้าล้มทับเรือที่ท่าเรือเมื่อเช้าวันอังคารทำให้มีผู้เสียชีวิตสองคน"
    text = " ".join([phrase] * 4)
    assert passages_of(text, "th") == [phrase] * 4
    assert passages_of("ท่าเรือปิด 2 วัน", "th") == ["ท่าเรือปิด 2 วัน"]


def test_what_breaks_sentencex_breaks_nothing() -> None:
    text = "It fell.\0 Then\ud800 it stopped. All went home."
    assert passages_of(text, "en") == ["It fell.", "\0 Then\ud800 it stopped.", "All went home."]


def test_text_without_letters_has_no_passages() -> None:
    assert split(" *** \n\n …!? “”", "en") == ()


@pytest.mark.parametrize(
    "unit", ["“好。”他", "Ab 1. ", "好。", "(a b. c) ", "a.\n", ". ", '"', "x"]
)
def test_time_grows_with_length_only(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    split(text, "de")
    assert time.perf_counter() - start < 8
