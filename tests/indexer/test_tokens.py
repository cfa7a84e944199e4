from __future__ import annotations

import pytest

from indexer.tokens import question_words, words


def test_forms_of_one_english_word_meet() -> None:
    assert words("recordings") == words("Recording") == words("recorded")


@pytest.mark.parametrize("pair", [("Yorùbá", "yoruba"), ("Éwé", "ewe"), ("Ελληνικά", "ελληνικα")])
def test_accents_do_not_matter(pair: tuple[str, str]) -> None:
    assert words(pair[0]) == words(pair[1])


def test_vowel_signs_of_other_scripts_stay_in_their_word() -> None:
    assert words("हिन्दी भाषा") != words("हनद भष")
    assert len(words("हिन्दी भाषा")) == 2


def test_scripts_without_spaces_become_pairs_of_characters() -> None:
    assert words("粵語語音") == ["粵語", "語語", "語音"]
    assert words("語") == ["語"]
    assert set(words("ภาษาไทย")) & set(words("ไทย"))


def test_mixed_scripts_in_one_text_are_kept_apart() -> None:
    assert words("中文 corpus") == ["中文", "corpus"]


def test_a_name_with_a_hyphen_is_also_one_word() -> None:
    assert "cifar10" in words("CIFAR-10")
    assert "cifar10" in words("CIFAR10")
    assert "10" in words("CIFAR-10")


def test_words_of_asking_do_not_count_in_a_question() -> None:
    assert question_words("I want to build a model for river data") == words("river")


def test_a_question_of_nothing_else_keeps_its_words() -> None:
    assert question_words("show datasets") == words("show datasets")


@pytest.mark.parametrize("text", ["", "  ", "?!", "the of and", "🙂"])
def test_texts_without_words_have_none(text: str) -> None:
    assert words(text) == []
