"""What a turn asks the assistant to do, from cue phrases. Pure; tables in `intents.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from assistant.reply import Intent
from assistant.understand import counted, unasked
from assistant.understand.cover import Cover
from assistant.understand.lexicon import Find, Lexicon, Token, entries, stop_words
from assistant.understand.reading import CountedBy, Counting, Measure, Pointer

_QUESTION = re.compile(r"[?؟]\s*$")
_TOP = re.compile(r"\b(?:top|first|biggest|largest)\s+(\d{1,3})\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:that|the|this)\s+(.{2,40}?)\s+(?:one|dataset|corpus|set|data ?set)\b", re.IGNORECASE
)
_IN_EACH = re.compile(r"\d.*\b(?:in|of|for|from|per) each\b|\bin each\b.*\d", re.IGNORECASE)
"""A bound for each of several: "at least 100 hours in each language"."""
_LIST = re.compile(
    r"\b(?:show|give) (?:me )?the (?:results|list|ones|others|rest|data|data ?sets|sets)\b",
    re.IGNORECASE,
)
"""Asks for the list, not for one dataset of it."""
_WHOSE = re.compile(r"\bwho (?:publishes|offers|provides)\b", re.IGNORECASE)
_PLACES = {"first", "second", "third", "fourth", "fifth", "last", "next", "other", "same", "whole"}
_COUNTED: dict[str, CountedBy] = {
    "languages": "language", "licences": "licence", "publishers": "publisher", "tasks": "task",
    "sources": "source", "modalities": "modality", "access": "access",
}  # fmt: skip


@cache
def _lexicon(*kinds: str) -> Lexicon:
    return Lexicon(entry for entry in entries("intents") if entry[1] in kinds)


_NONE = frozenset("no without not never sin sans sem ohne bila بدون".split())
_ONWARD = frozenset("more next continue mas mehr weiter suivant encore mais zaidi المزيد".split())
_WIDE = frozenset(
    "other number amount count kind sort type of particular given specific old possible at "
    "all".split()
)
"""Words between "any" and a field that leave it open."""
_AROUND = frozenset("show me please some the page results ones go on a few".split())


_CLOSE = 2
"""Words from a term to the question what it means, at most."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue phrases of one turn."""

    finds: tuple[Find, ...]
    """Commands and courtesies."""
    asks: tuple[str, ...]
    """Fields of a dataset that are asked about."""
    terms: tuple[str, ...]
    pointer: Pointer
    counting: Counting | None
    questioning: bool
    drop: tuple[str, ...]
    drop_spans: tuple[tuple[int, int], ...]
    length: int
    """How many words of the turn are a courtesy."""
    only_more: bool
    """The turn says "more" or "next" and nothing else."""

    def has(self, kind: str) -> bool:
        """Whether a cue of this kind was said."""
        return any(find.kind == kind for find in self.finds)


def cues(text: str, words: tuple[Token, ...]) -> Cues:
    """All cue phrases of a turn."""
    refused = Cover(unasked.spans(text))
    finds = tuple(
        find
        for kind in _COMMANDS
        for find in _lexicon(kind).find(words)
        if not _is_of_data(find, words) and not refused.around(find.start, find.end)
    )
    asks = tuple(dict.fromkeys(f.value for f in _lexicon("ask").find(words)))
    asks = tuple(ask for ask in asks if ask != "about") if _LIST.search(text) else asks
    terms = _terms(words)
    drop, spans = _drops(words)
    pointer = _pointer(text, words)
    return Cues(
        finds=finds,
        asks=asks,
        terms=terms,
        pointer=pointer,
        # "Who publishes the first one" asks about one dataset, not about the catalogue.
        counting=None if pointer.places and _WHOSE.search(text) else _counting(text, words),
        questioning=bool(_QUESTION.search(text)) or any(f.kind == "may" for f in finds),
        drop=drop,
        drop_spans=spans,
        only_more=any(token.word in _ONWARD for token in words)
        and all(token.word in _ONWARD | _AROUND for token in words),
        length=sum(f.last - f.first + 1 for f in finds if f.kind in ("greeting", "thanks")),
    )


def _terms(words: tuple[Token, ...]) -> tuple[str, ...]:
    """Terms whose meaning is asked for: "what does NC mean", "CC0, c'est quoi ?"."""
    terms = _lexicon("term").find(words)
    before, after = _lexicon("meaning").find(words), _lexicon("meant").find(words)
    return tuple(
        dict.fromkeys(
            f.value
            for f in terms
            if any(_follows(m, f, words, most=3) for m in before)
            or any(0 < m.first - f.last <= _CLOSE for m in after)
        )
    )


def _follows(one: Find, other: Find, words: tuple[Token, ...], *, most: int) -> bool:
    """Whether a find stands shortly after another, in its clause."""
    near = 0 <= other.first - one.last <= most
    return near and not any(word.opens for word in words[one.last + 1 : other.first + 1])


def _is_of_data(find: Find, words: tuple[Token, ...]) -> bool:
    """Whether a cue is part of what the data is, or is denied: "help desk", "no access request"."""
    if find.kind == "request":
        return find.first > 0 and words[find.first - 1].word in _NONE
    if find.kind == "help" and find.first == find.last and find.last + 1 < len(words):
        after = words[find.last + 1]
        return not after.opens and after.word not in stop_words()
    return False


_COMMANDS = (
    "reset", "undo", "replace", "add", "only", "anew", "more", "compare", "explain", "may",
    "attribution", "combine", "request", "status", "wish", "freshness", "language", "help",
    "training", "greeting", "thanks", "abuse", "off_topic",
)  # fmt: skip


def _drops(words: tuple[Token, ...]) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Fields taken back: a drop word with the name of a field near it."""
    fields = _lexicon("field").find(words)
    drops = _lexicon("drop").find(words)
    found: dict[str, tuple[int, int]] = {}
    for drop in drops:
        for field in fields:
            before = 0 <= drop.first - field.last <= 2
            # The two may share a word: "forget the" and "the size".
            after = 0 <= field.first - drop.last <= 3 and field.last > drop.last
            if _is_narrowed(drop, field, words) or _compares(drop, words):
                continue
            if (after or (before and drop.value == "drop" and len(words) > field.last)) and (
                drop.first != field.first
            ):
                found.setdefault(
                    field.value, (min(drop.start, field.start), max(drop.end, field.end))
                )
                break
    for whole in _lexicon("give_up").find(words):
        found.setdefault(whole.value, (whole.start, whole.end))
    return tuple(found), tuple(found.values())


def _compares(drop: Find, words: tuple[Token, ...]) -> bool:
    """Whether what seems to give up only compares: "no more than 20 hours"."""
    after = words[drop.last + 1].word if drop.last + 1 < len(words) else ""
    return after == "than"


def _is_narrowed(drop: Find, field: Find, words: tuple[Token, ...]) -> bool:
    """Whether "any" leaves a choice among some only: "any Celtic language"."""
    between = words[drop.last + 1 : field.first]
    return words[drop.last].word == "any" and any(token.word not in _WIDE for token in between)


def _pointer(text: str, words: tuple[Token, ...]) -> Pointer:
    several = _lexicon("several").find(words)
    if several:
        return Pointer(first=max(int(f.value) for f in several))
    places = tuple(dict.fromkeys(int(f.value) for f in _lexicon("ordinal").find(words)))
    if places:
        return Pointer(places=places)
    named = _NAMED.search(text)
    if named is not None and named[1].split()[0].casefold() not in _PLACES:
        return Pointer(name=named[1].strip())
    return Pointer(this=bool(_lexicon("this").find(words)))


def _counting(text: str, words: tuple[Token, ...]) -> Counting | None:
    asked = [f for f in _lexicon("coverage").find(words) if not counted.distributes(words, f)]
    if not asked or _IN_EACH.search(text) or counted.asks_of_world(text):
        return None
    kinds = [f.value for f in asked if f.value != "none"]
    if not kinds:
        return None
    measures = [f.value for f in _lexicon("measure").find(words)]
    by = next((_COUNTED[kind] for kind in kinds if kind in _COUNTED), None)
    measure = "datasets"
    if by is not None or "count" in kinds:
        measure = measures[0] if measures else "datasets"
    top = _TOP.search(text)
    return Counting(
        by=by,
        measure=cast("Measure", measure),
        top=int(top[1]) if top else 20,
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """What of the conversation bears on the meaning of a turn."""

    states_data: bool
    """The turn names a language, task, kind, topic or source."""
    states_core: bool
    """A language, task, kind or source among it, not only a subject."""
    states_limit: bool
    """The turn names another limit: size, licence, price, access, date."""
    states_task: bool
    states_topic: bool
    """A subject among it."""
    in_view: bool
    """Datasets were shown before."""
    has_need: bool


def intent(found: Cues, scene: Scene, word_count: int) -> Intent:
    """The one thing to do, most decisive cue first."""
    return (
        _command(found, scene)
        or _on_shown(found, scene)
        or _courtesy(found, scene, word_count)
        or ("more" if found.only_more and scene.in_view else None)
        or ("refine" if scene.has_need else "find")
    )


def _command(found: Cues, scene: Scene) -> Intent | None:
    if found.has("abuse") and not scene.states_data:
        return "abuse"
    if found.has("off_topic") and not scene.states_core and not scene.states_limit:
        return "off_topic"
    if found.has("reset") and not (scene.states_core or scene.states_topic):
        return "reset"
    plain: tuple[Intent, ...] = ("status", "wish", "freshness", "attribution")
    for kind in plain:
        if found.has(kind):
            return kind
    if found.has("language") and not (scene.states_limit or scene.states_task):
        return "language"
    if found.terms:
        return "explain"
    return None


def _on_shown(found: Cues, scene: Scene) -> Intent | None:
    pointing = scene.in_view and bool(found.pointer)
    if found.has("combine") and (pointing or found.has("may")):
        return "combine"
    if found.has("compare"):
        return "compare"
    if found.has("request") and (pointing or not scene.states_data):
        return "request"
    if found.has("explain") and (pointing or not scene.states_data):
        return "explain"
    if found.has("may") and (scene.in_view and (pointing or not scene.states_data)):
        return "check_use"
    limits = scene.states_limit and not found.questioning
    if found.asks and (pointing or (scene.in_view and not scene.states_data and not limits)):
        return "show"
    if found.counting is not None and _counts(found, scene):
        return "coverage"
    if found.has("more") and not scene.states_data and not scene.states_limit:
        return "more"
    return None


def _counts(found: Cues, scene: Scene) -> bool:
    """A count over the catalogue, not a limit such as "how many hours at least"."""
    counting = found.counting
    return counting is not None and (
        counting.by is not None or scene.states_data or not scene.states_limit
    )


def _courtesy(found: Cues, scene: Scene, word_count: int) -> Intent | None:
    if (scene.states_data or scene.states_limit) and found.length < word_count:
        return None
    if found.has("thanks") and word_count <= 8:
        return "thanks"
    if found.has("help"):
        return "help"
    if found.has("greeting") and word_count <= 8:
        return "greeting"
    return None
