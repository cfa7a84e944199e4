"""Languages of which one word names two, and families within a land."""

from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Meadow or Hill Mari speech", {"mhr", "mrj"}),
        ("Central and Southern Kurdish news", {"ckb", "sdh"}),
        ("Northern, Inari and Skolt Sami", {"se", "smn", "sms"}),
        ("Ober- und Niedersorbisch", {"hsb", "dsb"}),
        ("French and Haitian Creole", {"fr", "ht"}),
    ],
)
def test_a_word_said_once_for_two_languages_names_both(text: str, tags: set[str]) -> None:
    assert {wish.tag for wish in rules.read(text).stated.languages} == tags


def test_neither_of_two_so_named_is_wanted_where_both_are_refused() -> None:
    assert not rules.read("not Upper or Lower Sorbian", has_need=True).stated.languages


@pytest.mark.parametrize("text", ["any Bantu language of Kenya", "Bantu languages of Kenya"])
def test_a_family_within_a_land_is_what_both_hold(text: str) -> None:
    (wish,) = rules.read(text).stated.languages
    assert {"ki", "kam"} <= set(wish.tags)
    assert not {"luo", "so", "zu"} & set(wish.tags)


def test_any_language_of_a_family_gives_up_no_limit() -> None:
    read = rules.read("any Turkic language", has_need=True)
    assert read.drop == () and [w.label for w in read.stated.languages] == ["Turkic languages"]
    assert rules.read("any language at all", has_need=True).drop == ("languages",)


def test_a_colon_says_which_of_a_group_are_meant() -> None:
    listed = rules.read("Nordic languages: Danish or Faroese, speech").stated
    assert {wish.tag for wish in listed.languages} == {"da", "fo"}
    left_open = rules.read("Nordic languages: Danish, Faroese and so on").stated
    assert any(wish.tag == "mul" for wish in left_open.languages)
