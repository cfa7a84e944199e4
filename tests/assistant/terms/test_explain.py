"""Verdicts in words: short, longer, whole; credits to copy; the same for machines."""

import json
from datetime import date

import pytest

from assistant.terms import credits, explain
from assistant.terms.batch import (
    BadRow,
    check_row,
    combine_row,
    parse_act,
    terms_of,
    tier_from_facts,
    tier_row,
)  # fmt: skip
from assistant.terms.filter import fingerprints_allowing
from assistant.terms.odrl import duo, offer, usage_info
from assistant.terms.values import Outcome
from assistant.terms.verdict import judge
from assistant.use import ACTS, Use
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Price, StatedTerms
from catalog_sync.licences import rows
from catalog_sync.terms import derive, fingerprint

TODAY = date(2026, 11, 23)
ASK: frozenset[Outcome] = frozenset({"ask_owner"})


def card(name: str, licence: str, **more: str) -> DatasetCard:
    return DatasetCard(
        id=f"cards:{name}", source="cards", native_id=name, name=name,
        url=more.get("url"), publisher=more.get("publisher"), terms=terms_of(licence),
    )  # fmt: skip


def test_the_badge_is_a_few_words() -> None:
    words = {
        explain.badge(judge(terms_of(i), Use(acts=("commercial_use",)), today=TODAY))
        for i in ("CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0", "unknown")
    }
    assert words == {"Allowed", "Allowed, with conditions", "Not allowed", "Ask the owner"}


def test_a_no_quotes_the_words_it_rests_on() -> None:
    terms = terms_of("CC-BY-NC-4.0")
    said = explain.paragraph(judge(terms, Use(acts=("commercial_use",)), today=TODAY), terms)
    assert said.startswith("No: the terms do not let you use the data commercially.")
    assert "not primarily intended for or directed towards commercial advantage" in said


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("licence", ["CC-BY-SA-4.0", "NOODL-1.0", "unknown", "MIT"])
def test_the_whole_reasoning_has_every_clause_and_the_caution_once(licence: str, act: str) -> None:
    terms = terms_of(licence)
    verdict = judge(terms, Use(acts=(parse_act(act),)), today=TODAY)
    said = explain.reasoning(verdict, terms)
    assert all(r.clause.quote in said for r in verdict.reasons)
    assert said.count("not legal advice") == 1


def test_prices_are_told_apart_with_their_sum() -> None:
    known = Price(owner_cents=10_000, currency="USD", platform_fee_cents=500)
    assert explain.price(known) == (
        "The owner's price is 100.00 USD, the platform's fee 5.00 USD: 105.00 USD in all."
    )
    assert "not stated" in explain.price(Price(owner_cents=10_000, currency="EUR"))


def test_what_would_change_the_answer_was_really_tried() -> None:
    terms = terms_of("NOODL-1.0")
    use = Use(acts=("train_commercial",), from_country="DE", hq_country="DE")
    said = explain.changes(terms, use, today=TODAY)
    assert any("Ghana" in line for line in said)
    assert any("benefit" in line for line in said)
    assert explain.changes(terms_of("CC0-1.0"), Use(), today=TODAY) == ()


def test_credits_name_each_dataset_its_maker_and_licence() -> None:
    cards = [
        card("Sounds", "CC-BY-4.0", publisher="A Village", url="https://example.org/sounds"),
        card("Words", "unknown"),
    ]
    said = credits.attribution(cards)
    assert "- Sounds by A Village." in said
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in said
    assert "Licence: not stated; ask the owner" in said
    assert said.index("Sounds") < said.index("Words")


@pytest.mark.parametrize("licence_id", sorted(rows()))
def test_every_licence_can_be_put_in_plain_words(licence_id: str) -> None:
    said = credits.meaning(licence_id)
    assert rows()[licence_id].name in said
    assert "Meet the duty" not in said


def test_an_unknown_licence_is_not_explained_away() -> None:
    assert "not in the licence table" in credits.meaning("LicenseRef-Something")


@pytest.mark.parametrize("licence_id", sorted(rows()))
def test_terms_go_out_as_an_offer_that_is_json_and_prohibits_on_conflict(licence_id: str) -> None:
    terms = terms_of(licence_id)
    document = json.loads(json.dumps(offer(terms, target="https://example.org/d")))
    assert document["odrl:conflict"] == {"@id": "odrl:prohibit"}
    stated = sum(len(document.get(k, [])) for k in _PARTS)
    assert stated == len(terms.rules)


_PARTS = ("odrl:permission", "odrl:prohibition", "odrl:obligation")


def test_duo_codes_stand_where_they_exist() -> None:
    assert duo(terms_of("CC0-1.0")) != ()
    assert ("DUO_0000046", "non-commercial use only") in duo(terms_of("CC-BY-NC-4.0"))
    assert ("DUO_0000022", "geographical restriction") in duo(terms_of("NOODL-1.0"))
    assert duo(terms_of("CC-BY-4.0")) == ()
    assert usage_info(terms_of("CC-BY-4.0"), target="d")[-1]["@type"] == "odrl:Offer"


def test_a_row_of_the_batch_file_is_answered_with_its_own_columns() -> None:
    row = {"licence_id": "MIT", "question_key": "use_without_attribution", "facts": "sharing=yes"}
    answer = check_row(row, today=TODAY)
    assert (answer["licence_id"], answer["question_key"]) == ("MIT", "use_without_attribution")
    assert answer["outcome"] == "not_allowed"
    json.dumps(answer)


def test_a_combination_is_named_as_the_file_spells_it() -> None:
    row = {"licence_a": "GPL-3.0", "licence_b": "CC-BY-SA-4.0", "scenario": "merged"}
    assert combine_row(row)["result_licence"] == "GPL-3.0"
    json.dumps(combine_row(row))


def test_a_tier_row_says_what_is_missing() -> None:
    answer = tier_row({"user": "a Kenyan citizen"}, today=TODAY)
    assert answer["tier"] == "ask_owner" and answer["missing"]
    assert tier_from_facts({"from": "DE"}, today=TODAY).tier == "tier_ii"
    assert tier_from_facts({"noodl_tier": "i"}, today=TODAY).tier == "tier_i"
    assert tier_from_facts({"from": "GH", "org": "person"}, today=TODAY).tier == "ask_owner"


def test_rows_that_cannot_be_judged_say_why() -> None:
    with pytest.raises(BadRow, match="question_key"):
        check_row({"licence_id": "MIT"}, today=TODAY)
    with pytest.raises(BadRow, match="Use one of"):
        check_row({"licence_id": "MIT", "question_key": "sing"}, today=TODAY)
    with pytest.raises(BadRow, match="scenario"):
        combine_row({"licence_a": "MIT", "licence_b": "MIT", "scenario": "stirred"})


def test_only_fitting_terms_pass_the_filter() -> None:
    by_mark = {
        fingerprint(t): t
        for t in (terms_of(i) for i in ("CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0", "unknown"))
    }
    use = Use(acts=("commercial_use",))
    allowed = fingerprints_allowing(by_mark, use, today=TODAY)
    assert {by_mark[m].licence for m in allowed} == {"CC0-1.0", "CC-BY-4.0"}
    asked = fingerprints_allowing(by_mark, use, today=TODAY, at_best=ASK)
    assert {by_mark[m].licence for m in asked} == {None}


def test_the_owners_unread_words_are_shown_verbatim() -> None:
    said = "Kindly think of the elders who spoke for us."
    terms = derive(StatedTerms(licences=("CC0-1.0",), datasheet=(("restrictions", said),)))
    verdict = judge(terms, Use(), today=TODAY)
    assert said in explain.paragraph(verdict, terms)
    assert said in explain.reasoning(verdict, terms)
