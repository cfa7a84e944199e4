"""Codes in words: each of the catalogue's codes has a name in every language."""

from __future__ import annotations

import pytest

from assistant import named
from assistant.need import LanguageWish
from assistant.phrases import ENGLISH, LANGUAGES, phrases_of
from assistant.understand import rules
from catalog_sync import vocab

TABLES = (
    ("task.", vocab.TASKS), ("topic.", vocab.TOPICS), ("data_", vocab.MODALITY),
    ("style.", vocab.SPEECH_STYLE),
)  # fmt: skip


@pytest.mark.parametrize(("head", "table"), TABLES)
def test_every_code_of_the_catalogue_has_a_name_in_every_language(
    head: str, table: dict[str, vocab.Kind]
) -> None:
    for tag in LANGUAGES:
        texts = phrases_of(tag).texts
        assert [code for code in table if head + code not in texts] == []
    assert {code: ENGLISH.say(head + code) for code in table} == {
        code: kind.label for code, kind in table.items()
    }


def test_a_name_for_a_code_that_is_gone_is_not_kept() -> None:
    for head, table in TABLES:
        said = {key.removeprefix(head) for key in ENGLISH.texts if key.startswith(head)}
        assert said == set(table)


@pytest.mark.parametrize(
    ("tag", "spoken", "name"),
    [
        ("cy", "es", "galés"), ("cy", "en", "Welsh"), ("az-Arab", "es", "azerbaiyano (árabe)"),
        ("es-MX", "de", "Spanisch (Mexiko)"), ("luo", "sw", "Kijaluo"),
        ("luo", "es", "Luo (Kenia, Tanzania)"), ("luw", "pt", "Luo (Camarões)"),
        ("gwc", "fr", "Gawri"), ("x-dothraki", "fr", "x-dothraki"),
    ],
)  # fmt: skip
def test_a_language_is_named_in_the_language_spoken_or_as_the_catalogue_has_it(
    tag: str, spoken: str, name: str
) -> None:
    assert named.language(tag, phrases_of(spoken)) == name


@pytest.mark.parametrize(
    ("text", "spoken", "name"),
    [
        ("Bantu languages", "pt", "línguas bantas"),
        ("languages of Kenya", "sw", "lugha za Kenya"),
        ("languages of East Africa", "es", "lenguas de África oriental"),
        ("indigenous languages of Mexico", "fr", "langues autochtones (Mexique)"),
        ("Bantu languages", "en", "Bantu languages"),
        ("Welsh", "de", "Walisisch"),
    ],
)
def test_a_wish_for_a_language_or_a_group_is_named(text: str, spoken: str, name: str) -> None:
    (wish,) = rules.read(f"speech in {text}").stated.languages
    assert named.wish(wish, phrases_of(spoken)) == name


def test_a_name_that_nobody_knows_stays_as_it_was_said() -> None:
    wish = LanguageWish(tag="x-dothraki", label="Dothraki", tags=("x-dothraki",))
    assert named.wish(wish, phrases_of("ar")) == "Dothraki"


def test_a_source_of_ours_has_a_name_and_any_other_keeps_its_own() -> None:
    labels = {"starter": "Starter catalogue", "voices": "The Voice Shelf"}
    assert named.catalogue("starter", labels, phrases_of("de")) == "Startkatalog"
    assert named.catalogue("starter", labels, ENGLISH) == "Starter catalogue"
    assert named.catalogue("voices", labels, phrases_of("de")) == "The Voice Shelf"


@pytest.mark.parametrize(
    ("names", "joined", "said"),
    [
        (["galés", "irlandés"], "and", "galés e irlandés"),
        (["galés", "vasco"], "and", "galés y vasco"),
        (["hielo", "agua"], "and", "hielo y agua"),
        (["agua", "hielo"], "and", "agua y hielo"),
        (["vasco", "occitano"], "or", "vasco u occitano"),
    ],
)
def test_spanish_lists_heed_the_vowel_that_follows(
    names: list[str], joined: str, said: str
) -> None:
    assert phrases_of("es").listed(names, "and" if joined == "and" else "or") == said
