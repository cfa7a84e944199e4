"""One question end to end against its floor: embedding its text and the FAISS search."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.access.opening import open_office
from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.feedback import open_feedback
from assistant.history import open_history
from assistant.memory import open_memory
from assistant.need import Asker
from assistant.reply import Question
from assistant.retrieve import Searcher
from assistant.secret import Box
from assistant.wiring import LABELS, now
from assistant.wishes import open_wishes
from bench.clock import spreads
from bench.synthetic import fill
from catalog_sync.store import Store, open_store
from indexer.build import bring_up_to_date
from indexer.embed import Embedder, Rows, open_embedder
from indexer.search import Hit, Search

QUESTIONS = (
    "Welsh speech that I can use in a product",
    "parallel news sentences for translation",
    "weather and climate data with a stated licence",
    "spontaneous dialogue in Swahili or German, at least 20 hours",
    "handwriting of medical surveys",
    "French radio recordings",
    "legal question answering in Portuguese",
    "open satellite images of forests",
    "Hindi and Arabic text to train a language model",
    "poetry and folk music",
    "traffic census tables that a company may use",
    "scripted reading in Russian, more than 5 hours, free to download",
)
TIMES = 12


@dataclass(frozen=True)
class MadeUpRows:
    """Questions by the real model, passages as random unit rows: 100,000 cards in minutes."""

    real: Embedder

    @property
    def name(self) -> str:
        """Says what it is."""
        return f"{self.real.name} with made-up rows"

    @property
    def dimension(self) -> int:
        """As the real model's."""
        return self.real.dimension

    @property
    def identity(self) -> str:
        """Not the real model's."""
        return f"made-up-{self.real.identity}"

    def passages(self, texts: Sequence[str]) -> Rows:
        """Random unit rows, the same for the same number of texts."""
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), self.dimension))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows.astype(np.float32)

    def question(self, text: str) -> Rows:
        """By the real model."""
        return self.real.question(text)

    def prepare(self) -> str | None:
        """As the real model."""
        return self.real.prepare()


@dataclass(frozen=True, slots=True)
class Searched:
    """What the desk asked of the search."""

    text: str
    allowed: NDArray[np.int64] | None
    top: int


class Watched:
    """The product's search, which remembers what it was asked last."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.asked: list[Searched] = []

    def find(
        self, text: str, *, allowed: NDArray[np.int64] | None = None, top: int = 10
    ) -> Sequence[Hit]:
        """As `Search.find`."""
        self.asked.append(Searched(text, allowed, top))
        return self._search.find(text, allowed=allowed, top=top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Milliseconds: the mean over the questions of each one's median."""

    cards: int
    passages: int
    whole: float
    """`Desk.ask`, warm."""
    whole_p95: float
    search: float
    """Of it, the product's search with both legs."""
    floor: float
    """Embedding the text, and the FAISS search among the same passages for as many rows."""

    @property
    def ratio(self) -> float:
        """End to end against the floor."""
        return self.whole / self.floor


def measure(size: int, work: Path, copies: Path) -> Asked:
    """Builds a made-up catalogue of `size` cards in `work` and asks it."""
    url = f"sqlite:///{work / 'catalog.db'}"
    store = open_store(url)
    fill(store, size)
    embedder = MadeUpRows(open_embedder(copies=copies))
    report = bring_up_to_date(store, work / "index", embedder)
    search = Search.open(work / "index", embedder)
    watched = Watched(search)
    desk = Desk(parts_of(store, watched, url))
    rows = [_one(desk, watched, search, embedder, text) for text in QUESTIONS]
    store.close()
    whole, late, searching, floor = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Asked(
        cards=size,
        passages=report.passages,
        whole=whole,
        whole_p95=late,
        search=searching,
        floor=floor,
    )


def parts_of(store: Store, search: Searcher, url: str) -> Parts:
    """What a desk over this store is built from."""
    return Parts(
        store=store,
        search=search,
        memory=open_memory(url),
        wishes=open_wishes(url),
        feedback=open_feedback(url),
        history=open_history(url),
        clock=now,
        labels=LABELS,
        open_office=lambda: open_office(
            url, box=Box(["bench-bench-bench-bench"]), store=store, clock=now
        ),
    )


def _one(
    desk: Desk, watched: Watched, search: Search, embedder: Embedder, text: str
) -> tuple[float, float, float, float]:
    """Median and late time of the whole, median of the search in it, and of the floor.

    Every call asks other words, so that nothing is answered from what was kept.
    """
    numbers = itertools.count()

    def fresh(words: str) -> str:
        return f"{words} {next(numbers)}x"

    def ask() -> None:
        said = fresh(text)
        desk.ask(Question(text=said, conversation=said, asker=Asker(id="bench")))

    watched.asked.clear()
    ask()
    last = watched.asked[0] if watched.asked else Searched(text, None, 10)
    steps: tuple[Callable[[], object], ...] = (
        ask,
        lambda: search.find(fresh(last.text), allowed=last.allowed, top=last.top),
        lambda: _floor(search, embedder, fresh(last.text), last),
    )
    (whole, late), (searching, _), (floor, _) = spreads(steps, times=TIMES)
    return whole, late, searching, floor


def _floor(search: Search, embedder: Embedder, text: str, asked: Searched) -> None:
    shelf = search.shelf
    rows = None
    if asked.allowed is not None:
        cards = np.zeros(len(shelf.table.keys), bool)
        cards[shelf.positions(asked.allowed)] = True
        rows = cards[shelf.card_of]
    shelf.vectors.search(embedder.question(text), allowed=rows, top=asked.top)
