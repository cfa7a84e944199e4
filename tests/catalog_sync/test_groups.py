"""Groups of countries are dated lists; an outdated one decides only where it still can."""

from datetime import date

import pycountry
import pytest

from catalog_sync.groups import groups, run_off, within

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", sorted(groups()))
def test_every_group_is_dated_sourced_and_made_of_real_countries(name: str) -> None:
    group = groups()[name]
    assert group.source.startswith("https://")
    known = {c.alpha_2 for c in pycountry.countries}
    assert group.members | {c for c, _ in group.dates} <= known


def test_the_union_has_its_members_and_the_area_three_more() -> None:
    union, area = groups()["eu"].members, groups()["eea"].members
    assert len(union) == 27
    assert area - union == {"IS", "LI", "NO"}


def test_every_african_country_is_in_the_list() -> None:
    assert len(groups()["africa"].members) == 55


def test_no_country_is_both_high_income_and_far_from_it() -> None:
    assert not groups()["high_income"].members & groups()["far_from_high_income"].members


@pytest.mark.parametrize(
    ("country", "now", "later"),
    [("GH", True, True), ("DE", False, False), ("BR", True, None), ("SC", False, False)],
)
def test_developing_means_not_high_income(country: str, now: bool, later: bool | None) -> None:
    assert within(country, "developing", today=TODAY) is now
    assert within(country, "developing", today=date(2029, 1, 1)) is later


def test_a_list_says_nothing_before_its_first_day() -> None:
    assert within("DE", "eu", today=date(2019, 1, 1)) is None


def test_the_run_off_ends_after_five_years() -> None:
    assert run_off("BG", today=TODAY) == date(2029, 7, 1)
    assert run_off("BG", today=date(2029, 7, 1)) is None
    assert run_off("GH", today=TODAY) is None
