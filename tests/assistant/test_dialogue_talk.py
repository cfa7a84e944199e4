"""What stands after turns that mend, widen and ask aside."""

from __future__ import annotations

import pytest

from assistant.understand import rules
from tests.evals.paraphrases import facts, understood


def test_both_means_what_was_named_one_after_the_other() -> None:
    need = understood(("speech in Mazatec", "Purepecha", "both of them"))
    assert facts(need)["modalities"] == ["audio"] and len(need.languages) == 2
    at_once = understood(("sentiment in Dutch", "Danish too", "both must be in there"))
    assert facts(at_once)["joined"] == "all"
    kinds = understood(("speech in Maltese", "text instead", "both"))
    assert set(kinds.modalities) == {"audio", "text"}


def test_to_drop_both_asks_for_neither_of_them() -> None:
    need = understood(("Danish speech", "Swedish", "not both"))
    assert facts(need)["languages"] == ["sv"]


def test_a_subject_in_place_of_another_replaces_what_was_said_last() -> None:
    assert set(understood(("genome data", "for cancer", "mouse instead")).topics) == {
        "genomic", "mus musculus",
    }  # fmt: skip
    assert understood(("lidar", "aerial photos as well", "back to lidar")).topics == ("lidar",)
    assert understood(("snow depth", "no, soil moisture")).topics == ("soil-moisture",)


def test_a_short_name_alone_with_a_small_word_is_the_language() -> None:
    for turn in ("Lao then", "I'd rather have Lao", "hm, Lao please", "make it Lao"):
        assert facts(understood(("speech in Thai", turn)))["languages"] == ["lo"], turn


def test_small_words_alone_name_no_language() -> None:
    for turn in ("Even then", "more please", "Both then", "Same again", "No thanks"):
        assert facts(understood(("speech in Thai", turn)))["languages"] == ["th"], turn


def test_words_that_no_table_knows_are_taken_back_too() -> None:
    assert understood(("forest loss", "in Gabon", "drop Gabon")).wish == "forest loss"
    assert "gabon" not in understood(("forest loss", "in Gabon", "leave Gabon out")).wish


def test_words_alone_stay_what_is_wanted_when_a_limit_follows() -> None:
    assert "salamanders" in understood(("salamanders", "only public domain ones")).wish


def test_a_limit_that_is_not_needed_is_given_up() -> None:
    need = understood(("earthquake data in real time", "real time isn't needed"))
    assert need.update_frequency == ()


def test_one_side_of_a_translation_is_replaced_and_the_other_stays() -> None:
    need = understood(("English to Shona translations", "Ndebele of Zimbabwe instead"))
    assert [wish.tag for wish in need.languages] == ["en", "nd"]
    back = understood(("English Shona parallel text", "swap Shona for Zulu", "back to Shona"))
    assert facts(back)["languages"] == ["en", "sn"] and facts(back)["joined"] == "all"


def test_a_pair_named_after_what_is_dropped_is_wanted() -> None:
    need = understood(("translation of English and Nepali", "drop English, Nepali with Hindi"))
    assert facts(need)["languages"] == ["hi", "ne"] and facts(need)["joined"] == "all"


def test_plus_adds_a_language() -> None:
    need = understood(("speech in Kazakh", "plus Kyrgyz"))
    assert facts(need)["languages"] == ["kk", "ky"]


def test_what_turns_out_not_commercial_need_not_be_sold() -> None:
    need = understood(("Korean dialogues", "commercial", "it's not commercial after all"))
    assert need.licence_wish == "non_commercial_ok"
    assert understood(("Korean dialogues", "no commercial restrictions")).licence_wish != (
        "non_commercial_ok"
    )


def test_languages_known_already_are_no_limit_on_their_number() -> None:
    need = understood(("NER in Zulu and Xhosa", "speech for those same two languages"))
    assert need.sizes == ()
    assert understood(("speech in at least 5 languages",)).sizes[0].least == 5


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what does HDF5 stand for, by the way?", "off_topic"),
        ("what does Croissant mean?", "off_topic"),
        ("what's a tide gauge?", "off_topic"),
        ("what does NC mean?", "explain"),
        ("is Akan the same as Twi?", "language"),
        ("is Scots just a dialect of English?", "language"),
        ("who publishes the second one?", "show"),
        ("anything else?", "more"),
        ("what is a good corpus for Wolof?", "refine"),
        ("what's in Wolof?", "refine"),
        ("the same as before but Hausa?", "refine"),
    ],
)
def test_a_question_aside_asks_for_no_data(text: str, intent: str) -> None:
    assert rules.read(text, in_view=True, has_need=True).intent == intent


def test_what_else_there_is_in_a_language_is_of_any_kind() -> None:
    need = understood(("Galician speech synthesis", "what else do you have in Galician?"))
    assert need.tasks == () and facts(need)["languages"] == ["gl"]


def test_another_topic_named_as_such_leaves_all_that_was_said() -> None:
    for turn in (
        "great. New topic: river levels",
        "next: river levels",
        "thanks! now a different subject - river levels",
        "changing the subject: river levels",
        "Neues Thema: river levels",
        "completely unrelated: river levels",
        "let's move on to river levels",
    ):
        need = understood(("Danish news", turn))
        assert not need.languages and need.topics == ("water",), turn


def test_a_different_topic_in_the_same_language_keeps_the_language() -> None:
    for turn in (
        "same language but a different topic: sports",
        "next one please",
        "next: only free ones",
    ):
        assert facts(understood(("Danish news", turn)))["languages"] == ["da"], turn


def test_one_word_of_a_subject_takes_it_back_and_leaves_the_wide_one() -> None:
    assert understood(("ocean currents", "foam rather than currents")).topics == ("oceans",)
    assert understood(("ocean currents", "without Brazil")).topics == ("ocean currents",)


def test_a_kind_that_is_fine_as_well_leaves_the_task() -> None:
    need = understood(("speech recognition for Twi", "text is fine as well"))
    assert need.tasks == ("automatic-speech-recognition",) and need.kinds_apart
    assert set(need.modalities) == {"text"}


def test_a_variety_named_by_its_place_alone_is_shut_out() -> None:
    for turn in ("the Cusco one we already have", "el de Cusco ya lo tengo", "not the Cusco one"):
        need = understood(("speech in Quechua", turn))
        assert facts(need)["languages"] == ["qu"], turn
        assert [wish.tag for wish in need.languages_not] == ["quz"], turn


def test_of_a_name_for_several_languages_the_others_stay() -> None:
    need = understood(("parole en amazigh", "le rifain, je l'ai déjà"))
    assert "rif" not in need.languages[0].tags and "zgh" in need.languages[0].tags


def test_a_place_takes_the_place_of_the_one_before() -> None:
    assert understood(("ferry traffic in Norway", "no, Greece")).wish.split()[-1] == "greece"
    assert "norway" not in understood(("ferry traffic in Norway", "no, Greece")).wish
    assert "norway" in understood(("ferry traffic in Norway", "and Greece")).wish
    assert "marruecos" not in understood(("presas de Marruecos", "mejor de Argelia")).wish


def test_data_from_a_country_is_of_no_owner() -> None:
    assert understood(("hospital data from Peru",)).publishers == ()
    assert understood(("data from NOAA",)).publishers == ("NOAA",)
