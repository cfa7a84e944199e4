"""How cards fare on what a need asks data to be: languages, tasks, kinds, topics. Pure.

One question holds a hundred cards against the same need: whatever no card changes is made once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import choices, named
from assistant.fit_parts import is_elsewhere
from assistant.fit_text import dwells_on, is_on, mentions, topic_state
from assistant.limits import Tongues, hard_tasks
from assistant.need import LanguageWish, Need
from assistant.phrases import Phrases
from assistant.reply import Match, MatchState
from assistant.understand import narrower
from assistant.understand.content import only_orders, task_words
from catalog_sync import languages, vocab
from catalog_sync.card import DatasetCard, LanguageTag


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A wish for a language."""

    wish: LanguageWish
    tags: frozenset[LanguageTag]
    missing: str


@dataclass(frozen=True, slots=True)
class _Task:
    """A task asked for, and what is said of a card on it."""

    code: str
    met_by: frozenset[str]
    words: tuple[str, ...]
    yes: Match
    described: Match
    elsewhere: Match
    missing: str


@dataclass(frozen=True, slots=True)
class _Topics:
    """A topic asked for, or several any of which will do."""

    yes: tuple[tuple[str, Match], ...]
    """Each topic, and what is said of a card on it."""
    missing: Match | None
    """None where a card that does not speak of it lacks nothing."""


class Subject:
    """What a need asks data to be, in the words of one language."""

    def __init__(self, need: Need, tongues: Tongues, phrases: Phrases) -> None:
        self._need = need
        self._tongue_table = tongues
        self._phrases = phrases
        self._tongues = [_tongue(wish, tongues, phrases) for wish in need.languages]
        self._all = need.languages_joined == "all" or len(need.languages) == 1
        self._tasks = [_task(code, phrases) for code in hard_tasks(need)]
        self._kinds = frozenset(need.modalities)
        kinds = [named.modality(kind, phrases) for kind in need.modalities]
        self._kinds_said = named.either(kinds, phrases)
        self._topics = [_topics(group, phrases) for group in choices.groups(need)]
        self._things = narrower.things(need.wish)
        self._said: dict[tuple[LanguageWish, tuple[str, ...]], str] = {}

    def matches(self, card: DatasetCard) -> Iterator[Match]:
        """One match for each of these limits."""
        yield from self._by_language(card)
        yield from self._by_task(card)
        if self._need.speech_style is not None:
            yield self._by_style(card, self._need.speech_style)
        for topics in self._topics:
            met = [match for code, match in topics.yes if topic_state(card, code) == "yes"]
            yield from met
            if not met and topics.missing is not None:
                yield topics.missing
        yield from self._of_things(card)
        yield from self._unwanted(card)

    def _by_language(self, card: DatasetCard) -> Iterator[Match]:
        held = card.languages
        for tongue in self._tongues:
            met = sorted(tongue.tags.intersection(held))
            if met:
                text = self._language_text(tongue.wish, tuple(met))
                yield Match(field="languages", state="yes", text=text)
            elif self._all:
                state: MatchState = "unknown" if not held or card.languages_unread else "no"
                yield Match(field="languages", state=state, text=tongue.missing)

    def _language_text(self, wish: LanguageWish, met: tuple[str, ...]) -> str:
        text = self._said.get((wish, met))
        if text is None:
            text = self._said[wish, met] = _language_text(wish, met, self._phrases)
        return text

    def _by_task(self, card: DatasetCard) -> Iterator[Match]:
        is_of_kind = not self._kinds.isdisjoint(card.modalities)
        if self._need.kinds_apart and self._tasks and is_of_kind:
            yield Match(field="modalities", state="yes", text=self._kinds_said)
        else:
            for task in self._tasks:
                match = self._of_task(card, task)
                if match is not None:
                    yield match
        if self._kinds and not self._tasks:
            state: MatchState = "yes" if is_of_kind else "no" if card.modalities else "unknown"
            wanted = self._kinds_said
            text = wanted if is_of_kind else self._phrases.say("fit.kind_missing", kinds=wanted)
            yield Match(field="modalities", state=state, text=text)

    def _of_task(self, card: DatasetCard, task: _Task) -> Match | None:
        need = self._need
        if need.languages and is_elsewhere(card, task.code, need, self._tongue_table):
            return task.elsewhere
        if not task.met_by.isdisjoint(card.tasks):
            return task.yes
        if mentions(card, task.words):
            return task.described
        if len(self._tasks) > 1:
            return None
        return Match(field="tasks", state="no" if card.tasks else "unknown", text=task.missing)

    def _of_things(self, card: DatasetCard) -> Iterator[Match]:
        """What it speaks of of the things named; one of several is enough."""
        held = [thing.said for thing in self._things if dwells_on(card, thing.seen)]
        yield from (Match(field="topics", state="yes", text=said) for said in held)
        if self._things and not held:
            said = named.either([thing.said for thing in self._things], self._phrases)
            text = self._phrases.say("fit.topic_missing", topic=said)
            yield Match(field="topics", state="unknown", text=text)

    def _unwanted(self, card: DatasetCard) -> Iterator[Match]:
        """What it is on of what is not wanted; its text may name that in passing."""
        for word in self._need.avoid:
            if is_on(card, word):
                text = self._phrases.say("fit.avoided", name=word)
                yield Match(field="avoid", state="unknown", text=text)

    def _by_style(self, card: DatasetCard, wanted: str) -> Match:
        label = self._phrases.say(f"style.{wanted}")
        if card.speech_style == wanted:
            return Match(field="style", state="yes", text=label)
        state: MatchState = "no" if card.speech_style else "unknown"
        key = "fit.style_other" if card.speech_style else "fit.style_missing"
        return Match(field="style", state=state, text=self._phrases.say(key, style=label))


def _tongue(wish: LanguageWish, tongues: Tongues, phrases: Phrases) -> _Tongue:
    missing = phrases.say("fit.language_missing", name=named.wish(wish, phrases))
    return _Tongue(wish, tongues.satisfying(wish), missing)


def _language_text(wish: LanguageWish, met: tuple[str, ...], phrases: Phrases) -> str:
    if wish.tag == "mul":
        said = ", ".join(named.language(tag, phrases) for tag in met[:3])
        if len(met) > 3:
            said = phrases.count("and_more", len(met) - 3, items=said)
        return phrases.say("line", name=named.wish(wish, phrases), what=said)
    tag = met[0]
    name = named.language(tag, phrases)
    own = languages.autonym(tag)
    codes = f"{own}, {tag}" if own and own.casefold() != name.casefold() else tag
    return f"{name} ({codes})"


def _task(code: str, phrases: Phrases) -> _Task:
    label = named.task(code, phrases)
    described = phrases.say("fit.task_described", task=label)
    elsewhere = phrases.say("fit.task_elsewhere", task=label)
    return _Task(
        code=code,
        met_by=frozenset(vocab.task_satisfied_by(code)),
        words=task_words(code),
        yes=Match(field="tasks", state="yes", text=label),
        described=Match(field="tasks", state="yes", text=described),
        elsewhere=Match(field="tasks", state="unknown", text=elsewhere),
        missing=phrases.say("fit.task_missing", task=label),
    )


def _topics(group: tuple[str, ...], phrases: Phrases) -> _Topics:
    # "Floods or droughts": few cards are labelled with droughts, so that no label shuts a card
    # out, but one whose text speaks of neither is not known to fit.
    is_open = all(map(only_orders, group))
    labels = [named.topic(code, phrases) for code in group]
    missing = phrases.say("fit.topic_missing", topic=named.either(labels, phrases))
    return _Topics(
        yes=tuple(
            (code, Match(field="topics", state="yes", text=label))
            for code, label in zip(group, labels, strict=True)
        ),
        missing=None if is_open else Match(field="topics", state="unknown", text=missing),
    )
