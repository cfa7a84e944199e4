"""What our code adds to the time to the first words, beside a scripted language model.

Added is everything between a question and its first words but the model's own time: from the
moment when a call has arrived at the model's server until the bytes that were needed have left it.
Needed is the whole reading of the turn, and of the answer its first sentence, because no word is
shown before its sentence was held against the reply. So rules, prompts, the openai package, the way
over loopback, the allowance, the search and the grounding are all in it. No question is asked
twice: nothing is found ready that a person's question would not find ready.
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
from assistant.serve_ready import WARMING, make_ready
from assistant.wiring import now
from bench.question import MadeUpRows, parts_of
from bench.synthetic import fill
from catalog_sync.store import open_store
from indexer.build import bring_up_to_date
from indexer.embed import open_embedder
from indexer.search import Search
from tests.assistant.aided import reading
from tests.openai_server import Body, Say, asks_to_understand, data_of, scripted

LANGUAGES = ("English", "German", "French", "Spanish", "Chinese", "Arabic", "Russian", "Hindi",
             "Portuguese", "Japanese")  # fmt: skip
REQUESTS = (
    "{} text that I can use in a product", "{} sentences for translation",
    "{} data to train a language model", "{} news, free to download", "{} question answering",
    "{} datasets on medical surveys", "{} poetry that a company may use", "legal text in {}",
    "{} street and traffic data with a stated licence", "weather reports in {}",
)  # fmt: skip
WARM = ("Welsh speech", "Swahili text for translation", *WARMING)
"""What a server has been asked before its first visitor, and an answer or two."""
PIECE = 7
"""Characters that the model sends at once."""
OPENING = "Here is the list. "


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Milliseconds from a question to the first words told."""

    questions: int
    added_p50: float
    """Without the model's own time."""
    added_p95: float
    whole_p50: float
    """With it: what the person waits for a model that answers at once."""
    whole_p95: float
    processor_p50: float
    """This process's own processor time: what else the machine does is not in it."""
    processor_p95: float
    alone_p50: float
    """A desk without a model: its whole answer."""
    alone_p95: float


def measure(size: int, work: Path, copies: Path) -> First:
    """Asks a desk with a model and a desk without one, in turn, never the same question.

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
    with _server() as (url, line):
        client = OpenAIModel(ModelConfig(name="scripted", base_url=url))
        caps = Caps(person_tokens=10**12, person_micros=10**12, all_tokens=10**12)
        allowance = open_allowance(f"sqlite:///{work}/spent.db", caps, Rates(), clock=now)
        figures = ModelFigures()
        aide = Aide(client, allowance, figures, AideConfig(seconds=30))
        aide.warm()
        helped, alone = Desk(replace(parts, aide=aide)), Desk(parts)
        for text in WARM:
            _first(helped, text)
            _first(alone, text)
        make_ready(alone)
        _at_the_model(line)
        asked = [form.format(name) for form in REQUESTS for name in LANGUAGES]
        taken = [(*_first(helped, text), _at_the_model(line)) for text in asked[::2]]
        without = np.array([_first(alone, text)[0] for text in asked[1::2]]) * 1000
        allowance.close()
        client.close()
    store.close()
    if figures.counts().get(("sentences", "kept"), 0) < len(taken):
        raise RuntimeError("The scripted model's sentences were not kept: nothing was measured.")
    whole, processor, elsewhere = np.array(taken).T * 1000
    return First(
        questions=len(taken),
        **_two("added", whole - elsewhere),
        **_two("whole", whole),
        **_two("processor", processor),
        **_two("alone", without),
    )


def _two(name: str, taken: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, float]:
    return {f"{name}_p{part}": float(np.percentile(taken, part)) for part in (50, 95)}


def _first(desk: Desk, text: str) -> tuple[float, float]:
    """Seconds from the question to the first words, by the clock and of processor time."""
    heard: list[tuple[float, float]] = []
    began, worked = time.perf_counter(), time.process_time()
    asked = Question(text=text, conversation=f"bench-{began}", asker=Asker(id="bench"))
    reply = desk.ask(
        asked, on_text=lambda words: heard.append((time.perf_counter(), time.process_time()))
    )
    # Where nothing fits, code says so before the model says anything.
    first, used = heard[int(reply.no_match and len(heard) > 1)]
    return first - began, used - worked


def _at_the_model(line: Connection) -> float:
    """Seconds that the calls since the last look spent at the model, as far as they were needed."""
    line.send("times")
    return float(line.recv())


@contextmanager
def _server() -> Iterator[tuple[str, Connection]]:
    """The address of a scripted model in another process, and the line to that process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,))
    process.start()
    try:
        yield str(here.recv()), here
    finally:
        here.send("end")
        process.join()


def _serve(line: Connection) -> None:
    """Answer at once until told to end; tell how long the calls were here."""
    needed: list[int] = []

    def answer(body: Body) -> Say:
        if asks_to_understand(body):
            needed.append(0)
            return reading()
        needed.append((len(OPENING) - 1) // PIECE)
        facts = data_of(body, "facts")
        assert isinstance(facts, dict)
        found = facts.get("datasets") or facts["datasets_that_miss_something"]
        name = found[0]["name"]
        return Say(text=f"{OPENING}The first is {name}. Below you find them all.", pieces=PIECE)

    with scripted(answer) as server:
        line.send(server.url)
        while line.recv() != "end":
            pairs = zip(server.times, needed, strict=True)
            line.send(sum(timed.left[last] - timed.came for timed, last in pairs))
            server.times.clear()
            needed.clear()
