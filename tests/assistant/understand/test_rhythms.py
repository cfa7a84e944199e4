"""How often data shall be renewed, as people say it in seven languages."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    "text",
    [
        "rainfall, only what is renewed once a year", "lluvias que se renueven una vez al año",
        "la pluie, renouvelée une fois par an", "chuvas, renovadas uma vez por ano",
        "Niederschlag, einmal im Jahr erneuert", "mvua, mara moja kwa mwaka",
        "الأمطار مرة في السنة",
    ],
)  # fmt: skip
def test_once_a_year_is_a_rhythm_in_every_language(text: str) -> None:
    assert rules.read(text).stated.update_frequency[-1] == "yearly"


@pytest.mark.parametrize(
    ("text", "slowest"),
    [
        ("tides every six hours", "daily"), ("mareas cada seis horas", "daily"),
        ("marées toutes les six heures", "daily"), ("marés a cada 6 horas", "daily"),
        ("Gezeiten alle sechs Stunden", "daily"), ("bahari kila siku tano", "weekly"),
        ("المد والجزر كل خمسة أيام", "weekly"),
    ],
)  # fmt: skip
def test_a_rhythm_with_a_figure_is_no_size(text: str, slowest: str) -> None:
    stated = rules.read(text).stated
    assert stated.update_frequency[-1] == slowest
    assert stated.sizes == ()


def test_of_two_rhythms_the_slower_will_do() -> None:
    said = rules.read("radar du port, chaque heure ou en temps réel").stated
    assert said.update_frequency == ("continuous", "hourly")


@pytest.mark.parametrize(
    "text",
    ["textos posteriores a 2021", "textes postérieurs à 2021", "Texte nach 2021",
     "maandishi baada ya 2021", "نصوص بعد عام 2021 باللغة التركية"],
)  # fmt: skip
def test_after_a_year_is_a_date_and_no_size(text: str) -> None:
    stated = rules.read(text).stated
    assert stated.updated_since == "2021-01-01"
    assert stated.sizes == ()
