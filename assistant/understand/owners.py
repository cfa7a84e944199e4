"""Owners of datasets that a turn names, known by what the catalogue calls them. Pure.

"What Digital Earth Africa publishes", "weather | from noaa", "from the Finnish Meteorological
Institute": the words of an owner's name are no language, place or subject. A name of several words
is known wherever it stands; one of a single word only where the turn makes it an owner ("from
nasa", "NOAA weather", "the AODN people"), as many are also ordinary words ("meta", "amazon").

Names come from cards, so they are not trusted: one that says something to us ("commercial use",
"Welsh speech") is nobody's name, or a card could take the person's own words away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.understand import content, licence_words
from assistant.understand.cover import Cover
from assistant.understand.lexicon import (
    Find,
    Lexicon,
    Words,
    entries,
    fold,
    small_words,
    stop_words,
    tokens,
)
from catalog_sync import languages

_ASIDE = re.compile(r"\([^)]*\)|https?://\S+|\[|\]")
_SHORT = re.compile(r"\(([A-Z][A-Za-z-]{1,9})\)")
_NOBODY = frozenset({"unmanaged", "not currently managed", "none", "n/a", "unknown", "various"})
_SHORTEST = 3
_FROM = frozenset("from by of via kutoka von vom par por durch de du des del da do dell من".split())
_ARTICLES = frozenset("the la le les el los die das der den os as".split())
_ASKING = frozenset(
    "any some only just for find need want get show me have has got about not no without except "
    "drop remove forget exclude excluding than but use what which whatever does did or and".split()
)
_DOING = frozenset(
    "publish publishes published offer offers release releases provide provides hand hands has "
    "have share shares make makes made host hosts produce produces put puts people folks team "
    "guys products only please too instead then publica ofrece publie propose veröffentlicht "
    "bietet".split()
)
_OURS = re.compile(
    r"(?:^| )(?:at|(?:work|works|working|worked|write|writing|study|studying)(?: here)? "
    r"(?:for|with|in)|(?:i|we|m|re)(?: am| are)? (?:from|with|of))$"
)
_AND = frozenset("and or / , & y o et ou und oder e na au".split())
_PEOPLE = re.compile(r"\s+(?:people|folks|team|guys|group|crowd|lot)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An owner named at [start, end) of a turn."""

    start: int
    end: int
    names: tuple[str, ...]
    """Owners as the catalogue writes them, or the part of their names that was said; none where
    the person only says where they are: "we at Digital Earth Africa"."""
    shut_out: bool = False
    """The turn does not want this owner's data."""


class Owners:
    """The owners of one catalogue."""

    def __init__(self, published: Iterable[str]) -> None:
        """`published`: names as cards state them."""
        self._names: dict[str, tuple[str, ...]] = {}
        for name in published:
            for said, meant in _spellings(name):
                known = self._names.get(said, ())
                if meant not in known:
                    self._names[said] = (*known, meant)
        for said, meant_by in self._names.items():
            self._names[said] = _shortest(meant_by)
        for said, wider in _parts(self._names):
            # Who asks for the UK Met Office means what the catalogue calls the Met Office too.
            self._names[said] = tuple(dict.fromkeys((*self._names[said], *self._names[wider])))
        self._lexicon = Lexicon((said, "owner", said) for said in self._names)

    def find(self, text: str, words: Words) -> tuple[Named, ...]:
        """The owners that a turn names, left to right."""
        if not self._names:
            return ()
        finds = self._lexicon.find(words)
        understood = Cover((f.start, f.end) for f in content.find(words)) if finds else Cover(())
        found: list[Named] = []
        for find in finds:
            several = find.last > find.first
            listed = bool(found) and text[found[-1].end : find.start].strip() in _AND
            known = understood.around(find.start, find.end)
            if not (several or listed or (known is None and _is_owner(text, words, find))):
                continue
            if _says_something(find.value):
                continue
            asked = not (several and _is_where_they_are(words, find.first))
            shut = listed and found[-1].shut_out
            found.append(
                Named(
                    start=find.start,
                    end=_end(text, find.end),
                    names=self._names[find.value] if asked else (),
                    shut_out=shut or _is_shut_out(words, find.first),
                )
            )
        return tuple(found)


def _parts(names: Iterable[str]) -> list[tuple[str, str]]:
    """(a name, another of several words that it ends with)."""
    known = set(names)
    return [
        (name, name.split(" ", at)[at])
        for name in known
        for at in range(1, len(name.split()) - 1)
        if name.split(" ", at)[at] in known
    ]


NOBODY = Owners(())


def _spellings(name: str) -> Iterator[tuple[str, str]]:
    """(what people say, what the catalogue writes) for one owner."""
    whole = " ".join(_ASIDE.sub(" ", name).split()).strip(" .,\"'")
    if not whole or fold(whole) in _NOBODY or len(whole) < _SHORTEST:
        return
    bare = re.sub(r"^(?:the|The)\s+", "", whole)
    yield " ".join(t.word for t in tokens(bare)), bare
    for short in _SHORT.findall(name):
        yield fold(short), name


def _shortest(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without those that another is a part of: an owner is asked for by part of its name."""
    folded = {name: name.casefold() for name in names}
    return tuple(
        name for name in names
        if not any(o != n and o in n for n in (folded[name],) for o in folded.values())
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _says_something(name: str) -> bool:
    """Whether a name states a licence or a use, or nothing but words that mean something to us."""
    words = tokens(name)
    licence = licence_words.read(name, words)
    if licence.wish or licence.acts or licence.licences or licence.licences_not or licence.spans:
        return True
    known = [(f.first, f.last) for f in (*content.find(words), *small_words().find(words))]
    understood = {at for first, last in known for at in range(first, last + 1)}
    # A bare code is a language only where it stands alone, which is no turn about an owner.
    spoken = Cover((m.start, m.end) for m in languages.find_in(name) if m.answer.how != "code")
    return all(
        at in understood or word.word in stop_words() or word.word.isdigit()
        or spoken.around(word.start, word.end) is not None
        for at, word in enumerate(words)
    )  # fmt: skip


def _is_where_they_are(words: Words, first: int) -> bool:
    """Whether the person speaks of their own house: "I work at the Met Office"."""
    before = [word.word for word in words[max(0, first - 4) : first]]
    while before and before[-1] in _ARTICLES:
        before.pop()
    said = " ".join(before)
    return _OURS.search(said) is not None


def _is_owner(text: str, words: Words, find: Find) -> bool:
    """Whether the words around a single word make it an owner."""
    before = find.first - 1
    if before > 0 and words[before].word == "s":
        # "Australia's AODN": whose owner it is says nothing of what stands before.
        before -= 2
    if before >= 0 and words[before].word in _ARTICLES:
        before -= 1
    after = words[find.last + 1] if find.last + 1 < len(words) else None
    ends = after is None or after.opens or after.word in _DOING
    if before >= 0 and words[before].word in _FROM and not words[find.first].opens:
        return ends or _is_short(text, find)
    if after is not None and after.word in _DOING:
        return True
    if ends and before >= 0 and words[before].word in _refusing():
        return True
    if after is None and all(w.word in _ASKING | _ARTICLES for w in words[: find.first]):
        return True
    asked = before < 0 or words[find.first].opens or words[before].word in _ASKING
    return asked and _is_short(text, find)


def _is_short(text: str, find: Find) -> bool:
    """Whether a name is written as an abbreviation: "NOAA", in a turn that does not shout."""
    said = text[find.start : find.end]
    return len(said) >= _SHORTEST and said.isupper() and not text.isupper()


def _is_shut_out(words: Words, first: int) -> bool:
    """Whether a word of refusal stands before: "not from NOAA", "drop AODN"."""
    before = [w.word for w in words[max(0, first - 4) : first]]
    while before and before[-1] in _FROM | _ARTICLES | {"anything", "data", "in"}:
        before.pop()
    return bool(before) and before[-1] in _refusing()


@cache
def _refusing() -> frozenset[str]:
    return frozenset(
        entry[0] for entry in entries("limits") if entry[1] == "not" and " " not in entry[0]
    )


def _end(text: str, end: int) -> int:
    people = _PEOPLE.match(text, end)
    return people.end() if people else end


def masked(text: str, named: Iterable[Named]) -> str:
    """The text with the owners' names blanked out, every other word in its place."""
    for one in named:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text
