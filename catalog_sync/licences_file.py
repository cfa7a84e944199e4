"""The licence table's files as they lie on disk: their shape, and the lazy reading of them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from catalog_sync.clauses import Document, RuleKind

Models = Literal["free", "results", "adapted", "unsettled", "silent"]
"""How the text treats a trained model: nothing is asked of it; as an unrestricted result; as
adapted material; people disagree; not a word."""
Database = Literal["licensed", "not_licensed", "silent"]
Personality = Literal["excluded", "silent"]


class When(TypedDict, total=False):
    """A limit on a rule."""

    left: str
    operator: str
    right: list[str]
    basis: Literal["residence", "establishment", "headquarters", "ownership", "place_of_use"]


RuleRow = TypedDict(
    "RuleRow",
    {
        "for": list[str],
        "versions": list[str],
        "has": list[str],
        "lacks": list[str],
        "kind": RuleKind,
        "do": list[str],
        "on": list[str],
        "when": list[When],
        "clause": str,
        "quote": str,
        "url": str,
        "prior": bool,
        "document": Document,
    },
    total=False,
)


class LicenceRow(TypedDict, total=False):
    """A licence as a file lists it."""

    id: str
    name: str
    url: str
    text: str
    aliases: list[str]
    urls: list[str]
    models: Models
    database: Database
    personality: Personality
    note: str


class Table(TypedDict, total=False):
    """One file."""

    family: str
    read: date
    models: Models
    database: Database | dict[str, Database]
    personality: Personality
    licence: list[LicenceRow]
    rule: list[RuleRow]
    nothing: list[str]
    accepts: dict[str, list[str]]


@cache
def tables() -> tuple[Table, ...]:
    """Every table file, by file name; raises pydantic's ValidationError on a malformed one."""
    adapter = TypeAdapter(Table)
    folder = files("catalog_sync").joinpath("licences")
    named = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(
        adapter.validate_python(tomllib.loads(f.read_text(encoding="utf-8"))) for f in named
    )
