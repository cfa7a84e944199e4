"""Small talk, brief and polite: greetings, thanks, help, off-topic, abuse. Pure."""

from __future__ import annotations

from assistant import answer
from assistant.need import Need
from assistant.reply import Intent, Offer, Reply
from assistant.understand import say
from assistant.understand.reading import Reading

ASK_MORE = "Tell me what the data is for, and I look through the catalogue."
NO_MORE = "That was everything I found for this."
_HELP = (
    "I find datasets and tell you what you may do with them. Say a language, a subject or a task, "
    "and your limits: “Welsh speech, at least 100 hours, that I can use in a product”. Then "
    "refine (“actually Irish”, “drop the size limit”), ask about a result (“who owns the second "
    "one?”, “may a German firm sell a voice trained on it?”), compare, or ask about the whole "
    "catalogue (“which languages of Kenya have more than 50 hours of speech?”)."
)
_WORDS: dict[Intent, str] = {
    "greeting": "Hello! What data are you looking for?",
    "thanks": "You are welcome.",
    "off_topic": "That is outside what I know. I know datasets and their terms: which data are "
    "you looking for?",
    "abuse": "I am sorry that this did not help. Tell me what the data should be, and I will try "
    "again.",
    "help": _HELP,
}
_EXAMPLES = (
    Offer(kind="say", label="Swahili speech", say="Swahili speech"),
    Offer(kind="say", label="Translation for Yoruba and English",
          say="translation data for Yoruba and English"),
    Offer(kind="say", label="Which languages have the most speech?",
          say="hours per language, top 20"),
)  # fmt: skip


def small(reading: Reading, need: Need) -> Reply:
    """The answer to a turn that asks for nothing; what was said before stays."""
    text = _WORDS.get(reading.intent, _WORDS["help"])
    kept = say.sentence(need) if say.phrases(need) else ""
    if kept and reading.intent in ("off_topic", "abuse", "greeting"):
        text = f"{text} I still have: {kept}."
    offers = _EXAMPLES if reading.intent in ("greeting", "help", "off_topic") and not kept else ()
    return Reply(
        text=text, intent=reading.intent, need=need, chips=answer.chips(need), offers=offers
    )


def reset(reading: Reading) -> Reply:
    """A fresh start."""
    return Reply(
        text="Everything is forgotten. What data are you looking for?",
        intent=reading.intent,
        need=Need(),
        offers=_EXAMPLES,
    )
