"""What is wrong with a text of a phrasebook, as far as code can tell without the language. Pure.

A text has the values of the English one, the plural categories that CLDR gives the language, its
script and a sane length, and neither a link, a figure, a licence nor a name in Latin letters that
the English lacks. What it means no code can tell: `phrases_back` marks what a person has to read.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.phrases_cldr import Tongue, script_at, stands_for_one
from assistant.phrases_entry import ALONE, Entry, Forms, originals, tells_verdict
from catalog_sync import licences

LISTS_OF_WORDS = frozenset({"marks"})
"""Texts that are words one beside the other and no sentence."""
_NAMES = re.compile(r"\{\w+\}")
_LINK = re.compile(r"(?i)\w+://\S*|\bwww\.\S*|\S+@\S+|\b[a-z0-9-]+\.[a-z]{2,}\b(?!\.)")
_FIGURE = re.compile(r"\d+(?:[.,   ]\d{3})*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+]*")
_MARKS = frozenset("<>[]|`*\\@#")
_HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
_QUOTED = re.compile(r"“[^”{]+”")
_SMALL = 3
_SENTENCE = 2
"""A text of more words than this says something, and is not the same in two languages."""
_DENYING = frozenset(
    {"not", "no", "never", "nothing", "nobody", "none", "without", "cannot", "non"}
)
_CONDITIONS = frozenset({"conditions", "if"})
_LONGEST, _SPARE = 3, 40
_SHORTEST, _FROM = 6, 24


def faults(entry: Entry, tongue: Tongue) -> tuple[str, ...]:
    """What is wrong with the translation of one text, a line each."""
    english = originals().get(entry.key)
    if english is None:
        return ("no text has this key",)
    found = list(_forms(english, entry.text, tongue))
    for form, text in entry.text.items():
        measure = english.get(form) or english.get("other") or english.get(ALONE, "")
        said = [*_shape(measure, text), *_names(measure, text, form, tongue)]
        if entry.key not in LISTS_OF_WORDS:
            said += [*_length(measure, text), *_sentence(measure, text)]
        said += _figures(measure, text)
        said += _letters(measure, text, tongue)
        found += [f"{form}: {fault}" if form else fault for fault in said]
    return tuple(found)


def is_sound(entry: Entry, tongue: Tongue) -> bool:
    """Whether a text can be said at all: it has its forms, and the values that it will be given."""
    english = originals().get(entry.key, {})
    if any(_forms(english, entry.text, tongue)):
        return False
    return not any(
        any(_names(english.get(form) or english.get("other", ""), text, form, tongue))
        for form, text in entry.text.items()
    )


def doubles(entries: Iterable[Entry]) -> dict[str, str]:
    """Keys whose words are those of another text that says something else in English.

    A "not" that was lost on the way makes the yes and the no the same.
    """
    meant: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        for form, text in entry.text.items():
            english = originals().get(entry.key, {})
            measure = english.get(form) or english.get("other", "")
            meant[_folded(text)][_folded(measure)].append(entry.key)
    wrong = {}
    for by_english in meant.values():
        keys = sorted({key for found in by_english.values() for key in found})
        turns = len({_turn(english) for english in by_english}) > 1
        outcomes = {_outcome(key) for key in keys if tells_verdict(key)}
        if not turns and len(outcomes) < 2:
            continue
        for key in keys:
            others = [one for one in keys if one != key]
            wrong[key] = f"the same words as {', '.join(others[:3])}, which say something else"
    return wrong


def _turn(english: str) -> tuple[bool, bool]:
    """What turns a sentence round: whether it denies, whether it sets conditions."""
    words = set(_LATIN.findall(english.casefold()))
    return bool(words & _DENYING), bool(words & _CONDITIONS)


def _outcome(key: str) -> str:
    return key.partition(".")[2] or key.removeprefix("badge_")


def _forms(english: Forms, text: Forms, tongue: Tongue) -> Iterator[str]:
    needed = {ALONE} if ALONE in english else set(tongue.forms)
    have = set(text)
    if missing := sorted(needed - have):
        yield f"the forms {', '.join(missing)} are missing" if needed != {ALONE} else "no text"
    if spare := sorted(form or "a text without forms" for form in have - needed):
        yield f"the language has no such form: {', '.join(spare)}"


def _shape(english: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield "it is empty"
        return
    if any(unicodedata.category(c) in _HIDDEN and c not in _JOINERS and c != "\n" for c in text):
        yield "it has an invisible character"
    if text.count("\n") != english.count("\n"):
        yield "it has other line ends than the English"
    marks = Counter(c for c in _NAMES.sub("", text) if c in _MARKS)
    if marks != Counter(c for c in _NAMES.sub("", english) if c in _MARKS):
        yield "it has other marks (such as brackets) than the English"
    for link in _LINK.findall(_NAMES.sub(" ", text)):
        if link.casefold() not in english.casefold():
            yield "it has a link or an address that the English lacks"
            break


def _length(english: str, text: str) -> Iterator[str]:
    longest = len(english) * _LONGEST + _SPARE
    if len(text) > longest:
        yield f"it is too long: {len(text)} characters, expected at most {longest}"
    if len(english) >= _FROM and len(text) < len(english) / _SHORTEST:
        yield f"it is too short: {len(text)} characters for {len(english)}"


def _names(english: str, text: str, form: str, tongue: Tongue) -> Iterator[str]:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        yield "a brace stands alone"
        return
    if any(spec or turned for _, name, spec, turned in parts if name is not None):
        yield "a name in braces has more than a name in it"
    have = Counter(name for _, name, _, _ in parts if name is not None)
    wanted = Counter(name for _, name, _, _ in string.Formatter().parse(english) if name)
    if form and (stands_for_one(tongue, form) or "n" not in wanted):
        # "A dataset": for one figure alone it need not be written.
        have, wanted = _without_figure(have), _without_figure(wanted)
    if have != wanted:
        named = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        yield f"the names in braces are not those of the English: {named}"


def _without_figure(names: Counter[str]) -> Counter[str]:
    return Counter({name: times for name, times in names.items() if name != "n"})


def _figures(english: str, text: str) -> Iterator[str]:
    if _numbers(text) - _numbers(english):
        yield "it has a figure that the English lacks"
    if _numbers(english) - _numbers(text):
        yield "a figure of the English is missing"


def _numbers(text: str) -> frozenset[str]:
    """The figures in a text, in the digits of any script."""
    bare = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in _NAMES.sub(" ", text))
    return frozenset(re.sub(r"\D", "", found) for found in _FIGURE.findall(bare))


def _letters(english: str, text: str, tongue: Tongue) -> Iterator[str]:
    """Words of another script, and names in Latin letters, are only those of the English."""
    theirs = {word.casefold() for word in _LATIN.findall(english)}
    said = _NAMES.sub(" ", text)
    if _licences(said) - _licences(english):
        yield "it names a licence that the English does not"
    latin = "LATIN" in tongue.scripts
    words = [word for word in _LATIN.findall(said) if word.casefold() not in theirs]
    if latin and any(sum(map(str.isupper, word)) > 1 for word in words):
        yield "it has a name or an abbreviation that the English lacks"
    if not latin and words:
        yield "it has words in Latin letters that the English lacks"
    strange = {script_at(c) for c in said} - tongue.scripts - {"", "LATIN"}
    if strange or (not latin and any(script_at(c) == "LATIN" and not c.isascii() for c in said)):
        yield f"it is not in the script of the language ({', '.join(sorted(tongue.scripts))})"
    if not latin and len(said) > 1 and english and not (strange or words):
        own = any(script_at(c) in tongue.scripts for c in said)
        words = [word for word in _LATIN.findall(_NAMES.sub(" ", english)) if not word.isupper()]
        if not own and any(len(word) > _SMALL for word in words):
            yield "nothing in it is in the script of the language"


@lru_cache(maxsize=8192)
def _licences(text: str) -> frozenset[str]:
    return frozenset(licences.mentioned(text))


def _sentence(english: str, text: str) -> Iterator[str]:
    words = [word for word in _LATIN.findall(_NAMES.sub("", english)) if not word.isupper()]
    if text.strip() == english.strip() and len(words) > _SENTENCE:
        yield "it is the English text"
    for quoted in _QUOTED.findall(english):
        if quoted.strip("“”") not in text:
            yield f"the example {quoted} has to stay in English"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
