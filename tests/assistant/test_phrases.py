"""What is said in seven languages: complete, with the same values, and chosen by what was said."""

from __future__ import annotations

import re
import string
import tomllib
from collections import Counter
from datetime import date

import pytest

from assistant.desk import Desk
from assistant.grounding_words import tongue
from assistant.llm_values import SAID
from assistant.need import Asker
from assistant.phrases import ENGLISH, LANGUAGES, PLURALS, Phrases, base, books, phrases_of
from assistant.reply import Question, Reply
from assistant.spoken import language_of
from assistant.understand import rules, schema

_NAMES = re.compile(r"\{\w+\}")
_WORDS = re.compile(r"\w+")
MILLIONS = {"es", "fr", "pt"}
"""Languages whose "many" is for whole millions alone, which "other" may stand for."""


def counting() -> list[str]:
    return sorted({base(key) for key in ENGLISH.texts if base(key) != key})


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_every_text_of_the_english_and_no_other(tag: str) -> None:
    phrases = phrases_of(tag)
    assert phrases.tag == tag
    assert {base(key) for key in phrases.texts} == {base(key) for key in ENGLISH.texts}
    assert all(text.strip() for text in phrases.texts.values())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_text_has_the_values_of_the_english_one(tag: str) -> None:
    """A form for one thing may do without the figure: "a dataset"."""
    for key, text in phrases_of(tag).texts.items():
        measure = ENGLISH.texts.get(key) or ENGLISH.texts[f"{base(key)}.other"]
        spare = {"n"} if base(key) != key else set()
        assert names(text) - spare == names(measure) - spare, key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_text_that_counts_has_the_forms_of_its_language(tag: str) -> None:
    phrases = phrases_of(tag)
    needed = {*phrases.locale.plural_form.tags, "other"} - ({"many"} if tag in MILLIONS else set())
    for key in counting():
        have = {form for form in PLURALS if f"{key}.{form}" in phrases.texts}
        assert needed <= have, key


def test_a_key_stands_in_one_file_only() -> None:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in books()]
    assert all(set(table) == set(LANGUAGES) for table in tables)
    seen = Counter(key for table in tables for key in table["en"])
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_no_text_was_left_in_english(tag: str) -> None:
    texts = phrases_of(tag).texts
    same = [
        key
        for key, text in texts.items()
        if text == ENGLISH.texts.get(key) and len(_WORDS.findall(_NAMES.sub("", text))) > 2
    ]
    assert same == []
    assert tongue(phrases_of(tag).texts["help"]) == tag


def test_there_is_a_text_for_all_that_can_go_wrong_with_a_model() -> None:
    assert {f"model.why.{kind}" for kind in SAID} <= set(ENGLISH.texts)
    assert [ENGLISH.say(f"model.why.{kind}") for kind in SAID] == list(SAID.values())
    properties = schema.reading()["properties"]
    assert isinstance(properties, dict)
    assert {f"model.field.{name}" for name in properties} == {
        key for key in ENGLISH.texts if key.startswith("model.field.")
    }


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_the_help_suggests_is_understood(tag: str) -> None:
    examples = re.findall(r"[“«„]\s?([^”»“]+?)\s?[”»“]", phrases_of(tag).say("help"))
    read = [rules.read(text, in_view=True, has_need=True) for text in examples]
    assert [one.intent for one in read] == [
        "refine", "refine", "refine", "show", "check_use", "coverage",
    ]  # fmt: skip
    assert read[1].mode == "replace"
    assert "sizes" in read[2].drop


@pytest.mark.parametrize("tag", ["xx", "zh-Hant", ""])
def test_a_language_without_texts_is_answered_in_english(tag: str) -> None:
    assert phrases_of(tag) == ENGLISH


SPOKEN_WORDS = [
    ("hola", "es"), ("Bonjour !", "fr"), ("olá", "pt"), ("Hallo", "de"), ("asante", "sw"),
    ("شكرا", "ar"), ("hello", "en"), ("Welsh", ""), ("no", ""), ("data", ""), ("???", ""),
    ("no size limit", "en"), ("data by NOAA", "en"), ("Welsh speech", "en"),
    ("voz en galés", "es"), ("voz em galês", "pt"), ("voix en gallois", "fr"),
    ("sin límite", "es"), ("sem limite", "pt"), ("muestra más", "es"), ("montre plus", "fr"),
    ("Stimmen auf Walisisch", "de"), ("ohne Größengrenze bitte", "de"),
    ("sauti za Kiwelisi", "sw"), ("Kiswahili", "sw"), ("كلام بالويلزية", "ar"),
    ("the 2nd one", "en"), ("la segunda", "es"), ("das zweite", "de"), ("ya pili", "sw"),
    ("compare the first two", "en"), ("text in languages of Kenya", "en"),
    ("do you have Quechua?", "en"), ("speech or translations in Hausa", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tag"), SPOKEN_WORDS)
def test_a_turn_is_known_by_its_words(text: str, tag: str) -> None:
    assert language_of(text) == tag


SPOKEN_FEW = [
    ("Common Voice", "es", ""), ("and in Irish", "es", "en"), ("thanks", "es", "en"),
    ("what do you have in Welsh", "es", "en"), ("no", "en", ""), ("gracias", "en", "es"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "before", "tag"), SPOKEN_FEW)
def test_to_leave_a_language_takes_more_words(text: str, before: str, tag: str) -> None:
    assert language_of(text, before) == tag


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


def test_a_talk_stays_in_its_language_until_another_is_spoken(desk: Desk) -> None:
    def turn(text: str, *, pressed: bool = False) -> str:
        asker = Asker(id="someone")
        return desk.ask(
            Question(text=text, conversation="one", asker=asker, language="de", pressed=pressed)
        ).language

    assert turn("Basque") == "de"
    assert turn("busco datos de voz en euskera") == "es"
    assert turn("euskera?") == "es"
    assert turn("what do you have that is in Welsh", pressed=True) == "es"
    assert turn("start over", pressed=True) == "es"
    assert turn("what do you have that is in Welsh") == "en"


@pytest.mark.parametrize(
    ("tag", "figure", "listed", "day", "welsh"),
    [
        ("en", "1,234.5", "a, b and c", "26 November 2026", "Welsh"),
        ("de", "1.234,5", "a, b und c", "26. November 2026", "Walisisch"),
        ("pt", "1.234,5", "a, b e c", "26 de novembro de 2026", "galês"),
    ],
)
def test_figures_lists_days_and_names_are_written_as_the_language_does(
    tag: str, figure: str, listed: str, day: str, welsh: str
) -> None:
    phrases = phrases_of(tag)
    assert phrases.number(1234.5, decimals=1).replace("\u00a0", ".") == figure
    assert phrases.listed(["a", "b", "c"]) == listed
    assert phrases.day(date(2026, 11, 26)) == day
    assert phrases.language("cy", "?") == welsh
    assert phrases.language("zxx-none", "its own name") == "its own name"
