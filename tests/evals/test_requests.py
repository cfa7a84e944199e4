from __future__ import annotations

from assistant.desk import Desk
from tests.assistant.conftest import desk as desk
from tests.evals.requests import evaluate, read_row


def test_a_perfect_and_a_missed_request_are_told_apart(desk: Desk) -> None:
    rows = [
        {"id": "1", "type": "single", "turns": ["Welsh speech"], "gold": ["voices:cy"],
         "no_match": False},
        {"id": "2", "type": "single", "turns": ["Irish speech"], "gold": ["voices:cy"],
         "no_match": False},
        {"id": "3", "type": "no_match", "turns": ["Sumerian speech"], "gold": [],
         "no_match": True},
    ]  # fmt: skip
    figures, results = evaluate(desk, [read_row(row) for row in rows])
    assert figures["single_recall_at_10"] == 0.5
    assert figures["single_precision_at_1"] == 0.5
    assert figures["no_match_recognised"] == 1.0
    assert figures["falsely_nothing"] == 0.0
    assert [result.first for result in results] == [1.0, 0.0, 0.0]


def test_neutral_datasets_count_neither_way(desk: Desk) -> None:
    row = {"id": "n", "type": "single", "turns": ["Irish speech"], "gold": ["voices:ga-talk"],
           "neutral": ["voices:ga"], "no_match": False}  # fmt: skip
    figures, _ = evaluate(desk, [read_row(row)])
    assert figures["single_precision_at_1"] == 1.0
