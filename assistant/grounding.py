"""Holds a model's sentence against a reply: what is not accounted for, word by word, is not shown.

Pure. A sentence passes when every word of it is a phrase of the reply's own, a figure of the
reply's, or a word that claims nothing; and when each phrase and figure is true of the datasets that
the sentence speaks of. Permissions, licences, prices and states are phrases of the reply's own or
they are nothing: no word for them is in the lists of plain words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from assistant.grounding_facts import Facts
from assistant.grounding_read import Read, Wrong, taken_apart
from assistant.grounding_words import Words, cased, flat

LONGEST = 400
_HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one sentence."""

    good: bool
    why: str = ""
    """For the trace and for tests; holds no word of the sentence."""
    named: frozenset[int] = frozenset()
    """The datasets it names."""
    topic: frozenset[int] = frozenset()
    """The datasets that "it" means afterwards."""


def check(sentence: str, facts: Facts, words: Words, topic: frozenset[int] = frozenset()) -> Judged:
    """Whether a sentence agrees with the facts.

    Args:
        sentence: One sentence of the model's.
        facts: What the reply says.
        words: The table of the language the sentence is meant to be in.
        topic: The datasets that the sentence before spoke of.
    """
    try:
        text = _clean(sentence)
        read = taken_apart(text, cased(sentence), facts, words)
    except Wrong as why:
        return Judged(good=False, why=str(why), named=_named(sentence, facts))
    if text.strip(" .") in {one.strip(" .") for one in facts.whole}:
        return Judged(good=True, named=read.named, topic=read.named)
    fault = _held(read, facts, topic)
    spoken = read.segments[-1].names or read.named or topic
    return Judged(good=not fault, why=fault, named=read.named, topic=spoken)


def _clean(sentence: str) -> str:
    if len(sentence) > LONGEST:
        raise Wrong("too long")
    if any(unicodedata.category(c) in _HIDDEN for c in sentence):
        raise Wrong("hidden characters")
    text = flat(sentence)
    if not any(c.isalpha() for c in text):
        raise Wrong("no words")
    return text


def _named(sentence: str, facts: Facts) -> frozenset[int]:
    text = flat(sentence[: LONGEST * 4])
    return frozenset(
        place for key, phrase in facts.phrases.items() if phrase.is_name and key in text
        for place in phrase.owners
    )  # fmt: skip


def _held(read: Read, facts: Facts, topic: frozenset[int]) -> str:
    """Why the sentence does not hold; empty when it does."""
    if read.labels and not read.terms:
        return "speaks of terms without the reply's words for them"
    if read.one and not read.named and 1 not in facts.counts:
        return "a count"
    if read.negated and (read.named or read.terms or read.figures or not facts.no_match):
        return "negates"
    return _left_open(read) or _not_true(read, facts, topic)


def _left_open(read: Read) -> str:
    """Why it leans on what another sentence or stretch claims: "..., and so is X"."""
    if len(read.segments) > 1 and not read.segments[-1].claims:
        return "leaves open what it says of the last"
    if read.named and read.joins and not any(part.claims for part in read.segments):
        return "goes on with another sentence's claim"
    return ""


def _not_true(read: Read, facts: Facts, topic: frozenset[int]) -> str:
    subjects = topic
    for segment in read.segments:
        subjects = segment.names or subjects
        about = subjects or facts.everyone
        for claim in segment.claims:
            if claim.unbound and not segment.names:
                continue
            if read.beyond and not segment.names:
                return "says of many what is known of those shown"
            if not about or not about <= claim.owners:
                return "not true of what it speaks of"
    return ""
