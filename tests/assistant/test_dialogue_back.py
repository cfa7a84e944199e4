from __future__ import annotations

import pytest

from tests.evals.paraphrases import facts, understood

WELSH = {"languages": ["cy"], "modalities": ["audio"]}


@pytest.mark.parametrize(
    "said",
    [
        "no hour limit", "forget the hours", "any number of hours", "hours aren't important",
        "no minimum", "no minimum hours", "even a small one will do", "drop the minimum",
    ],
)  # fmt: skip
@pytest.mark.parametrize("limit", ["at least 20 hours", "at least 20 validated hours"])
def test_a_limit_on_hours_is_taken_back_in_many_words(limit: str, said: str) -> None:
    assert facts(understood(("Welsh speech", limit, said))) == WELSH


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("at least 50 speakers", "no speaker limit"),
        ("under 5 GB", "no size limit"),
        ("under 5 GB", "big is fine"),
        ("spontaneous only", "either style"),
        ("spontaneous only", "it doesn't have to be spontaneous"),
        ("spontaneous only", "any kind of speech"),
        ("on Common Voice", "from anywhere"),
        ("on Common Voice", "not necessarily Common Voice"),
        ("on Common Voice", "drop Common Voice as the source"),
        ("open access without asking", "I can wait for approval"),
        ("open access without asking", "controlled access is fine"),
    ],
)
def test_other_limits_are_taken_back_and_nothing_is_shut_out(limit: str, said: str) -> None:
    assert facts(understood(("Welsh speech", limit, said))) == WELSH


def test_a_rhythm_that_need_not_be_kept_is_no_limit_any_longer() -> None:
    need = understood(("weather data", "updated daily", "it needn't be daily"))
    assert facts(need) == {"topics": ["weather"]}


def test_a_task_is_given_up_where_any_data_of_the_kind_will_do() -> None:
    need = understood(("Afrikaans NER", "any Afrikaans text will do, not only NER"))
    assert facts(need) == {"languages": ["af"], "modalities": ["text"]}
    both = understood(("Hausa NER", "not only NER but also translation"))
    assert facts(both)["tasks"] == ["named-entity-recognition", "translation"]


@pytest.mark.parametrize("said", ["Hindi is fine after all", "include Hindi again", "Hindi too"])
def test_a_language_shut_out_is_let_in_again_beside_the_others(said: str) -> None:
    need = understood(("NER for Indian languages", "not Hindi", said))
    assert facts(need) == facts(understood(("NER for Indian languages",)))


def test_bounds_from_both_sides_make_a_range_and_a_new_one_takes_the_old_ones_place() -> None:
    assert facts(understood(("Welsh speech", "at least 20 hours", "and at most 200"))) == {
        **WELSH, "sizes": {"hours": [20.0, 200.0]},
    }  # fmt: skip
    assert facts(understood(("Welsh speech", "at least 100 hours", "up to 50 hours"))) == {
        **WELSH, "sizes": {"hours": [None, 50.0]},
    }  # fmt: skip
    assert facts(understood(("Welsh speech", "at least 20 hours", "what about 5 hours?"))) == {
        **WELSH, "sizes": {"hours": [5.0, None]},
    }  # fmt: skip


def test_a_figure_says_how_small_a_small_download_is() -> None:
    need = understood(("Breton speech", "a small download, under 100 MB"))
    assert facts(need)["sizes"] == {"bytes": [None, 100_000_000.0]}


def test_one_language_named_for_another_is_wanted_and_not_shut_out() -> None:
    assert facts(understood(("Welsh speech", "not Welsh, Irish")))["languages"] == ["ga"]
    shut = understood(("NER for Indian languages", "not Hindi, Urdu"))
    assert [wish.tag for wish in shut.languages_not] == ["hi", "ur"]


def test_a_translation_is_given_another_source_or_another_target() -> None:
    pair = "translation from English to Hindi"
    assert facts(understood((pair, "from French")))["languages"] == ["fr", "hi"]
    assert facts(understood((pair, "to Tamil")))["languages"] == ["en", "ta"]


def test_a_pair_joined_by_a_hyphen_is_no_dialect() -> None:
    need = understood(("Welsh-English translation",))
    assert (facts(need)["languages"], facts(need)["joined"]) == (["cy", "en"], "all")


def test_collections_of_many_languages_are_left_out_where_one_only_is_wanted() -> None:
    need = understood(("news summarisation in French", "no multilingual collections"))
    assert facts(need)["sizes"] == {"languages": [None, 1.0]}


def test_a_keyword_that_is_an_ordinary_word_narrows_no_subject() -> None:
    need = understood(("self-driving cars", "with lidar", "on land"))
    assert facts(need)["topics"] == ["lidar"]
    assert facts(understood(("sports statistics",))) == {"topics": ["sports"]}
    assert facts(understood(("statistics",))) == {"topics": ["statistics"]}


def test_the_rhythm_in_which_data_was_taken_is_not_how_often_it_is_renewed() -> None:
    assert "frequency" not in facts(understood(("rainfall", "the half-hourly products")))
    assert "frequency" not in facts(understood(("monthly means of sea temperature",)))
    assert facts(understood(("rainfall", "updated hourly")))["frequency"] == "hourly"


@pytest.mark.parametrize(
    ("first", "then", "tags"),
    [
        ("Quechua speech", "the Cusco variety", ["quz"]),
        ("German speech", "the Swiss dialect", ["gsw"]),
        ("Arabic text", "the Egyptian one", ["arz"]),
        ("Basque speech", "the second one", ["eu"]),
    ],
)
def test_a_variety_is_named_without_its_language(first: str, then: str, tags: list[str]) -> None:
    assert facts(understood((first, then)))["languages"] == tags


def test_hours_that_need_not_be_checked_are_any_hours() -> None:
    turns = ("Swahili speech", "1000 validated hours", "they don't have to be validated")
    assert facts(understood(turns))["sizes"] == {"hours": [1000.0, None]}
    turns = ("Swahili speech", "1000 hours", "they needn't be validated")
    assert facts(understood(turns))["sizes"] == {"hours": [1000.0, None]}


def test_rows_are_no_limit_on_speech_nor_hours_on_text() -> None:
    text = ("Uzbek text", "a million sentences", "no, audio")
    assert facts(understood(text)) == {"languages": ["uz"], "modalities": ["audio"]}
    speech = ("Uzbek speech", "20 hours", "no, text")
    assert facts(understood(speech)) == {"languages": ["uz"], "modalities": ["text"]}


def test_utterances_with_their_intents_are_no_sound() -> None:
    need = understood(("utterances labelled with intents in Swahili",))
    assert facts(need) == {"languages": ["sw"], "tasks": ["intent-classification"]}


def test_of_tasks_for_choice_the_wider_one_stays() -> None:
    need = understood(("Korean sentence similarity or paraphrase pairs",))
    assert facts(need)["tasks"] == ["paraphrase", "sentence-similarity"]


def test_a_language_named_like_a_verb_is_one_right_before_a_task() -> None:
    assert facts(understood(("polish question answering",)))["languages"] == ["pl"]
    assert "languages" not in facts(understood(("please polish my summarization data",)))
