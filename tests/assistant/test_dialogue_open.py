"""What a later turn opens, gives up or shuts out, said in many ways."""

from __future__ import annotations

import pytest

from assistant import dialogue
from assistant.dialogue import State
from assistant.need import Need
from assistant.understand import rules
from tests.evals.paraphrases import facts, understood

PAIR = {"languages": ["en", "xh"], "joined": "all", "tasks": ["translation"]}


@pytest.mark.parametrize(
    "said",
    [
        "never mind medical", "never mind the medical part", "ditch medical", "not only medical",
        "it doesn't have to be medical", "medical no more", "medical is out", "no longer medical",
    ],
)  # fmt: skip
def test_a_subject_is_given_up_in_many_words(said: str) -> None:
    assert facts(understood(("English-Xhosa parallel text", "medical texts", said))) == PAIR


@pytest.mark.parametrize(
    "said",
    [
        "any language except English", "any language but English", "other languages than English",
        "all languages but not English", "n'importe quelle langue sauf l'anglais",
    ],
)  # fmt: skip
def test_a_choice_of_languages_is_opened_but_for_one(said: str) -> None:
    need = understood(("extractive QA", "in French", said))
    assert not need.languages
    assert [wish.tag for wish in need.languages_not] == ["en"]


@pytest.mark.parametrize(
    "said",
    ["nothing based on Wikipedia", "not based on Wikipedia", "Wikipedia is out", "no Wikipedia"],
)
def test_what_data_shall_not_come_from_is_avoided_and_not_wanted(said: str) -> None:
    need = understood(("text simplification", said))
    assert (need.topics, need.avoid) == ((), ("wikipedia",))


@pytest.mark.parametrize(
    "said",
    [
        "sans clause non commerciale", "sin cláusula no comercial", "sem cláusula não comercial",
        "without a non-commercial clause", "free of non-commercial clauses",
    ],
)  # fmt: skip
def test_no_non_commercial_clause_is_a_wish_for_commercial_use(said: str) -> None:
    assert understood(("Basque text", said)).licence_wish == "commercial"


@pytest.mark.parametrize(
    "said",
    ["whose licence is actually stated", "any licence, if only it is stated", "a clear licence"],
)
def test_a_licence_that_is_stated_is_asked_for_in_many_words(said: str) -> None:
    assert understood(("Basque text", said)).licence_wish == "non_commercial_ok"


def test_parallel_text_of_two_languages_is_translation_wherever_the_word_stands() -> None:
    need = facts(understood(("parallel Kyrgyz-English text",)))
    assert need == {"languages": ["en", "ky"], "joined": "all", "tasks": ["translation"]}
    need = facts(understood(("Manx text", "parallel with English")))
    assert need == {"languages": ["en", "gv"], "joined": "all", "tasks": ["translation"]}


def test_tables_narrow_a_task_on_texts() -> None:
    assert facts(understood(("question answering", "over tables")))["tasks"] == [
        "question-answering"
    ]


def test_read_or_free_speech_is_both_and_costs_what_it_may() -> None:
    need = facts(understood(("Sundanese audio, prompted or free",)))
    assert need == {"languages": ["su"], "modalities": ["audio"]}


def test_another_year_takes_the_place_of_the_one_said() -> None:
    need = understood(("census schedules of 1940", "sorry, 1950"))
    assert "1950" in need.wish
    assert "1940" not in need.wish


def test_a_place_takes_the_place_of_another_that_datasets_are_labelled_with() -> None:
    old = Need(topics=("lidar", "canada"))
    reading = rules.read("Japan instead", has_need=True)
    assert dialogue.join(State(need=old), reading).topics == ("lidar",)


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("textos en francés", "fr"), ("textos en ruso", "ru"), ("textes en turc", "tr"),
        ("textes en grec", "el"), ("textes en indonésien", "id"), ("textes en géorgien", "ka"),
        ("textos em russo", "ru"), ("textos en finés", "fi"),
    ],
)  # fmt: skip
def test_large_languages_are_known_as_romance_languages_write_them(said: str, tag: str) -> None:
    assert facts(understood((said,)))["languages"] == [tag]


@pytest.mark.parametrize("said", ["Texte aus Georgien", "datos en vivo", "textes en vrac"])
def test_a_country_or_a_small_word_is_no_language_of_them(said: str) -> None:
    assert "languages" not in facts(understood((said,)))


def test_two_languages_and_a_comma_are_a_list_where_a_third_follows() -> None:
    need = facts(understood(("Galician, Asturian or Aragonese audio",)))
    assert need["languages"] == ["an", "ast", "gl"]


def test_another_variety_takes_the_place_of_one_by_its_first_words() -> None:
    turns = ("Nahuatl speech", "the Orizaba variety", "Central Puebla instead")
    assert facts(understood(turns))["languages"] == ["ncx"]


def test_the_second_of_two_things_with_an_article_of_its_own_is_wanted() -> None:
    need = understood(("planetary data", "not Mars, the Moon"))
    assert (need.topics, need.avoid) == (("planetary",), ("mars",))


def test_share_alike_or_freer_is_whatever_allows_commercial_use() -> None:
    need = understood(("Macedonian-Bulgarian translation", "share-alike licences or freer"))
    assert (need.licence_wish, need.licences) == ("commercial", ())


def test_a_word_given_up_leaves_its_subject_and_takes_other_limits_with_it() -> None:
    turns = ("ocean data under 5 GB", "salinity", "drop salinity and the size limit")
    assert facts(understood(turns)) == {"topics": ["oceans"]}


@pytest.mark.parametrize(
    "said",
    ["English text under a share-alike licence", "Welsh speech like TIMIT, share-alike licence"],
)
def test_share_alike_alone_is_not_loosened_by_other_words(said: str) -> None:
    need = understood((said,))
    assert (need.licence_wish, need.licences) == (None, ("share-alike",))


def test_outside_shuts_out_a_source_and_no_language() -> None:
    assert facts(understood(("speech recorded outside in Swahili",)))["languages"] == ["sw"]
    assert understood(("Basque speech outside Common Voice",)).sources_not == ("commonvoice",)


def test_what_people_are_not_is_not_avoided_nor_what_data_is_not_called() -> None:
    story = "We run a small museum here, not a school, and would like English dialogues to play"
    assert understood((story,)).avoid == ()
    assert understood(("non-native English speech",)).avoid == ()
    assert understood(("lidar, no boats",)).avoid == ("boats",)
    assert [w.tag for w in understood(("non-English hate speech",)).languages_not] == ["en"]


def test_another_thing_takes_the_place_of_the_one_before() -> None:
    need = understood(("knee x-rays", "no, teeth rather"))
    assert "knee" not in need.wish
    assert "teeth" in need.wish


def test_subjects_parted_by_a_stroke_are_for_choice() -> None:
    need = understood(("malware samples / ransomware stuff",))
    assert need.topics_apart == (("malware", "ransomware"),)
