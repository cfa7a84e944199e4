"""What ranks one dataset above another that meets the same limits. Pure."""

from __future__ import annotations

import math

from assistant.fit_text import topic_state
from assistant.found import Candidate
from assistant.limits import hard_topics
from assistant.need import Need
from assistant.phrases import ENGLISH, Phrases
from assistant.understand.content import topic_label
from indexer.search import Hit


def why(hit: Hit, phrases: Phrases = ENGLISH) -> str:
    """One line on which part of the card came near."""
    words = ", ".join(hit.words[:4])
    if words:
        return phrases.say(f"why.words.{hit.kind}", words=words)
    return phrases.say(f"why.meaning.{hit.kind}")


def specific(candidate: Candidate, need: Need) -> float:
    """A bonus for data made for just this: the very language, topic, task and frequency named."""
    card = candidate.stored.card
    bonus = 0.0
    if need.languages and card.languages:
        bonus += 0.08 / max(1, len(card.languages) - len(need.languages) + 1)
        named = {tag for wish in need.languages for tag in wish.tags}
        bonus += 0.15 * bool(named & set(card.languages))
    bonus += 0.15 * bool(set(need.tasks) & set(card.tasks))
    if card.size.hours:
        # Of two that fit alike, the one with more to use: ten times the hours, a step.
        bonus += 0.02 * math.log10(1 + card.size.hours)
    return bonus


def on_subject(candidate: Candidate, need: Need) -> int:
    """How many of the topics that only order the card's tags or text speak of."""
    card = candidate.stored.card
    soft = set(need.topics) - set(hard_topics(need))
    return sum(topic_state(card, topic) == "yes" for topic in soft)


def exact(candidate: Candidate, need: Need) -> int:
    """How many of the named topics and frequencies the card states in these very words."""
    card = candidate.stored.card
    often = need.update_frequency[-1:] == (card.update_frequency,)
    return sum(topic_label(topic) in card.tags for topic in need.topics) + often
