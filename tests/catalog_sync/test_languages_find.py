"""Languages named inside a sentence."""

import pytest

from catalog_sync.languages import find_in


def tags(text: str) -> list[str]:
    found: list[str] = []
    for mention in find_in(text):
        assert text[mention.start : mention.end] == mention.text == mention.answer.name
        found.extend(mention.answer.tags or [c.tag for c in mention.answer.candidates[:1]])
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Welsh speech with more than 100 hours that I can use commercially", ["cy"]),
        ("need NER for Wolof or Luganda", ["wo", "lg"]),
        ("Speech in the Sihuas Ancash variety of Quechua, even a tiny set", ["qws"]),
        ("Brazilian Portuguese TTS, and Mexican Spanish", ["pt-BR", "es-MX"]),
        ("Arabic from Egypt", ["arz"]),
        ("aire en América Latina", []),
        ("كلام باللهجة العراقية", ["acm"]),
        ("Naomba maandishi ya Kisomali", ["so"]),
        ("voz en árabe egipcio", ["arz"]),
        ("quechua de Puno y quechua de Cusco", ["qxp", "quz"]),
        ("Quechua from Huancavelica", ["quy"]),
        ("Texte auf Ladinisch", ["lld"]),
        ("تسجيلات بالأردية والكرمانجية", ["ur", "kmr"]),
        ("sauti kwa Kiturkana", ["tuv"]),
        ("English-Swahili parallel corpus", ["en", "sw"]),
        ("Low-resource speech: Sakha / Yakut", ["sah", "sah"]),
        ("Konkani (Romi) recordings", ["gom"]),
        ("swahili, amharic, yoruba", ["sw", "am", "yo"]),
        ("datos de voz en galés para un producto", ["cy"]),
        ("corpus de voz galesa", ["cy"]),
        ("je cherche des données vocales en gallois", ["cy"]),
        ("quero dados de voz em galego", ["gl"]),
        ("sauti ya Kiswahili kwa mafunzo", ["sw"]),
        ("ich suche walisische Sprachdaten", ["cy"]),
        ("بيانات كلام باللغة الويلزية", ["cy"]),
        ("بيانات صوتية بالعربية والويلزية", ["ar", "cy"]),
        ("нужны данные на валлийском языке", ["cy"]),
        ("我需要粤语语音数据", ["yue"]),
        ("ウェールズ語の音声データ", ["cy"]),
        ("한국어로 된 음성 데이터", ["ko"]),
        ("ข้อมูลเสียงภาษาเวลส์", ["cy"]),
        ("Ukranian speech for ASR", ["uk"]),
        ("Latin poetry", ["la"]),
        ("datos en quechua cusqueño", ["quz"]),
        ("sauti ya Kikuyu na Kiluo", ["ki", "luo"]),
        ("Pashto (Southern) news", ["pbt"]),
    ],
)
def test_a_language_is_found_where_it_is_named(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "even a tiny set will do",
        "Even the male speakers should be fine, are there any?",
        "male and female voices",
        "I need more data to train a bench model in time",
        "Can I use the same data as before so that she has some",
        "polish the text",
        "home automation voice commands",
        "weather data from Georgia and Poland",
        "satellite imagery of the Gulf of Mexico",
        "recordings from Hanoi, Osaka and Casablanca",
        "No",
        "compare the first two",
        "Who owns it, Mozilla?",
        "to me it is so long, as we are",
        "Latin script fonts",
        "coreference resolution data",
        "I live in Colorado",
        "Java developers",
        "a course for persons who finish on Sunday",
        "Korea data and Hawaii weather data",
        "the server in the canyon",
        "leaf area index (LAI) every 10 (km) from a DEM in GIS, geo-IR and deg-248",
        "Suomi NPP imagery of the Gulf of Mexico",
        "Korea's and Hawaii's coasts",
        "Maria and Ali want it",
    ],
)
def test_an_ordinary_word_is_no_language(text: str) -> None:
    assert tags(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recordings in Even", ["eve"]),
        ("the Even language", ["eve"]),
        ("Even and Evenki", ["eve", "evn"]),
        ("speech in Edo", ["bin"]),
        ("Edo speech", ["bin"]),
        ("Is there anything in Ga?", ["gaa"]),
        ("the Are language", ["mwc"]),
        ("Polish speech", ["pl"]),
        ("the Hanoi dialect", ["vi"]),
        ("the Colorado language", ["cof"]),
        ("English and Bengali or fula please", ["en", "bn", "ff"]),
    ],
)
def test_an_ordinary_word_is_a_language_where_the_sentence_makes_it_one(
    text: str, expected: list[str]
) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zh-HK or pt-BR data", ["zh-HK", "pt-BR"]),
        ('code "swh"', ["swh"]),
        ("ISO code: ewo", ["ewo"]),
        ("cy", ["cy"]),
        ("an as-is set of so-so text", []),
        ("read-aloud to-do", []),
    ],
)
def test_codes_count_only_where_they_are_meant_as_codes(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


def test_an_ambiguous_name_is_found_with_its_candidates() -> None:
    (mention,) = find_in("Luo speech data")
    assert mention.answer.ambiguous
    assert len(mention.answer.candidates) > 1


def test_mentions_are_in_order_and_never_overlap() -> None:
    text = "Mexican Spanish (Mexico), Tamil (ta), Chinese (Taiwan) and Swiss German or Luo. " * 20
    found = find_in(text)
    assert len(found) > 80
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_a_language_of_many_in_a_country_is_all_of_them_there() -> None:
    for text in ("grabaciones en kichwa del Ecuador", "Quichua from Ecuador"):
        found = tags(text)
        assert {"qvi", "qvj", "qug"} <= set(found) and "quz" not in found, text
    # One of them stays one, and what is meant by a name alone stays that.
    assert tags("Imbabura Kichwa from Ecuador") == ["qvi-EC"]
    assert tags("Arabic from Morocco") == ["ary"]


def test_a_place_beside_a_language_with_members_of_no_code_is_read() -> None:
    assert tags("Nahuatl from Veracruz")
