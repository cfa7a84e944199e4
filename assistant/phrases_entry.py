"""One text of a phrasebook that is being made: the English, the translation, what it says back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from assistant.phrases import ENGLISH, base

ALONE = ""
"""The form of a text that does not count."""
Forms = Mapping[str, str]
"""Plural category -> text; a text that does not count has one form, `ALONE`."""
VERDICTS = ("badge", "badge_within", "outcome", "opening")
"""Subjects of the texts by which a verdict is told: a person reads each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text in a draft or in an accepted phrasebook."""

    key: str
    english: Forms
    """What it was made from: once the program says something else, it is stale."""
    text: Forms
    back: Forms = field(default_factory=dict)
    """The text translated back into English by somebody who had not seen the English."""
    reviewed: bool = False
    """A person who reads the language has looked at it."""


@cache
def originals() -> Mapping[str, Forms]:
    """Key -> the English forms of every text that a phrasebook needs, verdicts first."""
    found: dict[str, dict[str, str]] = {}
    for key, text in ENGLISH.texts.items():
        name = base(key)
        form = key.removeprefix(f"{name}.") if name != key else ALONE
        found.setdefault(name, {})[form] = text
    return dict(sorted(found.items(), key=lambda pair: not tells_verdict(pair[0])))


def tells_verdict(key: str) -> bool:
    """Whether this text says what a verdict is."""
    return key.startswith("badge_") or key.partition(".")[0] in VERDICTS


def flat_texts(entry: Entry) -> dict[str, str]:
    """The texts as a phrasebook holds them: "found.one", "found.other"."""
    return {f"{entry.key}.{form}" if form else entry.key: t for form, t in entry.text.items()}


def shown(forms: Forms) -> str:
    """The forms in one line."""
    return " / ".join(forms.values())
