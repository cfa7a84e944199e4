"""Words of counting, and what they count."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    "text",
    [
        "How much rubbish is recycled in Europe?",
        "how many passengers take the train each day",
        "How much coal was burnt worldwide? Yearly figures",
        "How much do houses cost in California?",
        "how many bees die each year? colony counts",
        "Wie viele Bäume stehen in jeder Stadt?",
        "combien de poissons pêche-t-on",
        "how much water do we use per person",
    ],
)
def test_how_much_of_the_world_is_no_count_of_the_catalogue(text: str) -> None:
    read = rules.read(text)
    assert (read.intent, read.counting) == ("find", None)


@pytest.mark.parametrize(
    "text",
    [
        "how much Basque is there?",
        "how many Hausa sets are free?",
        "combien d'heures de kabyle ?",
        "wie viele Datensätze auf Igbo?",
        "how many hours of Twi are validated?",
        "how many Hausa and Igbo are in the catalogue",
        "how many people are recorded here in the Welsh speech",
    ],
)
def test_how_much_of_the_data_is_counted(text: str) -> None:
    assert rules.read(text).intent == "coverage"


@pytest.mark.parametrize(
    "text",
    [
        "speech in Hausa and Igbo, at least 20 checked hours per language",
        "Twi and Ewe translations, one file per language",
        "sentiment for Danish and Swedish, a separate set for each language",
    ],
)
def test_what_is_shared_out_per_language_is_no_question(text: str) -> None:
    assert rules.read(text).intent == "find"


@pytest.mark.parametrize(
    "text", ["hours per language", "how many clips per language?", "datasets by language",
             "list the licences per task"],
)  # fmt: skip
def test_figures_per_language_are_a_question(text: str) -> None:
    assert rules.read(text).intent == "coverage"


def test_one_for_each_or_both_in_one_asks_for_no_both_at_once() -> None:
    each = rules.read("entity tags in Twi and Ewe, one corpus per language or both together")
    assert each.stated.languages_joined == "any"
