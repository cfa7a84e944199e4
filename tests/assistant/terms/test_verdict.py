"""The decision: closed world, strictest wins, nothing deciding is assumed, each reason quoted."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.terms.batch import check_licence, parse_facts, terms_of, use_of
from assistant.terms.facts import UnknownFact
from assistant.terms.values import Outcome
from assistant.terms.verdict import judge
from assistant.use import ACTS, Act, Use
from catalog_sync.clauses import Clause, Price, Rule, StatedTerms, Terms
from catalog_sync.terms import derive

TODAY = date(2026, 11, 23)


def outcome(licence: str, act: Act, facts: str = "") -> Outcome:
    return check_licence(licence, (act,), parse_facts(facts), today=TODAY).outcome


def missing(licence: str, act: Act, facts: str = "") -> set[str]:
    verdict = check_licence(licence, (act,), parse_facts(facts), today=TODAY)
    return {m.fact for m in verdict.missing}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("licence", ["unknown", "other", "NONE", "https://example.org/terms"])
def test_silence_asks_the_owner(licence: str, act: Act) -> None:
    assert outcome(licence, act) == "ask_owner"


def test_no_act_named_asks_for_reading() -> None:
    verdict = judge(terms_of("CC-BY-4.0"), Use(), today=TODAY)
    assert {r.act for r in verdict.reasons} == {"read_download"}


def test_a_known_licence_with_an_unread_partner_asks_the_owner() -> None:
    assert outcome("MS-LPL AND MIT", "commercial_use") == "ask_owner"


def test_one_may_choose_between_alternatives_but_all_of_a_sum_apply() -> None:
    assert outcome("CC-BY-NC-4.0 OR MIT", "commercial_use") == "allowed_with_conditions"
    assert outcome("CC-BY-NC-4.0 AND MIT", "commercial_use") == "not_allowed"
    assert outcome("(CC-BY-NC-4.0 OR CC0-1.0) AND MIT", "train_commercial") == (
        "allowed_with_conditions"
    )


def test_credit_depends_on_sharing_and_is_asked_for() -> None:
    assert outcome("MIT", "use_without_attribution", "sharing=no") == "allowed"
    assert outcome("MIT", "use_without_attribution", "sharing=yes") == "not_allowed"
    assert outcome("MIT", "use_without_attribution") == "ask_owner"
    assert missing("MIT", "use_without_attribution") == {"sharing"}
    assert missing("CC0-1.0", "use_without_attribution") == set()


def test_a_voice_needs_the_speakers_consent() -> None:
    assert outcome("CC0-1.0", "voice_cloning") == "ask_owner"
    assert "consent_of_person" in missing("CC0-1.0", "voice_cloning")
    assert outcome("CC0-1.0", "voice_cloning", "consent_of_person=no") == "not_allowed"
    assert outcome("CC0-1.0", "voice_cloning", "consent_of_person=yes") == (
        "allowed_with_conditions"
    )


@pytest.mark.parametrize("licence", ["CC0-1.0", "CC-BY-4.0", "MIT", "NOODL-1.0", "unknown"])
def test_the_platform_bars_re_hosting_and_identifying(licence: str) -> None:
    assert outcome(licence, "redistribute", "platform=mdc") == "not_allowed"
    assert outcome(licence, "reidentify_speaker", "platform=mdc") == "not_allowed"


def test_the_platform_points_to_the_datasheet_nobody_can_see() -> None:
    verdict = check_licence("CC0-1.0", ("train_commercial",), {"platform": "mdc"}, today=TODAY)
    assert verdict.outcome == "allowed_with_conditions"
    assert any("datasheet" in note for note in verdict.platform_notes)


@pytest.mark.parametrize(
    ("forbids", "act"),
    [
        ("commercial", "commercial_use"),
        ("commercial", "train_commercial"),
        ("commercial_without_permission", "commercial_use"),
        ("voice_cloning", "voice_cloning"),
        ("generative", "voice_cloning"),
        ("modify", "modify"),
        ("modify", "publish_derived_other_licence"),
        ("redistribute", "redistribute"),
        ("reidentify", "reidentify_speaker"),
        ("train", "train_research"),
        ("train", "publish_model_worldwide"),
    ],
)
@pytest.mark.parametrize("licence", ["CC0-1.0", "CC-BY-4.0", "Apache-2.0"])
def test_a_datasheet_ban_wins_over_any_licence(licence: str, forbids: str, act: Act) -> None:
    assert outcome(licence, act, f"datasheet_forbids={forbids}") == "not_allowed"


def test_a_ban_on_generative_use_asks_what_will_be_trained() -> None:
    facts = "datasheet_forbids=generative"
    assert outcome("CC0-1.0", "train_research", facts) == "ask_owner"
    assert missing("CC0-1.0", "train_research", facts) == {"trains"}
    assert outcome("CC0-1.0", "train_research", f"{facts}; trains=asr") == "allowed"
    assert outcome("CC0-1.0", "train_research", f"{facts}; trains=tts") == "not_allowed"


def test_a_ban_that_nobody_can_read_asks_the_owner() -> None:
    assert outcome("CC0-1.0", "read_download", "datasheet_forbids=moonlight") == "ask_owner"


def test_unread_words_that_touch_the_act_ask_the_owner() -> None:
    stated = StatedTerms(
        licences=("CC-BY-4.0",),
        datasheet=(("additionalConditions", "Companies must register with the village first."),),
    )
    verdict = judge(derive(stated), Use(acts=("commercial_use",)), today=TODAY)
    assert verdict.outcome == "ask_owner"
    assert [c.quote for c in verdict.also_says] == [
        "Companies must register with the village first."
    ]


def test_the_owners_price_is_paid_first() -> None:
    stated = StatedTerms(
        licences=("CC0-1.0",),
        price=Price(owner_cents=10_000, currency="USD", platform_fee_cents=500),
    )
    verdict = judge(derive(stated), Use(), today=TODAY)
    assert verdict.outcome == "allowed_with_conditions"
    assert [(d.action, d.prior) for d in verdict.duties] == [("compensate", True)]
    assert outcome("CC0-1.0", "read_download", "price_cents=0") == "allowed"


@pytest.mark.parametrize("visibility", ["private", "restricted"])
def test_what_is_not_public_is_asked_for_by_outsiders(visibility: str) -> None:
    facts = f"visibility={visibility}"
    assert outcome("CC0-1.0", "read_download", f"{facts}; requester_in_org=no") == "ask_owner"
    assert outcome("CC0-1.0", "read_download", f"{facts}; requester_in_org=yes") == "allowed"
    assert outcome("CC0-1.0", "read_download", "visibility=public") == "allowed"


@pytest.mark.parametrize("label", ["TK Non-Commercial", "BC Open to Commercialization", "TK X"])
@pytest.mark.parametrize("act", ACTS)
def test_a_label_adds_a_question_and_grants_nothing(label: str, act: Act) -> None:
    terms = derive(StatedTerms(licences=("CC0-1.0",), labels=(label,)))
    assert judge(terms, Use(acts=(act,)), today=TODAY).outcome == "ask_owner"


def test_a_licence_put_on_a_second_one_counts_with_it() -> None:
    assert outcome("CC-BY-4.0", "commercial_use", "applied_to=CC-BY-NC-4.0") == "not_allowed"
    assert outcome("CC0-1.0", "modify", "applied_to=LocalContexts-TK-NC") == "ask_owner"


def test_a_model_licence_on_data_is_asked_about() -> None:
    assert outcome("bigscience-openrail-m", "read_download", "applied_to=dataset") == "ask_owner"
    assert outcome("bigscience-openrail-m", "read_download", "applied_to=model") == (
        "allowed_with_conditions"
    )


def test_outputs_of_a_model_bring_its_terms_along() -> None:
    facts = "outputs_of=Llama-2; trains=other_llm"
    assert outcome("CC0-1.0", "train_research", facts) == "not_allowed"
    assert outcome("CC0-1.0", "train_research", "outputs_of=some model") == "ask_owner"
    assert outcome("CC0-1.0", "train_research", "outputs_of=no") == "allowed"


def test_noodl_without_a_tier_asks_for_it() -> None:
    for act in ACTS:
        assert outcome("NOODL-1.0", act) == "ask_owner"
    assert "noodl_tier" in missing("NOODL-1.0", "commercial_use")


def test_noodl_tier_two_needs_a_named_benefit() -> None:
    facts = "from=DE; hq=DE; org=company"
    assert outcome("NOODL-1.0", "train_commercial", facts) == "ask_owner"
    assert "benefit_named" in missing("NOODL-1.0", "train_commercial", facts)
    named = f"{facts}; benefit_named=yes"
    verdict = check_licence("NOODL-1.0", ("train_commercial",), parse_facts(named), today=TODAY)
    assert verdict.outcome == "allowed_with_conditions"
    assert verdict.duties[0].action == "provideBenefit" and verdict.duties[0].prior


def test_territory_is_judged_by_its_basis() -> None:
    assert outcome("CC-DevNations-2.0", "modify", "from=KE") == "allowed"
    assert outcome("CC-DevNations-2.0", "modify", "from=DE") == "not_allowed"
    assert outcome("CC-DevNations-2.0", "modify", "hq=KE") == "ask_owner"
    assert outcome("Esethu", "commercial_use", "hq=ZA") == "allowed_with_conditions"
    assert outcome("Esethu", "commercial_use", "hq=DE") == "not_allowed"
    assert missing("Esethu", "commercial_use") >= {"hq", "majority_african_owned"}


def test_an_outdated_list_of_countries_decides_only_where_it_can() -> None:
    late = date(2028, 1, 1)
    use = Use(acts=("modify",), from_country="BR")
    terms = terms_of("CC-DevNations-2.0")
    assert judge(terms, use, today=TODAY).outcome == "allowed"
    assert judge(terms, use, today=late).outcome == "ask_owner"
    assert judge(terms, replace(use, from_country="KE"), today=late).outcome == "allowed"
    assert judge(terms, replace(use, from_country="DE"), today=late).outcome == "not_allowed"


def test_the_result_may_go_out_under_a_licence_the_source_accepts() -> None:
    acts: tuple[Act, ...] = ("publish_derived_other_licence",)
    sa = terms_of("CC-BY-SA-4.0")
    wished = Use(acts=acts, output_licence="CC-BY-SA-4.0")
    assert judge(sa, wished, today=TODAY).outcome != "not_allowed"
    other = replace(wished, output_licence="CC-BY-4.0")
    assert judge(sa, other, today=TODAY).outcome == "not_allowed"


def test_a_recorded_grant_of_the_owner_lifts_a_prohibition() -> None:
    terms = terms_of("CC-BY-NC-4.0")
    clause = Clause(document="grant", clause="letter of 2026-01-05", quote="you may sell it")
    granted = replace(
        terms, rules=(*terms.rules, Rule(kind="permission", action="commercialize", clause=clause))
    )
    use = Use(acts=("commercial_use",))
    assert judge(terms, use, today=TODAY).outcome == "not_allowed"
    assert judge(granted, use, today=TODAY).outcome == "allowed_with_conditions"


def test_a_grant_does_not_lift_what_the_platform_forbids() -> None:
    terms = derive(StatedTerms(licences=("CC0-1.0",), platform="mdc"))
    clause = Clause(document="grant", clause="letter", quote="pass it on")
    granted = replace(
        terms, rules=(*terms.rules, Rule(kind="permission", action="distribute", clause=clause))
    )
    verdict = judge(granted, Use(acts=("redistribute",)), today=TODAY)
    assert verdict.outcome == "not_allowed"


def test_every_verdict_quotes_where_its_answer_stands() -> None:
    for licence in ("CC-BY-4.0", "unknown", "NOODL-1.0", "CC-BY-NC-ND-4.0", ""):
        for act in ACTS:
            verdict = check_licence(licence, (act,), {}, today=TODAY)
            assert verdict.reasons
            assert verdict.reasons[0].outcome == verdict.outcome
            assert verdict.reasons[0].clause.quote


@pytest.mark.parametrize("facts", ["colour=blue", "hq=Germany", "sharing=maybe", "org=club", "x"])
def test_a_fact_outside_the_vocabulary_is_an_error_that_says_what_is_known(facts: str) -> None:
    with pytest.raises(UnknownFact, match="expected|understood|key=value"):
        parse_facts(facts)


def test_a_use_carries_country_and_kind_in_their_own_fields() -> None:
    use = use_of(("modify",), parse_facts("from=gh; hq=DE; org=company; sharing=yes"))
    assert (use.from_country, use.hq_country, use.organisation) == ("GH", "DE", "company")
    assert use.facts == (("sharing", "yes"),)


def test_terms_put_together_by_hand_keep_their_labels() -> None:
    terms = Terms(licence="CC0-1.0", rules=terms_of("CC0-1.0").rules, labels=("TK Clan",))
    assert judge(terms, Use(), today=TODAY).outcome == "ask_owner"


@pytest.mark.parametrize(
    ("licence", "outcome"),
    [
        ("LicenseRef-BigCode-OpenRAIL-M-1.0", "ask_owner"),
        ("LicenseRef-BigCode-OpenRAIL-M-1.0 AND MIT", "ask_owner"),
        ("LicenseRef-BigCode-OpenRAIL-M-1.0 OR MIT", "allowed"),
    ],
)
def test_a_models_licence_on_data_is_asked_about_also_beside_another(
    licence: str, outcome: str
) -> None:
    use = Use(facts=(("applied_to", "dataset"),))
    assert judge(terms_of(licence), use, today=TODAY).outcome == outcome
