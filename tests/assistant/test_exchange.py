"""One thing in the place of another: languages of a pair, and figures said without their unit."""

from __future__ import annotations

import pytest

from assistant.dialogue import State, advance, join
from assistant.need import Need
from assistant.understand import exchange, rules


def after(*turns: str) -> Need:
    state = State()
    for number, turn in enumerate(turns):
        state = advance(state, join(state, rules.read(turn, has_need=number > 0)))
    return state.need


def labels(need: Need) -> list[str]:
    return [wish.label for wish in need.languages]


@pytest.mark.parametrize(
    "turn",
    [
        "swap Xhosa for Zulu", "replace Xhosa with Zulu, please", "change Xhosa to Zulu",
        "switch from Xhosa to Zulu", "Zulu instead of Xhosa",
        "remplace le xhosa par le zoulou",
    ],
)  # fmt: skip
def test_one_language_of_a_pair_takes_the_others_place(turn: str) -> None:
    need = after("parallel corpus English-Xhosa", turn)
    assert labels(need) == ["English", "Zulu"]
    assert need.languages_joined == "all"
    assert need.languages_not == ()


def test_a_language_alone_is_replaced_and_not_shut_out() -> None:
    need = after("Welsh speech", "Breton instead of Welsh")
    assert (labels(need), need.languages_not) == (["Breton"], ())


def test_in_a_first_turn_what_is_not_wanted_stays_out() -> None:
    need = after("anything in Frisian but not in Dutch")
    assert [wish.label for wish in need.languages_not] == ["Dutch"]


@pytest.mark.parametrize(
    ("turn", "least"),
    [("make that 500", 500), ("hmm, 500 instead", 500), ("rather 20", 20), ("make it 2k", 2000)],
)
def test_a_figure_alone_takes_the_place_of_the_one_there_is(turn: str, least: float) -> None:
    (size,) = after("German speech with 50+ hours", turn).sizes
    assert (size.field, size.least, size.most) == ("hours", least, None)


@pytest.mark.parametrize("turn", ["make it Irish", "the top 20", "the 2nd one"])
def test_other_turns_leave_the_figure_alone(turn: str) -> None:
    (size,) = after("German speech with 50+ hours", turn).sizes
    assert size.least == 50


def test_what_names_no_thing_is_left_as_it_was_said() -> None:
    assert exchange.plain("change it to Zulu", mend=True) == "change it to Zulu"
    assert exchange.plain("swap Xhosa for Zulu", mend=False) == "swap Xhosa for Zulu"
