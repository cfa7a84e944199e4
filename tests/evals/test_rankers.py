"""Through the real client: what a scripted order of the hits does to requests of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from assistant.aide import Aide, AideConfig
from assistant.allowance import Rates, open_allowance
from assistant.desk import Desk
from assistant.desk_parts import Parts
from assistant.llm import ModelConfig, OpenAIModel
from assistant.memory import open_memory
from assistant.model_figures import ModelFigures
from tests.assistant.aided import CAPS
from tests.assistant.conftest import NOW
from tests.evals import rankers, starter
from tests.evals.sets import Measured
from tests.evals.test_understander import made as made

FIGURES = ("single_recall_at_10", "single_ndcg_at_10", "single_precision_at_1")


@pytest.fixture(scope="module")
def found(made: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Measured]]:
    folder, number = tmp_path_factory.mktemp("rankers"), count()
    closing: list[OpenAIModel] = []

    def opened(url: str, ranker: rankers.Ranker) -> Desk:
        return desk_with(made, folder / str(next(number)), url, ranker, closing)

    rows = [row for row in starter.rows() if row.type == "single"][:24]
    yield {one.name.rpartition(": ")[2]: one for one in rankers.measured("starter", rows, opened)}
    for client in closing:
        client.close()


def desk_with(
    made: Parts, folder: Path, url: str, ranker: rankers.Ranker, closing: list[OpenAIModel]
) -> Desk:
    folder.mkdir()
    client = OpenAIModel(ModelConfig(name=ranker.name, base_url=url))
    client.warm()
    closing.append(client)
    caps = replace(CAPS, person_tokens=10**9, all_tokens=10**9)
    allowance = open_allowance(f"sqlite:///{folder}/a.db", caps, Rates(), clock=lambda: NOW)
    config = AideConfig(seconds=60, reranks=ranker.name != rankers.NOBODY)
    ranker.seen = rankers.Watched(made.search)
    ranker.ids = lambda keys: {k: one.card.id for k, one in made.store.get_keys(keys).items()}
    return Desk(
        replace(
            made,
            search=ranker.seen,
            memory=open_memory(f"sqlite:///{folder}/m.db"),
            aide=Aide(client, allowance, ModelFigures(), config),
        )
    )


def test_only_where_it_is_switched_on_a_model_is_asked_for_an_order(
    found: dict[str, Measured],
) -> None:
    assert found[rankers.NOBODY].figures["orders"] == 0
    assert all(found[name].figures["orders"] > 0 for name in rankers.NAMES)


def test_who_knows_what_belongs_makes_nothing_worse(found: dict[str, Measured]) -> None:
    for name in FIGURES:
        assert found["perfect"].figures[name] >= found[rankers.NOBODY].figures[name] - 1e-9


def test_numbers_that_are_not_there_repeated_or_dropped_change_nothing(
    found: dict[str, Measured],
) -> None:
    for name in FIGURES:
        assert found["careless"].figures[name] == found[rankers.NOBODY].figures[name]


@pytest.mark.parametrize("name", rankers.NAMES)
def test_no_order_makes_a_dataset_come_or_go_wrongly(found: dict[str, Measured], name: str) -> None:
    assert (
        found[name].figures["falsely_nothing"] == found[rankers.NOBODY].figures["falsely_nothing"]
    )
