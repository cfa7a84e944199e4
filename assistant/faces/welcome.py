"""The first screen in the visitor's language: a sentence, the catalogue in figures, starters."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.phrases import written

Subject = Literal["find", "terms", "compare", "coverage", "request", "status"]
SUBJECTS: tuple[Subject, ...] = ("find", "terms", "compare", "coverage", "request", "status")
LANGUAGES = ("en", "es", "fr", "pt", "de", "sw", "ar")
"""Languages of the first screen: those whose requests are understood."""
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr",
                           "Syrc", "Thaa"})  # fmt: skip
"""Scripts in use that are written from right to left, by ISO 15924."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A question to begin with."""

    subject: Subject
    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of the page's own controls in one language."""

    language: str
    sentence: str
    figures: str
    none: str
    placeholder: str
    caution: str
    export: str
    forget: str
    sign_in: str
    requests: str
    starters: tuple[Starter, ...]


def words(language: str) -> Words:
    """The words in this language, whatever its region; English where we have none."""
    base = language.replace("_", "-").split("-")[0].lower()
    return _all()[base if base in LANGUAGES else "en"]


@cache
def _all() -> dict[str, Words]:
    path = Path(__file__).parent / "welcome.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: _read(language, table[language]) for language in LANGUAGES}


def _read(language: str, row: Mapping[str, object]) -> Words:
    return Words(
        language=language,
        sentence=str(row["sentence"]),
        figures=str(row["figures"]),
        none=str(row["none"]),
        placeholder=str(row["placeholder"]),
        caution=str(row["caution"]),
        export=str(row["export"]),
        forget=str(row["forget"]),
        sign_in=str(row["sign_in"]),
        requests=str(row["requests"]),
        starters=tuple(_starter(subject, row[subject]) for subject in SUBJECTS),
    )


def _starter(subject: Subject, pair: object) -> Starter:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError(
            f"The starter {subject!r} of welcome.toml is {pair!r}. Expected [label, what it says]."
        )
    return Starter(subject=subject, label=str(pair[0]), says=str(pair[1]))


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written."""
    return "rtl" if written(language)[1] in RIGHT_TO_LEFT else "ltr"


def figures(spoken: Words, *, datasets: int, languages: int, read: date | None) -> str:
    """What the catalogue holds, in one line."""
    if not datasets:
        return spoken.none
    day = read.isoformat() if read is not None else "?"
    if direction(spoken.language) == "rtl":
        # A date among words from right to left would be shown day first.
        day = f"\N{LEFT-TO-RIGHT ISOLATE}{day}\N{POP DIRECTIONAL ISOLATE}"
    return spoken.figures.format(datasets=f"{datasets:,}", languages=f"{languages:,}", day=day)
