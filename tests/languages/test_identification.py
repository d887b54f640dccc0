"""Telling languages apart, and saying so when it cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.languages import identify

SENTENCES = {
    "en": "The dam above the town broke on Monday and hundreds of people fled to the hills.",
    "de": "Der Damm über der Stadt brach am Montag, und Hunderte flohen auf die Hügel.",
    "fr": "Le barrage au-dessus de la ville a cédé lundi et des centaines de personnes ont fui.",
    "es": "La presa que domina la ciudad se rompió el lunes y cientos de personas huyeron.",
    "pt": "A barragem acima da cidade rompeu na segunda-feira e centenas de pessoas fugiram.",
    "it": "La diga sopra la città è crollata lunedì e centinaia di persone sono fuggite.",
    "nl": "De dam boven de stad brak maandag en honderden mensen vluchtten naar de heuvels.",
    "pl": "Zapora nad miastem pękła w poniedziałek i setki osób uciekły na wzgórza.",
    "ru": "Плотину над городом прорвало в понедельник, и сотни людей бежали на холмы.",
    "uk": "Греблю над містом прорвало в понеділок, і сотні людей втекли на пагорби.",
    "tr": "Kasabanın üstündeki baraj pazartesi günü yıkıldı ve yüzlerce kişi kaçtı.",
    "ar": "انهار السد فوق المدينة يوم الاثنين وفر مئات الأشخاص إلى التلال.",
    "fa": "سد بالای شهر روز دوشنبه شکست و صدها نفر به تپه‌ها گریختند.",
    "zh": "星期一城市上方的大坝决口，数百人逃往山上。",
    "ja": "月曜日に町の上のダムが決壊し、数百人が丘へ逃げた。",
    "ko": "월요일에 도시 위의 댐이 무너져 수백 명이 언덕으로 대피했다.",
    "hi": "सोमवार को शहर के ऊपर का बांध टूट गया और सैकड़ों लोग पहाड़ियों की ओर भागे।",
    "vi": "Con đập phía trên thị trấn bị vỡ hôm thứ Hai và hàng trăm người chạy lên đồi.",
    "fi": "Kaupungin yläpuolella oleva pato murtui maanantaina ja sadat ihmiset pakenivat.",
    "sw": "Bwawa lililo juu ya mji lilipasuka siku ya Jumatatu na mamia ya watu walikimbia.",
    "nb": "Demningen over byen brast mandag, og flere hundre mennesker flyktet opp i åsene.",
    "nn": "Demninga over byen brast måndag, og fleire hundre menneske flykta opp i åsane.",
    "th": "เขื่อนเหนือเมืองแตกเมื่อวันจันทร์และผู้คนหลายร้อยคนหนีขึ้นเขา",
    "sr": "Брана изнад града пукла је у понедељак, а стотине људи побегле су на брда.",
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_one_sentence_is_enough(lang: str) -> None:
    assert identify(SENTENCES[lang]) == lang


def test_serbo_croatian_standards_share_their_probability() -> None:
    text = "Brana iznad grada pukla je u ponedjeljak, a stotine ljudi pobjegle su na brda."
    assert identify(text) in {"hr", "bs", "sr"}


def test_chinese_with_a_japanese_name_and_japanese_with_few_kana() -> None:
    assert identify(SENTENCES["zh"] * 3 + "他在トヨタ工作。") == "zh"
    assert identify("首相、災害対策本部会議を開催　被害状況の把握急ぐ") == "ja"


def test_the_whole_article_decides() -> None:
    text = SENTENCES["de"] + " „" + SENTENCES["en"] + "“ " + SENTENCES["de"] * 4
    assert identify(text) == "de"


def test_long_articles_are_sampled_from_all_parts() -> None:
    assert identify("12 345 – " * 1000 + SENTENCES["pl"] * 60 + " 678 " * 1000) == "pl"


@pytest.mark.parametrize(
    "text", ["", "   ", "OK", "Mali", "12.05.2026 18:40", "…!?", "qwx zkr vvj pqm"]
)
def test_too_little_to_tell(text: str) -> None:
    assert identify(text) == "und"


def test_addresses_say_nothing() -> None:
    assert identify("https://www.example.org/the-dam-above-the-town-broke-on-monday") == "und"


@given(st.one_of(st.text(), st.just("a\ud800b\0 und der Damm brach am Montag")))
def test_never_raises(text: str) -> None:
    assert identify(text)
