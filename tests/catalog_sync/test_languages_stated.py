"""What catalogues write into their language fields."""

import pytest

from catalog_sync.languages import stated


@pytest.mark.parametrize(
    ("raw", "tags"),
    [
        ("cy", ("cy",)), ("cym", ("cy",)), ("Welsh", ("cy",)), ("tt,ba,ru", ("tt", "ba", "ru")),
        ("Jav", ("jv",)), ("gr-GR", ("el",)), ("en-PK, pnb", ("en-PK", "pnb")),
        ("rm-sursilv", ("rm-sursilv",)), ("nan-tw", ("nan",)), ("fy-NL", ("fy-NL",)),
        ("iw", ("he",)), ("in", ("id",)), ("mo", ("ro",)), ("sh", ("sh",)), ("ji", ("yi",)),
        ("Luo", ("luo",)), ("fas", ("fa",)), ("pt_BR", ("pt-BR",)), ("my-x-zawgyi", ("my",)),
        ("ne-NE", ("ne",)), ("ig-ehugbo", ("ig-ehugbo",)), ("English, Hindi and Welsh",
        ("en", "hi", "cy")), ("zh-Hant-HK", ("zh-Hant-HK",)), ("jp", ("ja",)),
    ],
)  # fmt: skip
def test_a_dirty_value_is_read(raw: str, tags: tuple[str, ...]) -> None:
    found = stated(raw)
    assert found.tags == tags
    assert found.unread == ()


@pytest.mark.parametrize("raw", ["mul", "multilingual", "Multiple languages", "many"])
def test_many_languages_are_said_without_being_named(raw: str) -> None:
    found = stated(raw)
    assert found.multilingual is True
    assert found.tags == ()


@pytest.mark.parametrize("raw", ["", "und", "unknown", "None", "n/a"])
def test_nothing_stated_is_nothing_read(raw: str) -> None:
    found = stated(raw)
    assert (found.tags, found.unread, found.multilingual) == ((), (), None)


def test_what_cannot_be_read_is_kept_as_written() -> None:
    found = stated("Welsh, Blorptian")
    assert found.tags == ("cy",)
    assert found.unread == ("Blorptian",)


def test_an_ambiguous_name_is_not_guessed_but_noted() -> None:
    found = stated("Ndebele")
    assert found.tags == ()
    assert found.unread == ("Ndebele",)
    assert "Ndebele" in found.notes[0]


def test_a_mended_value_says_so() -> None:
    assert stated("gr-GR").notes
    assert stated("code").notes == ("'code' is not a human language",)
