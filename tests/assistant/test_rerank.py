from __future__ import annotations

import itertools

import pytest

from assistant import rerank
from indexer.search import Hit


def hits(count: int) -> list[Hit]:
    return [
        Hit(
            key=n,
            score=1 / n,
            kind="summary",
            text=f"Text {n}",
            words=(),
            cosine=0.0,
            citing=0,
            share=1.0,
            telling=(),
        )
        for n in range(1, count + 1)
    ]


def ordered(order: object, count: int = 12) -> list[int]:
    found = rerank.order("speech", hits(count), lambda asked, schema: {"order": order})
    return [hit.key for hit in found]


def test_no_hit_moves_further_than_three_places_whatever_the_model_says() -> None:
    for places in itertools.permutations(range(6)):
        moved = rerank.bounded(places, 2)
        assert sorted(moved) == list(range(6))
        assert all(abs(old - new) <= 2 for new, old in enumerate(moved))
    worst = ordered(list(range(12, 0, -1)))
    assert all(abs(old - new) <= rerank.FURTHEST for new, old in enumerate(worst, 1))


def test_the_model_s_order_stands_as_far_as_it_may() -> None:
    assert ordered([4, 3, 2, 1, *range(5, 13)]) == [4, 3, 2, 1, *range(5, 13)]
    assert ordered([2, 1])[:3] == [2, 1, 3]


@pytest.mark.parametrize(
    "order",
    [[], [99, -1, 0], "first", None, [1, 1, 1], [1.5, True, "2"], [[2], {"a": 1}]],
)
def test_an_order_that_is_none_leaves_every_hit_in_its_place(order: object) -> None:
    assert ordered(order) == list(range(1, 13))


def test_what_is_named_twice_or_not_at_all_is_there_once() -> None:
    assert sorted(ordered([3, 3, 2, 77, 2])) == list(range(1, 13))


def test_hits_beyond_the_first_twenty_stay_where_they_were_and_scores_fall() -> None:
    found = rerank.order(
        "speech", hits(25), lambda asked, schema: {"order": list(range(20, 0, -1))}
    )
    assert [hit.key for hit in found[20:]] == list(range(21, 26))
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)
