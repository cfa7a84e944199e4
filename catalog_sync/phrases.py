"""What an owner's own sentences forbid, limit or grant, by the phrase table in `phrases.toml`.

What a sentence forbids becomes a rule. What it seems to permit counts only where the sentence
itself is the licence. What cannot be read is handed on word for word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import TypeAdapter

from catalog_sync.clauses import Clause, Constraint, Rule
from catalog_sync.licences_table import trigger

Patterns = tuple[re.Pattern[str], ...]
_SENTENCE = re.compile(
    r"(?<=[.!?;])(?<!\b[A-Z]\.)(?<!Inc\.)(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)\s+(?=[A-Z\[(\"'])|\s*(?:\n\s*\n+|(?:<br\s*/?>\s*)+|\n\s*(?=[-*•]|\d+[.)]))\s*"
)
_IF = re.compile(r"\b(?:if|when|where|whenever) (?:you|the user|users?|they)\b[^,;.]*[,;]?", re.I)
"""A condition names an act without forbidding it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject that owners forbid, and the actions it covers."""

    name: str
    patterns: Patterns
    prohibits: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    refrains: bool = False
    always: bool = False
    """Counts where it is named, forbidden or not: a time limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """A sentence that limits use to something: what lies outside is forbidden."""

    patterns: Patterns
    prohibits: tuple[str, ...]
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence in a licence field that is a grant of its own."""

    id: str
    patterns: Patterns
    permits: tuple[str, ...]
    unless: Patterns = ()
    duty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidding:
    """How sentences forbid."""

    patterns: Patterns
    undone: Patterns
    liftable: Patterns
    fields: tuple[str, ...]
    limit_fields: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Further words around a statement."""

    credit_required: Patterns
    credit_requested: Patterns
    partial: Patterns
    covering: Patterns
    """Beside a named licence: it covers a part alone, or may not be the one that holds."""
    narrowing: Patterns
    """Beside a named licence: it holds for some purpose or some people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limiting:
    """Words of a sentence that limits something."""

    patterns: Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The whole table."""

    topic: tuple[Topic, ...]
    only: tuple[Only, ...]
    forbidding: Forbidding
    statement: tuple[Statement, ...]
    statements: Wording
    touches: dict[str, Patterns]
    limiting: Limiting
    harmless: Limiting
    boilerplate: Limiting


@cache
def table() -> Phrases:
    """The phrase table; raises pydantic's ValidationError when the file is malformed."""
    text = files("catalog_sync").joinpath("phrases.toml").read_text(encoding="utf-8")
    return TypeAdapter(Phrases).validate_python(tomllib.loads(text))


def hit(patterns: Patterns, sentence: str) -> bool:
    """Whether any pattern is found in the lower-cased sentence."""
    lowered = sentence.lower()
    return any(p.search(lowered) for p in patterns)


def sentences(text: str) -> tuple[str, ...]:
    """The text's sentences and list items, markup of links kept, empty ones left out."""
    parts = (re.sub(r"\s+", " ", p).strip(" -*•>#") for p in _SENTENCE.split(text))
    return tuple(p for p in parts if re.search(r"\w", p))


def forbids(sentence: str, *, listing: bool) -> bool:
    """Whether a sentence forbids; `listing`: it stands in a field of what is forbidden."""
    how = table().forbidding
    if hit(how.undone, sentence):
        return hit(how.patterns, _without(how.undone, sentence))
    return listing or hit(how.patterns, sentence)


def _without(patterns: Patterns, sentence: str) -> str:
    """The sentence in lower case, with what the patterns find taken out."""
    lowered = sentence.lower()
    for pattern in patterns:
        lowered = pattern.sub(" ", lowered)
    return lowered


def read(
    field: str, text: str, *, url: str | None, document: Literal["licence", "datasheet"]
) -> Reading:
    """The rules and the unread words of one field of the owner's."""
    how = table().forbidding
    if text.strip().lower().strip(" .") in {n.strip(" .") for n in how.nothing}:
        return Reading()
    listing = field.lower() in how.fields
    rules: list[Rule] = []
    unread: list[Clause] = []
    for sentence in sentences(text):
        if hit(table().boilerplate.patterns, sentence):
            continue
        clause = Clause(document=document, clause=field, quote=sentence, url=url)
        found = tuple(_limits(sentence, clause, listing=listing))
        rules.extend(found)
        if not found:
            unread.append(clause)
    return Reading(rules=tuple(rules), unread=tuple(unread))


def touches(clause: Clause, actions: Sequence[str]) -> bool:
    """Whether words that no rule was read from may limit one of `actions`.

    In a field that holds limits every such sentence may, unless it only thanks or asks for
    credit; elsewhere it has to limit something and to name the subject.
    """
    how, field = table().forbidding, clause.clause.lower()
    harmless = hit(table().harmless.patterns, clause.quote)
    if field in how.fields or field in how.limit_fields:
        return not harmless
    if not hit(table().limiting.patterns, clause.quote):
        return False
    named = table().touches
    return any(hit(named[a], clause.quote) for a in actions if a in named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from a text and what was not."""

    rules: tuple[Rule, ...] = ()
    unread: tuple[Clause, ...] = ()


def _limits(sentence: str, clause: Clause, *, listing: bool) -> Iterator[Rule]:
    liftable = hit(table().forbidding.liftable, sentence)
    if hit(table().statements.credit_required, sentence):
        on = trigger("sharing", "training", "commercialize")
        yield Rule(kind="duty", action="attribute", clause=clause, constraints=(on,))
    limited = _without(table().forbidding.undone, sentence)
    for only in table().only:
        if hit(only.patterns, limited):
            yield from prohibitions(only.prohibits, clause, liftable=liftable)
            yield Rule(kind="duty", action=only.duty, clause=clause, constraints=(trigger("any"),))
    forbidden = forbids(sentence, listing=listing)
    said = _IF.sub(" ", limited)
    for topic in table().topic:
        if (forbidden or topic.always) and hit(topic.patterns, said):
            yield from from_topic(topic, clause, liftable=liftable)


def from_topic(topic: Topic, clause: Clause, *, liftable: bool) -> Iterator[Rule]:
    """The rules of one forbidden topic, resting on `clause`."""
    yield from prohibitions(topic.prohibits, clause, liftable=liftable)
    if topic.asks:
        yield Rule(
            kind="duty",
            action="obtainConsent",
            clause=clause,
            constraints=(trigger(*topic.asks),),
            prior=True,
        )
    if topic.refrains:
        yield Rule(kind="duty", action="refrain", clause=clause, constraints=(trigger("any"),))


def prohibitions(actions: tuple[str, ...], clause: Clause, *, liftable: bool) -> Iterator[Rule]:
    """Prohibitions of `actions`; a liftable one falls with the owner's permission."""
    lifted = Constraint(left="licence_obtained", operator="isNoneOf", right=("yes",))
    for action in actions:
        yield Rule(
            kind="prohibition",
            action=action,
            clause=clause,
            constraints=(lifted,) if liftable else (),
        )


def statement(text: str) -> Statement | None:
    """The grant that a licence text makes in its own words; None: none was found."""
    for candidate in table().statement:
        if hit(candidate.unless, text):
            continue
        if any(hit(candidate.patterns, s) and not hit(_NOT_GRANTING, s) for s in sentences(text)):
            return candidate
    return None


_NOT_GRANTING = (re.compile(r"\bcan ?not be used\b|\bnot be used\b"),)
