"""The product's retrieval on a small corpus composed for this project."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.embed import open_embedder
from indexer.evaluate import (
    Figures,
    measure,
    open_corpus,
    rank_corpus,
    read_judgements,
    read_queries,
)
from indexer.rank import ALL_LEGS, Leg

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[frozenset[Leg], Figures]:
    """Figures at depth 5 of each leg alone and of all together."""
    embedder = open_embedder()
    corpus = open_corpus(
        HERE / "retrieval_corpus.jsonl", embedder, kept=tmp_path_factory.mktemp("kept")
    )
    queries = read_queries(HERE / "retrieval_queries.jsonl")
    judged = read_judgements(HERE / "retrieval_qrels.tsv")
    one: list[frozenset[Leg]] = [frozenset(["dense"]), frozenset(["lexical"]), ALL_LEGS]
    return {
        legs: measure(
            {
                ranking.qid: ranking.ids
                for ranking in rank_corpus(corpus, queries, embedder, year_filter=True, legs=legs)
            },
            judged,
            depth=5,
        )
        for legs in one
    }


@pytest.mark.model
def test_both_legs_together_are_not_worse_than_either(
    figures: dict[frozenset[Leg], Figures],
) -> None:
    together = figures[ALL_LEGS]
    for legs in (frozenset[Leg](["dense"]), frozenset[Leg](["lexical"])):
        assert together.ndcg >= figures[legs].ndcg
        assert together.recall >= figures[legs].recall


@pytest.mark.model
def test_most_of_what_fits_is_among_the_first_five(
    figures: dict[frozenset[Leg], Figures],
) -> None:
    assert figures[ALL_LEGS].recall > 0.9
    assert figures[ALL_LEGS].mrr > 0.85
