"""One verdict in seven languages: the same outcome, clauses and figures, and no English left in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from assistant.phrases import ENGLISH, LANGUAGES, Phrases, phrases_of
from assistant.terms import credits, explain
from assistant.terms.batch import terms_of
from assistant.terms.combine import Scenario, combine
from assistant.terms.facts import KEYS
from assistant.terms.values import Verdict
from assistant.terms.verdict import judge
from assistant.terms.worded import granted_place, shown, worded
from assistant.use import ACTS, Act, Use
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Clause, Price, StatedTerms, Terms
from catalog_sync.licences import rows
from catalog_sync.terms import derive
from tests.assistant.terms.leaks import english_left

TODAY = date(2026, 11, 26)
OTHERS = tuple(tag for tag in LANGUAGES if tag != "en")
LICENCES = (*sorted(rows()), "unknown")
PLACES = (None, "DE", "KE")
TOLD: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("benefit_named", "yes"), ("sharing", "yes")),
    (("commercial_rights", "yes"), ("consent_of_person", "yes")),
    (("consent_of_person", "no"), ("trains", "tts"), ("visibility", "private")),
    (("licence_obtained", "yes"), ("platform", "mdc"), ("price_cents", "5000")),
)
SCENARIOS: tuple[Scenario, ...] = ("merged", "collection")
PRICE = Price(owner_cents=1_234_567, currency="EUR", platform_fee_cents=50_000)
STATED: tuple[Terms, ...] = (
    derive(StatedTerms(licences=("CC0-1.0",), platform="mdc", price=PRICE)),
    derive(StatedTerms(licences=("CC-BY-4.0 OR MIT",), access="on_request")),
    derive(StatedTerms(licences=("CC-BY-SA-4.0",), access="owner_site", labels=("TK A",))),
    derive(StatedTerms(licences=("ODbL-1.0",), price=Price(owner_cents=100, currency="USD"))),
    derive(
        StatedTerms(
            licences=("CC-BY-4.0",),
            datasheet=(("restrictions", "No voice cloning. Think of the elders."),),
        )
    ),
    derive(StatedTerms()),
)
DEEDS: tuple[tuple[Act, ...], ...] = (
    *((act,) for act in ACTS), ("commercial_use", "modify", "redistribute"),
)  # fmt: skip
CASES: tuple[tuple[Terms, Use], ...] = tuple(
    (terms, Use(acts=acts, from_country=place, hq_country=place, facts=told))
    for terms in (*STATED, *map(terms_of, LICENCES[::6]), terms_of("NOODL-1.0"))
    for acts in DEEDS
    for place, told in (("KE", ()), *((None, told) for told in TOLD))
)


def bones(verdict: Verdict) -> tuple[object, ...]:
    """All of a verdict but its sentences."""
    return (
        verdict.outcome,
        verdict.use,
        [(r.act, r.outcome, r.clause) for r in verdict.reasons],
        [(d.action, d.clause, d.prior) for d in verdict.duties],
        [m.fact for m in verdict.missing],
        len(verdict.platform_notes),
        verdict.also_says,
    )


def sentences(verdict: Verdict) -> list[str]:
    return [
        *(r.why for r in verdict.reasons),
        *(d.text for d in verdict.duties),
        *(m.question for m in verdict.missing),
        *verdict.platform_notes,
    ]


def english_use(licence: str) -> Iterator[tuple[Terms, Use]]:
    terms = terms_of(licence)
    for act, place in product(ACTS, PLACES):
        yield terms, Use(acts=(act,), from_country=place, hq_country=place)


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_changes_the_sentences_and_nothing_else(tag: str) -> None:
    phrases = phrases_of(tag)
    everything = (case for licence in LICENCES for case in english_use(licence))
    for terms, use in (*everything, *CASES):
        measure, said = (judge(terms, use, today=TODAY, phrases=p) for p in (ENGLISH, phrases))
        assert bones(said) == bones(measure)
        for before, after in zip(sentences(measure), sentences(said), strict=True):
            assert after != before, "a sentence without its translation"
        assert worded(said, phrases) == said


@pytest.mark.parametrize("tag", OTHERS)
def test_the_whole_reasoning_quotes_the_same_words_and_figures(tag: str) -> None:
    phrases = phrases_of(tag)
    for terms, use in CASES[::5]:
        verdict = judge(terms, use, today=TODAY)
        for words in (explain.paragraph, explain.reasoning):
            measure, said = words(verdict, terms), words(verdict, terms, phrases)
            assert quotes(said, phrases) == [
                own_words(quote, verdict, phrases) for quote in quotes(measure, ENGLISH)
            ]
            assert figures(bare(said, verdict, terms, phrases)) == figures(
                bare(measure, verdict, terms, ENGLISH)
            )
            licence = terms.licence or "CC"
            assert said.count(licence) == measure.count(licence)
            assert english_left(bare(said, verdict, terms, phrases), tag) == set(), said


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_whole_reasoning_says_once_that_it_is_no_legal_advice(tag: str) -> None:
    phrases = phrases_of(tag)
    words = {
        "en": "not legal advice", "es": "no asesoramiento jurídico",
        "fr": "pas un conseil juridique", "pt": "não é aconselhamento jurídico",
        "de": "keine Rechtsberatung", "sw": "si ushauri wa kisheria",
        "ar": "وليست استشارة قانونية",
    }[tag]  # fmt: skip
    for terms, use in CASES[::7]:
        said = explain.reasoning(judge(terms, use, today=TODAY), terms, phrases)
        assert said.count(words) == 1


def quotes(text: str, phrases: Phrases) -> list[str]:
    before, after = phrases.say("quoted", text="\0").split("\0")
    return re.findall(f"{re.escape(before)}(.*?){re.escape(after)}", text)


def own_words(quote: str, verdict: Verdict, phrases: Phrases) -> str:
    """The quote as it is shown: the engine's own stand-in for words that nobody published."""
    for reason in verdict.reasons:
        if reason.clause.quote == quote:
            return shown(reason.clause, phrases).quote
    return quote


def bare(text: str, verdict: Verdict, terms: Terms, phrases: Phrases) -> str:
    """A text without what is published: quotes, addresses, names of licences, places in papers."""
    before, after = phrases.say("quoted", text="\0").split("\0")
    text = re.sub(f"{re.escape(before)}.*?{re.escape(after)}", " ", text)
    text = re.sub(r"https?://\S+", " ", text)
    clauses = [c for x in (verdict.reasons, verdict.duties) for c in (one.clause for one in x)]
    published = [
        *(c.clause for c in (*clauses, *verdict.also_says) if shown(c, phrases).clause == c.clause),
        *(row.name for row in rows().values() if row.name in text),
        *([terms.licence] if terms.licence else ()),
        *(phrases.say("verdict.fact", fact=key) for key in KEYS),
        *(f"({key}=...)" for key in KEYS),
    ]
    for words in sorted(published, key=len, reverse=True):
        text = text.replace(words, " ")
    return text


def figures(text: str) -> list[str]:
    """The figures of a text, however its language groups and points them."""
    return sorted(
        re.sub(r"\D", "", found) for found in re.findall(r"\d(?:[\d.,\u00a0\u202f]*\d)?", text)
    )


@pytest.mark.parametrize("tag", OTHERS)
def test_what_would_change_an_answer_is_the_same_in_every_language(tag: str) -> None:
    phrases = phrases_of(tag)
    for licence, act in product(("NOODL-1.0", "CC-BY-4.0", "CC-BY-NC-4.0"), ACTS):
        use = Use(acts=(act,), from_country="DE", hq_country="DE")
        measure = explain.changes(terms_of(licence), use, today=TODAY)
        said = explain.changes(terms_of(licence), use, today=TODAY, phrases=phrases)
        assert len(said) == len(measure)
        assert not any(english_left(line, tag) for line in said)


@pytest.mark.parametrize("tag", OTHERS)
def test_mixing_has_the_same_answer_result_and_clauses_in_every_language(tag: str) -> None:
    phrases = phrases_of(tag)
    some = (*LICENCES[::9], "CC-BY-SA-4.0", "GPL-2.0-only", "Apache-2.0", "ODbL-1.0", "unknown")
    for a, b, scenario in product(some, some, SCENARIOS):
        measure, said = (combine(a, b, scenario=scenario, phrases=p) for p in (ENGLISH, phrases))
        assert (said.outcome, said.result_licence) == (measure.outcome, measure.result_licence)
        assert [r.clause for r in said.reasons] == [r.clause for r in measure.reasons]
        assert [(d.action, d.clause) for d in said.duties] == [
            (d.action, d.clause) for d in measure.duties
        ]
        for before, after in zip(measure.reasons, said.reasons, strict=True):
            named = [row.name for row in rows().values() if row.name in before.why]
            assert before.why != after.why and all(name in after.why for name in named)


@pytest.mark.parametrize("tag", OTHERS)
def test_meanings_and_credits_name_the_same_licences_and_addresses(tag: str) -> None:
    phrases = phrases_of(tag)
    for licence in sorted(rows()):
        said, measure = credits.meaning(licence, phrases), credits.meaning(licence)
        named = (rows()[licence].name, rows()[licence].url)
        assert said != measure and all(name in said for name in named)
        rest = said.replace(named[0], " ").replace(named[1], " ")
        assert english_left(rest, tag) == set(), said
    card = DatasetCard(
        id="cards:s", source="cards", native_id="s", name="Sounds", url="https://example.org/s",
        publisher="A Village", version="2", terms=terms_of("CC-BY-4.0"),
    )  # fmt: skip
    said = credits.attribution([card], phrases)
    for kept in ("Sounds", "A Village", "2", "https://example.org/s", "CC-BY-4.0"):
        assert kept in said


def test_a_sentence_of_an_older_version_in_a_kept_verdict_stays_as_it_was_said() -> None:
    verdict = judge(terms_of("MIT"), Use(), today=TODAY)
    older = replace(verdict.reasons[0], why="The use was fine then.")
    kept = worded(replace(verdict, reasons=(older,)), phrases_of("de"))
    assert kept.reasons == (older,)


@pytest.mark.parametrize("tag", OTHERS)
def test_the_place_of_an_owners_approval_is_told_and_its_words_are_quoted(tag: str) -> None:
    phrases = phrases_of(tag)
    for who in ((), ("DE",), ("KE", "non_profit"), ("person",)):
        for day in ("2026-11-26", None):
            place = granted_place("r-12", day, who)
            clause = Clause(document="grant", clause=place, quote="Only for the clinic.")
            said = shown(clause, phrases)
            assert said.quote == clause.quote
            assert "r-12" in said.clause and (day or "") in said.clause
            assert english_left(said.clause, tag) == set()
            if "DE" in who:
                assert phrases.country("DE", "?") in said.clause
            assert shown(replace(clause, quote="approved"), phrases).quote != "approved"
    other = Clause(document="licence", clause="request r-12, approved on 2026-11-26", quote="x")
    assert shown(other, phrases) == other
