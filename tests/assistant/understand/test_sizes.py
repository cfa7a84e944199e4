from __future__ import annotations

import pytest

from assistant.understand import rules
from assistant.understand.bounds import budget, sizes
from assistant.understand.sizes import lone, quantities

HOURS = "hours"


@pytest.mark.parametrize(
    ("text", "field", "least", "most"),
    [
        ("more than 100 hours", HOURS, 100, None),
        ("1000 hours?", HOURS, 1000, None),
        ("hundreds of hours", HOURS, 100, None),
        ("between 10 and 50 hours", HOURS, 10, 50),
        ("10-50 hours", HOURS, 10, 50),
        ("5 to 10 hours", HOURS, 5, 10),
        ("under 5h", HOURS, None, 5),
        ("20 hours or more", HOURS, 20, None),
        ("90 minutes of audio", HOURS, 1.5, None),
        ("at least 100 hours validated", "validated_hours", 100, None),
        ("15 verified hours", "validated_hours", 15, None),
        ("validated hours over 10", "validated_hours", 10, None),
        ("the hours should be 50", HOURS, 50, None),
        ("speakers > 30", "speakers", 30, None),
        ("100M-1B rows", "records", 1e8, 1e9),
        ("the 1M to 10M class", "records", 1e6, 1e7),
        ("nothing bigger than 500 MB", "bytes", None, 5e8),
        ("at least fifty languages", "languages", 50, None),
        ("10k+ rows", "records", 10_000, None),
        ("100 000 sentences", "records", 100_000, None),
        ("1.5 million sentence pairs", "records", 1_500_000, None),
        ("half a million rows", "records", 500_000, None),
        ("ten thousand documents", "records", 10_000, None),
        ("over 1M", "records", 1_000_000, None),
        ("two hundred speakers", "speakers", 200, None),
        ("< 5 GB", "bytes", None, 5e9),
        ("small enough for a laptop", "bytes", None, 2e10),
        ("más de 100 horas", HOURS, 100, None),
        ("plus de 1 000 heures", HOURS, 1000, None),
        ("mindestens 50 Stunden", HOURS, 50, None),
        ("zaidi ya saa 20", HOURS, 20, None),
        ("أكثر من ١٠٠ ساعة", HOURS, 100, None),
    ],
)
def test_a_figure_with_its_unit(
    text: str, field: str, least: float | None, most: float | None
) -> None:
    (found,) = sizes(quantities(text), unitless="records")
    assert (found.field, found.least, found.most) == (field, least, most)


@pytest.mark.parametrize("text", ["top 20", "COVID-19", "GPT-4", "the 1950 census", "24/7"])
def test_a_number_that_limits_nothing(text: str) -> None:
    assert sizes(quantities(text), unitless="records") == ()


def test_money_is_a_budget_and_no_size() -> None:
    found = quantities("under 500 dollars")
    assert sizes(found, unitless="records") == ()
    limit = budget(found)
    assert limit is not None and limit.most_cents == 50_000


def test_tokens_are_not_taken_for_rows() -> None:
    assert sizes(quantities("more than 3 billion tokens"), unitless="records") == ()


@pytest.mark.parametrize("text", ["Sentinel-1 SAR images", "COVID-19 CT images", "GPT-4 dialogues"])
def test_a_number_that_belongs_to_a_name_is_no_size(text: str) -> None:
    assert rules.read(text).stated.sizes == ()


def test_a_range_with_a_dash_is_still_one() -> None:
    (size,) = rules.read("5-10 hours of Welsh").stated.sizes
    assert (size.least, size.most) == (5.0, 10.0)


@pytest.mark.parametrize(
    "text",
    [
        "measurement files, 2010 and 2020, you know",
        "UN documents",
        "one dataset",
        "imagens dos satélites",
    ],
)
def test_years_and_articles_are_no_bounds(text: str) -> None:
    assert quantities(text) == ()


def test_a_unit_before_its_figure_belongs_to_that_figure() -> None:
    found = sizes(quantities("hours at least 10, speakers at least 5"), unitless="records")
    assert {(s.field, s.least) for s in found} == {("hours", 10.0), ("speakers", 5.0)}
    found = sizes(quantities("10 hours of 5 speakers"), unitless="records")
    assert {(s.field, s.least) for s in found} == {("hours", 10.0), ("speakers", 5.0)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("that's too strict, 20 is enough", (20.0, "")),
        ("2 hundred at least", (200.0, "least")),
        ("20k instead", (20_000.0, "")),
        ("max 50", (50.0, "most")),
        ("Hindi 20", None),
        ("in 2020 the data changed", None),
        ("20 hours", None),
        ("10 or 20", None),
    ],
)
def test_a_lone_figure_stands_among_small_words(
    text: str, expected: tuple[float, str] | None
) -> None:
    assert lone(text) == expected
