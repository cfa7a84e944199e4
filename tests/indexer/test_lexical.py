from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.gather import Vocabulary
from indexer.lexical import Lexical, count_words, make_lexical, open_lexical
from indexer.ragged import ragged

TEXTS = ("river levels river", "menu photographs", "court rulings and river law", "")


def index_of(texts: tuple[str, ...]) -> Lexical:
    vocabulary = Vocabulary()
    counted = [count_words({"name": "", "tags": "", "text": text}) for text in texts]
    held = ragged([vocabulary.of(list(counts)) for counts in counted], np.int32)
    counts = np.array([n for one in counted for n in one.values()], np.float32)
    return make_lexical(vocabulary.numbers, held, counts)


def test_the_document_with_the_word_most_often_scores_best() -> None:
    scores, _ = index_of(TEXTS).scores("river")
    assert scores[0] > scores[2] > scores[1] == scores[3] == 0


def test_a_rare_word_says_more_than_a_common_one() -> None:
    scores, _ = index_of(("river menu", "river x", "river y")).scores("river menu")
    assert scores[0] > 2 * scores[1]


def test_scores_follow_bm25() -> None:
    scores, _ = index_of(("river", "menu")).scores("river")
    idf = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    assert scores[0] == pytest.approx(idf * 2.2 / (1 + 1.2 * 1), rel=1e-5)


def test_no_document_exceeds_the_bound_and_strange_words_raise_it() -> None:
    index = index_of(TEXTS)
    scores, bound = index.scores("river menu")
    assert scores.max() < bound
    assert index.scores("river menu zyx")[1] > bound


def test_a_question_without_known_words_scores_nothing() -> None:
    scores, bound = index_of(TEXTS).scores("zyx")
    assert not scores.any() and bound > 0


def test_the_matched_words_are_told() -> None:
    index = index_of(TEXTS)
    assert index.matched("court menu river", [2, 1, 3]) == [("court", "river"), ("menu",), ()]
    assert index.matched("zyx", [2]) == [()]
    assert index.matched("river", []) == []


def test_what_is_saved_opens_the_same(tmp_path: Path) -> None:
    index = index_of(("river 粵語", "menu"))
    index.save(tmp_path)
    opened = open_lexical(tmp_path, size=2)
    assert np.array_equal(opened.scores("粵語 menu")[0], index.scores("粵語 menu")[0])


def test_an_index_of_nothing_can_be_saved_and_asked(tmp_path: Path) -> None:
    index_of(()).save(tmp_path)
    assert open_lexical(tmp_path, size=0).scores("river")[0].shape == (0,)


def test_a_word_whose_last_document_is_gone_matches_nothing() -> None:
    index = make_lexical(
        {"river": 0, "menu": 1}, ragged([np.array([0], np.int32)], np.int32), np.ones(1, np.float32)
    )
    assert index.matched("menu", [0]) == [()]
    assert not index.scores("menu")[0].any()
