"""Turns that want both, or either, of what was named one after the other. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.need import Need
from assistant.understand.reading import Reading

_BOTH = re.compile(
    r"\b(?:both|either|los dos|las dos|ambos|ambas|les deux|os dois|as duas|beide[sn]?)\b"
    r"|\bzote mbili\b|كلاهما",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\bboth\b.{0,30}\b(?:must|needed|required|in there|in it|together|at once|in each|in one|"
    r"in the same)\b|\b(?:must|should|has to|have to|need to)\b.{0,30}\bboth\b",
    re.IGNORECASE,
)
"""Says that each dataset shall have the two."""
_NEITHER = re.compile(
    r"\b(?:drop|forget|not|neither|without|remove|no|lose|skip|leave)\W+(?:both|either)\b",
    re.IGNORECASE,
)
_LONGEST = 80


def read(reading: Reading, old: Need, past: Sequence[Need]) -> Reading:
    """The reading, what "both" stands for among what it states.

    Args:
        reading: The turn.
        old: The need before it.
        past: Needs before each change, oldest first.
    """
    stated = reading.stated
    said = len(reading.text) <= _LONGEST and _BOTH.search(reading.text) is not None
    if not said or _NEITHER.search(reading.text) or reading.drop and "style" not in reading.drop:
        return reading
    if stated.languages_not or stated.tasks or stated.modalities or len(stated.languages) > 1:
        return reading
    if stated.languages:
        # "And in Mixtec? Both interest me."
        beside = old.languages and reading.mode in ("merge", "replace")
        return replace(reading, mode="add") if beside else reading
    two = _together(old, past)
    if two is None:
        return reading
    joined = "all" if _AT_ONCE.search(reading.text) else two.languages_joined
    more = replace(
        stated, languages=two.languages, languages_joined=joined, modalities=two.modalities
    )
    return replace(reading, stated=more, mode="add")


def _together(old: Need, past: Sequence[Need]) -> Need | None:
    """The need with what stood before the last change of languages or kinds; None for no change."""
    if len(old.languages) > 1:
        return Need(languages=old.languages, languages_joined=old.languages_joined)
    before = past[-1] if past else Need()
    tags = {wish.tag for wish in old.languages}
    others = tuple(wish for wish in before.languages if wish.tag not in tags)
    if others and old.languages:
        return Need(languages=(*others, *old.languages))
    kinds = tuple(kind for kind in before.modalities if kind not in old.modalities)
    if kinds and old.modalities:
        return Need(modalities=(*kinds, *old.modalities))
    return None
