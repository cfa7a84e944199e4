"""What a reply says, laid out so that sentences can be held against it. Pure.

Each phrase carries for which datasets of the reply it is true. Words of a card that somebody could
plant an order in (summary, description, datasheet, tags) are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding_pieces import by_beginning
from assistant.grounding_words import Words, flat
from assistant.limits import soft_topics
from assistant.reply import Option, Reply
from assistant.stated import access_text, licence_text, price_text
from assistant.terms.values import Outcome
from assistant.understand import say
from catalog_sync import languages, vocab
from catalog_sync.card import DatasetCard, Modality

_TONGUES = 30
_SENTENCE = re.compile(r"(?<=[.!?…؟])\s+|\n+")
_BYTES = {"tb": 1e12, "gb": 1e9, "mb": 1e6, "kb": 1e3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words of the reply's own, and of which of its datasets they are true."""

    owners: frozenset[int]
    is_name: bool = False
    is_terms: bool = False
    """Speaks of licence, verdict, price, access or a duty."""
    unbound: bool = False
    """May stand in a sentence that names no dataset."""
    neutral: bool = False
    """Claims nothing of any dataset."""


_NEUTRAL = Phrase(owners=frozenset(), unbound=True, neutral=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One reply, ready to check sentences against."""

    cards: tuple[DatasetCard, ...]
    """Options, then nearest."""
    certain: frozenset[int]
    """Which of them surely keep every limit."""
    phrases: dict[str, Phrase]
    """Folded words -> what they claim."""
    beginnings: Mapping[str, tuple[str, ...]]
    """First word -> the phrases that begin with it, the longest first."""
    whole: frozenset[str]
    """Folded sentences of the rule-made words: true as they stand."""
    counts: frozenset[int]
    no_match: bool
    limits: frozenset[tuple[str, float]]
    """(kind of figure, bound) that the person asked for."""
    everyone: frozenset[int] = frozenset()
    more: bool = False
    """Datasets fit that are not in the reply."""
    asked_tongues: frozenset[str] = frozenset()
    """Tags that satisfy a language asked for."""
    asked_kinds: frozenset[Modality] = frozenset()

    def extreme(self, *, most: bool) -> frozenset[int]:
        """The one dataset with the most or the fewest hours; none where that cannot be said."""
        held = dict(self.figures("hours"))
        if len(held) < max(2, len(self.cards)):
            return frozenset()
        best = (max if most else min)(held.values())
        return frozenset(place for place, value in held.items() if value == best)

    def figures(self, kind: str) -> Iterator[tuple[int, float]]:
        """(dataset, value) of every stated figure of this kind."""
        for place, card in enumerate(self.cards):
            for value in _values(card, kind):
                yield place, value


def _values(card: DatasetCard, kind: str) -> Iterator[float]:
    size, price = card.size, card.terms.price
    if kind in ("hours", "validated_hours", "speakers", "records"):
        value = getattr(size, kind)
        if value is not None:
            yield float(value)
    elif kind in _BYTES and size.bytes is not None:
        yield size.bytes / _BYTES[kind]
    elif kind == "languages":
        yield float(len(card.languages) + len(card.languages_unread))
    elif kind == "money" and price is not None:
        yield price.owner_cents / 100
        if price.total_cents is not None:
            yield price.total_cents / 100
    elif kind == "year":
        yield from (float(day.year) for day in (card.published, card.updated) if day)
    elif kind == "version" and card.version and re.fullmatch(r"[\d.]+", card.version):
        if card.version.count(".") < 2:
            yield float(card.version)


def facts(reply: Reply, words: Words) -> Facts:
    """The facts of a reply for sentences in this language."""
    shown = (*reply.options, *reply.nearest)
    cards = tuple(option.card for option in shown)
    everyone = frozenset(range(len(cards)))
    certain = frozenset(
        place for place, option in enumerate(reply.options)
        if all(match.state == "yes" for match in option.matches)
    )  # fmt: skip
    found: dict[str, Phrase] = {}
    for text, phrase in _phrases(reply, shown, words, certain):
        _add(found, text, phrase)
    said = (reply.text, *reply.notices, *(asked.text for asked in reply.questions))
    return Facts(
        cards=cards,
        certain=certain,
        phrases=found,
        beginnings=by_beginning(found),
        whole=frozenset(flat(part) for text in said for part in _SENTENCE.split(text) if part),
        counts=_counts(reply),
        no_match=reply.no_match,
        limits=frozenset(
            (size.field, bound) for size in reply.need.sizes
            for bound in (size.least, size.most) if bound is not None
        ),
        everyone=everyone,
        asked_kinds=frozenset(
            {*reply.need.modalities}
            | {m for task in reply.need.tasks for m in vocab.TASKS[task].modalities}
        ),
        more=reply.total > len(reply.options),
        asked_tongues=frozenset(
            t for wish in reply.need.languages for tag in wish.tags
            for t in languages.satisfied_by(tag)
        ),
    )  # fmt: skip


def _counts(reply: Reply) -> frozenset[int]:
    if reply.no_match:
        return frozenset({len(reply.nearest)})
    if soft_topics(reply.need):
        return frozenset({len(reply.options)})
    return frozenset({reply.total, len(reply.options)})


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Folded; the same names of tables and cards come again with every reply."""
    return flat(text).strip(" .")


def _add(found: dict[str, Phrase], text: str, phrase: Phrase) -> None:
    key = _key(text)
    if len(key) < 2 or key.isdecimal():
        return
    old = found.get(key)
    if old is None:
        found[key] = phrase
        return
    found[key] = Phrase(
        owners=old.owners | phrase.owners,
        is_name=old.is_name or phrase.is_name,
        is_terms=old.is_terms or phrase.is_terms,
        unbound=old.unbound or phrase.unbound,
        neutral=old.neutral and phrase.neutral,
    )


def _phrases(
    reply: Reply, shown: Sequence[Option], words: Words, certain: frozenset[int]
) -> Iterator[tuple[str, Phrase]]:
    for place, option in enumerate(shown):
        yield from _of_option(frozenset({place}), option)
    yield from _verdicts(shown, words)
    for mode, said in words.access.items():
        owners = frozenset(p for p, o in enumerate(shown) if o.card.terms.access == mode)
        yield from ((text, Phrase(owners=owners, is_terms=True)) for text in said)
    yield from _unstated(shown, words)
    title = say.title(reply.need)
    if say.limits(reply.need):
        yield title, Phrase(owners=certain, unbound=True)
    for wish in reply.need.languages:
        owners = frozenset(
            p for p, o in enumerate(shown)
            if {t for tag in wish.tags for t in languages.satisfied_by(tag)} & set(o.card.languages)
        )  # fmt: skip
        yield from (
            (name, Phrase(owners=owners, unbound=True))
            for name in (wish.label, languages.autonym(wish.tag) or wish.label)
        )
    for asked in reply.questions:
        yield from ((label, _NEUTRAL) for label, _ in asked.answers)
    yield from ((text, _NEUTRAL) for text in words.idioms)
    fitting = Phrase(owners=certain, unbound=not reply.no_match)
    yield from ((text, fitting) for text in words.fit_phrases)
    if reply.no_match:
        yield words.nothing, _NEUTRAL
        yield from ((text, _NEUTRAL) for text in words.nearest)


def _verdicts(shown: Sequence[Option], words: Words) -> Iterator[tuple[str, Phrase]]:
    outcomes: dict[Outcome, frozenset[int]] = {
        outcome: frozenset(p for p, o in enumerate(shown) if o.verdict.outcome == outcome)
        for outcome in words.outcomes
    }
    for outcome, owners in outcomes.items():
        for text in words.outcomes[outcome]:
            yield text, Phrase(owners=owners, is_terms=True)


def _unstated(shown: Sequence[Option], words: Words) -> Iterator[tuple[str, Phrase]]:
    lacking = {
        "licence": [licence_text(o.card.terms) == "licence not stated" for o in shown],
        "price": [o.card.terms.price is None for o in shown],
        "size": [not any(True for k in ("hours", "records", "speakers", "gb")
                         for _ in _values(o.card, k)) for o in shown],
    }  # fmt: skip
    for what, texts in words.unstated.items():
        owners = frozenset(place for place, lacks in enumerate(lacking[what]) if lacks)
        yield from ((text, Phrase(owners=owners, is_terms=True)) for text in texts)


def _of_option(owner: frozenset[int], option: Option) -> Iterator[tuple[str, Phrase]]:
    card = option.card
    yield card.name, Phrase(owners=owner, is_name=True)
    yield card.id, Phrase(owners=owner, is_name=True)
    said = [*filter(None, (card.publisher, card.url)), *_subject(card)]
    terms = [price_text(card.terms), access_text(card.terms)]
    terms += [duty.text for duty in option.verdict.duties]
    if card.terms.licence is not None:
        licence = licence_text(card.terms)
        terms += [licence, licence.replace("-", " ")]
    for match in option.matches:
        if match.state == "yes" and match.field not in ("topics", "publishers"):
            (terms if match.field in ("licence", "price", "access") else said).append(match.text)
    yield from ((text, Phrase(owners=owner)) for text in said)
    yield from ((text, Phrase(owners=owner, is_terms=True)) for text in terms)


def _subject(card: DatasetCard) -> Iterator[str]:
    """Its languages and tasks by every name we have for them."""
    for tag in card.languages[:_TONGUES]:
        yield languages.english_name(tag)
        yield languages.autonym(tag) or tag
    for task in card.tasks:
        known = vocab.TASKS.get(task)
        if known is not None:
            yield known.label
            yield from (word for group in known.words.values() for word in group)
