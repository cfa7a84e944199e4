from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.embed import HashEmbedder
from indexer.errors import BadCorpus
from indexer.evaluate import (
    measure,
    open_corpus,
    rank_corpus,
    read_judgements,
    read_queries,
)


def test_figures_agree_with_a_calculation_by_hand() -> None:
    found = measure({"q": ["a", "x", "b", "y", "z"]}, {"q": {"a": 1, "b": 1, "c": 1}}, depth=5)
    assert found.precision == pytest.approx(2 / 5)
    assert found.recall == pytest.approx(2 / 3)
    assert found.map == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert found.mrr == 1.0
    ideal = 1 + 1 / 1.5849625 + 1 / 2
    assert found.ndcg == pytest.approx((1 + 1 / 2) / ideal)


def test_precision_counts_places_left_empty_and_depth_cuts_the_rest() -> None:
    found = measure({"q": ["a"]}, {"q": {"a": 1}}, depth=5)
    assert found.precision == pytest.approx(0.2)
    assert measure({"q": ["x", "a"]}, {"q": {"a": 1}}, depth=1).mrr == 0.0


def test_a_judged_query_without_an_answer_counts_as_nothing_found() -> None:
    found = measure({"p": ["a"]}, {"p": {"a": 1}, "q": {"b": 1}}, depth=5)
    assert (found.queries, found.recall) == (2, 0.5)


def test_a_document_judged_not_relevant_is_no_hit() -> None:
    assert measure({"q": ["n", "a"]}, {"q": {"n": 0, "a": 1}}, depth=5).mrr == 0.5


def test_a_document_named_twice_counts_once() -> None:
    assert measure({"q": ["a", "a"]}, {"q": {"a": 1, "b": 1}}, depth=5).recall == 0.5


def test_grades_weigh_in_ndcg() -> None:
    found = measure({"q": ["one", "two"]}, {"q": {"two": 2, "one": 1}}, depth=2)
    assert found.ndcg == pytest.approx((1 + 2 / 1.5849625) / (2 + 1 / 1.5849625))


RECORDS: tuple[dict[str, object], ...] = (
    {"id": "Rivers", "title": "Levels of rivers", "text": "Hourly water levels.", "year": 2015},
    {"id": "MenuPix", "name": "MenuPix", "text": "Photographs of menus.", "year": 2018},
    {"id": "Later", "text": "Photographs of menus and dishes, beside MenuPix.", "year": 2021},
    {"_id": "odd one", "text": "A line with a\u2028separator inside."},
)


@pytest.fixture
def corpus_file(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rankings(corpus_file: Path, query: dict[str, object], *, year_filter: bool) -> list[str]:
    folder = corpus_file.parent
    (folder / "queries.jsonl").write_text(json.dumps(query) + "\n", encoding="utf-8")
    corpus = open_corpus(corpus_file, HashEmbedder(), kept=folder / "kept")
    queries = read_queries(folder / "queries.jsonl")
    found = list(rank_corpus(corpus, queries, HashEmbedder(), top=10, year_filter=year_filter))
    assert [one.qid for one in found] == ["q1"]
    return list(found[0].ids)


def test_a_corpus_is_ranked_by_its_own_ids(corpus_file: Path) -> None:
    found = rankings(corpus_file, {"qid": "q1", "query": "hourly levels"}, year_filter=False)
    assert found[0] == "Rivers"
    assert set(found) == {"Rivers", "MenuPix", "Later", "odd one"}


def test_the_year_filter_leaves_out_later_documents_and_keeps_undated_ones(
    corpus_file: Path,
) -> None:
    query: dict[str, object] = {"qid": "q1", "query": "menu photographs", "year": 2018}
    assert "Later" in rankings(corpus_file, query, year_filter=False)
    found = rankings(corpus_file, query, year_filter=True)
    assert "Later" not in found
    assert {"MenuPix", "odd one"} <= set(found)


def test_a_second_opening_embeds_nothing(corpus_file: Path) -> None:
    kept = corpus_file.parent / "kept"
    told: list[tuple[str, int, int]] = []
    open_corpus(corpus_file, HashEmbedder(), kept=kept)
    open_corpus(corpus_file, HashEmbedder(), kept=kept, progress=lambda *step: told.append(step))
    assert told == [("embedding", 0, 0)]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": "a", "text": "b"}\n{"id": \n', encoding="utf-8")
    with pytest.raises(BadCorpus, match=r"Line 2 of 'corpus\.jsonl'"):
        open_corpus(path, HashEmbedder(), kept=tmp_path / "kept")


def test_judgements_are_read_and_a_bad_grade_is_named(tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text("QueryID\t0\tDocID\tRelevance\nq1\tQ0\ta b\t1\nq1\tQ0\tc\t0\n", "utf-8")
    assert read_judgements(path) == {"q1": {"a b": 1, "c": 0}}
    path.write_text("QueryID\t0\tDocID\tRelevance\nq1\tQ0\ta\tyes\n", "utf-8")
    with pytest.raises(BadCorpus, match="Line 2"):
        read_judgements(path)
