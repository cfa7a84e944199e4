"""What is said in seven languages: complete, with the same values, and chosen by what was said."""

from __future__ import annotations

import string

import pytest

from assistant.desk import Desk
from assistant.grounding_words import tongue
from assistant.need import Asker
from assistant.phrases import LANGUAGES, Phrases, language_of, phrases_of
from assistant.reply import Question, Reply

ENGLISH = phrases_of("en")


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_every_text_of_the_english_and_no_other(tag: str) -> None:
    phrases = phrases_of(tag)
    assert phrases.tag == tag
    assert set(phrases.texts) == set(ENGLISH.texts)
    assert all(text.strip() for text in phrases.texts.values())


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("key", sorted(ENGLISH.texts))
def test_a_text_has_the_values_of_the_english_one(tag: str, key: str) -> None:
    assert names(phrases_of(tag).texts[key]) == names(ENGLISH.texts[key])


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_no_text_was_left_in_english(tag: str) -> None:
    same = [key for key, text in phrases_of(tag).texts.items() if text == ENGLISH.texts[key]]
    assert same == []
    assert tongue(phrases_of(tag).texts["help"]) == tag


@pytest.mark.parametrize("tag", ["xx", "zh-Hant", ""])
def test_a_language_without_texts_is_answered_in_english(tag: str) -> None:
    assert phrases_of(tag) == ENGLISH


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("hola", "es"), ("Bonjour !", "fr"), ("olá", "pt"), ("Hallo", "de"), ("asante", "sw"),
        ("شكرا", "ar"), ("hello", "en"), ("Welsh", "sv"),
    ],
)  # fmt: skip
def test_a_short_turn_is_known_by_its_words(text: str, tag: str) -> None:
    assert language_of(text, "sv") == tag


def said(desk: Desk, text: str, language: str = "en") -> Reply:
    asker = Asker(id="someone")
    return desk.ask(Question(text=text, conversation=text, asker=asker, language=language))


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("hola", "es", "greeting"), ("merci", "fr", "thanks"), ("asante", "sw", "thanks"),
        ("danke", "de", "thanks"), ("obrigado", "pt", "thanks"), ("شكرا", "ar", "thanks"),
        ("hello", "en", "greeting"),
    ],
)  # fmt: skip
def test_small_talk_is_answered_in_the_language_it_came_in(
    desk: Desk, text: str, language: str, key: str
) -> None:
    expected: Phrases = phrases_of(language)
    assert said(desk, text).text.startswith(expected.say(key))


def test_where_the_turn_does_not_tell_the_language_of_the_page_does(desk: Desk) -> None:
    reply = said(desk, "???", "sw")
    assert reply.text in (phrases_of("sw").say("help"), phrases_of("sw").say("ask_more"))
