"""What the words for the data say beside what they name: kinds of sound, and what ranks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.understand import content
from assistant.understand.lexicon import Find, Token
from assistant.understand.subject_values import Subject
from catalog_sync import vocab

_ANY_RECORD = frozenset({"recording", "recordings"})
"""Words for sound that stand for any measurement beside a topic: "earthquake recordings"."""
_WRITTEN_TOO = frozenset({"utterances", "clips"})
_ACRONYM = 4
"""Letters up to which a task's name is an acronym, which says no more than its label."""


def is_measured(
    text: str, subject: Subject, words: tuple[Token, ...], finds: Sequence[Find]
) -> bool:
    """Whether "recordings" are what instruments measured, and no sound: of an earthquake."""
    heard = {text[f.start : f.end].casefold() for f in finds if f.value == "audio"}
    spoken = {m for task in subject.tasks for m in vocab.TASKS[task].modalities} & {"audio", "text"}
    if heard and heard <= _WRITTEN_TOO and spoken == {"text"}:
        # Utterances with their intents are written down.
        return True
    if subject.languages or spoken or not heard <= _ANY_RECORD:
        return False
    seen = any(vocab.TASKS[task].modalities for task in subject.tasks)
    return bool(subject.topics) or (bool(heard) and (seen or content.instruments(words)))


def own_words(text: str, subject: Subject, finds: Sequence[Find]) -> Iterator[str]:
    """The person's words for a subject or a task that say more than its label: they rank."""
    for found in finds:
        if found.kind == "speech_only" and subject.tasks and "dialogue" not in subject.tasks:
            yield text[found.start : found.end].lower()
        if found.value not in (*subject.topics, *subject.tasks):
            continue
        said = text[found.start : found.end].lower()
        if found.kind == "topic" and not content.only_orders(found.value):
            # What it is called and what every card is called narrows nothing: "weather data".
            yield from content.beyond_label(found.value, said)
            continue
        if found.kind == "topic":
            known = False
        else:
            known = len(said) <= _ACRONYM or content.is_label(found.value, said)
        if not known:
            yield said
