"""Verdicts in seven languages: every code has its words, and none permits more than the English."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.grounding_words import words
from assistant.phrases import ENGLISH, LANGUAGES, phrases_of
from assistant.terms.acts import ACTIONS, DUTIES
from assistant.terms.facts import KEYS
from assistant.terms.values import SEVERITY
from assistant.terms.worded import OF_ACTIONS, WHOLE
from assistant.use import ACTS, OrganisationKind
from catalog_sync.clauses import Document
from catalog_sync.licences import rows

CODES = {
    "act": ACTS, "deed": ACTS, "action": ACTIONS, "duty": DUTIES, "fact": KEYS,
    "badge": SEVERITY, "badge_within": SEVERITY, "outcome": SEVERITY, "opening": SEVERITY,
    "reason": (*OF_ACTIONS, *WHOLE), "source": get_args(Document), "paper": get_args(Document),
    "organisation": get_args(OrganisationKind),
}  # fmt: skip


@pytest.mark.parametrize("table", CODES)
def test_every_code_has_its_words_and_no_words_are_left_over(table: str) -> None:
    have = {key.partition(".")[2] for key in ENGLISH.texts if key.startswith(f"{table}.")}
    assert have == set(CODES[table])


def test_every_action_and_duty_of_the_licences_has_a_code() -> None:
    rules = [rule for row in rows().values() for rule in row.rules]
    assert {r.action for r in rules if r.kind != "duty"} <= set(ACTIONS)
    assert {r.action for r in rules if r.kind == "duty"} <= set(DUTIES)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_four_badges_are_told_apart_and_are_what_a_model_is_held_to(tag: str) -> None:
    badges = {outcome: phrases_of(tag).say(f"badge.{outcome}") for outcome in SEVERITY}
    assert len(set(badges.values())) == len(SEVERITY)
    held = words(tag)
    assert held is not None
    for outcome, badge in badges.items():
        known = [text.casefold() for text in held.outcomes[outcome]]
        assert badge.casefold() in known, outcome
        assert tag == "en" or badge == held.outcomes[outcome][0], outcome
