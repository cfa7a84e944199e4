"""What the rooms that answer a turn share: the store, the index, labels, the day. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant.access.grants import with_grants
from assistant.access.office import Office
from assistant.candidates import Searcher
from assistant.dialogue import State
from assistant.filters import owners_of, tongues_of
from assistant.limits import Tongues
from assistant.meter import Meter, Unmetered
from assistant.need import Asker
from assistant.phrases import BUNDLED, ENGLISH, Books, Phrases
from assistant.understand import unknown
from assistant.understand.lexicon import tokens
from assistant.understand.owners import Owners
from assistant.understand.reading import Pointer, Reading
from assistant.use import Use
from assistant.wishes import WishBook
from catalog_sync import languages
from catalog_sync.card import DatasetCard
from catalog_sync.store import Store
from catalog_sync.stored import StoredCard

_GRANTS = 200
"""Approved requests of one person that are looked through."""
_KEYWORDS = 12
"""Phrases of one turn that are looked up among the catalogue's keywords."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything a reply is made from, on one day."""

    store: Store
    search: Searcher
    wishes: WishBook
    labels: Mapping[str, str]
    office: Callable[[], Office]
    """Opens where access is asked for, when a turn needs it."""
    now: datetime
    asker: Asker | None = None
    """Who speaks: what owners granted to them counts in verdicts; None: nobody in particular."""
    meter: Meter = field(default_factory=Unmetered)
    phrases: Phrases = ENGLISH
    """The texts of the language that the reply is in."""
    books: Books = BUNDLED
    """The phrasebooks in force."""

    @property
    def today(self) -> date:
        """The day verdicts are given on."""
        return self.now.date()

    @property
    def tongues(self) -> Tongues:
        """The languages of the catalogue, as of its revision."""
        return tongues_of(self.store, self.store.revision())

    @property
    def owners(self) -> Owners:
        """Who publishes in the catalogue, as of its revision."""
        return owners_of(self.store, self.store.revision())

    def with_keywords(self, reading: Reading) -> Reading:
        """The reading, with unknown words that are keywords of the catalogue as topics.

        Only where no language, task or known topic says what is wanted: there such words only
        order, as many keywords are ordinary words ("archives"). A name in a language's place that
        no dataset's text holds is a wish that nothing meets.
        """
        stated = reading.stated
        nowhere = [name for name in reading.unknown if not self._is_known(name)]
        if nowhere:
            wishes = tuple(unknown.wish(name) for name in nowhere)
            return replace(reading, stated=replace(stated, languages=wishes))
        if stated.languages or stated.tasks or stated.topics or not reading.runs:
            return reading
        found = self.store.tagged(_phrases(reading.runs))
        longest = [w for w in found if not any(w != o and w in o for o in found)]
        topics = tuple(dict.fromkeys((*stated.topics, *longest)))
        return replace(reading, stated=replace(stated, topics=topics))

    def _is_known(self, word: str) -> bool:
        """Whether any dataset's text has this word: then it is no language without data."""
        return any(hit.words for hit in self.search.find(word, allowed=None, top=3))

    def stored(self, ids: Sequence[str]) -> list[StoredCard]:
        """The visible ones of these datasets, in this order."""
        found = (self.store.get(card_id) for card_id in ids)
        return [one for one in found if one is not None and one.visible]

    def granted(self, stored: Sequence[StoredCard], use: Use) -> list[StoredCard]:
        """These datasets, their terms with what the owners granted to the asker for this use."""
        if self.asker is None or self.asker.email is None or not use.acts or not stored:
            return list(stored)
        mine = self.office().mine(self.asker, states=("approved",), limit=_GRANTS)
        return [
            replace(one, card=replace(one.card, terms=terms)) if terms != one.card.terms else one
            for one in stored
            for terms in (
                with_grants(
                    one.card.terms,
                    [each for each in mine if each.card_id == one.card.id],
                    use,
                    fingerprint=one.terms_fingerprint,
                    today=self.today,
                ),
            )
        ]

    def cards(self, ids: Sequence[str]) -> list[DatasetCard]:
        """The cards of the visible ones of these datasets, in this order."""
        return [one.card for one in self.stored(ids)]

    def pointed(self, pointer: Pointer, state: State, *, viewing: str | None) -> tuple[str, ...]:
        """The ids that "the second one", "it" or "that Basque one" mean; empty when none."""
        if pointer.places:
            return tuple(
                state.shown[place - 1 if place > 0 else place]
                for place in pointer.places
                if -len(state.shown) <= place <= len(state.shown) and state.shown
            )
        if pointer.first:
            several = state.shown[: pointer.first]
            return state.focus if pointer.first >= 2 and len(state.focus) > 1 else several
        if pointer.name:
            named = self._named(pointer.name, state)
            if named:
                return named
        in_view = state.focus or ((viewing,) if viewing else ()) or state.shown[:1]
        return in_view

    def _named(self, name: str, state: State) -> tuple[str, ...]:
        wanted = {token.word for token in tokens(name)}
        tags = {t for m in languages.find_in(name) for t in m.answer.tags}
        scored = []
        for place, card in enumerate(self.cards(state.shown)):
            words = {token.word for token in tokens(f"{card.name} {card.source} {card.publisher}")}
            speaks = {s for t in tags for s in languages.satisfied_by(t)} & set(card.languages)
            score = len(wanted & words) + (2 if speaks else 0)
            if score:
                scored.append((-score, place, card.id))
        if scored:
            return (min(scored)[2],)
        return self.store.find_by_name(name, limit=1)


def _phrases(runs: Sequence[str]) -> list[str]:
    """Phrases of up to three words inside the runs, the longer first, a bounded number."""
    found = []
    for run in runs:
        words = run.split()
        for length in (3, 2, 1):
            found += [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
    return found[:_KEYWORDS]
