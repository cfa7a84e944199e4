from __future__ import annotations

import pytest

from catalog_sync import languages


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Kihehe", "heh"), ("Kinyakyusa", "nyy"), ("Kikuria", "kuj"), ("Lunyole", "nuj"),
        ("Chilomwe", "ngl"), ("Xitswa", "tsc"), ("Lugwere", "gwr"), ("Kitaveta", "tvs"),
        ("Kifipa", "fip"), ("Rukonjo", "koo"), ("Thimbukushu", "mhw"), ("Lusaamia", "lsm"),
    ],
)  # fmt: skip
def test_a_bantu_language_is_known_by_its_own_prefix(name: str, tag: str) -> None:
    answer = languages.resolve(name)
    assert tag in answer.tags or tag in {one.tag for one in answer.candidates}


def test_a_prefixed_name_counts_in_a_sentence_about_language_only() -> None:
    assert [m.answer.tags for m in languages.find_in("voices in Kihehe")] == [("heh",)]
    assert languages.find_in("a kimono dataset") == ()
    assert languages.find_in("Kigali weather data") == ()


@pytest.mark.parametrize(
    ("name", "tag"),
    [("Punjabee", "pa"), ("Hindee", "hi"), ("Marathee", "mr"), ("Telugoo", "te"),
     ("Swahilee", "sw"), ("Sindhee", "sd"), ("Farsee", "fa"), ("Uzbeck", "uz")],
)  # fmt: skip
def test_a_name_written_by_ear_is_read(name: str, tag: str) -> None:
    assert languages.resolve(name).tags == (tag,)


@pytest.mark.parametrize("word", ["battery", "bushy", "balloon", "coffee"])
def test_no_ordinary_word_is_heard_as_a_language(word: str) -> None:
    assert languages.resolve(word).tags == ()
