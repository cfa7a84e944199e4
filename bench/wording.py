"""What our code adds to the time to the first words, against a scripted model that takes none.

The model is a server in a process of its own that answers at once, so what is measured is ours:
rules, prompts, the openai package and its two calls, the checked object, the search, and the first
sentence held against the reply.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from assistant.aide import Aide, AideConfig
from assistant.allowance import Caps, Rates, open_allowance
from assistant.desk import Desk
from assistant.llm import ModelConfig, OpenAIModel
from assistant.model_figures import ModelFigures
from assistant.need import Asker
from assistant.reply import Question
from assistant.wiring import now
from bench.question import MadeUpRows, parts_of
from bench.synthetic import fill
from catalog_sync.store import open_store
from indexer.build import bring_up_to_date
from indexer.embed import open_embedder
from indexer.search import Search
from tests.assistant.aided import reading
from tests.openai_server import Body, Say, asks_to_understand, scripted

QUESTIONS = (
    "Welsh speech that I can use in a product",
    "parallel news sentences for translation",
    "spontaneous dialogue in Swahili or German, at least 20 hours",
    "French radio recordings",
    "Hindi and Arabic text to train a language model",
    "scripted reading in Russian, more than 5 hours, free to download",
)
TIMES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Milliseconds from a question to the first words told."""

    with_model_p50: float
    with_model_p95: float
    alone_p50: float
    """The same desk without a model: its whole answer."""
    alone_p95: float
    processor_p50: float
    """With a model, this process's own processor time: what else the machine does is not in it."""
    processor_p95: float


def measure(size: int, work: Path, copies: Path) -> First:
    """Asks a desk with a model and the same desk without one, in turn.

    Args:
        size: How many made-up cards the catalogue has.
        work: A folder of its own.
        copies: Where the exported embedding model is kept.
    """
    address = f"sqlite:///{work / 'catalog.db'}"
    store = open_store(address)
    fill(store, size)
    embedder = MadeUpRows(open_embedder(copies=copies))
    bring_up_to_date(store, work / "index", embedder)
    parts = parts_of(store, Search.open(work / "index", embedder), address)
    with _server() as url:
        client = OpenAIModel(ModelConfig(name="scripted", base_url=url))
        client.warm()
        caps = Caps(person_tokens=10**12, person_micros=10**12, all_tokens=10**12)
        allowance = open_allowance(f"sqlite:///{work}/spent.db", caps, Rates(), clock=now)
        figures = ModelFigures()
        aide = Aide(client, allowance, figures, AideConfig(seconds=30))
        helped, alone = Desk(replace(parts, aide=aide)), Desk(parts)
        for text in QUESTIONS:
            _first(helped, text)
            _first(alone, text)
        taken = [(_first(helped, text), _first(alone, text)) for text in QUESTIONS * TIMES]
        allowance.close()
        client.close()
    store.close()
    if figures.counts().get(("sentences", "kept"), 0) < len(taken):
        raise RuntimeError("The scripted model's sentences were not kept: nothing was measured.")
    with_model, without = (np.array(column) * 1000 for column in zip(*taken, strict=True))
    (late, processor), (alone_late, _) = with_model.T, without.T
    return First(
        with_model_p50=float(np.percentile(late, 50)),
        with_model_p95=float(np.percentile(late, 95)),
        alone_p50=float(np.percentile(alone_late, 50)),
        alone_p95=float(np.percentile(alone_late, 95)),
        processor_p50=float(np.percentile(processor, 50)),
        processor_p95=float(np.percentile(processor, 95)),
    )


def _first(desk: Desk, text: str) -> tuple[float, float]:
    """Seconds from the question to the first words, by the clock and of processor time."""
    heard: list[tuple[float, float]] = []
    began, worked = time.perf_counter(), time.process_time()
    asked = Question(text=text, conversation=f"bench-{began}", asker=Asker(id="bench"))
    desk.ask(asked, on_text=lambda words: heard.append((time.perf_counter(), time.process_time())))
    return heard[0][0] - began, heard[0][1] - worked


@contextmanager
def _server() -> Iterator[str]:
    """The address of a scripted model in another process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,))
    process.start()
    try:
        yield str(here.recv())
    finally:
        here.send("end")
        process.join()


def _serve(line: Connection) -> None:
    """Answer at once until told to end."""

    def answer(body: Body) -> Say:
        if asks_to_understand(body):
            return reading()
        return Say(text="Here is the list. Below you find the datasets.")

    with scripted(answer) as server:
        line.send(server.url)
        line.recv()
