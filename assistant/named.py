"""Codes in the words of a person's language: languages, groups of them, tasks, kinds, topics. Pure.

In English each is what the tables of the catalogue call it. A name that nobody translated stays as
it is there: keywords of registries, and small languages that CLDR has no name for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.need import LanguageWish
from assistant.phrases import Phrases
from assistant.understand.content import topic_label
from catalog_sync import languages, territories, vocab

_PLACES = {
    "Africa": "002", "North Africa": "015", "West Africa": "011", "East Africa": "014",
    "Central Africa": "017", "Southern Africa": "018", "Sub-Saharan Africa": "202",
    "Europe": "150", "Western Europe": "155", "Eastern Europe": "151", "Southern Europe": "039",
    "European Union": "EU", "Asia": "142", "Central Asia": "143", "East Asia": "030",
    "Southeast Asia": "035", "South Asia": "034", "Americas": "019", "North America": "003",
    "Central America": "013", "South America": "005", "Latin America": "419", "Caribbean": "029",
    "Melanesia": "054", "Polynesia": "061", "Micronesia": "057",
}  # fmt: skip
"""Parts of the world as groups are labelled -> the code that CLDR has names for."""
_OF_PLACE = {"languages of ": "group.of_place", "indigenous languages of ": "group.indigenous"}


def language(tag: str, phrases: Phrases) -> str:
    """A language's name by BCP 47."""
    return _language(tag, phrases)


@lru_cache(maxsize=8192)
def _language(tag: str, phrases: Phrases) -> str:
    english = languages.english_name(tag)
    if phrases.tag == "en":
        return english
    whole = phrases.language(tag, "")
    first, *rest = tag.split("-")
    bare = phrases.language(first, "")
    if whole:
        return whole
    if not bare:
        return _untranslated(tag, english, phrases)
    more = [phrases.country(part, "") or phrases.script(part, part) for part in rest]
    return f"{bare} ({_listed(more, phrases)})"


def _untranslated(tag: str, english: str, phrases: Phrases) -> str:
    """An English name, where it is told by countries with these in the person's language."""
    name, bracket, told = english.partition(" (")
    if not bracket:
        return english
    places = languages.territories(tag)[:2] or tuple(
        code for place in told.rstrip(")").split(" and ") if (code := territories.code(place))
    )
    where = _listed([phrases.country(code, code) for code in places], phrases)
    return f"{name} ({where})" if where else english


def _listed(names: Sequence[str], phrases: Phrases) -> str:
    return phrases.say("limit.comma").join(names)


def wish(wished: LanguageWish, phrases: Phrases) -> str:
    """A language, or a group of languages, that was asked for."""
    if phrases.tag == "en":
        return wished.label
    if wished.tag == "mul":
        return _group(wished.label, phrases)
    named = wished.label == languages.english_name(wished.tag)
    return language(wished.tag, phrases) if named else wished.label


def _group(label: str, phrases: Phrases) -> str:
    small = f"{label[:1].lower()}{label[1:]}"
    for head, key in _OF_PLACE.items():
        if small.startswith(head):
            place = small.removeprefix(head).removeprefix("the ")
            return phrases.say(key, place=_place(place, phrases))
    key = f"group.{vocab.slug(label)}"
    return phrases.say(key) if phrases.has(key) else phrases.say("group.named", label=label)


def _place(name: str, phrases: Phrases) -> str:
    code = _PLACES.get(name) or territories.code(name)
    return phrases.country(code, name) if code else name


def task(code: str, phrases: Phrases) -> str:
    """What data is for: "speech recognition"."""
    return phrases.say(f"task.{code}") if code in vocab.TASKS else code


def modality(code: str, phrases: Phrases) -> str:
    """A kind of data."""
    return phrases.say(f"data_{code}") if code in vocab.MODALITY else code


def topic(code: str, phrases: Phrases) -> str:
    """What data is about; a registry's own keyword stays as it is published."""
    return phrases.say(f"topic.{code}") if code in vocab.TOPICS else topic_label(code)


def catalogue(source: str, labels: Mapping[str, str], phrases: Phrases) -> str:
    """What people call a source; the ones that are ours have a name in each language."""
    key = f"source_of.{source}"
    ours = phrases.tag != "en" and phrases.has(key)
    return phrases.say(key) if ours else labels.get(source, source)


def either(names: Sequence[str], phrases: Phrases) -> str:
    """Such as "audio or text"."""
    return " or ".join(names) if phrases.tag == "en" else phrases.listed(names, "or")


def both(names: Sequence[str], phrases: Phrases) -> str:
    """Such as "audio and text"."""
    return " and ".join(names) if phrases.tag == "en" else phrases.listed(names)
