"""The only thing a face may call: ask, show, check, explain, compare, count, and nothing else.

A desk is built once and used from many threads; it holds no state of its own, the conversation
lives in `memory`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from assistant import answer_cards, answer_terms, coverage, loading, turn
from assistant.access.office import Office
from assistant.desk_parts import Parts
from assistant.dialogue import State
from assistant.feedback import FeedbackBook
from assistant.history import History
from assistant.meter import MeteredSearch
from assistant.need import Asker, Need
from assistant.phrases import Books
from assistant.reply import Question, Reply, Table
from assistant.room import Room
from assistant.terms import batch, combine, explain, verdict
from assistant.terms.values import Verdict
from assistant.understand import rules, say
from assistant.use import Use, joined
from assistant.wishes import Wish, WishFigure
from catalog_sync import languages
from catalog_sync.clauses import Terms
from catalog_sync.language_answer import LanguageAnswer
from catalog_sync.stored import Freshness, Hold, NoSuchCard, StoredCard

Length = Literal["badge", "paragraph", "full"]


class UnknownDataset(Exception):
    """No dataset with this id may be shown."""

    def __init__(self, card_id: str) -> None:
        super().__init__(
            f"No dataset with the id {card_id!r} is in the catalogue. "
            "Ids look like 'commonvoice:scripted-25.0-cy'; search for it by name with `ask`."
        )
        self.card_id = card_id


class Desk:
    """Answers questions over one catalogue."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def feedback(self) -> FeedbackBook:
        """What people thought of answers."""
        return self._parts.feedback

    @property
    def history(self) -> History:
        """The conversations of signed-in people, as they were shown."""
        return self._parts.history

    @property
    def books(self) -> Books:
        """The phrasebooks that answers are given in."""
        return self._parts.books

    @property
    def clock(self) -> Callable[[], datetime]:
        """Now, with its time zone."""
        return self._parts.clock

    def ask(
        self,
        question: Question,
        *,
        on_text: Callable[[str], None] = lambda text: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Reply:
        """The answer to one turn; the conversation so far is read from memory and kept there.

        Args:
            question: What was said, by whom, in which conversation.
            on_text: Told the words piece by piece as soon as each is checked, so that a face may
                show them early; what stays is the reply's own text.
            is_stopped: Whether the person wants no more words: a language model's stream is then
                closed. What the turn was about is remembered all the same.
        """
        room = self._room(question.asker)
        memory, meter = self._parts.memory, self._parts.meter
        model = self._parts.aide
        aide = model.turn(question, on_text, is_stopped) if model is not None else None
        with meter.step("answer"):
            with meter.step("remember"):
                state = memory.recall(question.conversation, now=room.now)
            turned = turn.take(question, state, room, aide)
            if aide is None:
                on_text(turned.reply.text)
            with meter.step("remember"):
                memory.keep(
                    question.conversation, turned.state, asker=question.asker.id, now=room.now
                )
        meter.answered(turned.reply)
        return turned.reply

    def find(self, question: Question, *, use: Use | None = None) -> Reply:
        """Datasets for one request, whatever its words; nothing is remembered, none is worded.

        Args:
            question: Read as a request for data, also where it says something else.
            use: What is wanted beside what the words say: verdicts are for both.
        """
        room = self._room(question.asker)
        reading = rules.read(question.text, owners=room.owners)
        aide = None if self._parts.aide is None else self._parts.aide.turn(question)
        if aide is not None:
            prepare = turn.ahead(question, reading, State(), room)
            reading = aide.read(reading, State(), (), room.today, meanwhile=prepare)
            room = replace(room, search=aide.searcher(room.search))
        if use is not None:
            stated = replace(reading.stated, use=joined(reading.stated.use, use))
            reading = replace(reading, stated=stated)
        room = replace(room, phrases=self.books.of(question.language))
        reply = turn.in_language(turn.search(question, reading, State(), room).reply, room.phrases)
        return reply if aide is None else aide.unworded(reply)

    def clearer(self, purpose: str, question: Question) -> str | None:
        """A purpose for a letter said more clearly by the model, a draft for the person to read.

        None where no model is configured or nothing better came; nothing is filed or kept.
        """
        aide = self._parts.aide
        return None if aide is None else aide.turn(question).purpose(purpose)

    @property
    def office(self) -> Office:
        """Where access is asked for and decided."""
        return self._parts.open_office()

    def prepare(self) -> None:
        """Read the cards that the first answers would wait for."""
        self._parts.store.prepare()

    def show(self, card_id: str) -> StoredCard | None:
        """One dataset with what the store knows of it; None: not there or not to be shown."""
        stored = self._parts.store.get(card_id)
        return stored if stored is not None and stored.visible else None

    def check(self, card_id: str, use: Use, *, asker: Asker | None = None) -> Verdict:
        """May this be done with this dataset? Raises `UnknownDataset`.

        `asker`: what the owner granted to this person counts too.
        """
        return verdict.judge(self._terms(card_id, use, asker), use, today=self._room().today)

    def check_licence(self, licence: str, use: Use) -> Verdict:
        """May this be done under a bare licence, by whatever name it is called?"""
        return verdict.judge(batch.terms_of(licence), use, today=self._room().today)

    def explain(
        self,
        card_id: str,
        use: Use,
        *,
        length: Length = "paragraph",
        asker: Asker | None = None,
        language: str = "en",
    ) -> str:
        """The verdict in plain words, in one of three lengths. Raises `UnknownDataset`.

        `language`: BCP 47 of the words.
        """
        phrases = self.books.of(language)
        terms = self._terms(card_id, use, asker)
        judged = verdict.judge(terms, use, today=self._room().today, phrases=phrases)
        if length == "badge":
            return explain.badge(judged, phrases)
        if length == "full":
            return explain.reasoning(judged, terms, phrases)
        return explain.paragraph(judged, terms, phrases)

    def combine(
        self, first: str, second: str, *, scenario: combine.Scenario
    ) -> combine.Combination:
        """Two datasets (ids) or licences (names) merged, or side by side in a collection."""
        return combine.combine(self._papers(first), self._papers(second), scenario=scenario)

    def compare(
        self,
        card_ids: Sequence[str],
        use: Use | None = None,
        *,
        asker: Asker | None = None,
        language: str = "en",
    ) -> Table:
        """The datasets side by side, one column each. Raises `UnknownDataset`."""
        room, use, phrases = self._room(asker), use or Use(), self.books.of(language)
        stored = [self._known(card_id) for card_id in card_ids]
        own = [one.card.terms for one in room.granted(stored, use)]
        judged = [verdict.judge(terms, use, today=room.today) for terms in own]
        cards = [one.card for one in stored]
        return answer_cards.compared(cards, judged, self._parts.labels, phrases)

    def attribution(self, card_ids: Sequence[str], *, language: str = "en") -> str:
        """Credits ready to copy for these datasets. Raises `UnknownDataset`."""
        cards = [self._known(card_id).card for card_id in card_ids]
        return answer_terms.credits(cards, self.books.of(language))

    def loading(self, card_id: str) -> tuple[loading.Snippet, ...]:
        """Code that loads this dataset, where its source has a way. Raises `UnknownDataset`."""
        return loading.snippets(self._known(card_id).card)

    def coverage(self, by: coverage.By, need: Need | None = None) -> coverage.Figures:
        """Counts over the catalogue, grouped; `need` limits what is counted."""
        room, need = self._room(), need or Need()
        return coverage.figures(
            by, need, store=room.store, tongues=room.tongues, labels=room.labels
        )

    def read(self, text: str) -> Need:
        """What one sentence asks for, outside any conversation: filters typed as words."""
        return rules.read(text, owners=self._room().owners).stated

    def freshness(self) -> tuple[Freshness, ...]:
        """When each source was last read completely."""
        return self._parts.store.freshness()

    def language(self, name: str) -> LanguageAnswer:
        """What a language name means."""
        return languages.resolve(name)

    def find_card(self, words: str, *, limit: int = 5) -> tuple[str, ...]:
        """Ids of datasets with this name or native id, best first."""
        return self._parts.store.find_by_name(words, limit=limit)

    def wish(self, text: str, *, asker_id: str, may_name: bool = False) -> Wish:
        """Record an unmet wish."""
        need = self.read(text)
        words = say.title(need) if say.limits(need) else " ".join(text.split())
        return self._parts.wishes.record(
            words, need=need, asker=asker_id, may_name=may_name, now=self._parts.clock()
        )

    def wishes(self) -> tuple[WishFigure, ...]:
        """What was wished for and not found, most wanted first."""
        return self._parts.wishes.figures()

    def holds(self, asker: Asker) -> tuple[Hold, ...]:
        """Cards kept out of sight, for an administrator; nothing for anybody else."""
        if "administrator" not in self.office.roles(asker):
            return ()
        return self._parts.store.holds()

    def release(self, card_id: str, *, reason: str, asker: Asker) -> StoredCard:
        """Let a held card be shown, on record: an administrator's deed.

        Raises:
            NoSuchCard: no card of this id is held, or the asker is no administrator.
            StoreError: no reason is given.
        """
        if "administrator" not in self.office.roles(asker):
            raise NoSuchCard(f"No card with the id {card_id!r} is held.")
        return self._parts.store.release_hold(
            card_id, actor=asker.id, reason=reason, at=self._parts.clock()
        )

    def forget(self, asker_id: str) -> int:
        """Forget every conversation, wish and judgement of this person; how many rows went."""
        parts = self._parts
        books = (parts.memory, parts.wishes, parts.feedback, parts.history)
        return sum(book.forget(asker_id) for book in books)

    def _room(self, asker: Asker | None = None) -> Room:
        parts = self._parts
        return Room(
            store=parts.store, search=MeteredSearch(parts.search, parts.meter),
            wishes=parts.wishes, labels=parts.labels, office=parts.open_office,
            now=parts.clock(), asker=asker, meter=parts.meter, books=parts.books,
        )  # fmt: skip

    def _known(self, card_id: str) -> StoredCard:
        stored = self.show(card_id)
        if stored is None:
            raise UnknownDataset(card_id)
        return stored

    def _terms(self, card_id: str, use: Use, asker: Asker | None) -> Terms:
        """The dataset's terms, with what its owner granted to this person."""
        (own,) = self._room(asker).granted([self._known(card_id)], use)
        return own.card.terms

    def _papers(self, name: str) -> Terms | str:
        stored = self.show(name)
        return name if stored is None else stored.card.terms
