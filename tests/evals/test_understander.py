"""With a model that understands perfectly, no figure falls below that of the rules alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.aide import Aide, AideConfig
from assistant.allowance import Rates, open_allowance
from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.llm import ModelConfig, OpenAIModel
from assistant.memory import open_memory
from assistant.model_figures import ModelFigures
from assistant.need import Need
from assistant.understand import rules
from catalog_sync.job import sync
from catalog_sync.normalise import normalise
from catalog_sync.registry import open_source
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder
from indexer.search import Search
from tests.assistant.aided import CAPS
from tests.assistant.conftest import NOW, parts
from tests.evals import starter, understander
from tests.evals.paraphrases import Paraphrase, expected, facts, paraphrases, understood
from tests.evals.requests import evaluate
from tests.openai_server import Body, Say, asks_to_understand, data_of, scripted


def helped(row: Paraphrase) -> Need:
    """The need with a model that states the whole truth at the last turn."""

    def says(place: int) -> understander.Raw:
        is_last = place == len(row.turns) - 1
        return understander.of_paraphrase(row.expect) if is_last else understander.empty()

    return understander.understood(row.turns, says)


def test_the_merge_loses_nothing_of_the_paraphrases() -> None:
    rows = list(paraphrases())
    alone = {row.id for row in rows if facts(understood(row.turns)) == expected(row)}
    with_model = {row.id for row in rows if facts(helped(row)) == expected(row)}
    assert len(with_model) >= len(alone), sorted(alone - with_model)


def test_a_model_repairs_what_the_rules_could_not_read() -> None:
    text = "nahrávky velštiny, aspoň sto hodin"
    read = understander.understood(
        [text],
        lambda place: understander.of_paraphrase(
            {"languages": ["cy"], "modalities": ["audio"], "sizes": {"hours": [100, None]}}
        ),
    )
    assert facts(read) == {
        "languages": ["cy"], "modalities": ["audio"], "sizes": {"hours": [100, None]}
    }  # fmt: skip
    assert not rules.read(text).stated.sizes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """What a desk over the starter catalogue is built from."""
    folder = tmp_path_factory.mktemp("starter")
    with parts(folder, only=()) as empty:
        report = sync(
            open_source("starter", environ={}),
            empty.store,
            normalise=normalise,
            clock=lambda: NOW,
            place="",
        )
        assert report.complete
        embedder = HashEmbedder()
        bring_up_to_date(empty.store, folder / "all", embedder)
        yield replace(empty, search=Search.open(folder / "all", embedder))


class Perfect:
    """Answers with the truth of the request whose words it is shown."""

    def __init__(self) -> None:
        self._truth: dict[str, understander.Raw] = {}
        for line in starter.FILE.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            stated = understander.of_predicate(row["predicate"])
            # The predicate is the whole need after the last turn, in a conversation of its own.
            stated["mode"] = "anew" if len(row["turns"]) > 1 else "merge"
            self._truth[row["turns"][-1]] = stated

    def __call__(self, body: Body) -> Say:
        if not asks_to_understand(body):
            return Say(status=401)
        stated = self._truth.get(str(data_of(body, "turn")), understander.empty())
        return Say(text=json.dumps(stated), pieces=10_000)


def figures(desk_of: Parts) -> Mapping[str, float]:
    found, _ = evaluate(Desk(desk_of), list(starter.rows()))
    return found


def test_the_merge_loses_nothing_of_the_requests_over_the_starter_catalogue(
    made: Parts, tmp_path: Path
) -> None:
    alone = figures(made)
    with scripted(Perfect()) as server:
        client = OpenAIModel(ModelConfig(name="perfect", base_url=server.url))
        client.warm()
        address = f"sqlite:///{tmp_path}/spent.db"
        rates = Rates()
        caps = replace(CAPS, person_tokens=10**9, all_tokens=10**9)
        allowance = open_allowance(address, caps, rates, clock=lambda: NOW)
        memory = open_memory(f"sqlite:///{tmp_path}/talk.db")
        counted = ModelFigures()
        aide = Aide(client, allowance, counted, AideConfig(seconds=60))
        aided = figures(replace(made, aide=aide, memory=memory))
        memory.close()
        allowance.close()
        client.close()
    assert counted.counts()["calls", "understand"] > len(list(starter.rows()))
    worse = {
        name: (value, aided[name])
        for name, value in alone.items()
        if (aided[name] > value if name == "falsely_nothing" else aided[name] < value - 1e-9)
    }
    assert not worse
