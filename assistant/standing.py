"""What ranks one dataset above another that meets the same limits. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection

from assistant.fit_text import topic_state
from assistant.found import Candidate
from assistant.limits import hard_tasks, hard_topics, soft_topics
from assistant.need import Need
from assistant.phrases import ENGLISH, Phrases
from assistant.understand.content import is_form, topic_label
from assistant.understand.lexicon import tokens
from catalog_sync import vocab
from catalog_sync.card import DatasetCard
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


def asks_softly(need: Need) -> bool:
    """Whether subjects that only order are all that says what data is wanted.

    What data is used for is no subject.
    """
    if need.languages or need.tasks or hard_topics(need) or "commonvoice" in need.sources:
        return False
    return any(not is_form(topic) for topic in soft_topics(need))


def on_subject(candidate: Candidate, need: Need) -> int:
    """How many of the topics and tasks that only order the card states or speaks of."""
    card = candidate.stored.card
    topics = soft_topics(need)
    tasks = set(need.tasks) - set(hard_tasks(need))
    return sum(topic_state(card, topic) == "yes" for topic in topics) + _stated(card, tasks)


def exact(candidate: Candidate, need: Need) -> int:
    """How many of the named topics, frequencies and several tasks the card states as such."""
    card = candidate.stored.card
    often = need.update_frequency[-1:] == (card.update_frequency,)
    tasks = hard_tasks(need)
    both = _stated(card, tasks) if len(tasks) > 1 else 0
    return sum(topic_label(topic) in card.tags for topic in need.topics) + often + both


def _stated(card: DatasetCard, tasks: Collection[str]) -> int:
    stated = set(card.tasks)
    return sum(not stated.isdisjoint(vocab.task_satisfied_by(task)) for task in tasks)


def telling(hit: Hit, card: DatasetCard, need: Need) -> int:
    """How many of the person's own rare words the card's name, tags or summary hold."""
    if not hit.telling:
        return 0
    front = _singular(f"{card.name} {' '.join(card.tags)} {card.summary}")
    return len(_singular(" ".join(hit.telling)) & _singular(need.wish) & front)


def _singular(text: str) -> frozenset[str]:
    return frozenset(token.word.rstrip("s") for token in tokens(text))
