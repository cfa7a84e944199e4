"""What holds of every name, tag and text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_sync import languages
from catalog_sync.language_codes import codes

TEXT = st.text(max_size=400)
WORDY = st.lists(
    st.sampled_from(
        ["Welsh", "in", "Even", "(", ")", "variety of", "Arabic", "語", "粤语", "ภาษาเวลส์", "-",
         "languages of", "Kenya", "zh-HK", "code", '"swh"', "بالعربية", "ʼ", "\u0301", "'s", ","]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip
TAGS = st.sampled_from(sorted(tag for tag, code in codes().items() if code.scope in "IM"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXT, WORDY))
def test_no_text_breaks_the_room(text: str) -> None:
    languages.resolve(text)
    languages.stated(text)
    languages.canonical(text)
    languages.find_groups(text)
    found = languages.find_in(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    "piece",
    ["a", "(", "a\u0301", "variety of ", "語", "Welsh ", "ภาษา", "languages of ", "\u0600", "𝔸",
     "code: ", "zh-", "of Kenya ", "\x00", "كوردى "],
)  # fmt: skip
def test_ten_thousand_characters_are_read(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    languages.find_in(text)
    languages.find_groups(text)
    languages.resolve(text)
    languages.stated(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXT, TAGS, st.from_regex(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8}){0,3}")))
def test_canonical_form_is_final(tag: str) -> None:
    once = languages.canonical(tag)
    assert languages.canonical(once) == once


@settings(max_examples=300, deadline=None)
@given(TAGS)
def test_a_wish_is_met_by_its_own_tag(tag: str) -> None:
    assert tag in languages.satisfied_by(tag)


@settings(max_examples=400, deadline=None)
@given(TAGS)
def test_a_languages_english_name_leads_back_to_it(tag: str) -> None:
    name = languages.english_name(tag)
    if len(name) == 1:
        return  # "E" and "U" are languages, but one letter alone is not taken for a name.
    found = languages.resolve(name)
    said = {*found.tags, *(candidate.tag for candidate in found.candidates)}
    near = {tag, *languages.members(tag), *languages.satisfied_by(tag)}
    assert said & near or any(tag in languages.satisfied_by(other) for other in said)


@settings(max_examples=300, deadline=None)
@given(TAGS)
def test_an_own_name_leads_back_or_asks(tag: str) -> None:
    own = languages.autonym(tag)
    if own is not None:
        found = languages.resolve(own)
        assert found.tags or found.ambiguous
