"""A desk over the small catalogue with a language model beside it, which is a scripted server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.aide import Aide, AideConfig
from assistant.allowance import Caps, Rates, open_allowance
from assistant.desk import Desk
from assistant.llm import ModelConfig, OpenAIModel
from assistant.model_figures import ModelFigures
from assistant.need import Asker
from assistant.phrases import BUNDLED, Books
from assistant.reply import Question, Reply
from assistant.understand import rules, schema
from catalog_sync.card import DatasetCard
from tests.assistant.conftest import NOW, parts
from tests.openai_server import Body, Say, ScriptedServer, asks_to_understand, scripted

CAPS = Caps(person_tokens=1_000_000, person_micros=1_000_000, all_tokens=10_000_000)
EMPTY: dict[str, object] = {
    name: [] if shape.get("type") == "array" else False if shape.get("type") == "boolean" else None
    for name, shape in schema.reading()["properties"].items()  # type: ignore[attr-defined]
} | {"intent": "find", "mode": "merge", "languages_joined": "any", "topics_joined": "all"}
"""A reading that states nothing."""


def reading(**stated: object) -> Say:
    """The model's reading of a turn."""
    return Say(text=json.dumps({**EMPTY, **stated}), pieces=400)


def script(
    words: str | Say | Callable[[Body], Say] = "", **stated: object
) -> Callable[[Body], Say]:
    """Reads every turn alike, and words every reply alike."""

    def answer(body: Body) -> Say:
        if asks_to_understand(body):
            return reading(**stated)
        if callable(words):
            return words(body)
        return words if isinstance(words, Say) else Say(text=words)

    return answer


@dataclass
class Aided:
    """A conversation with a desk that has a model."""

    desk: Desk
    server: ScriptedServer
    figures: ModelFigures
    streamed: list[str] = field(default_factory=list)

    def __call__(self, *turns: str, language: str = "en", asker: str = "someone") -> Reply:
        for text in turns:
            self.streamed.clear()
            question = Question(
                text=text, conversation="talk", asker=Asker(id=asker), language=language
            )
            reply = self.desk.ask(question, on_text=self.streamed.append)
        return reply

    @property
    def counts(self) -> Mapping[tuple[str, str], float]:
        return self.figures.counts()


@contextmanager
def aided(
    tmp_path: Path,
    answer: Callable[[Body], Say] | Say,
    *more: DatasetCard,
    caps: Caps = CAPS,
    seconds: float = 60.0,
    reranks: bool = False,
    is_on: bool = True,
    books: Books = BUNDLED,
) -> Iterator[Aided]:
    """The desk and its scripted model, while the block runs."""
    with scripted(answer) as server, parts(tmp_path, *more) as made:
        client = OpenAIModel(ModelConfig(name="scripted", base_url=server.url, first_wait_s=0.01))
        client.warm()
        # Tables are loaded once in a process, and not at the cost of a test that takes the time.
        rules.read("Welsh speech")
        address = f"sqlite:///{tmp_path}/talk.db"
        rates = Rates(input_micros=150_000, output_micros=600_000)
        allowance = open_allowance(address, caps, rates, clock=lambda: NOW)
        figures = ModelFigures()
        aide = Aide(client, allowance, figures, AideConfig(seconds=seconds, reranks=reranks))
        yield Aided(Desk(replace(made, aide=aide if is_on else None, books=books)), server, figures)
        allowance.close()
        client.close()
