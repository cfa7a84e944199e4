from __future__ import annotations

from datetime import date

import pytest

from assistant.faces import welcome
from assistant.reply import Intent
from assistant.understand import rules

MEANT: dict[welcome.Subject, Intent] = {
    "find": "find", "terms": "explain", "compare": "compare", "coverage": "coverage",
    "request": "request", "status": "status",
}  # fmt: skip


@pytest.mark.parametrize("language", welcome.LANGUAGES)
def test_every_starter_is_understood_as_what_it_stands_for(language: str) -> None:
    starters = welcome.words(language).starters
    read = {starter.subject: rules.read(starter.says) for starter in starters}
    assert {subject: reading.intent for subject, reading in read.items()} == MEANT
    assert read["find"].stated.languages
    assert read["terms"].terms == ("non-commercial",)
    assert len(read["compare"].stated.languages) == 2
    assert read["coverage"].counting is not None
    assert (read["coverage"].counting.by, read["coverage"].counting.measure) == (
        "language", "hours",
    )  # fmt: skip


def test_a_region_changes_nothing_and_an_unknown_language_is_english() -> None:
    assert welcome.words("pt-BR") == welcome.words("pt")
    assert welcome.words("sw_KE").language == "sw"
    assert welcome.words("tlh").language == "en"


@pytest.mark.parametrize(
    ("language", "way"),
    [("ar-EG", "rtl"), ("he", "rtl"), ("ur-PK", "rtl"), ("fa", "rtl"), ("sw", "ltr"),
     ("en-US", "ltr")],
)  # fmt: skip
def test_the_way_of_writing_is_known(language: str, way: str) -> None:
    assert welcome.direction(language) == way


def test_the_catalogue_is_told_in_figures_and_its_day() -> None:
    german = welcome.words("de")
    day = date(2026, 11, 25)
    line = welcome.figures(german, datasets=1487, languages=312, read=day)
    assert line == "1,487 Datensätze in 312 Sprachen, gelesen am 2026-11-25"
    empty = welcome.figures(german, datasets=0, languages=0, read=None)
    assert empty.startswith("Der Katalog ist leer")
    arabic = welcome.figures(welcome.words("ar"), datasets=1, languages=1, read=day)
    assert "\u20662026-11-25\u2069" in arabic
