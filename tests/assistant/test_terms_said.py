"""What a turn says of terms, in seven languages: names and codes stay, buttons say the same."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import answer_terms
from assistant.phrases import ENGLISH, LANGUAGES, phrases_of
from assistant.terms.batch import terms_of
from assistant.terms.verdict import judge
from assistant.use import ACTS, OrganisationKind, Use
from catalog_sync.card import DatasetCard
from tests.assistant.terms.leaks import english_left

TODAY = date(2026, 11, 26)
OTHERS = tuple(tag for tag in LANGUAGES if tag != "en")
KINDS: tuple[OrganisationKind, ...] = ("company", "university", "non_profit", "person")
TERMS = (
    "non-commercial", "share-alike", "no derivatives", "attribution", "public domain",
    "permissive", "gated", "validated hours", "spontaneous", "scripted", "ask the owner", "noodl",
)  # fmt: skip


def card(name: str, licence: str) -> DatasetCard:
    return DatasetCard(
        id=f"cards:{name}", source="cards", native_id=name, name=name, url=None,
        terms=terms_of(licence),
    )  # fmt: skip


CARDS = (card("Xylo", "CC-BY-NC-4.0"), card("Yotta", "MIT"), card("Zeta", "unknown"))


def without_names(text: str) -> str:
    for name in ("Xylo", "Yotta", "Zeta", "CC-BY-NC-4.0", "CC-BY-SA-4.0", "MIT License"):
        text = text.replace(name, " ")
    return text


@pytest.mark.parametrize("tag", OTHERS)
def test_several_datasets_have_a_line_each_with_its_outcome_and_reason(tag: str) -> None:
    phrases = phrases_of(tag)
    for act in ACTS:
        use = Use(acts=(act,), from_country="DE", organisation="company")
        said = answer_terms.checked(CARDS, use, today=TODAY, phrases=phrases)
        head, *lines = said.splitlines()
        assert phrases.country("DE", "?") in head
        for line, one in zip(lines, CARDS, strict=True):
            outcome = judge(one.terms, use, today=TODAY).outcome
            said_so = phrases.say(f"outcome.{outcome}")
            assert line.startswith(f"- {one.name}{phrases.say('colon')}{said_so} (")
        assert english_left(without_names(said), tag) == set(), said


@pytest.mark.parametrize("tag", OTHERS)
def test_a_use_is_told_with_who_and_where(tag: str) -> None:
    phrases = phrases_of(tag)
    for kind in KINDS:
        use = Use(acts=ACTS[1:4], from_country="KE", organisation=kind)
        said = answer_terms.use_words(use, phrases)
        assert phrases.say(f"organisation.{kind}") in said
        assert phrases.country("KE", "?") in said
        assert english_left(said, tag) == set()


@pytest.mark.parametrize("tag", OTHERS)
def test_what_is_missing_is_asked_for_with_the_same_buttons(tag: str) -> None:
    verdict = judge(terms_of("NOODL-1.0"), Use(acts=("redistribute",)), today=TODAY)
    measure = answer_terms.missing_question(verdict)
    asked = answer_terms.missing_question(verdict, phrases_of(tag))
    assert measure is not None and asked is not None
    assert asked.field == measure.field and asked.text != measure.text
    assert [say for _, say in asked.answers] == [say for _, say in measure.answers]


@pytest.mark.parametrize("tag", OTHERS)
def test_a_mixture_names_both_and_the_licence_of_the_result(tag: str) -> None:
    phrases = phrases_of(tag)
    said = answer_terms.combined(
        CARDS[1], "CC-BY-SA-4.0", text="", wanted="CC-BY-SA-4.0", phrases=phrases
    )
    assert said.startswith(phrases.say("combined.compatible", one="Yotta", other="CC-BY-SA-4.0"))
    assert phrases.say("combined.as_wanted") in said
    refused = answer_terms.combined(CARDS[0], "CC-BY-SA-4.0", text="", wanted=None, phrases=phrases)
    assert refused.startswith(
        phrases.say("combined.incompatible", one="Xylo", other="CC-BY-SA-4.0")
    )


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_word_of_licences_is_explained_also_for_the_dataset_in_view(tag: str) -> None:
    phrases = phrases_of(tag)
    for term in TERMS:
        said = answer_terms.meaning(term, CARDS[0], phrases)
        assert said.startswith(phrases.say(f"glossary.{term}"))
        if tag != "en":
            assert said != answer_terms.meaning(term, CARDS[0], ENGLISH)
    here = answer_terms.meaning("non-commercial", CARDS[0], phrases)
    assert phrases.say("glossary_here.applies", name="Xylo", licence="CC-BY-NC-4.0") in here
    elsewhere = answer_terms.meaning("share-alike", CARDS[0], phrases)
    assert phrases.say("glossary_here.does_not", name="Xylo", licence="CC-BY-NC-4.0") in elsewhere
    unread = answer_terms.meaning("no derivatives", CARDS[2], phrases)
    assert phrases.say("glossary_here.no_licence", name="Zeta") in unread
