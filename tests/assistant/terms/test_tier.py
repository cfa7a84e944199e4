"""Which NOODL tier a user falls in, from words: asked where something is missing."""

from datetime import date

import pytest

from assistant.terms.tier_words import tier_of_words

TODAY = date(2026, 11, 23)
CASES = {
    "Nigerian citizen living in Lagos": "tier_i",
    "citizen of Kenya, resident in Kenya": "tier_i",
    "A person who is a citizen of and resident in Rwanda": "tier_i",
    "Dual citizen of Ghana and the UK living in Accra": "tier_i",
    "Company registered and headquartered in Ghana, serving farmers in Ghana": "tier_i",
    "University of Pretoria, South Africa": "tier_i",
    "Government ministry of Senegal": "tier_i",
    "NGO registered and headquartered in Uganda working with local communities": "tier_i",
    "Nigerian citizen living in Germany": "tier_ii",
    "German citizen living in Kenya": "tier_ii",
    "citizen of Nigeria resident in the UK": "tier_ii",
    "company in Germany": "tier_ii",
    "US university": "tier_ii",
    "Company registered in Kenya with headquarters in London": "tier_ii",
    "Ghanaian branch of a French multinational": "tier_ii",
    "South African subsidiary of a British company": "tier_ii",
    "Foundation based in Switzerland funding projects in Africa": "tier_ii",
    "somebody": "ask_owner",
    "country of the user not known": "ask_owner",
    "a company": "ask_owner",
    "Kenyan citizen": "ask_owner",
    "lives in Ghana": "ask_owner",
    "Company registered and headquartered in Ghana": "ask_owner",
    "start-up from Nigeria": "ask_owner",
}


@pytest.mark.parametrize("words", CASES)
def test_a_user_in_words_falls_into_a_tier(words: str) -> None:
    assert tier_of_words(words, today=TODAY).tier == CASES[words]


@pytest.mark.parametrize("words", [w for w, t in CASES.items() if t == "ask_owner"])
def test_what_is_open_is_asked_for(words: str) -> None:
    assert tier_of_words(words, today=TODAY).missing


def test_a_country_far_below_the_line_counts_even_with_an_old_list() -> None:
    late = date(2030, 1, 1)
    assert tier_of_words("Kenyan citizen living in Kenya", today=late).tier == "tier_i"
    assert tier_of_words("Brazilian citizen living in Brazil", today=late).tier == "ask_owner"
    assert tier_of_words("German citizen living in Germany", today=late).tier == "tier_ii"


def test_a_licence_held_before_a_reclassification_runs_on_for_five_years() -> None:
    words = "Costa Rican citizen living in Costa Rica"
    answer = tier_of_words(words, today=TODAY)
    assert answer.tier == "tier_ii"
    assert "2030-07-01" in answer.because
    assert "§5.4" not in tier_of_words(words, today=date(2031, 1, 1)).because
