"""Roles and commentary: in languages and wordings that neither code nor training data hold."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retold.encoders import Encoding
from retold.encoders.e5 import E5Encoder
from retold.probes import Probe, load_probe
from retold.probes.probe import structure_only
from retold.records import Article, Passage, Span
from retold.roles import assign_roles, clutter_evidence, commentary_scores, lay_out

TRAINING = Path(__file__).parents[1] / "training" / "data"

ROLES = {"T": "title", "H": "heading", "B": "body", "C": "credit", "A": "boilerplate"}
"""How the articles below mark a line; | parts its passages, CA means that either will do."""

ARTICLES = {
    "sv": """
T Älg stoppade trafiken i två timmar
C TEXT Maj-Britt Sollander
C FOTO Hugo Ekblad
B En älg tog sig i går morse ut på E20 utanför Skövlinge.|Djuret lugnades av en veterinär.
A LÄS OCKSÅ Fem råd när du möter vilt på vägen
B Enligt polisen hade stängslet gått sönder under helgen.|Trafikverket lagar det i dag.
B – Han stod bara där och tittade på oss, säger lastbilschauffören Ture Ålind.
CA Följ taggar: Vilt Trafik Skövlinge
A Gilla oss på Facebook
A Vill du slippa reklam?|Bli plusmedlem redan i dag, första månaden för 1 krona.
""",
    "el": """
T Ξέσπασε φωτιά σε αποθήκη ξυλείας στη Λίμνα
C Της Ευτυχίας Μαραγκού
B Φωτιά ξέσπασε τα ξημερώματα σε αποθήκη στη Λίμνα.|Στο σημείο έσπευσαν εννέα οχήματα.
A Αποδέχομαι τη χρήση cookies για εξατομικευμένες διαφημίσεις
B Η αιτία δεν έχει διαπιστωθεί.|«Ακούσαμε έναν κρότο», είπε κάτοικος της περιοχής.
C Πηγή: ΑΠΕ
A Ακολουθήστε μας στο Google News
A Διαβάστε όλες τις ειδήσεις της ημέρας εδώ
""",
    "ko": """
T 무르강 다리 통행 재개
C [무르=새벽통신] 최하늘 기자
B 지난달 홍수로 끊겼던 무르강 다리가 12일 오전 다시 열렸다.|시는 34억 원을 들였다고 밝혔다.
B 주민들은 그동안 배로 강을 건너야 했다.|상인 박도윤 씨는 “손님이 절반으로 줄었다”고 말했다.
CA ⓒ 새벽통신.|저작권자의 허락 없이 복제할 수 없습니다.
A 제보는 카카오톡에서 '새벽제보' 검색
A 많이 본 기사
""",
    "hu": """
T Kilencven éve nem volt ilyen alacsony a Sárd vízállása
C 2031.08.14. 09:20 | Frissítve: 11:05
B A vízügyi igazgatóság szerint kedden 41 centimétert mutatott a mérce.|A hajózást leállították.
A Görgess tovább, a cikk folytatódik
B A gazdák attól tartanak, hogy a kukorica egyharmada kiszárad.|Három faluba tartálykocsi jár.
C Borítókép: Vízpart Archívum
A Ha tetszett a cikk, oszd meg az ismerőseiddel!
A Kövess minket Instagramon is!
""",
    "id": """
T Tanah Longsor Tutup Jalan Lintas Wanaraja
C Penulis: Ratih Kusumawati
C Editor: Bagas Pranoto
B WANARAJA, SUARAKITA - Tanah longsor menutup jalan pada Senin (3/2) malam.|Empat rumah rusak.
A Gulir ke bawah untuk melanjutkan membaca
B Kepala desa mengatakan hujan turun sembilan jam.|"Kami dengar gemuruh dari bukit," ujarnya.
A Dapatkan update berita pilihan setiap hari dari kami.|Simak video di bawah ini:
CA Copyright SuaraKita 2031
""",
    "he": """
T מטוס קל נחת נחיתת אונס בשדה ליד כפר שלו
C מאת נעמה ברקן
C צילום: דוברות כבאות צפון
B מטוס קל נחת אתמול נחיתת אונס בשדה תירס ליד כפר שלו.|הטייס, בן 61, יצא ללא פגע.
A לכל הכתבות במדור
B רשות התעופה פתחה בחקירה.|עדי ראייה סיפרו שהמטוס חג שלוש פעמים מעל השדה.
A מצאתם טעות?|ספרו לנו
A הצטרפו לערוץ הטלגרם שלנו
""",
    "th": """
T น้ำป่าทะลักเข้าท่วมหมู่บ้านที่ดอยเงิน
C โดย กองบรรณาธิการ
B น้ำป่าไหลทะลักเข้าท่วมหมู่บ้านดอยเงินเมื่อคืนวันอังคาร บ้านเรือนเสียหาย 32 หลัง
B นายอำเภอระบุว่าถนนสายหลักถูกตัดขาดสองจุด และคาดว่าจะเปิดใช้ได้ในวันศุกร์
A อ่านข่าวที่เกี่ยวข้อง
A กดติดตามเพจของเราเพื่อไม่พลาดข่าวสำคัญ
""",
    "en": """
T Otters return to the Lowmere after forty years
C Words: Perpetua Lacey.|Pictures: Ned Rooksby
B Otters are breeding again on the Lowmere, the county wildlife trust said.
B Two cubs were filmed in April.|"I watched the clip nine times," said warden Bess Tolliver.
A Scroll to keep reading
B How long will they stay?
H Dogs and leads
B The trust has asked dog owners to keep their animals on a lead until September.
A MORE FROM NATURE
A Toads, trains and a very small tunnel
A The heron that took on a drone
A Got a tip?|Ring the newsroom on 01 555 0199.
""",
}

COMMENTARY = {
    "en": [
        "The lighthouse at Skerrow was switched off on Monday after 140 years.",
        "Its keeper, Una Brack, moved out in 2019.",
        "What is a coast without a light?",
        "There is something unbearably sad about a lamp that nobody tends.",
    ],
    "de": [
        "Der Leuchtturm von Skerrow wurde am Montag nach 140 Jahren abgeschaltet.",
        "Die Wärterin Una Brack war 2019 ausgezogen.",
        "Was ist eine Küste ohne Licht?",
        "Es liegt eine unsagbare Traurigkeit in einer Lampe, um die sich keiner mehr kümmert.",
    ],
    "fr": [
        "Le phare de Skerrow a été éteint lundi après cent quarante ans de service.",
        "Sa gardienne, Una Brack, l'avait quitté en 2019.",
        "Qu'est-ce qu'une côte sans lumière ?",
        "Il y a une tristesse indicible dans une lampe que plus personne ne veille.",
    ],
    "ru": [
        "Маяк Скерроу погасили в понедельник после 140 лет работы.",
        "Смотрительница Уна Брак уехала оттуда в 2019 году.",
        "Что за берег без огня?",
        "Есть невыразимая грусть в лампе, о которой больше никто не заботится.",
    ],
    "tr": [
        "Skerrow feneri 140 yılın ardından pazartesi günü söndürüldü.",
        "Fenerin bekçisi Una Brack 2019'da taşınmıştı.",
        "Işıksız bir kıyı nedir ki?",
        "Kimsenin bakmadığı bir lambada tarifsiz bir hüzün var.",
    ],
    "zh": [
        "斯凯罗灯塔使用140年后于周一熄灭。",
        "守塔人乌娜·布拉克已于2019年搬离。",
        "没有灯光的海岸，还算什么海岸？",
        "一盏无人照看的灯，总有说不出的悲凉。",
    ],
}
"""Two facts, then two remarks."""

Judge = Callable[[str], tuple[list[str], list[Passage]]]


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    return E5Encoder(workers=2)


@pytest.fixture(scope="module")
def probe(encoder: E5Encoder) -> Probe:
    return load_probe(encoder)


@pytest.fixture
def judge(encoder: E5Encoder, probe: Probe) -> Judge:
    def judged(marked: str) -> tuple[list[str], list[Passage]]:
        article, spans, marks = parse(marked)
        passages = assign_roles(
            article,
            spans,
            encoder.encode([article.text[s.start : s.end] for s in spans]),
            titles=marks.count("T"),
            headings=frozenset(i for i, mark in enumerate(marks) if mark == "H"),
            probe=probe,
        )
        return marks, list(passages)

    return judged


def parse(marked: str) -> tuple[Article, list[Span], list[str]]:
    """Turn marked lines into an article, the spans of its passages and their marks."""
    text, spans, marks = "", [], []
    for line in marked.strip().splitlines():
        mark, _, passages = line.partition(" ")
        for passage in passages.split("|" if " | " not in passages else "¦"):
            spans.append(Span(len(text), len(text) + len(passage)))
            marks.append(mark)
            text += passage + " "
        text = text[:-1] + "\n\n"
    return Article(id="a", text=text, lang="und"), spans, marks


@pytest.mark.parametrize("lang", ARTICLES)
def test_roles_are_right_in_wordings_never_seen(lang: str, judge: Judge) -> None:
    marks, passages = judge(ARTICLES[lang])
    wrong = [
        (mark, passage.role)
        for mark, passage in zip(marks, passages, strict=True)
        if passage.role not in {ROLES[letter] for letter in mark}
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", ARTICLES)
def test_no_clutter_of_the_articles_is_in_the_training_data(lang: str) -> None:
    known = {
        line.rpartition("\t")[2]
        for path in TRAINING.glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    article, spans, marks = parse(ARTICLES[lang])
    clutter = {
        article.text[span.start : span.end]
        for span, mark in zip(spans, marks, strict=True)
        if set(mark) <= {"A", "C"}
    }
    assert clutter
    assert not clutter & known


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("(Quelle: Nordkurier)", "credit"),
        ("(tkl/ors)", "credit"),
        ("Das Museum ist bis Sonntag geschlossen.", "body"),
        ("(Das Museum ist bis Sonntag geschlossen.)", "body"),
    ],
)
def test_a_source_at_the_end_of_the_last_paragraph(source: str, role: str, judge: Judge) -> None:
    _, passages = judge(
        "T Wasserschaden im Heimatmuseum Ellerbek\n"
        "B Im Heimatmuseum Ellerbek ist ein Rohr gebrochen.|Zwölf Bilder wurden nass.\n"
        f"B Den Schaden schätzt die Stadt auf 80.000 Euro.|{source}"
    )
    assert [p.role for p in passages] == ["title", "body", "body", "body", role]


def test_a_dateline_before_a_sentence_stays_body(judge: Judge) -> None:
    _, passages = judge(
        "T Wasserschaden im Heimatmuseum\n"
        "B ELLERBEK, 4. Juni (nok) – Im Heimatmuseum ist ein Rohr gebrochen.|Zwölf Bilder litten."
    )
    assert [p.role for p in passages] == ["title", "body", "body"]


def test_a_picture_caption_is_told_from_the_text(judge: Judge) -> None:
    body = "B Im Heimatmuseum Ellerbek ist ein Rohr gebrochen.|Zwölf Bilder wurden nass."
    caption = "B Der Saal am Mittwoch.|Foto: Wiebke Anders"
    _, passages = judge(f"T Wasserschaden im Museum\n{caption}\n{body}")
    assert [p.role for p in passages] == ["title", "caption", "credit", "body", "body"]
    _, passages = judge(f"T Wasserschaden im Museum\n{body}\n{caption}")
    assert [p.role for p in passages][-2:] == ["body", "credit"]


def test_a_byline_taken_for_a_second_headline_is_a_credit(judge: Judge) -> None:
    _, passages = judge(
        "T Burst pipe floods the Ellerby museum\n"
        "T By Wilma Sandgate, arts reporter\n"
        "B A pipe burst in the museum on Tuesday."
    )
    assert [p.role for p in passages] == ["title", "credit", "body"]


def test_a_line_counts_as_teaser_only_below_clutter_and_away_from_text() -> None:
    article, spans, _ = parse(
        "B A pipe burst in the museum on Tuesday and twelve pictures got wet.\n"
        "A More from the arts pages\n"
        "A A violin comes home\n"
        "B The museum is closed until Sunday."
    )
    layout = lay_out(article, spans, [_tokens(n) for n in (15, 5, 5, 8)])
    kinds = np.array([[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]], "f4")
    above_text = clutter_evidence(layout, kinds)
    kinds[3] = [0, 0, 1, 0, 0]
    below_all_text = clutter_evidence(layout, kinds)
    assert below_all_text[2] > above_text[2] + 2


@pytest.mark.parametrize(("count", "doubted"), [(4, False), (14, True)])
def test_a_crowd_of_clutter_in_the_midst_is_doubted(count: int, doubted: bool) -> None:
    lines = ["B The first sentence tells of the museum and the pipe that burst."]
    lines += [f"A Entry number {i}" for i in range(count)]
    lines += ["B The last sentence tells of the violin that came home again."]
    article, spans, _ = parse("\n".join(lines))
    layout = lay_out(article, spans, [_tokens(12) for _ in spans])
    kinds = np.tile(np.array([0.3, 0, 0.7, 0, 0], "f4"), (len(spans), 1))
    kinds[[0, -1]] = [1, 0, 0, 0, 0]
    evidence = clutter_evidence(layout, kinds)[1:-1]
    assert (evidence > 0).any()
    assert (evidence <= 0).any() == doubted


def test_missing_stops_mean_nothing_where_no_line_has_one() -> None:
    article, spans, _ = parse("T ข่าว\nB น้ำท่วมหมู่บ้านเมื่อคืน\nB ถนนสายหลักถูกตัดขาด")
    layout = lay_out(article, spans, [_tokens(30) for _ in spans])
    assert not layout.stops
    kinds = np.tile(np.array([0.5, 0, 0.5, 0, 0], "f4"), (3, 1))
    assert (clutter_evidence(layout, kinds, titles=1) < 0).all()


def test_without_a_fitted_probe_structure_decides_and_doubts(encoder: E5Encoder) -> None:
    probe = structure_only(encoder)
    article, spans, marks = parse(ARTICLES["en"])
    encodings = encoder.encode([article.text[s.start : s.end] for s in spans])
    passages = assign_roles(
        article, spans, encodings, titles=1, headings=frozenset({marks.index("H")}), probe=probe
    )
    said = [p.role for p, mark in zip(passages, marks, strict=True) if mark == "B"]
    assert set(said) == {"body"}
    assert passages[-5].role in ("credit", "boilerplate"), "all capitals, alone, at the end"
    assert not commentary_scores(passages, encodings, probe, article).any()


def test_an_article_without_passages_has_no_roles(probe: Probe) -> None:
    empty = Article(id="a", text="")
    assert assign_roles(empty, [], [], titles=0, headings=frozenset(), probe=probe) == ()
    assert len(commentary_scores([], [], probe, empty)) == 0


@pytest.mark.parametrize("lang", COMMENTARY)
def test_remarks_score_above_facts_in_every_language(
    lang: str, encoder: E5Encoder, probe: Probe
) -> None:
    sentences = COMMENTARY[lang]
    article, spans, _ = parse("\n".join(f"B {sentence}" for sentence in sentences))
    passages = [Passage(span.start, span.end) for span in spans]
    scores = commentary_scores(passages, encoder.encode(sentences), probe, article)
    assert scores[:2].max() < 0.3
    assert scores[2:].min() > 0.5


def test_what_is_not_body_is_never_commentary(encoder: E5Encoder, probe: Probe) -> None:
    sentence = COMMENTARY["en"][3]
    article, spans, _ = parse(f"T {sentence}\nB {sentence}")
    passages = [Passage(spans[0].start, spans[0].end, "title"), Passage(*_ends(spans[1]))]
    scores = commentary_scores(passages, encoder.encode([sentence] * 2), probe, article)
    assert scores[0] == 0
    assert scores[1] > 0.5


def test_commentary_around_a_passage_raises_its_score(encoder: E5Encoder, probe: Probe) -> None:
    fact, _, question, remark = COMMENTARY["en"]
    alone, together = (
        _scores([fact, middle, fact], encoder, probe)[1] for middle in (remark, remark)
    )
    assert alone == together
    among_remarks = _scores([question, remark, question], encoder, probe)[1]
    assert among_remarks > alone


def _scores(sentences: list[str], encoder: E5Encoder, probe: Probe) -> list[float]:
    article, spans, _ = parse("B " + "|".join(sentences))
    passages = [Passage(*_ends(span)) for span in spans]
    found = commentary_scores(passages, encoder.encode(sentences), probe, article)
    return [float(score) for score in found]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _tokens(count: int) -> Encoding:
    return Encoding(
        pooled=np.zeros(4, np.float32),
        tokens=np.zeros((count, 2, 4), np.float16),
        offsets=np.zeros((count, 2), np.int32),
        information=np.zeros(count, np.float32),
    )
