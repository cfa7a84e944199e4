"""Owners of datasets that a turn names, by what the catalogue calls them."""

from __future__ import annotations

import pytest

from assistant.understand import rules
from assistant.understand.owners import Owners

OWNERS = Owners((
    "NOAA", "NASA", "Meta", "Amazon", "Digital Earth Africa", "Finnish Meteorological Institute",
    "AODN", "National Library of Medicine (NLM)", "The Ocean Cleanup", "unmanaged",
    "Space Telescope Science Institute (https://www.stsci.edu)",
))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("weather data from noaa", ["NOAA"]),
        ("from noaa only", ["NOAA"]),
        ("noaa", ["NOAA"]),
        ("NOAA weather", ["NOAA"]),
        ("what does NOAA offer on weather?", ["NOAA"]),
        ("what Digital Earth Africa publishes", ["Digital Earth Africa"]),
        ("Weather models from the Finnish Meteorological Institute",
         ["Finnish Meteorological Institute"]),
        ("chlorophyll from the NASA/AODN people", ["NASA", "AODN"]),
        ("papers from the NLM", ["National Library of Medicine (NLM)"]),
        ("everything the ocean cleanup has", ["Ocean Cleanup"]),
        ("whatever the Space Telescope Science Institute hands out",
         ["Space Telescope Science Institute"]),
        ("datos de la NASA", ["NASA"]),
        # Words that are also names of owners, and owners spoken of for another reason.
        ("meta data of books", []),
        ("images of the Amazon rainforest", []),
        ("deforestation in the Amazon", []),
        ("I work at NOAA and need Welsh speech", []),
        ("we at Digital Earth Africa need satellite images", []),
        ("I'm from the Finnish Meteorological Institute, weather models please", []),
        ("I work for Digital Earth Africa: land cover", []),
        ("data from unmanaged devices", []),
    ],
)  # fmt: skip
def test_an_owner_is_known_where_the_turn_makes_it_one(text: str, wanted: list[str]) -> None:
    assert list(rules.read(text, owners=OWNERS).stated.publishers) == wanted


@pytest.mark.parametrize(
    "text", ["weather, not from NOAA", "weather, no NOAA", "weather without noaa", "drop NOAA"]
)
def test_an_owner_refused_is_shut_out(text: str) -> None:
    stated = rules.read(text, owners=OWNERS).stated
    assert "NOAA" in stated.publishers_not and not stated.publishers


@pytest.mark.parametrize(
    ("owner", "text"),
    [
        ("commercial use", "Welsh speech for commercial use"),
        ("for commercial use", "Welsh speech for commercial use"),
        ("CC0", "Welsh speech under CC0 only"),
        ("commercial", "Welsh speech, only commercial"),
        ("Welsh speech", "Welsh speech we may sell"),
        ("at least 100 hours", "Welsh speech, at least 100 hours"),
        ("not English", "not English, summaries"),
        ("free of charge", "Welsh speech free of charge"),
        ("we may sell", "Welsh speech we may sell"),
        ("on request", "Welsh speech, not on request"),
    ],
)
def test_a_card_takes_no_word_of_the_person_s_away(owner: str, text: str) -> None:
    assert rules.read(text, owners=Owners((owner,))) == rules.read(text)


def test_where_a_person_works_is_no_limit_and_its_words_are_no_language() -> None:
    text = "I work at the Finnish Meteorological Institute and need Welsh speech"
    stated = rules.read(text, owners=OWNERS).stated
    assert stated.publishers == () and [w.tag for w in stated.languages] == ["cy"]


def test_an_owners_name_is_neither_a_language_nor_a_subject() -> None:
    stated = rules.read("from the Finnish Meteorological Institute", owners=OWNERS).stated
    assert stated.languages == () and stated.topics == ()
    assert "finnish meteorological institute" in stated.wish


def test_without_owners_nothing_is_known() -> None:
    assert rules.read("noaa only").stated.publishers == ()


def test_whose_owner_it_is_says_nothing_of_the_owner() -> None:
    stated = rules.read("from Kenya's KEMRI", owners=Owners(("KEMRI",))).stated
    assert stated.publishers == ("KEMRI",)
