"""What code says, in the person's language. Pure.

The texts are the files of `phrasebook/`: one file a subject, in it one table a language, in that
one text a key. English is the measure: every language has its keys and the same names in braces
(tests/assistant/test_phrases.py). A text that counts is a table of CLDR's plural categories
(`found = {one = "...", other = "..."}`) with the figure as `{n}`. A key stands in one file only.
A further language has the phrasebook that a person accepted for it, and any other is answered in
English. How figures, lists, days and the names of languages and countries are written comes from
CLDR.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

LANGUAGES = ("en", "es", "fr", "pt", "de", "sw", "ar")
"""The languages that come with the program."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories."""
_SPANISH_AND = re.compile(r" y (?=h?[iíIÍ](?![eaoEAO]))")
_SPANISH_OR = re.compile(r" o (?=h?[oóOÓ])")
_LOCALES = {"en": "en_GB", "pt": "pt_PT"}
"""The locale of a language where that is not its own name; others have the tag itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The texts of one language, and how that language writes figures and lists."""

    tag: str
    texts: Mapping[str, str] = field(hash=False)
    """Key -> text; a text that counts has one key a category: "found.one", "found.other"."""

    def say(self, key: str, **values: str) -> str:
        """The text for a key with its values put in. Raises `KeyError`: a defect."""
        return self.texts[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is such a text: for keys made of a value of data."""
        return key in self.texts

    def count(self, key: str, n: float, *, figure: str = "", **values: str) -> str:
        """The text for a number of things, in the plural form that the language has for it.

        Args:
            key: Which text.
            n: How many.
            figure: How the number is written, where that is not as a whole number.
            values: What else the text names.
        """
        form = f"{key}.{self.locale.plural_form(n)}"
        text = self.texts.get(form, self.texts[f"{key}.other"])
        return text.format(n=figure or self.number(n), **values)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """A figure as the language writes it, grouped by thousands."""
        shape = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, format=shape, locale=self.locale))

    def money(self, cents: int, currency: str) -> str:
        """An amount with its ISO 4217 code in front: "USD 1,250.00"."""
        return f"{currency} {self.number(cents / 100, decimals=2)}"

    def listed(self, items: Sequence[str], joined: Literal["and", "or"] = "and") -> str:
        """Items as a sentence lists them: "a, b and c"."""
        style: Literal["standard", "or"] = "standard" if joined == "and" else "or"
        said = format_list(list(items), style=style, locale=self.locale)
        # CLDR's pattern does not know the vowel that follows: "galés e irlandés", "siete u ocho".
        return _SPANISH_OR.sub(" u ", _SPANISH_AND.sub(" e ", said)) if self.tag == "es" else said

    def day(self, when: date) -> str:
        """A day: "26 November 2026"."""
        return str(format_date(when, format="long", locale=self.locale))

    def language(self, tag: str, otherwise: str) -> str:
        """A language's name in this language by BCP 47; `otherwise` where CLDR has none."""
        found = self.locale.languages.get(tag.replace("-", "_"))
        return str(found) if found else otherwise

    def language_names(self) -> frozenset[str]:
        """Every name of a language that CLDR has in this language."""
        return frozenset(map(str, self.locale.languages.values()))

    def country(self, code: str, otherwise: str) -> str:
        """A country's name in this language by ISO 3166; `otherwise` where CLDR has none."""
        found = self.locale.territories.get(code)
        return str(found) if found else otherwise

    def script(self, code: str, otherwise: str) -> str:
        """A script's name in this language by ISO 15924; `otherwise` where CLDR has none."""
        found = self.locale.scripts.get(code)
        return str(found) if found else otherwise

    @property
    def locale(self) -> Locale:
        """CLDR's rules for the language."""
        return _locale(self.tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Every phrasebook in force: those of the program, and those that people accepted."""

    accepted: tuple[Phrases, ...] = ()

    def of(self, tag: str) -> Phrases:
        """The texts of a language, or the English ones where it has none."""
        return self.find(tag) or ENGLISH

    def find(self, tag: str) -> Phrases | None:
        """The texts of a language, whatever its region; None where it has none."""
        ours = phrases_of(tag)
        if ours.tag != "en" or _parts(tag)[0] == "en":
            return ours
        wanted = written(tag)
        return next((one for one in self.accepted if written(one.tag) == wanted), None)

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that can be answered in."""
        return (*LANGUAGES, *(one.tag for one in self.accepted))


@cache
def written(tag: str) -> tuple[str, str]:
    """(language, script) that a tag means by CLDR, by its own or the likely one: ("zh", "Hant")."""
    language, *rest = _parts(str(get_global("language_aliases").get(_parts(tag)[0], tag)))
    rest = [*rest, *_parts(tag)[1:]]
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if len(part) in (2, 3) and part.isalnum()), "")
    likely = get_global("likely_subtags")
    whole = str(likely.get(f"{language}_{region}") or likely.get(language) or language)
    return language, script or next((p for p in whole.split("_") if len(p) == 4), "")


def _parts(tag: str) -> list[str]:
    first, *rest = tag.replace("_", "-").split("-")
    return [first.casefold(), *rest]


@cache
def phrases_of(tag: str) -> Phrases:
    """The texts of a language that comes with the program; the English ones of any other."""
    short = _parts(tag)[0]
    known = short if short in LANGUAGES else "en"
    return Phrases(tag=known, texts=_table()[known])


def base(key: str) -> str:
    """A text that counts under the name that it is asked for by; any other key as it is."""
    name, _, form = key.rpartition(".")
    return name if name and form in PLURALS else key


def books() -> tuple[Path, ...]:
    """The files of texts that come with the program, by name."""
    return tuple(sorted((Path(__file__).parent / "phrasebook").glob("*.toml")))


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(_LOCALES.get(tag, tag.replace("-", "_")))


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {tag: {} for tag in LANGUAGES}
    for path in books():
        for tag, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[tag].update(_flat_keys(rows))
    return found


def _flat_keys(rows: Mapping[str, object]) -> dict[str, str]:
    """Keys of tables within joined by a full stop."""
    flat_rows: dict[str, str] = {}
    for key, value in rows.items():
        if isinstance(value, dict):
            flat_rows |= {f"{key}.{under}": text for under, text in _flat_keys(value).items()}
        else:
            flat_rows[key] = str(value)
    return flat_rows


BUNDLED = Books()
"""What is in force where nobody accepted a further phrasebook."""
ENGLISH = phrases_of("en")
"""What every language is measured by, and what is said where no language is asked for."""
