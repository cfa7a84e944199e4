"""What CLDR says of a language that a phrasebook is wanted for: its name, plurals, script. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from assistant.phrases import LANGUAGES, PLURALS, written

_TRIED = (*range(201), 1_000_000, 0.5, 1.5)
"""Figures by which the plural categories are explained."""
_SHOWN = 6
_OF_SCRIPT: Mapping[str, tuple[str, ...]] = {
    "Jpan": ("HIRAGANA", "KATAKANA", "CJK"), "Kore": ("HANGUL", "CJK"), "Hans": ("CJK",),
    "Hant": ("CJK",), "Beng": ("BENGALI",), "Orya": ("ORIYA",), "Nkoo": ("NKO",),
    "Cans": ("CANADIAN",), "Mtei": ("MEETEI",), "Olck": ("OL",), "Rohg": ("HANIFI",),
}  # fmt: skip
"""ISO 15924 -> how the Unicode names of its letters begin, where CLDR's English name is another."""
_OF_NO_SCRIPT = ("MODIFIER", "FEMININE", "MASCULINE", "MICRO", "DOUBLE-STRUCK", "SCRIPT")


class UnknownLanguage(Exception):
    """No phrasebook can be made for this tag; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language as CLDR has it."""

    tag: str
    name: str
    """In English."""
    own_name: str
    forms: Mapping[str, tuple[float, ...]]
    """Plural category -> some figures that it is for; "other" is always there."""
    scripts: frozenset[str]
    """How the Unicode names of its letters begin: "LATIN"."""


def tongue(tag: str) -> Tongue:
    """The language of a BCP 47 tag.

    Raises:
        UnknownLanguage: It is none, it comes with the program, or its plural rules are not known.
    """
    short = _short(tag)
    locale = Locale.parse(short.replace("-", "_"))
    forms = {form: _figures(locale, form) for form in PLURALS
             if form in {*locale.plural_form.tags, "other"}}  # fmt: skip
    return Tongue(
        tag=short,
        name=locale.get_display_name("en") or short,
        own_name=locale.get_display_name() or short,
        forms=forms,
        scripts=scripts(short),
    )


def _short(tag: str) -> str:
    """The tag as a phrasebook is filed: language, and script where it is not the likely one."""
    language, script = written(tag)
    try:
        Locale.parse(tag.replace("-", "_"))
        # Where CLDR has no rules the package gives the same empty ones for every language.
        is_known = Locale(language).plural_form is not Locale("root").plural_form
    except (UnknownLocaleError, ValueError):
        # A tag that is no tag, or one that CLDR has nothing on.
        is_known = False
    if language in LANGUAGES:
        raise UnknownLanguage(
            f"{tag!r} is one of the languages that come with the program "
            f"({', '.join(LANGUAGES)}). Its texts are mended there, in assistant/phrasebook/."
        )
    if not is_known:
        raise UnknownLanguage(
            f"{tag!r} cannot have a phrasebook: CLDR has no plural rules for it here. Expected the "
            "BCP 47 tag of a language that it knows, such as it, he, pl or sr-Latn."
        )
    short = language if written(language)[1] == script else f"{language}-{script}"
    if any(len(part) != 4 for part in tag.replace("_", "-").split("-")[1:]):
        raise UnknownLanguage(
            f"{tag!r} names a region. A phrasebook is for a whole language: give {short!r}."
        )
    return short


@cache
def scripts(tag: str) -> frozenset[str]:
    """How the Unicode names of the letters begin that a language is written in."""
    code = written(tag)[1]
    named = str(Locale("en").scripts.get(code, ""))
    return frozenset(_OF_SCRIPT.get(code, (named.upper().split(" ")[0],)))


@lru_cache(maxsize=8192)
def script_at(letter: str) -> str:
    """How the Unicode name of a letter begins; empty for what is no letter of any script."""
    if not letter.isalpha():
        return ""
    begins = unicodedata.name(letter, "").split(" ")[0].partition("-")[0]
    return "" if begins in _OF_NO_SCRIPT else begins


@cache
def only_language_of(script: str) -> str:
    """The one language that CLDR writes so; empty where it writes several so."""
    found = sorted(tag for tag in _languages() if script in scripts(tag))
    return found[0] if len(found) == 1 else ""


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted({name.split("_")[0] for name in locale_identifiers()} - {"root"}))


def _figures(locale: Locale, form: str) -> tuple[float, ...]:
    return tuple(n for n in _TRIED if locale.plural_form(n) == form)[:_SHOWN]


def stands_for_one(tongue: Tongue, form: str) -> bool:
    """Whether a category is for one figure alone, so that the figure need not be written."""
    return sum(n == int(n) for n in tongue.forms.get(form, ())) == 1


def known_tags() -> Iterator[str]:
    """Every language that could have a phrasebook."""
    for tag in _languages():
        try:
            yield tongue(tag).tag
        except UnknownLanguage:
            continue
