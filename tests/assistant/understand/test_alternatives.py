"""Subjects said with "or": which are for choice, and which are asked for beside them."""

from __future__ import annotations

import time

import pytest

from assistant.understand import rules, say


def apart(text: str) -> set[frozenset[str]]:
    return {frozenset(group) for group in rules.read(text).stated.topics_apart}


def of(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split(", ")) for group in groups}


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("underwater or wildlife sound recordings", "oceans, wildlife"),
        ("rainfall or humidity, hourly", "precipitation, humidity"),
        ("either lidar or radar would do", "lidar, radar"),
        ("news or legal texts in Swahili", "news, legal"),
        ("floods and/or earthquakes", "floods, earthquakes"),
        ("earthquakes/floods", "floods, earthquakes"),
        ("earthquakes, floods or oceans", "floods, earthquakes, oceans"),
        ("earthquakes or floods or oceans", "floods, earthquakes, oceans"),
        ("any of these: earthquakes, floods, oceans", "floods, earthquakes, oceans"),
        ("floods in Kenya or earthquakes in Japan", "floods, earthquakes"),
        ("floods, or failing that, earthquakes", "floods, earthquakes"),
        ("floods or, if there is none, earthquakes", "floods, earthquakes"),
        ("wildfire smoke or air quality", "wildfires, air-quality"),
        ("inundaciones o terremotos", "floods, earthquakes"),
        ("datos de clima u océanos", "climate, oceans"),
        ("dados de clima ou oceanos", "climate, oceans"),
        ("Daten zu Überschwemmungen oder Erdbeben", "floods, earthquakes"),
        ("data ya mafuriko au ukame", "floods, drought"),
        ("بيانات عن الفيضانات أو الجفاف", "floods, drought"),
    ],
)
def test_subjects_with_an_or_between_are_for_choice(text: str, choice: str) -> None:
    assert apart(text) == of(choice)


@pytest.mark.parametrize(
    ("text", "choices", "beside"),
    [
        ("satellite images of floods or of earthquakes", ["floods, earthquakes"],
         {"satellite-imagery"}),
        ("satellite imagery, floods or earthquakes", ["floods, earthquakes"],
         {"satellite-imagery"}),
        ("lidar or radar of forests", ["lidar, radar"], {"forests"}),
        ("flood maps or earthquake maps", ["floods, earthquakes"], {"geospatial"}),
        ("genomics or proteomics of cancer", ["genomics, proteins"], {"cancer"}),
        ("satellite images of floods or lidar of forests",
         ["satellite-imagery, lidar", "floods, forests"], set()),
    ],
)  # fmt: skip
def test_what_no_or_joins_stays_asked_for(text: str, choices: list[str], beside: set[str]) -> None:
    need = rules.read(text).stated
    assert apart(text) == of(*choices)
    assert set(need.topics) == beside | {t for group in need.topics_apart for t in group}


@pytest.mark.parametrize(
    "text",
    [
        "floods and earthquakes",
        "both floods and earthquakes",
        "floods, earthquakes",
        "floods, CC0 or public domain",
        "floods, updated hourly or so, earthquakes",
        "dados sobre o clima e o oceano",
        "données sur le climat au Kenya et les océans",
        "no floods or earthquakes, just weather",
        "flood or flooding data",
        "floods in Hindi or Urdu texts",
    ],
)
def test_no_choice_is_read_where_none_is_offered(text: str) -> None:
    assert apart(text) == set()


def test_examples_of_a_wide_subject_are_no_limits() -> None:
    need = rules.read("natural disasters such as floods or earthquakes, on AWS").stated
    assert need.topics == ("disaster-response",) or need.topics == ("disaster response",)
    assert {"floods", "earthquakes"} <= set(need.wish.split())
    one = rules.read("natural disasters such as floods").stated
    assert "floods" in one.topics


@pytest.mark.parametrize(
    ("text", "topic", "word"),
    [
        ("marine or terrestrial biodiversity", "biodiversity", "marine"),
        ("urban or rural land cover", "land cover", "urban"),
        ("rural or urban land cover", "land cover", "urban"),
    ],
)
def test_a_subject_beside_an_unknown_one_for_choice_only_ranks(
    text: str, topic: str, word: str
) -> None:
    need = rules.read(text).stated
    assert need.topics == (topic,) and word in need.wish.split()


def test_a_lone_subject_beside_an_unknown_one_stays_asked_for() -> None:
    assert rules.read("moraines or glaciers").stated.topics == ("ice",)
    assert "lidar" in rules.read("lidar or unicorn maps").stated.topics
    assert "floods" in rules.read("floods or unicorns on satellite images").stated.topics


def test_a_choice_in_words_reads_back_beside_what_is_asked_for() -> None:
    need = rules.read("lidar or radar of floods or earthquakes, hourly").stated
    said = say.sentence(need)
    assert said.startswith("lidar; or radar; floods; or earthquakes")
    again = rules.read(said).stated
    assert (again.topics, again.topics_apart) == (need.topics, need.topics_apart)
    assert say.title(need).startswith("lidar or radar and floods or earthquakes")


def test_a_long_list_of_choices_is_read_in_no_time() -> None:
    text = "floods or earthquakes au oceans o weather such as rain, " * 180
    rules.read("floods or oceans")
    before = time.perf_counter()
    rules.read(text[:10_000])
    assert time.perf_counter() - before < 1
