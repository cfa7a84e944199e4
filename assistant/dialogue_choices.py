"""How a turn makes topics a choice, adds one to it, or wants all of them after all. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import choices
from assistant.dialogue_languages import says_or
from assistant.need import Need
from assistant.relax import union
from assistant.understand.content import is_form
from assistant.understand.lexicon import AND, OR, tokens
from assistant.understand.reading import Reading

_WILL_DO = re.compile(
    r"\b(?:is|are|be|'s)\s+(?:also\s+|just as\s+|equally\s+)?"
    r"(?:fine|ok|okay|good|great|welcome|useful|all right|alright|acceptable)\b"
    r"|\b(?:will|would|might|may|'d|'ll|could|can)\s+(?:also\s+|just as well\s+|equally\s+)?"
    r"(?:do|work|help|serve|be (?:fine|ok|okay|good))\b"
    r"|\b(?:works?|helps?|fine|ok|okay)\s+(?:too|as well|also)\b"
    r"|\b(?:i|we)(?:'d|'ll| would| will| can| could)?\s+(?:also\s+)?(?:take|accept|settle for)\b"
    r"|\b(?:also|tambi[eé]n|tamb[eé]m|auch|aussi)\b.{0,20}\b(?:sirven?|valen?|servem?|gehen?|"
    r"geht|conviennent|convient)\b|\b(?:sirven?|valen?|gehen?|geht)\b.{0,20}\b(?:tambi[eé]n|auch)\b"
    r"|\balso (?:works?|helps?|fine|ok|okay)\b"
    r"|\b(?:is|are) (?:also )?(?:an option|possible|as good)\b|^\W*otherwise\b"
    r"|\beither that or\b|\bfailing that\b|\bif not,|\balternatively\b",
    re.IGNORECASE,
)
"""A further subject is put up with beside the one before: "droughts would do as well"."""
_EITHER = re.compile(
    r"\b(?:either|any|one)(?:\s+(?:one|of (?:them|these|those|the two|the three|both)))?\s+"
    r"(?:is|are|will|would|works?|does|suffices)\b|\b(?:either|any|one) of (?:them|these|those|the "
    r"two|the three)\b|\bnot (?:necessarily )?both\b|\b(?:needn't|need not|doesn't have to|"
    r"don't have to|doesn't need to|don't need to|no need to)\b.{0,30}\bboth\b|\bi meant or\b"
    r"|\bone or the other\b"
    r"|\b(?:cualquiera de|l'un ou l'autre|qualquer um|eins von beiden|yoyote kati)",
    re.IGNORECASE,
)
"""Says of what was named before that one of it is enough."""
_TOGETHER = re.compile(
    r"\b(?:both|all three|all of them)\b.{0,30}\b(?:must|needed|required|together|at once|in each|"
    r"in one|in the same|not (?:just )?(?:one|either))\b|\b(?:must|should|has to|have to|need to|"
    r"needs to)\b.{0,30}\b(?:both|all three|all of them)\b|\b(?:both|all three) of them\b"
    r"|\bnot either\b|\bi meant and\b|\bi (?:want|need) both\b|\bboth,? (?:please|not)\b",
    re.IGNORECASE,
)
"""Says of what was for choice that all of it is wanted."""
_LONGEST = 80


def joined(need: Need, old: Need, reading: Reading) -> Need:
    """The need with its topics for choice as this turn leaves them.

    Args:
        need: The need after the turn, its topics settled but for that.
        old: The need before it.
        reading: The turn.
    """
    stated = reading.stated
    topics = need.topics
    apart: choices.Groups = (*old.topics_apart, *stated.topics_apart)
    new = tuple(topic for topic in stated.topics if topic not in old.topics)
    if new and _offers(old, new, reading):
        topics = union(old.topics, topics)
        apart = (*apart, *_beside(old, new))
    elif stated.topics and not new:
        topics = _chosen(topics, old, reading)
        apart = tuple(group for group in apart if not _is_joined(group, reading))
    elif not stated.topics and len(reading.text) <= _LONGEST:
        apart = _said_of_all(need, apart, reading)
    topics, apart = choices.arranged(topics, apart)
    return replace(need, topics=topics, topics_apart=apart)


def _offers(old: Need, new: tuple[str, ...], reading: Reading) -> bool:
    """Whether the subjects of this turn are as good as what was asked for: "or droughts"."""
    if reading.mode == "replace" or reading.topics_not or len(reading.text) > _LONGEST:
        return False
    if _WILL_DO.search(reading.text):
        return not reading.questioning
    first = next((token.word for token in tokens(reading.text)), "")
    if reading.mode != "add" or first in AND:
        return False
    if first in OR or (says_or(reading.text) and not reading.stated.topics_apart):
        return True
    # "Storms as well", after "floods or droughts", is one more of them.
    return all(len(_last(old, topic)) > 1 for topic in new)


def _chosen(topics: tuple[str, ...], old: Need, reading: Reading) -> tuple[str, ...]:
    """The topics after a turn that names some of those for choice: "only floods"."""
    if reading.mode == "add" or reading.questioning or _WILL_DO.search(reading.text):
        return topics
    said = set(reading.stated.topics)
    left = {topic for group in old.topics_apart if said & set(group) for topic in group} - said
    return tuple(topic for topic in topics if topic not in left)


def _is_joined(group: tuple[str, ...], reading: Reading) -> bool:
    """Whether a turn names what was for choice again, with "and": "no, floods and droughts"."""
    joins = AND & {token.word for token in tokens(reading.text)}
    named_again = len(set(group) & set(reading.stated.topics)) > 1
    return named_again and bool(joins) and not says_or(reading.text)


def _said_of_all(need: Need, apart: choices.Groups, reading: Reading) -> choices.Groups:
    """The choices after a turn that says of what was named that one, or all of it, is wanted."""
    if _TOGETHER.search(reading.text) and not _EITHER.search(reading.text):
        return ()
    several = len(need.languages) > 1 or bool(need.tasks and need.modalities)
    stated = reading.stated
    more = stated.languages or stated.tasks or stated.modalities or set(reading.drop) - {"style"}
    if several or more or not need.topics or not _EITHER.search(reading.text):
        return apart
    return (*apart, _alike(need.topics, need.topics[-1]))


def _beside(old: Need, new: tuple[str, ...]) -> choices.Groups:
    """The new subjects, each with those it is as good as: what was named last of its kind."""
    return tuple((*_last(old, topic), topic) for topic in new)


def _last(old: Need, topic: str) -> tuple[str, ...]:
    """What was asked for last of this topic's kind, with all that would do in its place."""
    before = _alike(old.topics, topic) or old.topics
    return choices.beside(old, before[-1]) if before else ()


def _alike(topics: tuple[str, ...], topic: str) -> tuple[str, ...]:
    """Those of these that say what the data shows, or how it was taken, as this one does."""
    return tuple(other for other in topics if is_form(other) is is_form(topic))
