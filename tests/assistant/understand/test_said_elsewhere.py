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
