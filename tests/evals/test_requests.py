from __future__ import annotations

from dataclasses import replace

from assistant.desk import Desk
from assistant.need import Need
from assistant.reply import Question, Reply
from tests.assistant.conftest import desk as desk
from tests.evals.requests import Row, answered, evaluate, read_row
from tests.fakes import card, option


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


class TwoListings:
    """Offers one dataset of two sources, and another one."""

    def ask(self, question: Question) -> Reply:
        """The same two options whatever is asked."""
        shown = option(card(id="hub:corpus"), copies=("registry:corpus",))
        other = option(card(id="hub:other"))
        return Reply(text=question.text, intent="find", need=Need(), options=(shown, other))


def test_a_dataset_is_found_under_either_listing_where_a_set_says_so() -> None:
    gold = frozenset({"registry:corpus"})
    row = Row(id="1", type="single", turns=("x",), gold=gold, no_match=False)
    assert answered(TwoListings(), row).recall == 0.0
    assert answered(TwoListings(), replace(row, one_dataset=True)).recall == 1.0


def test_both_listings_of_one_dataset_are_one_hit_and_one_wanted() -> None:
    row = Row(id="1", type="single", turns=("x",), no_match=False, one_dataset=True,
              gold=frozenset({"registry:corpus", "hub:corpus", "hub:missed"}))  # fmt: skip
    assert answered(TwoListings(), row).recall == 0.5


def test_a_neutral_dataset_takes_no_room_where_a_set_says_so() -> None:
    wanted = frozenset(f"hub:{number}" for number in range(20)) | {"hub:corpus"}
    row = Row(id="1", type="single", turns=("x",), gold=wanted, no_match=False,
              neutral=frozenset({"hub:other"}), one_dataset=True)  # fmt: skip
    assert answered(TwoListings(), row).recall == 1 / 9
    assert answered(TwoListings(), replace(row, one_dataset=False)).recall == 1 / 10


def test_neutral_datasets_count_neither_way(desk: Desk) -> None:
    row = {"id": "n", "type": "single", "turns": ["Irish speech"], "gold": ["voices:ga-talk"],
           "neutral": ["voices:ga"], "no_match": False}  # fmt: skip
    figures, _ = evaluate(desk, [read_row(row)])
    assert figures["single_precision_at_1"] == 1.0
