"""Slips of the fingers are read as the one word they can mean, and nothing else is touched."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
import spellchecker
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understand import rules, spelling, spelling_words
from assistant.understand.reading import Reading
from tests.assistant.understand.slips import STAYS, slips

EVALS = Path(__file__).parents[2] / "evals"
LONG = sorted(w for w in spelling_words.known() if len(w) > 6 and w.isascii() and w.isalpha())


def is_akin(word: str, others: Iterable[str]) -> bool:
    """Whether a word that is no English one names what one of these does: "sismico", "seismic"."""
    aims, tables = spelling_words.aims(), spelling_words
    foreign = not (tables.may_be_said_in(word, "en") and tables.is_ordinary(word))
    return (
        foreign and word in aims and any(aims[word].alone & aims[other].alone for other in others)
    )


def meaning(reading: Reading) -> object:
    """What a reading says, but for the words that only rank."""
    need = replace(reading.stated, wish="")
    return need, reading.intent, reading.mode, reading.drop, reading.asks, reading.tasks_not


@pytest.mark.parametrize(("text", "words"), slips())
def test_a_slip_is_read_as_the_word_it_can_only_mean(text: str, words: tuple[str, ...]) -> None:
    assert tuple(read for _, read in spelling.mend(text).read) == words


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_what_is_no_slip_stays_as_typed(text: str) -> None:
    assert spelling.mend(text) == spelling.Mended(text=text)


def test_a_mended_turn_is_read_as_if_it_had_been_typed_rightly() -> None:
    typed = rules.read("bashkir speach with 50 validatd hours for comercial use", has_need=True)
    right = rules.read("bashkir speech with 50 validated hours for comercial use", has_need=True)
    assert typed.mended == (("speach", "speech"), ("validatd", "validated"))
    assert replace(typed, mended=()) == right


def test_a_misspelt_command_changes_the_need_as_the_right_one_does() -> None:
    assert rules.read("tatar insted", has_need=True).mode == "replace"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Welsh text for commerical use", "commercial"),
        ("Welsh text, non-commerical is fine", "non_commercial_ok"),
        ("Welsh text, non comercial use", "non_commercial_ok"),
        ("Welsh text, noncommerical", None),
        ("Welsh text, not for commerical use", None),
        ("Welsh text, no commerical use", None),
        ("Welsh text, never for commerical use", None),
        ("Welsh text, nto commerical", None),
        ("Welsh text, withuot commerical use", None),
        ("Welsh text, onyl non commerical", None),
    ],
)
def test_a_slip_beside_a_denial_never_turns_a_licence_round(text: str, wish: str | None) -> None:
    assert rules.read(text).stated.licence_wish == wish


@pytest.mark.parametrize("word", sorted(spelling_words.DENIALS))
def test_nothing_is_read_as_a_denial(word: str) -> None:
    assert word not in spelling_words.aims()
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    swapped = {word[:at] + word[at : at + 2][::-1] + word[at + 2 :] for at in range(len(word))}
    for each in (shorter | swapped) - {word}:
        assert not spelling.mend(f"Welsh data {each} audio").read


def test_words_that_drop_or_ease_a_limit_are_no_aim_either() -> None:
    for word in (
        "forget",
        "remove",
        "ignore",
        "whatever",
        "anything",
        "noncommercial",
        "reset",
        "okay",
    ):
        assert word not in spelling_words.aims()


def turns() -> list[str]:
    """Requests written by hand, without a slip."""
    lines = []
    for name in ("paraphrases", "catalogue_queries_c"):
        lines += (EVALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [turn for line in lines for turn in json.loads(line)["turns"]]


def test_requests_without_a_slip_are_read_exactly_as_before() -> None:
    for turn in turns():
        assert spelling.mend(turn) == spelling.Mended(text=turn)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LONG), st.data())
def test_a_letter_left_away_gives_the_same_meaning_or_none(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=0, max_value=len(word) - 1))
    turn = rules.read(f"Welsh {word[:at]}{word[at + 1 :]} data")
    if turn.mended:
        # In an English sentence "ecologi" is as near to "ecology" as to "ecologia".
        same = meaning(turn) == meaning(rules.read(f"Welsh {word} data"))
        assert same or is_akin(word, [read for _, read in turn.mended])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_it_and_what_it_tells_is_what_it_did(text: str) -> None:
    mended = spelling.mend(text)
    assert (mended.text == text) == (not mended.read)
    assert all(typed in text and read in mended.text.lower() for typed, read in mended.read)


def test_a_paste_is_left_alone() -> None:
    paste = "bashkir speach corpus " * 100
    assert spelling.mend(paste) == spelling.Mended(text=paste)


def test_only_the_first_words_of_a_turn_are_looked_at() -> None:
    assert not spelling.mend("Welsh data " * 30 + "and speach").read


@pytest.mark.parametrize("language", spelling_words.LISTS)
def test_the_lists_are_in_the_order_in_which_they_are_searched(language: str) -> None:
    file = files(spellchecker).joinpath("resources", f"{language}.json.gz")
    text = gzip.decompress(file.read_bytes()).decode()
    words = list(json.loads(text))
    assert all(one < other for one, other in pairwise(words))
    assert text.splitlines()[1:-1] == [
        f'"{word}": {count}{"," if word != words[-1] else ""}'
        for word, count in json.loads(text).items()
    ]
    for word in (words[0], words[len(words) // 2], words[-1]):
        assert spelling_words.is_ordinary(word)
    assert not spelling_words.is_ordinary("speach")
