"""Languages that a turn names, and what each stands for: one, a group, or a name to ask back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.need import LanguageWish
from assistant.understand.cover import Cover
from assistant.understand.lexicon import Find, Token
from assistant.understand.reading import Unclear
from catalog_sync import languages

_NAMES_IN = 5_000
"""Characters of a turn that are searched for languages: a longer one is a paste of a document."""
_GROUPS_IN = 2_000
_GROUPS = 10
"""Groups of a turn that a land may narrow."""
_CAPITALS = 40
"""Words of a turn that are looked at once more for a language."""
_LANGUAGE = re.compile(r"\blanguages?$", re.IGNORECASE)
_LANGUAGE_FIRST = re.compile(r"languages?\b", re.IGNORECASE)
_LAND = 40
"""Characters behind a family of languages in which its land is named."""
_TWO = 2
"""Tags that one language has at most: its own, and that of what it means where no more is said."""
_OBJECTS = frozenset("the this that these those my our your it them up".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A language named at [start, end) of a turn."""

    start: int
    end: int
    wish: LanguageWish | None
    unclear: Unclear | None = None


def languages_in(text: str) -> list[Named]:
    """Groups and single languages that a turn names, in order."""
    groups = [
        _narrowed(text, named) if at < _GROUPS else named
        for at, named in enumerate(
            Named(g.start, g.end, _group(g.label, g.tags))
            for g in languages.find_groups(text[:_GROUPS_IN])
        )
    ]
    inside = Cover((g.start, g.end) for g in groups)
    single = []
    for mention in languages.find_in(text[:_NAMES_IN]):
        if inside.around(mention.start, mention.end) is not None:
            continue
        answer = mention.answer
        if answer.ambiguous:
            unclear = Unclear(name=mention.text, candidates=answer.candidates)
            single.append(Named(mention.start, mention.end, _any_of(unclear), unclear))
        elif len(answer.tags) > _TWO:
            # All members that a language has in a country.
            several = _group(answer.note, frozenset(answer.tags))
            single.append(Named(mention.start, mention.end, several))
        elif answer.tags:
            single.append(Named(mention.start, mention.end, wish(answer.tags)))
    return sorted((*groups, *single), key=lambda n: n.start)


def _narrowed(text: str, group: Named) -> Named:
    """A family within a land: "Bantu languages of South Africa"."""
    if group.wish is None:
        return group
    first = _LANGUAGE_FIRST.match(text, group.start, group.end)
    if first is not None:
        begin = max(0, group.start - _LAND)
        for kin in languages.find_groups(text[begin : first.end()]):
            shared = kin.tags & frozenset(group.wish.tags)
            if begin + kin.end == first.end() and begin + kin.start < group.start and shared:
                label = f"{kin.label} {group.wish.label.partition(' ')[2]}".strip()
                return Named(begin + kin.start, group.end, _group(label, shared))
        return group
    said = _LANGUAGE.search(text, group.start, group.end)
    if said is None:
        return group
    rest = text[said.start() : group.end + _LAND]
    for land in languages.find_groups(rest):
        shared = land.tags & frozenset(group.wish.tags)
        if land.start == 0 and land.end > group.end - said.start() and shared:
            where = land.label.partition(" ")[2]
            label = f"{group.wish.label} {where}".strip()
            return Named(group.start, said.start() + land.end, _group(label, shared))
        break
    return group


_AROUND_BEFORE = re.compile(
    r"\W*(?:(?:no|nope|ok|okay|oh|ah|hm+|well|then|and|or|also|plus|but|actually|sorry|wait|pity|"
    r"maybe|perhaps|please|what about|how about|rather|try|only|just|make (?:it|that)|"
    r"switch to|change (?:it )?to|back to|go back to|i meant?|"
    r"i(?:'d| would) (?:rather|prefer)(?: have)?|"
    r"i(?:'d| would) (?:like|take)|let's (?:try|take|say)|give me|add|"
    r"any(?:thing)?(?: for| in)?)\b\W*)*",
    re.IGNORECASE,
)
_AROUND_AFTER = re.compile(
    r"\W+(?:(?:then|rather|instead|please|too|as well|also|now|maybe|perhaps|thanks|though|"
    r"i mean|i meant|only|after all|if possible|for me|if there is any|is fine|will do)\b\W*)+$"
    r"|\W+$",
    re.IGNORECASE,
)
_SHORT_TURN = 80


def alone(text: str) -> list[Named]:
    """The one language of a turn that says nothing else: "Lao then", "I'd rather have Twi"."""
    if len(text) > _SHORT_TURN:
        return []
    before = _AROUND_BEFORE.match(text)
    start = before.end() if before else 0
    rest = text[start:]
    after = _AROUND_AFTER.search(rest)
    core = rest[: after.start()] if after else rest
    if not core or not core[0].isupper() or (len(core) == len(text)):
        return []
    return [
        replace(each, start=start + each.start, end=start + each.end)
        for each in languages_in(core)
        if each.start == 0 and each.end == len(core)
    ]


def capitalised(text: str, words: tuple[Token, ...], finds: Sequence[Find]) -> list[Named]:
    """A language whose name is also a word ("Polish"), where a task is named beside it.

    Without a capital, only right before the task.
    """
    found = []
    for position, token in enumerate(words[:_CAPITALS]):
        said = text[token.start : token.end]
        if len(said) < 4 or said.isupper():
            continue
        if not said[0].isupper() and not _is_before(token.end, finds):
            continue
        if any(f.start <= token.start < f.end for f in finds) or _is_order(words, position):
            continue
        tags = [
            m.answer.tags for m in languages.find_in(f"in {said.capitalize()}") if m.answer.tags
        ]
        if tags and len(tags[0][0]) == 2:
            found.append(Named(token.start, token.end, wish(tags[0])))
    return found


def _is_before(end: int, finds: Sequence[Find]) -> bool:
    """Whether a task follows at once: "polish question answering"."""
    return any(f.kind == "task" and f.start == end + 1 for f in finds)


def _is_order(words: tuple[Token, ...], position: int) -> bool:
    """Whether a word opens its clause and has an object: "Polish the data"."""
    after = words[position + 1].word if position + 1 < len(words) else ""
    return (position == 0 or words[position].opens) and after in _OBJECTS


def wish(tags: Sequence[str]) -> LanguageWish:
    """A wish for the language that these tags stand for."""
    return LanguageWish(tag=tags[0], label=languages.english_name(tags[0]), tags=tuple(tags))


def _group(label: str, tags: frozenset[str]) -> LanguageWish:
    return LanguageWish(tag="mul", label=label, tags=tuple(sorted(tags)))


def _any_of(unclear: Unclear) -> LanguageWish | None:
    tags = tuple(candidate.tag for candidate in unclear.candidates)
    return LanguageWish(tag=tags[0], label=unclear.name, tags=tags) if tags else None
