"""A firm's country, sold models and names of languages as the other six languages say them."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("may a German firm sell a voice trained on it?", "DE"),
        ("¿puede una empresa alemana vender una voz entrenada con él?", "DE"),
        ("une entreprise française peut-elle le vendre ?", "FR"),
        ("uma empresa brasileira pode vender isto?", "BR"),
        ("kann eine kenianische Firma das verkaufen?", "KE"),
        ("kampuni ya Kenya inaweza kuuza modeli?", "KE"),
        ("هل يجوز لشركة ألمانية بيع صوت؟", "DE"),
    ],
)
def test_a_firms_country_is_no_language_that_is_looked_for(text: str, country: str) -> None:
    stated = rules.read(text, in_view=True).stated
    assert stated.use.from_country == country
    assert stated.use.organisation == "company"
    assert stated.languages == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("German company websites as text", "German"),
        ("we are a company, German speech data please", "German"),
        ("somos una empresa: alemán", "German"),
    ],
)
def test_a_language_beside_a_company_stays_a_language(text: str, language: str) -> None:
    stated = rules.read(text).stated
    assert [wish.label for wish in stated.languages] == [language]
    assert stated.use.from_country is None


@pytest.mark.parametrize(
    "text",
    [
        "may I sell a model trained on it?", "¿puedo vender un modelo entrenado con el primero?",
        "puis-je vendre un modèle entraîné dessus ?", "posso vender um modelo treinado com ele?",
        "darf ich damit ein Modell trainieren und verkaufen?", "naweza kuuza modeli?",
        "هل يمكنني بيع نموذج مدرب عليها؟",
    ],
)  # fmt: skip
def test_selling_a_model_is_the_deed_that_is_weighed(text: str) -> None:
    assert "train_commercial" in rules.read(text, in_view=True).stated.use.acts


@pytest.mark.parametrize(
    "text",
    [
        "which languages of Kenya have more than 50 hours of speech?",
        "¿qué idiomas de Kenia tienen más de 50 horas de voz?",
        "quelles langues du Kenya ont plus de 50 heures de voix ?",
        "que línguas do Quénia têm mais de 50 horas de voz?",
        "welche Sprachen in Kenia haben mehr als 50 Stunden?",
        "lugha zipi za Kenya zina zaidi ya saa 50 za sauti?",
        "أي لغات كينيا لديها أكثر من 50 ساعة من الصوت؟",
    ],
)
def test_a_question_on_the_languages_of_a_country_is_read_whole(text: str) -> None:
    reading = rules.read(text)
    assert reading.intent == "coverage"
    assert [wish.label for wish in reading.stated.languages] == ["languages of Kenya"]
    assert [(size.field, size.least) for size in reading.stated.sizes] == [("hours", 50.0)]


@pytest.mark.parametrize("text", ["en fait en peul", "textes en peul", "textos em fula"])
def test_a_language_written_small_is_one_after_another_languages_in(text: str) -> None:
    assert [wish.label for wish in rules.read(text, in_view=True).stated.languages] == ["Fula"]


def test_a_free_conversation_is_a_style_of_speech_and_no_price() -> None:
    stated = rules.read("Galician, free conversation rather than reading").stated
    assert (stated.speech_style, stated.budget) == ("spontaneous", None)


def test_any_licence_that_is_stated_leaves_the_task_alone() -> None:
    reading = rules.read("licence can be anything as long as it is stated", has_need=True)
    assert not reading.any_kind
    assert reading.stated.licence_wish == "non_commercial_ok"


def test_research_alone_ends_the_wish_for_a_product() -> None:
    stated = rules.read("actually, research only", has_need=True).stated
    assert stated.licence_wish == "non_commercial_ok"


@pytest.mark.parametrize(
    "turn", ["nothing that is research only", "not for research only", "avoid academic only data"]
)
def test_research_alone_that_is_not_wanted_loosens_nothing(turn: str) -> None:
    assert rules.read(turn, has_need=True).stated.licence_wish in (None, "commercial")


@pytest.mark.parametrize(
    ("turn", "wish"),
    [
        ("no non-commercial licences", "commercial"), ("exclude non-commercial", "commercial"),
        ("non-commercial is fine", "non_commercial_ok"),
        ("No, non-commercial", "non_commercial_ok"),
        ("uso no comercial", "non_commercial_ok"),
    ],
)  # fmt: skip
def test_shutting_out_non_commercial_licences_is_no_ease(turn: str, wish: str) -> None:
    assert rules.read(turn, has_need=True).stated.licence_wish == wish
