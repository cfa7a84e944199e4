"""Small talk, brief and polite: greetings, thanks, help, off-topic, abuse. Pure."""

from __future__ import annotations

from assistant import answer
from assistant.need import Need
from assistant.phrases import Phrases
from assistant.reply import Intent, Offer, Reply
from assistant.understand import say
from assistant.understand.reading import Reading

_SAID: frozenset[Intent] = frozenset({"greeting", "thanks", "off_topic", "abuse", "help"})


def examples(phrases: Phrases) -> tuple[Offer, ...]:
    """What a person may begin with; the words that a button says stay English."""
    return (
        Offer(kind="say", label=phrases.say("example_speech"), say="Swahili speech"),
        Offer(kind="say", label=phrases.say("example_translation"),
              say="translation data for Yoruba and English"),
        Offer(kind="say", label=phrases.say("example_figures"), say="hours per language, top 20"),
    )  # fmt: skip


def small(reading: Reading, need: Need, phrases: Phrases) -> Reply:
    """The answer to a turn that asks for nothing; what was said before stays."""
    text = phrases.say(reading.intent if reading.intent in _SAID else "help")
    kept = say.sentence(need, phrases) if say.limits(need) else ""
    if kept and reading.intent in ("off_topic", "abuse", "greeting"):
        text = f"{text} {phrases.say('kept', need=kept)}"
    begins = reading.intent in ("greeting", "help", "off_topic") and not kept
    offers = examples(phrases) if begins else ()
    return Reply(
        text=text,
        intent=reading.intent,
        need=need,
        chips=answer.chips(need, phrases),
        offers=offers,
    )


def reset(reading: Reading, phrases: Phrases) -> Reply:
    """A fresh start."""
    return Reply(
        text=phrases.say("reset"),
        intent=reading.intent,
        need=Need(),
        offers=examples(phrases),
    )
