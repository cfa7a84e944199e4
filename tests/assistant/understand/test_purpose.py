from __future__ import annotations

import pytest

from assistant.understand import rules


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Frisian recordings to build a chatbot for our museum", "audio"),
        ("I write a thesis on translation and look for Breton speech", "audio"),
        ("Kurmanji audio for a spell checker project", "audio"),
        ("We are a translation bureau and need Estonian speech", "audio"),
        ("Maltese speech; our research is about sentiment", "audio"),
        ("text to train a spell checker for Welsh", "text"),
        ("Frisian text for my thesis on translation", "text"),
        ("Icelandic text; we will build a summarizer on it later", "text"),
        ("Georgian speech, we make a voice assistant", "audio"),
    ],
)
def test_what_data_is_for_limits_nothing_beside_what_it_is(text: str, modality: str) -> None:
    need = rules.read(text).stated
    assert (need.tasks, need.topics, need.modalities) == ((), (), (modality,))
    assert len(need.languages) == 1


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("I want to build a chatbot in Tamil", ("dialogue",)),
        ("we do NER in Dutch", ("named-entity-recognition",)),
        ("French text to train a sentiment classifier", ("sentiment-classification",)),
        ("Chinese dialogues to train a chatbot", ("dialogue",)),
        ("Hindi audio to train a speech recognition model", ("automatic-speech-recognition",)),
        ("slot filling for voice assistants, in English", ("slot-filling",)),
        ("named entities for a chatbot", ("named-entity-recognition",)),
    ],
)
def test_a_purpose_says_what_the_data_is_where_nothing_else_does(
    text: str, tasks: tuple[str, ...]
) -> None:
    assert rules.read(text).stated.tasks == tasks


def test_words_of_a_purpose_still_rank() -> None:
    assert "translation" in rules.read("Breton speech for my thesis on translation").stated.wish


def test_a_product_named_after_a_kind_stands_for_it_only_alone() -> None:
    assert rules.read("data for a voice assistant in Georgian").stated.modalities == ("audio",)
    assert rules.read("Georgian text for a voice assistant").stated.modalities == ("text",)


@pytest.mark.parametrize(
    "text",
    ["No data in Lao?", "Do you have no data in Lao?", "Why is there nothing in Lao?",
     "Is there no Lao speech?"],
)  # fmt: skip
def test_asking_whether_there_is_none_asks_for_it(text: str) -> None:
    need = rules.read(text).stated
    assert [wish.tag for wish in need.languages] == ["lo"]
    assert not need.languages_not


@pytest.mark.parametrize(
    ("text", "topics", "topics_not"),
    [
        ("no longer interested in oceans, air quality please", ("air-quality",), ("oceans",)),
        ("forget oceans; air quality", ("air-quality",), ("oceans",)),
        ("not oceans, air quality", (), ("oceans", "air-quality")),
    ],
)
def test_what_is_no_longer_wanted_is_told_from_what_is(
    text: str, topics: tuple[str, ...], topics_not: tuple[str, ...]
) -> None:
    reading = rules.read(text)
    assert (reading.stated.topics, reading.topics_not) == (topics, topics_not)


@pytest.mark.parametrize(
    "text",
    ["a company must be allowed to use it", "businesses may use it", "usable by a company",
     "our firm has to be permitted to use it"],
)  # fmt: skip
def test_a_firm_that_may_use_it_is_commercial_use(text: str) -> None:
    need = rules.read(text).stated
    assert need.licence_wish == "commercial"
    assert "commercial_use" in need.use.acts


def test_no_phrase_reaches_across_a_clause() -> None:
    assert rules.read("Welsh speech; recognition of plants").stated.tasks == ()
    assert rules.read("Welsh speech recognition").stated.tasks == ("automatic-speech-recognition",)


def test_an_order_is_no_language() -> None:
    assert rules.read("Polish the data").stated.languages == ()
    assert [w.tag for w in rules.read("Polish NER").stated.languages] == ["pl"]


def test_which_language_a_text_is_in_may_be_the_task_asked_for() -> None:
    reading = rules.read("which language is a text in? data for language identification")
    assert reading.intent == "find"
    assert rules.read("which language is Kabyle?").intent == "language"


def test_a_part_of_a_wide_subject_is_that_part() -> None:
    assert rules.read("CT scans").stated.topics == ("computed tomography",)
    assert rules.read("weather data").stated.topics == ("weather",)


def test_an_owners_narrower_word_ranks_beside_the_task() -> None:
    need = rules.read("multi-hop questions").stated
    assert need.tasks == ("question-answering",)
    assert "multi-hop" in need.wish


def test_learners_for_whom_the_data_is_are_no_subject_of_it() -> None:
    assert rules.read("tomato genomes, for farming students").stated.topics == ("genomics",)
    assert rules.read("daily rainfall for a class on geography").stated.topics == ("precipitation",)
