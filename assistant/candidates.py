"""The candidates for one need: what the store lets through, ranked in the index, each weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant import filters, fit, fit_text, keysets, nearness, standing
from assistant.found import Candidate, Found, Relaxation
from assistant.limits import (
    Tongues,
    hard_choices,
    hard_tasks,
    identifies,
    labelled,
    limits,
    soft_topics,
)
from assistant.need import Need
from assistant.phrases import Phrases
from assistant.relax import without
from assistant.understand import say
from assistant.understand.content import topic_words
from catalog_sync import vocab
from catalog_sync.store import Store
from indexer.search import Hit

Keys = NDArray[np.int64]
_READ = 20
"""Cards read at most for one list, beyond those shown."""
_ON_SUBJECT = 60
"""Cards whose text is looked at when a subject is not among the tags."""
_WORDS = 12
"""Words of a subject that are searched for beside those the person said."""
NEAREST = 5
_WORDED = frozenset({"text", "audio"})


class Searcher(Protocol):
    """What ranks cards by words; `indexer.search.Search` is one."""

    def find(self, text: str, *, allowed: Keys | None = None, top: int = 10) -> Sequence[Hit]:
        """The best cards for a question among those allowed, best first.

        With `top` 0 none, but what the words need is ready for the next search for them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One need, and what is known of the place and day it is asked in."""

    need: Need
    text: str
    tongues: Tongues
    top: int
    today: date
    phrases: Phrases


class Room:
    """One need at work: the store, the index and what was read from them."""

    def __init__(self, store: Store, search: Searcher, asked: Asked) -> None:
        self._store = store
        self._search = search
        self._asked = asked
        self._matches = fit.fitting(asked.need, asked.tongues, asked.phrases)

    def keys(self, need: Need, *, certain: bool) -> Keys:
        """Keys of the cards that meet the limits."""
        asked = self._asked
        return self._store.matching(
            filters.filter_for(
                need, store=self._store, tongues=asked.tongues, today=asked.today, certain=certain
            )
        )

    def rank(self, keys: Keys, top: int) -> list[Candidate]:
        """The best of these cards for the words of the need."""
        if len(keys) == 0 or top <= 0:
            return []
        soft = bool(soft_topics(self._asked.need))
        reach = min(len(keys), top + (_ON_SUBJECT if soft else _READ))
        hits = list(self._search.find(self._asked.text, allowed=keys, top=reach))
        if soft:
            hits += self._on_subject(keys, {hit.key for hit in hits})
        hits += self._unranked(keys, hits, top)
        candidates = self._read(hits)
        return sorted(candidates, key=self._standing)[:top]

    def _on_subject(self, keys: Keys, known: set[int]) -> Iterator[Hit]:
        """Cards that word a subject otherwise than the person did: "medical" for "biomedical"."""
        words = soft_words(self._asked.need)
        for hit in self._search.find(words, allowed=keys, top=_READ):
            if hit.key not in known:
                yield hit

    def _unranked(self, keys: Keys, hits: Sequence[Hit], top: int) -> Iterator[Hit]:
        """Cards that the index does not hold yet are shown all the same, last."""
        if len(hits) >= min(top, len(keys)):
            return
        known = {hit.key for hit in hits}
        for key in keys[: top + len(known)]:
            if int(key) not in known:
                yield Hit(key=int(key), score=0.0, kind="summary", text="", words=(),
                          cosine=0.0, citing=0, share=0.0, telling=())  # fmt: skip

    def _read(self, hits: Sequence[Hit]) -> list[Candidate]:
        cards = self._store.get_keys([hit.key for hit in hits])
        need = self._asked.need
        found = []
        groups = set()
        for hit in hits:
            stored = cards.get(hit.key)
            if stored is None or not stored.visible or stored.group in groups:
                continue
            groups.add(stored.group)
            found.append(
                Candidate(
                    stored=stored,
                    score=round(hit.score, 4),
                    why=standing.why(hit, self._asked.phrases),
                    matches=self._matches(stored.card),
                    telling=standing.telling(hit, stored.card, need),
                )
            )
        return found

    def _standing(self, candidate: Candidate) -> tuple[bool, int, int, int, float]:
        """Certain before uncertain, the very thing named before what also meets it, then close."""
        need = self._asked.need
        exact = standing.exact(candidate, need)
        return (
            not candidate.certain,
            -standing.on_subject(candidate, need),
            -(candidate.telling + exact),
            -exact,
            -(candidate.score + standing.specific(candidate, need)),
        )

    def by_words(self) -> Found:
        """Words alone say what is wanted: only what comes near is an answer."""
        need, asked = self._asked.need, self._asked
        allowed = self.keys(need, certain=False) if limits(need) else None
        hits = self._search.find(asked.text, allowed=allowed, top=asked.top + _READ)
        on_subject = nearness.near(hits)
        ranked = sorted(self._read(on_subject), key=lambda one: not one.certain)[: asked.top]
        certain = sum(candidate.certain for candidate in ranked)
        return Found(
            candidates=tuple(ranked) if certain else (),
            total=certain,
            unsure=len(ranked) - certain,
            nearest=() if certain else tuple(ranked or self._read(hits[:NEAREST]))[:NEAREST],
            trace=(f"{len(on_subject)} of {len(hits)} datasets come near the words",),
        )

    def by_description(self, known: Keys) -> tuple[list[Candidate], list[Candidate]]:
        """Cards that state no such topic or task, but whose text speaks of it.

        First those whose name or tags do; the others may speak of it in passing, which is near
        but no answer where nothing is listed so.
        """
        need = self._asked.need
        open_need = replace(
            need,
            topics=soft_topics(need),
            tasks=tuple(t for t in need.tasks if t not in hard_tasks(need)),
        )
        if not limits(open_need):
            keys = None
        else:
            keys = keysets.without(self.keys(open_need, certain=True), known)
            if len(keys) == 0:
                return [], []
        hits = self._search.find(say.subject(need), allowed=keys, top=_ON_SUBJECT)
        open_keys = keysets.without(np.array([hit.key for hit in hits], np.int64), known).tolist()
        read = self._read([hit for hit in hits if hit.key in open_keys])
        parted: tuple[list[Candidate], list[Candidate]] = ([], [])
        is_about = fit_text.about(need)
        for candidate in read:
            if candidate.certain:
                parted[not is_about(candidate.stored.card)].append(candidate)
        return parted

    def partly(self, top: int) -> list[Candidate]:
        """Cards on one of several subjects and tasks: silence on another is no "no".

        First those that hold most of the person's rare words, then those on the subject named
        first and further ones, those on that alone, on another alone, on the subjects without the
        task and on the task without a subject. Cards on texts or speech state tasks, and subjects
        seldom: there the task is given up last.
        """
        need = self._asked.need
        first, *others = hard_choices(need) or ((),)
        kept = [[o for o in others if o != left] for left in others] if others[1:] else []
        tried = [_about(need, first, *more) for more in (*kept, ())] if others else []
        tried += [_about(need, other) for other in others]
        soft = soft_topics(need)
        tried += [replace(need, topics=soft)] if first and soft else []
        if first and hard_tasks(need):
            parts = [replace(need, tasks=()), replace(need, topics=())]
            worded = any(_WORDED & set(vocab.TASKS[task].modalities) for task in hard_tasks(need))
            tried += parts[::-1] if worded else parts
        found: list[Candidate] = []
        for one in tried:
            if len(found) < top:
                found += self.rank(self.keys(one, certain=True), top)
        return sorted(found, key=lambda candidate: -candidate.telling)

    def like(self) -> list[Candidate]:
        """The datasets that the person named as a model, whatever they lack."""
        need = self._asked.need
        ids = [i for name in need.like[:3] for i in self._store.find_by_name(name, limit=1)]
        stored = [one for one in map(self._store.get, ids) if one is not None and one.visible]
        return [
            Candidate(
                stored=one, score=0.0, why=self._asked.phrases.say("why.named"),
                matches=self._matches(one.card),
            )
            for one in stored
        ]  # fmt: skip

    def nearest(self, unsure: Keys) -> Iterator[Candidate]:
        """What comes closest: first what may fit, then what breaks one limit."""
        shown: set[int] = set()
        for candidate in self.rank(unsure, NEAREST):
            shown.add(candidate.stored.key)
            yield candidate
        for limit in _to_give_up(self._asked.need):
            if len(shown) >= NEAREST:
                return
            relaxed = without(self._asked.need, limit)
            if not identifies(relaxed):
                continue
            for candidate in self.rank(self.keys(relaxed, certain=True), NEAREST - len(shown)):
                if candidate.stored.key not in shown:
                    shown.add(candidate.stored.key)
                    yield candidate

    def relaxations(self) -> list[Relaxation]:
        """What each limit costs, the most helpful first; a limit that brings nothing is left."""
        need = self._asked.need
        found = []
        for limit in _to_give_up(need):
            relaxed = without(need, limit)
            if not identifies(relaxed):
                continue
            count = len(self.keys(labelled(relaxed), certain=True))
            if count:
                found.append(Relaxation(limit=limit, count=count))
        order = {limit: position for position, limit in enumerate(limits(need))}
        # Giving up the task or the subject is another wish: only when nothing smaller helps.
        return sorted(found, key=lambda r: (_is_core(r.limit), -r.count, order[r.limit]))


def _about(need: Need, *groups: tuple[str, ...]) -> Need:
    """The need with no other topics than these, which are each for choice."""
    return replace(need, topics=tuple(topic for group in groups for topic in group))


def soft_words(need: Need) -> str:
    """Words for the topics that only order; empty where there are none."""
    return " ".join(word for topic in soft_topics(need) for word in topic_words(topic)[:_WORDS])


def _to_give_up(need: Need) -> tuple[str, ...]:
    """Limits a person might give up; data in another language is no help to anyone."""
    return tuple(limit for limit in limits(need) if limit != "languages")


def _is_core(limit: str) -> bool:
    return limit in ("tasks", "modalities", "topics", "sources")
