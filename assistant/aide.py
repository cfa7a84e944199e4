"""The language model at work for one turn: it reads, orders and words, within time and allowance.

It proposes only. Whatever it gives is checked by the rooms it is given to; whatever it fails to
give is made by rules, with one quiet line that says so. It never filters, judges a licence, or
writes anything down.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from assistant import rerank, wording, wording_letter
from assistant.allowance import Allowance
from assistant.candidates import Searcher
from assistant.dialogue import State
from assistant.grounding_pieces import warm_words
from assistant.grounding_words import Words
from assistant.grounding_words import words as words_of
from assistant.llm_values import (
    Ask,
    Failure,
    JsonObject,
    Model,
    ModelFailed,
    Purpose,
    Recorder,
    Schema,
    Usage,
)
from assistant.reply import Question, Reply
from assistant.understand import merge, model, say
from assistant.understand.reading import Reading
from assistant.wording import OnText
from indexer.search import Hit
from prompts.load import Filled, versions

_READING_TOKENS = 900
_ORDER_TOKENS = 200
_MAIL = re.compile(r"[^\s<>\"'@]+@[^\s<>\"'@]+")
_FAILS_IN_A_ROW = 3
_UNREACHABLE: frozenset[Failure] = frozenset({"timeout", "busy", "down"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AideConfig:
    """How long the model may take, and what it does."""

    seconds: float = 20.0
    """For everything it does in one turn."""
    reading_share: float = 0.5
    """Of them, at most this for understanding."""
    reranks: bool = False
    rest_s: float = 30.0
    """After three calls in a row that reached nobody, it is not called for so long."""


class Aide:
    """The model with its allowance; one for each desk, used from many threads."""

    def __init__(
        self,
        client: Model,
        allowance: Allowance,
        recorder: Recorder,
        config: AideConfig,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client = client
        self.allowance = allowance
        self.recorder = recorder
        self.config = config
        self.clock = clock
        self._fails = 0
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load what the first turn needs, without calling anybody."""
        self.client.warm()
        versions()
        warm_words()

    def turn(
        self,
        question: Question,
        on_text: OnText = lambda said: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> TurnAide:
        """Its work on one turn; the time runs from now, until it is over or stopped."""
        return TurnAide(self, question, on_text, is_stopped)

    def is_resting(self) -> bool:
        """Whether it was unreachable so often that it is not called for a while."""
        with self._lock:
            return self.clock() < self._rests_until

    def ended(self, failure: Failure | None) -> None:
        """Remember how a call ended."""
        with self._lock:
            self._fails = self._fails + 1 if failure in _UNREACHABLE else 0
            if self._fails >= _FAILS_IN_A_ROW:
                self._fails = 0
                self._rests_until = self.clock() + self.config.rest_s


class TurnAide:
    """One turn's work. After a failure it does nothing more in this turn."""

    def __init__(
        self, aide: Aide, question: Question, on_text: OnText, is_stopped: Callable[[], bool]
    ) -> None:
        self._aide = aide
        self._is_stopped = is_stopped
        self._question = question
        self._on_text = on_text
        self._began = aide.clock()
        self.speaks = ""
        """BCP 47 of the person's own words, as the model has read them; empty: not told."""
        self._trace: tuple[str, ...] = ()
        self._dropped: tuple[str, ...] = ()
        self.failure: Failure | None = "down" if aide.is_resting() else None

    def read(
        self,
        rules: Reading,
        state: State,
        names: Sequence[str],
        today: date,
        *,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Reading:
        """What the turn says, by rules and model together; by rules alone when it fails.

        `meanwhile`: done while the model reads.
        """
        if self.failure is not None or not rules.text.strip():
            return rules
        seen = model.scene(say.sentence(state.need), names, state.asked)
        parse = self._parser("understand", _READING_TOKENS, meanwhile)
        try:
            proposed = model.read(without_mail(rules.text), seen, parse, today=today)
        except ModelFailed as why:
            self._failed(why)
            return rules
        merged = merge.merge(rules, proposed)
        self.speaks = proposed.speaks
        self._trace = merge.trace(rules, proposed, merged)
        self._dropped = tuple(proposed.dropped)
        for name in proposed.dropped:
            self._aide.recorder.add("dropped", label=name)
        return merged.reading

    def searcher(self, search: Searcher) -> Searcher:
        """The search, its first hits ordered by the model where that is switched on."""
        if not self._aide.config.reranks or self.failure is not None:
            return search
        return rerank.Reordered(search, self._order)

    def word(self, reply: Reply, language: str) -> Reply:
        """The reply as the person gets it, worded in a language, told to `on_text` as it comes."""
        reply = self._noted(reply)
        table = words_of(language)
        asked = wording.filled(reply, table) if table is not None else None
        wanted = self.failure is None and not self._is_stopped()
        if wanted and table is not None and asked is not None:
            try:
                return self._worded(reply, table, asked)
            except ModelFailed as why:
                self._failed(why)
        self._on_text(reply.text)
        return self._quietly(reply)

    def unworded(self, reply: Reply) -> Reply:
        """The reply in its own words, with what was dropped of the model's reading."""
        return self._quietly(self._noted(reply))

    def purpose(self, text: str) -> str | None:
        """The text said more clearly, without anything that it does not say."""
        if self.failure is not None or not text.strip():
            return None
        asked = wording_letter.filled(without_mail(text), "English")
        try:
            with self._call("letter", asked, wording_letter.MOST_TOKENS) as ask:
                return wording_letter.grounded(self._aide.client.complete(ask), text)
        except ModelFailed as why:
            self._failed(why)
            return None

    def _goes_on(self, _piece: str) -> bool:
        return not self._is_stopped()

    def _noted(self, reply: Reply) -> Reply:
        """The reply with what happened on the way; words that only rank are shown nowhere."""
        there = reply.phrases
        fields = ", ".join(there.say(f"model.field.{name}") for name in self._dropped)
        aside = (there.say("model.left_aside", fields=fields),) if fields else ()
        return replace(
            reply,
            need=replace(reply.need, gist=""),
            notices=(*reply.notices, *aside),
            trace=(*reply.trace, *self._trace),
        )

    def _worded(self, reply: Reply, table: Words, asked: Filled) -> Reply:
        with self._call("answer", asked, wording.MOST_TOKENS) as ask:
            pieces = self._aide.client.stream(ask)
            try:
                worded = wording.word(
                    takewhile(self._goes_on, pieces), reply, table,
                    on_text=self._on_text, recorder=self._aide.recorder,
                )  # fmt: skip
            finally:
                _close(pieces)
        told = (
            f"worded by the model: {worded.kept} sentences kept, {worded.replaced} replaced, "
            f"{worded.removed} removed{': ' if worded.faults else ''}{'; '.join(worded.faults)}"
        )
        said = wording.with_words(reply, worded, self._on_text)
        return replace(said, trace=(*said.trace, told))

    def _order(self, wanted: str, hits: Sequence[Hit]) -> Sequence[Hit]:
        parse = self._parser("rerank", _ORDER_TOKENS)
        try:
            ordered = rerank.order(without_mail(wanted), hits, parse)
        except ModelFailed as why:
            self._failed(why)
            return hits
        self._trace = (*self._trace, "the first hits were ordered by the model")
        return ordered

    def _parser(
        self, purpose: Purpose, tokens: int, meanwhile: Callable[[], None] = lambda: None
    ) -> Callable[[Filled, Schema], JsonObject]:
        def parse(asked: Filled, schema: Schema) -> JsonObject:
            share = self._aide.config.reading_share
            with self._call(purpose, asked, tokens, share=share) as ask:
                return self._aide.client.parse(replace(ask, meanwhile=meanwhile), schema)

        return parse

    @contextmanager
    def _call(
        self, purpose: Purpose, asked: Filled, tokens: int, *, share: float = 1.0
    ) -> Iterator[Ask]:
        """One call: its allowance set aside before and settled after, its time and end counted."""
        aide = self._aide
        sent = len((asked.system + asked.user).encode()) // 3
        reserved = aide.allowance.reserve(
            self._question.asker.id, Usage(input_tokens=sent, output_tokens=tokens)
        )
        began = aide.clock()
        deadline = self._began + aide.config.seconds * share
        aide.recorder.add("calls", label=purpose)
        ended: Failure | None = None
        try:
            yield Ask(prompt=asked, deadline=deadline, most_tokens=tokens, spent=reserved.spend)
        except ModelFailed as why:
            ended = why.kind
            raise
        finally:
            used = reserved.settle()
            aide.ended(ended)
            aide.recorder.add("seconds", aide.clock() - began, label=purpose)
            aide.recorder.add("tokens", used.input_tokens, label="input")
            aide.recorder.add("tokens", used.output_tokens, label="output")
            aide.recorder.add("micros", aide.allowance.cost(used))

    def _failed(self, why: ModelFailed) -> None:
        self.failure = why.kind
        self._aide.recorder.add("failures", label=why.kind)
        self._trace = (*self._trace, f"the model failed: {why.kind}")

    def _quietly(self, reply: Reply) -> Reply:
        """The rule-made reply, with one line when the model was to help and did not."""
        if self.failure is None:
            return reply
        there = reply.phrases
        line = there.say("model.without", why=there.say(f"model.why.{self.failure}"))
        trace = tuple(dict.fromkeys((*reply.trace, *self._trace)))
        return replace(reply, notices=(*reply.notices, line), trace=trace)


def without_mail(text: str) -> str:
    """The words without anybody's mail address: none goes to a model."""
    return _MAIL.sub("[address]", text) if "@" in text else text


def _close(pieces: Iterator[str]) -> None:
    """End a stream that need not be read to its end."""
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
