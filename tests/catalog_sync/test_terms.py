"""Licence, datasheet, platform, price and access add up to terms; silence stays silence."""

from dataclasses import replace

import pytest

from catalog_sync import phrases
from catalog_sync.clauses import Price, StatedTerms, Terms
from catalog_sync.licences_table import trigger
from catalog_sync.terms import derive, fingerprint, forbidden, qualities


def barred(terms: Terms) -> set[str]:
    return {r.action for r in terms.rules if r.kind == "prohibition"}


def duties(terms: Terms) -> set[str]:
    return {r.action for r in terms.rules if r.kind == "duty"}


def of(*licences: str, **more: str) -> Terms:
    return derive(StatedTerms(licences=licences, datasheet=tuple(more.items())))


def test_no_licence_gives_no_rule() -> None:
    assert derive(StatedTerms()).rules == ()
    assert of("unknown") == Terms(licence_stated=("unknown",))


def test_the_licence_address_spells_out_a_short_name() -> None:
    stated = StatedTerms(
        licences=("CC-BY",), licence_url="https://creativecommons.org/licenses/by/4.0/"
    )
    assert derive(stated).licence == "CC-BY-4.0"


def test_the_collective_lists_creative_commons_in_version_four() -> None:
    stated = StatedTerms(licences=("CC-BY-NC",), platform="mdc")
    assert derive(stated).licence == "CC-BY-NC-4.0"


def test_several_licences_all_apply() -> None:
    terms = of("CC-BY-4.0", "CC-BY-NC-4.0")
    assert terms.licence == "CC-BY-4.0 AND CC-BY-NC-4.0"
    assert "commercialize" in barred(terms)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("No voice cloning.", "cloneVoice"),
        ("Cloning of any voice is prohibited.", "cloneVoice"),
        ("You must not imitate a speaker.", "cloneVoice"),
        ("Redistribution is not allowed.", "distribute"),
        ("Do not re-host the files.", "distribute"),
        ("Commercial use is forbidden.", "commercialize"),
        ("May not be sold.", "commercialize"),
        ("You may not attempt to identify any speaker.", "reidentify"),
        ("De-anonymisation is prohibited.", "reidentify"),
        ("It may not be modified.", "modify"),
        ("Do not use it to train any model.", "train"),
        ("For non-commercial use.", "commercialize"),
        ("For academic research only.", "commercialize"),
        ("For internal use only.", "distribute"),
    ],
)
def test_what_a_sentence_forbids_counts(text: str, action: str) -> None:
    assert action in barred(of("CC-BY-4.0", restrictions=text))


@pytest.mark.parametrize(
    "text",
    [
        "There are no restrictions on commercial use.",
        "Commercial use is not prohibited.",
        "If you modify the data, do tell us.",
        "Please share the joy of the project.",
        "You may redistribute and sell it.",
    ],
)
def test_what_a_sentence_does_not_forbid_makes_no_prohibition(text: str) -> None:
    assert barred(of("CC-BY-4.0", restrictions=text)) == set()


def test_a_field_of_forbidden_uses_needs_no_negation() -> None:
    terms = of("CC-BY-4.0", forbiddenUsage="Generative AI; voice cloning; military use")
    assert {"generate", "cloneVoice"} <= barred(terms)
    assert "refrain" in duties(terms)


@pytest.mark.parametrize("text", ["None", "N/A", "No restrictions.", "not applicable"])
def test_a_field_that_says_nothing_forbids_nothing(text: str) -> None:
    assert of("CC-BY-4.0", forbiddenUsage=text).rules == of("CC-BY-4.0").rules


def test_a_datasheet_never_permits() -> None:
    terms = of("CC-BY-NC-4.0", intendedUsage="Commercial use is allowed and welcome.")
    assert "commercialize" in barred(terms)
    assert not [r for r in terms.rules if r.kind == "permission" and r.action == "commercialize"]


def test_a_ban_without_permission_can_be_lifted() -> None:
    terms = of("CC-BY-4.0", restrictions="No commercial use without our permission.")
    rule = next(r for r in terms.rules if r.kind == "prohibition")
    assert [c.left for c in rule.constraints] == ["licence_obtained"]


def test_words_that_no_rule_was_read_from_are_kept_verbatim() -> None:
    said = "Think of the elders who spoke for us."
    assert [c.quote for c in of("CC0-1.0", restrictions=said).unparsed] == [said]


def test_a_custom_statement_grants_no_more_than_its_words() -> None:
    terms = of("There are no restrictions on the use of this data.")
    granted = {r.action for r in terms.rules if r.kind == "permission"}
    assert {"use", "commercialize", "train"} <= granted
    assert not granted & {"distribute", "relicense", "cloneVoice", "reidentify", "extract"}
    assert all(r.clause.quote.startswith("There are no restrictions") for r in terms.rules)


def test_a_statement_in_which_a_name_stands_counts_as_that_licence() -> None:
    text = "There are no restrictions on use. https://creativecommons.org/licenses/by/4.0/"
    assert of(text).licence == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("licence", "public", "permissive", "commercial"),
    [
        ("CC0-1.0", True, True, True),
        ("Public Domain", True, True, True),
        ("There are no restrictions on the use of this data.", True, True, True),
        ("US Government work", True, True, True),
        ("Public Domain with Attribution", False, True, True),
        ("CC-BY-4.0", False, True, True),
        ("MIT", False, True, True),
        ("ODC-By-1.0", False, True, True),
        ("CDLA-Permissive-2.0", False, True, True),
        ("OGL-UK-3.0", False, True, True),
        ("CC-BY-SA-4.0", False, False, True),
        ("ODbL-1.0", False, False, True),
        ("GPL-3.0", False, False, True),
        ("CC-BY-ND-4.0", False, False, True),
        ("CC-BY-NC-4.0", False, False, False),
        ("LDC User Agreement", False, False, False),
        ("NOODL-1.0", False, False, False),
        ("for non-commercial purposes only, by agreement", False, False, False),
        ("unknown", None, None, None),
    ],
)
def test_qualities_say_what_a_search_asks(
    licence: str, public: bool | None, permissive: bool | None, commercial: bool | None
) -> None:
    found = qualities(of(licence))
    assert (found.public_domain, found.permissive, found.commercial) == (
        public,
        permissive,
        commercial,
    )


def test_a_choice_takes_the_better_licence_and_a_sum_the_worse() -> None:
    assert qualities(of("CC-BY-NC-4.0 OR MIT")).permissive is True
    assert qualities(of("CC-BY-NC-4.0 AND MIT")).commercial is False


def test_consent_to_be_asked_for_leaves_open_what_the_licence_would_grant() -> None:
    asked = qualities(of("CC BY 4.0 for the annotations; audio copyright remains with the singers"))
    assert (asked.permissive, asked.commercial) == (None, None)
    narrowed = qualities(of("MIT, for research"))
    assert narrowed.commercial is None
    assert qualities(of("CC BY-NC 4.0 for research")).commercial is False


def test_a_datasheet_ban_takes_a_quality_away() -> None:
    assert qualities(of("CC0-1.0", restrictions="No commercial use.")).commercial is False


def test_the_fingerprint_does_not_hang_on_the_order_of_rules() -> None:
    terms = of("CC-BY-SA-4.0", restrictions="No voice cloning.")
    turned = replace(terms, rules=tuple(reversed(terms.rules)))
    assert fingerprint(terms) == fingerprint(turned)


def test_the_fingerprint_tells_terms_apart() -> None:
    marks = {fingerprint(of(i)) for i in ("CC-BY-4.0", "CC-BY-3.0", "CC0-1.0", "unknown")}
    assert len(marks) == 4
    priced = derive(StatedTerms(price=Price(owner_cents=100, currency="USD")))
    assert fingerprint(priced) != fingerprint(derive(StatedTerms()))


def test_price_access_and_labels_become_duties_to_be_met_first() -> None:
    terms = derive(
        StatedTerms(
            licences=("CC-BY-4.0",),
            price=Price(owner_cents=10_000, currency="USD"),
            access="on_request",
            labels=("TK Non-Commercial",),
        )
    )
    first = {r.action for r in terms.rules if r.prior and r.clause.document != "licence"}
    assert first == {"compensate", "requestAccess", "obtainConsent"}


def test_the_platform_bars_re_hosting_whatever_the_licence() -> None:
    terms = derive(StatedTerms(licences=("CC0-1.0",), platform="mdc"))
    assert {"distribute", "reidentify"} <= barred(terms)


def test_a_topic_that_cannot_be_read_makes_every_use_a_question() -> None:
    (rule,) = forbidden("astrology")
    assert rule.action == "obtainConsent" and rule.prior


@pytest.mark.parametrize("topic", [t.name for t in phrases.table().topic])
def test_every_topic_of_the_phrase_table_makes_a_rule(topic: str) -> None:
    assert forbidden(topic)


def test_sentences_keep_abbreviations_and_split_lists() -> None:
    text = "Received from the U.S. Survey, e.g. maps. Second one.\n- third\n- fourth"
    assert phrases.sentences(text) == (
        "Received from the U.S. Survey, e.g. maps.",
        "Second one.",
        "third",
        "fourth",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Not for use outside the valley.",
        "Only members of the consortium may use this data.",
        "Matumizi yoyote yanahitaji ruhusa.",
    ],
)
@pytest.mark.parametrize("field", ["restrictions", "forbiddenUsage", "additionalConditions"])
def test_an_unread_sentence_in_a_field_of_limits_may_touch_every_use(text: str, field: str) -> None:
    (clause,) = of("CC0-1.0", **{field: text}).unparsed
    assert phrases.touches(clause, ("use",))


@pytest.mark.parametrize("text", ["Please be kind.", "We thank our donors.", "Cite our paper."])
def test_thanks_and_credit_limit_nothing(text: str) -> None:
    assert not any(
        phrases.touches(c, ("use", "commercialize"))
        for c in of("CC0-1.0", restrictions=text).unparsed
    )


@pytest.mark.parametrize(
    "text",
    [
        "Il est interdit d'utiliser ces sons à des fins commerciales.",
        "Uso comercial prohibido.",
        "Kommerzielle Nutzung ist untersagt.",
    ],
)
def test_a_ban_on_commerce_is_read_in_other_languages(text: str) -> None:
    assert "commercialize" in barred(of("CC-BY-4.0", restrictions=text))


def test_a_demand_for_credit_counts_even_for_a_public_domain_dedication() -> None:
    assert "attribute" in duties(of("CC0-1.0", restrictions="Attribution is required."))


def test_a_time_limit_counts_wherever_it_is_named() -> None:
    assert "refrain" in duties(of("CC0-1.0", restrictions="Access expires after 12 months."))


@pytest.mark.parametrize(
    "text",
    [
        "Free to the public for commercial and non-commercial use.",
        "Unless otherwise specified you can use it for commercial or non-commercial purposes.",
        "You may use it commercially and non-commercially.",
        "In no event shall the makers be liable for loss of commercial profits.",
    ],
)
def test_a_grant_or_a_disclaimer_is_not_taken_for_a_ban(text: str) -> None:
    assert barred(of("CC-BY-4.0", **{"Licensing Information": text})) == set()


def test_a_sentence_that_only_names_the_licence_is_not_shown_as_unread() -> None:
    text = "We are releasing this under the terms of CC BY 4.0. Only owls may read the rest."
    terms = of("CC-BY-4.0", **{"Licensing Information": text})
    assert [c.quote for c in terms.unparsed] == ["Only owls may read the rest."]


def test_a_licence_named_twice_stands_once_in_the_expression() -> None:
    assert of("CC-BY-4.0 AND MIT", "MIT").licence == "CC-BY-4.0 AND MIT"


@pytest.mark.parametrize(
    "text",
    [
        "CC0 for non-commercial use only",
        "CC0 non-commercial",
        "MIT (non-commercial use only)",
        "CC BY 4.0, academic use only",
        "Apache 2.0 for code; data: research purposes",
        "CC BY 4.0 for research",
        "CC-BY 4.0 (research and education)",
        "CC BY 4.0, contact us for commercial use",
        "Licensed under CC BY 4.0 for research purposes by universities and by nobody else at all",
    ],
)
def test_words_beside_a_licence_name_take_away_what_the_name_would_grant(text: str) -> None:
    assert qualities(of(text)).commercial is not True


@pytest.mark.parametrize(
    "text",
    [
        "Attribution 4.0 International (CC BY 4.0)",
        "Public Domain (CC0)",
        "MIT, for research and commercial use",
        "[CC BY](https://creativecommons.org/licenses/by/4.0/)",
    ],
)
def test_a_licence_name_alone_grants_what_the_licence_grants(text: str) -> None:
    assert qualities(of(text)).commercial is True


def test_the_collective_s_notice_stays_where_other_words_are_passed_on() -> None:
    stated = StatedTerms(
        licences=("CC-BY-4.0",), platform="mdc", datasheet=(("description", "Recorded in 2020."),)
    )
    assert "reviewPolicy" in duties(derive(stated))


@pytest.mark.parametrize(
    "text",
    [
        "CC0 (metadata only)",
        "CC BY 4.0 for the annotations; the audio's copyright remains with broadcasters",
        "MIT or proprietary",
    ],
)
def test_a_licence_of_a_part_alone_makes_every_use_a_question(text: str) -> None:
    asked = [r for r in of(text).rules if r.action == "obtainConsent" and r.prior]
    assert any(trigger("any") in r.constraints for r in asked)
