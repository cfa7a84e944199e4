"""Phrases found among the words of a turn: the longest, from the left, never across a clause."""

from __future__ import annotations

import pytest

from assistant.understand import rules
from assistant.understand.lexicon import Lexicon, tokens

TABLE = Lexicon((
    ("open", "access", "open"),
    ("open source", "licence", "free"),
    ("source code", "task", "code"),
    ("open", "access", "later"),
    ("صوت", "modality", "audio"),
))  # fmt: skip


def said(text: str) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.value) for f in TABLE.find(tokens(text))]


def test_the_longer_phrase_wins_and_then_the_earlier() -> None:
    assert said("open source code, source code") == [
        ("open source", "free"),
        ("source code", "code"),
    ]


def test_the_first_meaning_of_a_phrase_stays() -> None:
    assert said("it is open") == [("open", "open")]


def test_no_phrase_reaches_across_a_clause() -> None:
    assert said("open; source") == [("open", "open")]


def test_a_word_with_an_arabic_particle_is_the_word() -> None:
    assert said("بالصوت والصوت") == [("بالصوت", "audio"), ("والصوت", "audio")]


def test_part_of_the_words_is_searched_like_the_whole() -> None:
    words = tokens("open source code and open")
    assert [f.value for f in TABLE.find(words[1:])] == ["code", "open"]
    assert TABLE.find(words.first(2)) == TABLE.find(words)[:1]
    assert words.first(9) is words


@pytest.mark.parametrize("text", ["ـ", "ـ ـ ـ", "بيانات ـ صوتية", "\u0301", "ـ\u0640 Welsh"])
def test_lengthening_strokes_alone_are_no_word(text: str) -> None:
    assert all(token.word for token in tokens(text))
    rules.read(text, in_view=True, has_need=True)
