"""What the data shall be, as words name it: tasks, kinds, styles, topics, sources, how often."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.understand.lexicon import Find, Lexicon, Token, entries, table
from catalog_sync import vocab


@cache
def _lexicon() -> Lexicon:
    return Lexicon(_phrases())


def _phrases() -> Iterator[tuple[str, str, str]]:
    """The first meaning of a phrase stays: sources and tasks before topics before kinds."""
    for phrase, kind, value in entries("limits"):
        if kind in ("source", "frequency", "access", "free", "not_free"):
            yield phrase, kind, value
    for code, task in vocab.TASKS.items():
        for words in task.words.values():
            for phrase in words:
                yield phrase, "task", code
        yield code, "task", code
        yield task.label, "task", code
        for phrase in task.spellings:
            if len(phrase) > 4:
                yield phrase, "task", code
    for code, topic in vocab.TOPICS.items():
        yield topic.label, "topic", code
        for words in topic.words.values():
            for phrase in words:
                yield phrase, "topic", code
    for phrase, kind, value in entries("topics"):
        if kind == "topic":
            yield phrase, kind, value
    for phrase, kind, value in entries("kinds"):
        yield phrase, kind, value
    for code, style in vocab.SPEECH_STYLE.items():
        for words in style.words.values():
            for phrase in words:
                yield phrase, "style", code
    for code, modality in vocab.MODALITY.items():
        for words in modality.words.values():
            for phrase in words:
                yield phrase, "modality", code


def find(words: tuple[Token, ...]) -> tuple[Find, ...]:
    """Phrases that say what the data is, left to right, longest first."""
    return _lexicon().find(words)


def topic_label(topic: str) -> str:
    """A topic for a reader: "satellite imagery"."""
    known = vocab.TOPICS.get(topic)
    return known.label if known is not None else topic


@cache
def topic_tags(topic: str) -> frozenset[str]:
    """Card tags that meet a wish for this topic, lower case."""
    named = vocab.topic_spellings(topic)
    more = table("topics").get("tags", {}).get(topic, [])
    return named | {topic, topic_label(topic)} | frozenset(more)


@cache
def topic_words(topic: str) -> tuple[str, ...]:
    """Words by which a text speaks of this topic."""
    known = vocab.TOPICS.get(topic)
    words = [topic_label(topic), *table("topics").get("topic", {}).get(topic_label(topic), [])]
    if known is not None:
        words += known.words.get("en", ())
    return tuple(dict.fromkeys(words))


@cache
def task_words(task: str) -> tuple[str, ...]:
    """English words by which a text speaks of this task."""
    known = vocab.TASKS[task]
    return tuple(dict.fromkeys((known.label, *known.words.get("en", ()))))
