"""A variety and the language it is of, named beside each other."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Aufnahmen auf Sursilvan, also dem Rätoromanischen aus der Surselva", ["rm-sursilv"]),
        ("Kurdish, Kurmanji please", ["kmr"]),
        ("the Rif variety of Berber", ["rif"]),
        ("árabe, o sea, árabe marroquí", ["ary"]),
        ("تسجيلات بالعربية العراقية (اللهجة العراقية)", ["acm"]),
        ("Circassian (Kabardian) speech", ["kbd"]),
    ],
)
def test_a_variety_beside_its_language_is_what_is_wanted(text: str, tags: list[str]) -> None:
    assert [wish.tag for wish in rules.read(text).stated.languages] == tags


@pytest.mark.parametrize(
    "text",
    ["Kurdish and Kurmanji", "Kurdish or Kurmanji", "Arabic, Kurdish, Kurmanji",
     "Celtic languages (Welsh, Breton and the like)", "East or West Circassian",
     "árabe y árabe marroquí", "Arabic. And also Moroccan Arabic."],
)  # fmt: skip
def test_languages_of_a_list_each_count(text: str) -> None:
    assert len(rules.read(text).stated.languages) > 1


def test_a_german_article_is_no_model_of_heights() -> None:
    assert rules.read("Texte aus dem Alltag auf Tigrinya").stated.topics == ()
    assert rules.read("a dem of Bavaria").stated.topics == ("dem",)
