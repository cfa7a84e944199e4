"""Whether a card's own text speaks of a subject. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from assistant.limits import hard_choices, hard_tasks
from assistant.need import Need
from assistant.reply import MatchState
from assistant.understand.content import task_words, topic_tags, topic_words
from catalog_sync import vocab
from catalog_sync.card import DatasetCard

_ASIDE = re.compile(r"\((?:with|using|without|e\.g\.|such as|like)\s[^()]{0,80}\)", re.IGNORECASE)
"""What a text says in passing of how data was made: "(with coreference resolution)"."""
_READ = 6000
"""Characters of a description that are searched for a subject."""


def topic_state(card: DatasetCard, topic: str) -> MatchState:
    """Whether the card is about a topic: by its tags, or by what its text says."""
    if topic_tags(topic) & set(card.tags) or mentions(card, topic_words(topic)):
        return "yes"
    return "unknown"


def mentions(card: DatasetCard, phrases: tuple[str, ...]) -> bool:
    """Whether the card's name, tags, summary or description use one of these phrases."""
    return _mentioned(card.name, card.summary, card.tags, card.description, phrases)


def dwells_on(card: DatasetCard, phrases: tuple[str, ...]) -> bool:
    """Whether a card is about one of these: its front says so, or its description does twice."""
    said = _pattern(phrases)
    if said.search(f"{card.name}\n{' ; '.join(card.tags)}\n{card.summary}"):
        return True
    return sum(1 for _ in islice(said.finditer(card.description[:_READ]), 2)) > 1


def is_on(card: DatasetCard, said: str) -> bool:
    """Whether a card's name, tags or summary use a word or phrase, in the singular or plural."""
    one = said.removesuffix("s")
    front = f"{card.name}\n{' ; '.join(card.tags)}\n{card.summary}"
    return _pattern((said, one, f"{one}s")).search(front) is not None


def about(need: Need) -> Callable[[DatasetCard], bool]:
    """Whether a card's name, tags or summary, not only its description, speak of the subject."""
    topics = [
        (
            frozenset[str]().union(*map(topic_tags, group)),
            _pattern(tuple(word for topic in group for word in topic_words(topic))),
        )
        for group in hard_choices(need)
    ]
    tasks = [(vocab.task_satisfied_by(t), _pattern(task_words(t))) for t in hard_tasks(need)]

    def is_about(card: DatasetCard) -> bool:
        front = _ASIDE.sub(" ", f"{card.name}\n{' ; '.join(card.tags)}\n{card.summary}")
        return all(
            not tags.isdisjoint(card.tags) or said.search(front) for tags, said in topics
        ) and all(not codes.isdisjoint(card.tasks) or said.search(front) for codes, said in tasks)

    return is_about


@lru_cache(maxsize=2048)
def _mentioned(
    name: str, summary: str, tags: tuple[str, ...], description: str, phrases: tuple[str, ...]
) -> bool:
    """Asked again for the same card where what fits is put in order."""
    text = "\n".join((name, summary, " ; ".join(tags), description[:_READ]))
    return _pattern(phrases).search(_ASIDE.sub(" ", text)) is not None


@lru_cache(maxsize=2048)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    spelt = sorted(
        (r"[\s-]+".join(re.escape(w) for w in re.split(r"[\s-]+", p) if w) for p in phrases),
        key=len,
        reverse=True,
    )
    # In "pubmed_qa" the line stands for a space.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})(?![^\W_])", re.IGNORECASE)
