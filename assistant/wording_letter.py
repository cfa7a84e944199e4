"""A person's purpose said more clearly, for the letter to an owner: a draft that the person reads.

Pure. Facts are the person's alone: a sentence with a figure, a name, an address or a word of
permission that the person did not write is left out, and then the draft is what they wrote.
"""

from __future__ import annotations

import re

from assistant.grounding_words import flat
from prompts.load import Filled, load, without_hidden

MOST_TOKENS = 300
LONGEST = 2_000
_SENTENCE = re.compile(r"(?<=[.!?…؟])\s+|\n+")
_FACT = re.compile(r"\S*\d\S*|\S*[@/\\<>\[\]{}|]\S*|(?<!\w)[^\W\d_a-z]\w+|\w+\.\w{2,}")
_PROMISED = re.compile(
    r"\b(?:approv\w*|permi\w*|allow\w*|licen[cs]\w*|consent\w*|agree\w*|sign\w*|promise\w*|"
    r"guarantee\w*|pay\w*|never|always|certif\w*|author\w*|commercial\w*)\b",
    re.IGNORECASE,
)


def filled(purpose: str, language: str) -> Filled:
    """The prompt for a purpose; `language` by its English name."""
    return load("request_letter").fill({"language": language, "purpose": purpose[:LONGEST]})


def grounded(draft: str, purpose: str) -> str | None:
    """The draft without what the person did not say; None where nothing new is left of it."""
    held = flat(purpose)
    kept = [
        sentence
        for part in _SENTENCE.split(without_hidden(draft[: LONGEST * 2]))
        if (sentence := " ".join(part.split())) and _agrees(sentence, held)
    ]
    text = " ".join(kept)[:LONGEST]
    return text if kept and flat(text) != held else None


def _agrees(sentence: str, held: str) -> bool:
    first, _, rest = sentence.partition(" ")
    # The first word has a capital by its place alone.
    facts = [*_FACT.findall(rest), *(_FACT.findall(first.lower()))]
    words = [*facts, *_PROMISED.findall(sentence)]
    return all(flat(word).strip(".,;:!?()\"'“”") in held for word in words)
