"""Dated groups of countries that usage terms speak of, from `groups.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, Field, TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A list of countries as it stood from one day on."""

    label: str
    source: str
    since: date
    until: date | None
    """Last day for which the list was made; None: until it is changed."""
    members: frozenset[str]
    """ISO 3166-1 alpha-2."""
    dates: tuple[tuple[str, date], ...] = ()
    """For groups that countries entered one by one: country and day."""

    def current(self, today: date) -> bool:
        """Whether `today` lies in the period for which the list was made."""
        return today >= self.since and (self.until is None or today <= self.until)


class _Row(BaseModel):
    label: str
    source: str
    since: date = Field(alias="from")
    until: date | None = None
    members: list[str]
    dates: dict[str, date] = {}


@cache
def groups() -> Mapping[str, Group]:
    """All groups by key; raises pydantic's ValidationError when the file is malformed."""
    text = files("catalog_sync").joinpath("groups.toml").read_text(encoding="utf-8")
    rows = TypeAdapter(dict[str, _Row]).validate_python(tomllib.loads(text))
    return {
        key: Group(
            label=row.label,
            source=row.source,
            since=row.since,
            until=row.until,
            members=frozenset(row.members),
            dates=tuple(sorted(row.dates.items())),
        )
        for key, row in rows.items()
    }


def within(country: str, group: str, *, today: date) -> bool | None:
    """Whether the country belongs to the group; None where an outdated list does not decide."""
    if group == "developing":
        return _developing(country, today)
    known = groups()[group]
    return country in known.members if known.current(today) else None


def run_off(country: str, *, today: date) -> date | None:
    """Until when a licence held before its country became high-income runs on, if it still does.

    Five years from the reclassification, as NOODL-1.0 §5.4 says; None where nothing runs on.
    """
    entered = dict(groups()["reclassified"].dates).get(country)
    if entered is None:
        return None
    end = entered.replace(year=entered.year + 5)
    return end if today < end else None


def _developing(country: str, today: date) -> bool | None:
    """Not a World Bank high-income economy.

    An expired list still bars high-income economies and still admits those far below.
    """
    high = groups()["high_income"]
    if country in high.members:
        return False
    if high.current(today) or country in groups()["far_from_high_income"].members:
        return True
    return None
