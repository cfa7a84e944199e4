"""A reply in a model's words: each sentence is held against the reply before anybody sees it.

What does not agree is replaced by the plainest true sentence, or left out, and counted. Cards,
verdicts and figures are rendered from data by the faces, whatever is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant import grounding, wording_facts
from assistant.grounding_facts import Facts, facts
from assistant.grounding_words import Words, tongue
from assistant.llm_values import ModelFailed, Recorder
from assistant.reply import Reply
from prompts.load import Filled, load

OnText = Callable[[str], None]
MOST_SENTENCES = 6
"""A model that goes on is not read any further."""
MOST_TOKENS = 400
_LONGEST_OPEN = 1200
"""Characters without the end of a sentence: that is none."""
_END = re.compile(r"[.!?…؟।]+[\"”»)]*(?=\s)|\n")
_MARKUP = re.compile(r"^\s*(?:[-*•#>]+|\d+[.)])\s+|\*\*|__|`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What came of it."""

    text: str
    kept: int
    removed: int
    replaced: int
    faults: tuple[str, ...] = ()
    """Why sentences were not shown, without their words."""


def filled(reply: Reply, words: Words) -> Filled | None:
    """The prompt that words a reply; None where its own words stay."""
    kind = wording_facts.kind(reply)
    if kind is None:
        return None
    opening = wording_facts.opening(reply, words)
    said = "Continue after this sentence, do not repeat it." if opening else "Word this:"
    return load(kind).fill({
        "language": words.name, "opening": said, "facts": wording_facts.told(reply, words),
    })  # fmt: skip


def word(
    pieces: Iterator[str], reply: Reply, words: Words, *, on_text: OnText, recorder: Recorder
) -> Worded:
    """The text for a reply out of what a model says, sentence by sentence.

    Raises:
        ModelFailed: Nothing it said can be shown, or it broke off.
    """
    held = _Held(reply, words, on_text, recorder)
    held.open(wording_facts.opening(reply, words))
    for sentence in sentences(pieces, [one.card.name for one in (*reply.options, *reply.nearest)]):
        held.take(sentence)
        if held.taken >= MOST_SENTENCES:
            break
    return held.done()


class _Held:
    """The sentences that passed, in order."""

    def __init__(self, reply: Reply, words: Words, on_text: OnText, recorder: Recorder) -> None:
        self._reply = reply
        self._words = words
        self._facts: Facts = facts(reply, words)
        self._on_text = on_text
        self._recorder = recorder
        self._said: list[str] = []
        self._told: set[int] = set()
        self._topic: frozenset[int] = frozenset()
        self._kept = self._removed = self._replaced = 0
        self._faults: list[str] = []
        self._lost: list[str] = []

    @property
    def taken(self) -> int:
        """How many sentences of the model's were read."""
        return self._kept + self._removed + self._replaced

    def open(self, text: str) -> None:
        """What code says first."""
        if text:
            self._say(text)
            if self._reply.intent == "check_use":
                self._told = set(range(len(self._reply.options)))

    def take(self, sentence: str) -> None:
        """Hold one sentence against the reply."""
        judged = grounding.check(sentence, self._facts, self._words, self._topic)
        self._topic = judged.topic
        if judged.good:
            self._kept += 1
            self._recorder.add("sentences", label="kept")
            self._say(sentence)
            return
        self._faults.append(judged.why)
        self._lost.append(sentence)
        stand_ins = [p for p in sorted(judged.named - self._told) if self._reply.options[p:]]
        if not stand_ins:
            self._removed += 1
            self._recorder.add("sentences", label="removed")
            return
        self._replaced += 1
        self._recorder.add("sentences", label="replaced")
        for place in stand_ins[:2]:
            self._told.add(place)
            self._say(wording_facts.sentence(self._reply.options[place], self._words))

    def done(self) -> Worded:
        """The whole; raises `ModelFailed` when no sentence of the model's could be kept."""
        if not self._kept:
            in_ours = tongue(" ".join(self._lost)) in (None, self._words.tag)
            raise ModelFailed("ungrounded" if in_ours else "wrong_language")
        return Worded(
            text=" ".join(self._said),
            kept=self._kept,
            removed=self._removed,
            replaced=self._replaced,
            faults=tuple(dict.fromkeys(self._faults)),
        )

    def _say(self, text: str) -> None:
        self._on_text(f" {text}" if self._said else text)
        self._said.append(text)


def sentences(pieces: Iterator[str], names: list[str]) -> Iterator[str]:
    """Whole sentences as they are completed; a full stop inside a dataset's name ends none."""
    held = ""
    for piece in pieces:
        held += piece
        while (end := _end(held, names)) is not None:
            said, held = held[:end], held[end:]
            if plain := _plain(said):
                yield plain
        if len(held) > _LONGEST_OPEN:
            raise ModelFailed("endless")
    if plain := _plain(held):
        yield plain


def _end(text: str, names: list[str]) -> int | None:
    inside = [
        range(start, start + len(name))
        for name in names if re.search(r"[.!?…]\s", name)
        for start in _starts(text, name)
    ]  # fmt: skip
    for hit in _END.finditer(text):
        if not any(hit.start() in span for span in inside):
            return hit.end()
    return None


def _starts(text: str, name: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + 1)


def _plain(sentence: str) -> str:
    """Without list marks and emphasis, which the face would show as they are."""
    return " ".join(_MARKUP.sub("", sentence.strip()).split())


def with_words(reply: Reply, worded: Worded, on_text: OnText) -> Reply:
    """The reply in the model's words; a verdict keeps its own words and clauses below them."""
    below = f"\n\n{reply.text}" if reply.intent == "check_use" else ""
    if below:
        on_text(below)
    return replace(reply, text=f"{worded.text}{below}")
