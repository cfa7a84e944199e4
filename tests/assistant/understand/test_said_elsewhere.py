"""What is not wanted, and word forms, in languages other than English."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    "text",
    ["nada de Common Voice", "que no sea de Common Voice", "aber nicht von Common Voice",
     "que não seja do Common Voice", "hormis Common Voice", "si ya Common Voice"],
)  # fmt: skip
def test_a_source_is_shut_out_as_people_say_it(text: str) -> None:
    assert rules.read(text, has_need=True).stated.sources_not == ("commonvoice",)


@pytest.mark.parametrize(
    "text",
    ["en vez de sequías, inundaciones", "au lieu de la sécheresse, les inondations",
     "em vez de secas, enchentes", "statt Dürren, Überschwemmungen",
     "mafuriko badala ya ukame", "الفيضانات بدلا من الجفاف"],
)  # fmt: skip
def test_what_takes_the_place_of_another_is_wanted(text: str) -> None:
    read = rules.read(text, has_need=True)
    assert read.stated.topics == ("floods",)


def test_an_article_after_and_offers_no_choice() -> None:
    said = rules.read("textos traduzidos entre o galego e o basco").stated
    assert said.languages_joined == "all" and not said.languages_apart
    assert rules.read("voz en gallego o vasco").stated.languages_apart


@pytest.mark.parametrize(
    ("text", "topic"),
    [("Gletscherbeobachtungen", "ice"), ("Niederschlagsmessungen", "precipitation"),
     ("Luftqualitätswerte aus Graz", "air-quality"), ("Erdbebenkatalog", "earthquakes")],
)  # fmt: skip
def test_a_german_compound_is_of_what_it_begins_with(text: str, topic: str) -> None:
    assert topic in rules.read(text).stated.topics


@pytest.mark.parametrize("text", ["أريد نصوصا مترجمة بين التركية واليونانية", "نصوص مترجمه"])
def test_arabic_endings_hide_no_task(text: str) -> None:
    assert rules.read(text).stated.tasks == ("translation",)


@pytest.mark.parametrize(
    "text",
    ["la licencia me da igual", "quelle que soit la licence", "seja qual for a licença",
     "die Lizenz ist mir egal", "leseni haijalishi", "بغض النظر عن الرخصة"],
)  # fmt: skip
def test_whatever_licence_gives_the_limit_up(text: str) -> None:
    assert "licence" in rules.read(text, has_need=True).drop


@pytest.mark.parametrize(
    "text",
    ["datos sobre el mal de Parkinson", "données sur la maladie de Parkinson",
     "dados sobre a doença de Parkinson", "Daten zur Parkinson-Krankheit",
     "data ya ugonjwa wa Parkinson", "بيانات عن مرض باركنسون"],
)  # fmt: skip
def test_a_disease_is_narrower_than_its_field(text: str) -> None:
    assert rules.read(text).stated.topics == ("parkinson",)


@pytest.mark.parametrize(
    "text",
    ["drop the commercial limit", "quita el uso comercial", "retire l'usage commercial",
     "ondoa sharti la kuuza", "احذف شرط الاستخدام التجاري"],
)  # fmt: skip
def test_a_limit_given_up_by_name_is_not_stated_again(text: str) -> None:
    read = rules.read(text, has_need=True)
    assert read.drop == ("licence",)
    assert read.stated.licence_wish is None and read.stated.use.acts == ()


def test_non_commercial_ones_taken_out_are_no_limit_given_up_silently() -> None:
    assert rules.read("remove the non-commercial ones", has_need=True).stated.licence_wish


@pytest.mark.parametrize(
    ("text", "rows"),
    [("zaidi ya sentensi elfu moja", 1000), ("sentensi elfu ishirini", 20_000),
     ("mifano milioni mbili", 2_000_000), ("maswali mia tatu", 300)],
)  # fmt: skip
def test_swahili_says_the_thousand_before_its_figure(text: str, rows: int) -> None:
    assert rules.read(text).stated.sizes[0].least == rows


@pytest.mark.parametrize(
    "text",
    ["imágenes de los satélites europeos", "imagens dos satélites chineses",
     "des images prises par les satellites indiens", "Bilder der Satelliten Terra und Aqua"],
)  # fmt: skip
def test_pictures_by_satellites_are_satellite_imagery(text: str) -> None:
    said = rules.read(text).stated
    assert said.topics == ("satellite-imagery",)
    assert said.modalities == ()


@pytest.mark.parametrize(
    "text",
    ["¿hay que pagar?", "¿es gratuito?", "est-ce payant ?", "faut-il payer ?", "quanto custam?",
     "é de graça?", "muss man dafür zahlen?", "sind die gratis?", "je, ni bure?", "هل هي بالمجان؟"],
)  # fmt: skip
def test_a_question_for_the_price_is_no_limit(text: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert read.intent == "show" and read.asks == ("price",)


@pytest.mark.parametrize("text", ["solo los que son gratis", "nur die, die kostenlos sind"])
def test_those_alone_that_cost_nothing_are_a_limit(text: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert read.intent == "refine" and read.stated.budget is not None


@pytest.mark.parametrize(
    "text",
    ["¿quién lo creó?", "qui les publie ?", "quem gravou?", "wer hat das erstellt?",
     "nani aliitengeneza?", "من أعدها؟"],
)  # fmt: skip
def test_a_question_for_the_maker_is_about_what_is_in_view(text: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert read.intent == "show" and read.asks == ("publisher",)


@pytest.mark.parametrize(
    "text",
    ["¿qué es CC0?", "CC0, c'est quoi ?", "o que quer dizer CC0?", "was heißt CC0?",
     "CC0 ni nini?", "ما معنى CC0؟"],
)  # fmt: skip
def test_a_term_is_explained_in_whatever_language_it_is_asked_for(text: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert read.intent == "explain" and read.terms == ("public domain",)


@pytest.mark.parametrize(
    "text",
    ["¿qué significa GRIB?", "c'est quoi un shapefile ?", "o que é GRIB?", "was ist ein GeoTIFF?",
     "GRIB ni nini?", "ماذا يعني GRIB؟"],
)  # fmt: skip
def test_a_word_that_nobody_explains_here_changes_nothing(text: str) -> None:
    assert rules.read(text, in_view=True, has_need=True).intent == "off_topic"


def test_a_question_for_the_best_is_no_question_for_a_meaning() -> None:
    for text in ("c'est quoi le plus gros ?", "¿qué es lo mejor?", "was ist das beste?"):
        assert rules.read(text, in_view=True, has_need=True).intent != "off_topic", text


@pytest.mark.parametrize(
    "text",
    ["irlandés ya lo tenemos", "ya tengo el irlandés", "l'irlandais, on l'a déjà",
     "j'ai déjà l'irlandais", "irlandês já temos", "Irisch habe ich bereits",
     "wir haben schon Irisch", "Kiayalandi tayari ninacho", "الأيرلندية لدينا بالفعل"],
)  # fmt: skip
def test_a_language_that_is_had_already_is_shut_out(text: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert [wish.tag for wish in read.stated.languages_not] == ["ga"]
    assert read.stated.languages == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [("olvida la duración y añade el aragonés", "sizes:hours"),
     ("oubliez la licence et rajoutez l'aragonais", "licence"),
     ("esquece o tamanho e acrescenta aragonês", "sizes"),
     ("vergiss die Dauer und nimm Aragonesisch dazu", "sizes:hours"),
     ("quita lo comercial y agrega aragonés", "licence"),
     ("deja lo de las horas y añade aragonés", "sizes:hours"),
     ("scrap the hours and throw in Aragonese", "sizes:hours"),
     ("انس الساعات وأضف الأراغونية", "sizes:hours")],
)  # fmt: skip
def test_one_turn_takes_a_limit_back_and_adds_a_language(text: str, field: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert read.drop == (field,) and read.mode == "add"
    assert [wish.tag for wish in read.stated.languages] == ["an"]
    assert read.stated.licence_wish is None


@pytest.mark.parametrize(
    "text",
    ["voz en maya, leída o improvisada, da lo mismo", "parole lue ou non, peu importe",
     "fala lida ou espontânea em mirandês", "vorgelesene und spontane Sprache",
     "recordings, spontaneous or something else, I do not mind"],
)  # fmt: skip
def test_a_style_left_open_is_no_limit(text: str) -> None:
    said = rules.read(text).stated
    assert said.speech_style is None and said.modalities == ("audio",)


def test_a_style_in_place_of_another_is_a_limit() -> None:
    assert rules.read("scripted, not spontaneous").stated.speech_style == "scripted"
    assert rules.read("espontánea, no leída").stated.speech_style == "spontaneous"


@pytest.mark.parametrize(
    "text",
    ["documentos alineados entre gallego e irlandés", "phrases alignées entre l'irlandais et le "
     "galicien", "frases alinhadas entre o galego e o irlandês", "ausgerichtete Sätze Irisch und "
     "Galicisch", "news articles translated between Irish and Galician"],
)  # fmt: skip
def test_texts_aligned_between_two_languages_are_translations(text: str) -> None:
    said = rules.read(text).stated
    assert said.tasks == ("translation",) and said.languages_joined == "all"
    assert {wish.tag for wish in said.languages} == {"ga", "gl"}


@pytest.mark.parametrize(
    ("text", "place"),
    [("mapas de Egipto", "egypt"), ("cartes de l'Allemagne", "germany"),
     ("Karten von Norwegen und Schweden", "norway"), ("ramani za Ujerumani", "germany"),
     ("mapas dos Estados Unidos", "united"), ("خرائط أوروبا", "europe")],
)  # fmt: skip
def test_a_place_ranks_by_its_english_name_too(text: str, place: str) -> None:
    assert place in rules.read(text).stated.wish.split()


def test_a_small_word_that_is_a_place_elsewhere_adds_none() -> None:
    assert "poland" not in rules.read("granos de polen").stated.wish
    assert "iceland" not in rules.read("Island birds").stated.wish


@pytest.mark.parametrize(
    "text",
    ["¿el valenciano es lo mismo que el catalán?", "est-ce la même langue que le catalan ?",
     "é um dialeto do catalão?", "ist das dasselbe wie Katalanisch?", "ni lahaja ya Kikatalani?",
     "wo spricht man Katalanisch?", "qui parle catalan ?"],
)  # fmt: skip
def test_a_question_about_a_language_asks_for_no_data_in_it(text: str) -> None:
    assert rules.read(text, in_view=True, has_need=True).intent == "language"


@pytest.mark.parametrize(
    "text",
    ["c'est quoi la licence ?", "¿qué licencia tienen?", "qual a licença?", "welche Lizenz?",
     "ما رخصتها؟"],
)  # fmt: skip
def test_a_question_for_the_licence_is_about_what_is_in_view(text: str) -> None:
    read = rules.read(text, in_view=True, has_need=True)
    assert read.intent == "show" and read.asks == ("licence",)


def test_whether_that_is_all_asks_for_no_other_kind() -> None:
    for text in ("ist das alles gratis?", "is that all?", "c'est tout ?"):
        assert not rules.read(text, in_view=True, has_need=True).any_kind, text


def test_what_is_meant_to_be_the_same_but_for_one_thing_is_wanted() -> None:
    for text in ("lo mismo que antes, pero en vasco?", "des gens qui parlent basque ?",
                 "نفس اللغة ولكن نصوص؟"):  # fmt: skip
        assert rules.read(text, in_view=True, has_need=True).intent == "refine", text
