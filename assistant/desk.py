"""The only thing a face may call: ask, show, check, explain, compare, count, and nothing else.

A desk is built once and used from many threads; it holds no state of its own, the conversation
lives in `memory`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant import coverage, judge, turn
from assistant.memory import Memory
from assistant.need import Need
from assistant.reply import Question, Reply, Table
from assistant.retrieve import Searcher
from assistant.terms import combine, explain
from assistant.terms.values import Verdict
from assistant.understand import rules
from assistant.use import Use
from assistant.wishes import Wish, WishBook, WishFigure
from catalog_sync import languages
from catalog_sync.languages import LanguageAnswer
from catalog_sync.store import Freshness, Store, StoredCard

Length = Literal["badge", "paragraph", "full"]


class UnknownDataset(Exception):
    """No dataset with this id may be shown."""

    def __init__(self, card_id: str) -> None:
        super().__init__(
            f"No dataset with the id {card_id!r} is in the catalogue. "
            "Ids look like 'commonvoice:scripted-25.0-cy'; search for it by name with `ask`."
        )
        self.card_id = card_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a desk is built from; `wiring` makes these."""

    store: Store
    search: Searcher
    memory: Memory
    wishes: WishBook
    clock: Callable[[], datetime]
    """Now, with its time zone."""
    labels: Mapping[str, str]
    """Source name -> what people call that catalogue: "mdc" -> "Mozilla Data Collective"."""


class Desk:
    """Answers questions over one catalogue."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(self, question: Question) -> Reply:
        """The answer to one turn; the conversation so far is read from memory and kept there."""
        raise NotImplementedError

    def show(self, card_id: str) -> StoredCard | None:
        """One dataset with what the store knows of it; None: not there or not to be shown."""
        raise NotImplementedError

    def check(self, card_id: str, use: Use) -> Verdict:
        """May this be done with this dataset? Raises `UnknownDataset`."""
        raise NotImplementedError

    def explain(self, card_id: str, use: Use, *, length: Length = "paragraph") -> str:
        """The verdict in plain words, in one of three lengths. Raises `UnknownDataset`."""
        raise NotImplementedError

    def combine(self, first: str, second: str, *, scenario: combine.Scenario) -> combine.Combination:
        """Two datasets (ids) or licences (names) merged, or side by side in a collection."""
        raise NotImplementedError

    def compare(self, card_ids: Sequence[str], use: Use | None = None) -> Table:
        """The datasets side by side, one column each. Raises `UnknownDataset`."""
        raise NotImplementedError

    def attribution(self, card_ids: Sequence[str]) -> str:
        """Credits ready to copy for these datasets. Raises `UnknownDataset`."""
        raise NotImplementedError

    def coverage(self, by: coverage.By, need: Need | None = None) -> coverage.Figures:
        """Counts over the catalogue, grouped; `need` limits what is counted."""
        raise NotImplementedError

    def read(self, text: str) -> Need:
        """What one sentence asks for, outside any conversation: filters typed as words."""
        raise NotImplementedError

    def freshness(self) -> tuple[Freshness, ...]:
        """When each source was last read completely."""
        raise NotImplementedError

    def language(self, name: str) -> LanguageAnswer:
        """What a language name means."""
        raise NotImplementedError

    def find_card(self, words: str, *, limit: int = 5) -> tuple[str, ...]:
        """Ids of datasets with this name or native id, best first."""
        raise NotImplementedError

    def wish(self, text: str, *, asker_id: str, may_name: bool = False) -> Wish:
        """Record an unmet wish."""
        raise NotImplementedError

    def wishes(self) -> tuple[WishFigure, ...]:
        """What was wished for and not found, most wanted first."""
        raise NotImplementedError

    def forget(self, asker_id: str) -> int:
        """Forget every conversation and wish of this person; how many rows went."""
        raise NotImplementedError
