"""What stands beside a language's name and narrows it: a country, a bracket, a variety."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from catalog_sync import territories
from catalog_sync.language_answer import LanguageAnswer, Mention
from catalog_sync.language_codes import macrolanguage, members, usual_member
from catalog_sync.language_context import Word
from catalog_sync.language_groups import of_place
from catalog_sync.language_names import hand_names
from catalog_sync.language_resolve import english_name, lookup, resolve
from catalog_sync.language_text import bare
from catalog_sync.language_words import is_plain

_MANY = 3
"""Members of a language in one country, from which a name with the country means all of them."""
_OF = re.compile(r"(?:variety|dialect|form|version|kind|variant)s?\s+of\s+$", re.I)


def widened(
    text: str, words: Sequence[Word], mention: Mention, floor: int, ceiling: int
) -> Mention:
    """The mention with a country or variety that stands at it: "Brazilian Portuguese".

    Args:
        text: The whole text.
        words: Its words.
        mention: What was found.
        floor: No word before this offset is taken.
        ceiling: No word after this offset is taken.
    """
    here_at = bisect_left(words, mention.start, key=lambda word: word.start)
    before = [word for word in words[max(0, here_at - 5) : here_at] if floor <= word.start]
    match = _OF.search(text, max(0, mention.start - 20), mention.start)
    if match:
        named = [word for word in before if word.end <= match.start()]
        for count in range(min(3, len(named)), 0, -1):
            words_there = " ".join(word.text for word in named[-count:])
            for whole in (f"{words_there} {mention.text}", f"{mention.text} {words_there}"):
                found = lookup(whole)
                if found is not None and found.tags:
                    start = named[-count].start
                    return _wider(text, start, mention.end, found)
    if len(mention.answer.tags) != 1 or "-" in mention.answer.tags[0]:
        return mention
    for count in (2, 1):
        here = before[-count:]
        if len(here) == count and text[here[-1].end : mention.start] == " ":
            place = text[here[0].start : here[-1].end]
            if territories.code(place) and not is_plain(place):
                found = resolve(text[here[0].start : mention.end])
                if found.tags:
                    return _wider(text, here[0].start, mention.end, found)
    return (
        _bracket(text, mention, ceiling)
        or _people(text, words, mention, ceiling)
        or _from(text, words, mention, ceiling)
        or mention
    )


def _people(text: str, words: Sequence[Word], mention: Mention, ceiling: int) -> Mention | None:
    """A people's name after it, as Romance languages have it: "árabe egipcio"."""
    there = bisect_left(words, mention.end, key=lambda word: word.start)
    if there == len(words) or words[there].end > ceiling:
        return None
    people = words[there]
    small = people.text[:1].islower() and text[mention.end : people.start] == " "
    if not small or territories.code(people.text) is None or is_plain(people.text):
        return None
    found = resolve(f"{people.text} {mention.text}")
    return _wider(text, mention.start, people.end, found) if found.tags else None


def _from(text: str, words: Sequence[Word], mention: Mention, ceiling: int) -> Mention | None:
    """A place after the name: "Arabic from Egypt", "español de México"."""
    match = _FROM.match(text, mention.end)
    if match is None or match.end() >= ceiling:
        return None
    there = bisect_left(words, match.end(), key=lambda word: word.start)
    near = [word for word in words[there : there + 3] if word.end <= ceiling]
    for count in range(len(near), 0, -1):
        place = text[near[0].start : near[count - 1].end]
        named = lookup(f"{place} {mention.text}")
        if named is not None and _is_of(named, mention):
            return _wider(text, mention.start, near[count - 1].end, named)
        if territories.code(place):
            several = _several(mention, place)
            if several is not None:
                return _wider(text, mention.start, near[count - 1].end, several)
            found = lookup(f"{place} {mention.text}") or resolve(
                text[mention.start : near[count - 1].end]
            )
            if found.tags:
                return _wider(text, mention.start, near[count - 1].end, found)
    return None


def _several(mention: Mention, place: str) -> LanguageAnswer | None:
    """All members of a language in a country, where it has many: "kichwa del Ecuador"."""
    tag, code = mention.answer.tags[0], territories.code(place)
    wide = tag if members(tag) else macrolanguage(tag)
    if code is None or wide is None or usual_member(wide):
        return None
    # "Puno Quechua from Peru" is one of them, whatever else there is.
    said = bare(mention.text)
    if wide != tag and all(bare(name) != said for name, _ in hand_names().get(wide, ())):
        return None
    local = sorted(of_place(frozenset({code})) & set(members(wide)))
    if len(local) < _MANY:
        return None
    note = f"{english_name(wide)} of {territories.name(code)}"
    return LanguageAnswer(name=mention.text, tags=tuple(local), how="macrolanguage", note=note)


def _is_of(named: LanguageAnswer, mention: Mention) -> bool:
    """Whether the one language is the other or one of its members: "quechua de Puno"."""
    tag = mention.answer.tags[0]
    return len(named.tags) == 1 and named.tags[0] in (tag, *members(tag))


_IN_BRACKET = re.compile(r"\s*\(([^()]{2,40})\)")
_FROM = re.compile(
    r"\s+(?:from|of|as spoken in|spoken in|de|del|do|da|von|aus|ya)\s+(?:the\s+)?", re.I
)


def _bracket(text: str, mention: Mention, ceiling: int) -> Mention | None:
    match = _IN_BRACKET.match(text, mention.end)
    if match is None or match.end() > ceiling:
        return None
    named = lookup(match[1]) or lookup(f"{match[1]} {mention.text}")
    if named is None and territories.code(match[1]) is None:
        return None
    found = resolve(text[mention.start : match.end()])
    if not found.tags or found.tags == mention.answer.tags:
        return None
    return _wider(text, mention.start, match.end(), found)


def _wider(text: str, start: int, end: int, found: LanguageAnswer) -> Mention:
    """A mention over more text."""
    said = text[start:end]
    return Mention(start=start, end=end, text=said, answer=replace(found, name=said))
