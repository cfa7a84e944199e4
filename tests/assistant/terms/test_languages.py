"""Verdicts in seven languages: every code has its words, and none permits more than the English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import pytest

from assistant.grounding_words import words
from assistant.phrases import ENGLISH, LANGUAGES, phrases_of
from assistant.terms.acts import ACTIONS, DUTIES, acts_text
from assistant.terms.facts import KEYS
from assistant.terms.values import SEVERITY, Outcome
from assistant.terms.worded import OF_ACTIONS, WHOLE
from assistant.use import ACTS, Act, OrganisationKind
from catalog_sync.clauses import Document
from catalog_sync.licences import rows
from tests.assistant.terms.leaks import SAME, english_left, of_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """Phrases of one language that ask, refuse, permit or set conditions, in small letters."""

    asks: tuple[str, ...]
    refuses: tuple[str, ...]
    permits: tuple[str, ...]
    conditions: str


KINDS: Mapping[str, Kinds] = {
    "en": Kinds(
        asks=("ask the owner whether you may", "ask the owner"),
        refuses=("no: the terms do not let you", "not allowed"),
        permits=("yes", "you may", "allowed", "permitted", "let you"),
        conditions="condition",
    ),
    "es": Kinds(
        asks=("pregunta al propietario si te permite", "pregunta al propietario"),
        refuses=("no: las condiciones no te permiten", "no permitido"),
        permits=("sí", "puedes", "permit"),
        conditions="condiciones",
    ),
    "fr": Kinds(
        asks=("demandez au propriétaire s'il autorise ceci", "demandez au propriétaire"),
        refuses=("non, les conditions ne le permettent pas", "non autorisé"),
        permits=("oui", "vous pouvez", "autoris", "permett"),
        conditions="conditions",
    ),
    "pt": Kinds(
        asks=("pergunte ao proprietário se lhe permite", "pergunte ao proprietário"),
        refuses=("não: as condições não lhe permitem", "não permitido"),
        permits=("sim", "pode", "permit"),
        conditions="condições",
    ),
    "de": Kinds(
        asks=("fragen sie den eigentümer, ob er folgendes zulässt", "fragen sie den eigentümer"),
        refuses=("nein, das lassen die bedingungen nicht zu", "nicht erlaubt"),
        permits=("ja", "sie dürfen", "erlaub", "zulässt", "zulassen"),
        conditions="bedingungen",
    ),
    "sw": Kinds(
        asks=("muulize mmiliki kama anakukubalia", "muulize mmiliki"),
        refuses=("hapana: masharti hayakuruhusu", "hairuhusiwi"),
        permits=("ndiyo", "ruhusiwa", "ruhusu", "unaweza", "kubali"),
        conditions="masharti",
    ),
    "ar": Kinds(
        asks=("اسأل المالك هل يأذن لك بهذا", "اسأل المالك"),
        refuses=("لا، لا تسمح لك الشروط بهذا", "غير مسموح"),
        permits=("نعم", "يجوز", "مسموح", "تسمح", "يأذن"),
        conditions="شروط",
    ),
}
EXPECTED: Mapping[Outcome, str] = {
    "allowed": "permits", "allowed_with_conditions": "permits", "not_allowed": "refuses",
    "ask_owner": "asks",
}  # fmt: skip


def kinds(tag: str, text: str) -> set[str]:
    """What a text says; what asks or refuses is taken out before permission is looked for."""
    rest, found = text.lower(), set[str]()
    for kind in ("asks", "refuses", "permits"):
        for phrase in getattr(KINDS[tag], kind):
            if phrase in rest:
                found.add(kind)
                rest = rest.replace(phrase, " ")
    return found


CODES = {
    "act": ACTS, "deed": ACTS, "action": ACTIONS, "duty": DUTIES, "fact": KEYS,
    "badge": SEVERITY, "badge_within": SEVERITY, "outcome": SEVERITY, "opening": SEVERITY,
    "reason": (*OF_ACTIONS, *WHOLE), "source": (*get_args(Document), "granted"),
    "paper": get_args(Document), "organisation": get_args(OrganisationKind),
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
        known = [text.lower() for text in held.outcomes[outcome]]
        assert badge.lower() in known, outcome
        assert tag == "en" or badge == held.outcomes[outcome][0], outcome


@pytest.mark.parametrize("outcome", SEVERITY)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_outcome_is_said_as_what_it_is_and_as_nothing_better(tag: str, outcome: Outcome) -> None:
    phrases = phrases_of(tag)
    uses: list[tuple[Act, ...]] = [*((act,) for act in ACTS), ACTS[1:3], ACTS]
    openings = [phrases.say(f"opening.{outcome}", what=acts_text(u, phrases)) for u in uses]
    short = [phrases.say(f"{table}.{outcome}") for table in ("badge", "badge_within", "outcome")]
    for text in (*openings, *short):
        assert kinds(tag, text) == {EXPECTED[outcome]}, text
        if EXPECTED[outcome] == "permits":
            conditional = KINDS[tag].conditions in text.lower()
            assert conditional == (outcome == "allowed_with_conditions"), text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_deed_action_or_question_brings_a_permission_into_the_sentence_it_is_put_into(
    tag: str,
) -> None:
    for key, text in phrases_of(tag).texts.items():
        if key.partition(".")[0] in ("act", "deed", "action"):
            assert kinds(tag, text) == set(), key


REFUSALS = {
    "en": ("ruled out", "not agreed", "must keep"), "es": ("excluyen", "no ha aceptado", "debe"),
    "fr": ("excluent", "n'a pas accepté", "doit"), "pt": ("excluem", "não aceitou", "tem de"),
    "de": ("schließen es aus", "nicht zugestimmt", "muss"),
    "sw": ("yanakataza", "hajakubali", "lazima"), "ar": ("تستبعد", "لم يوافق", "على من"),
}  # fmt: skip
DOUBTS = {
    "en": ("ruled out; what", "may be", "to some", "nothing permits", "has to be", "not said",
           "nobody", "no rule"),
    "es": ("no se ha dicho", "puede que", "solo a algunos", "nada", "hay que", "nadie", "ninguna"),
    "fr": ("n'a pas été dit", "peut-être", "qu'à certains", "rien", "il faut", "on n'a pas dit",
           "personne", "aucune"),
    "pt": ("não foi dito", "talvez", "só o permitem a alguns", "nada", "é preciso", "ninguém",
           "nenhuma"),
    "de": ("nicht gesagt", "möglicherweise", "nur einigen", "nichts", "gefragt", "niemand",
           "keine"),
    "sw": ("haikusemwa", "huenda", "baadhi tu", "hakuna", "lazima mmiliki"),
    "ar": ("لم يذكر", "قد تستبعد", "للبعض فقط", "لا شيء", "يجب سؤال", "لم يحدده", "لم يمكن"),
}  # fmt: skip


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_reason_for_a_refusal_refuses_and_one_for_a_doubt_doubts(tag: str) -> None:
    phrases = phrases_of(tag)
    action = phrases.say("action.train")
    for reason in ("ruled_out", "person_refused", "credit_kept"):
        text = phrases.say(f"reason.{reason}", what=action).lower()
        assert any(word in text for word in REFUSALS[tag]), text
    for reason in (
        "ruled_out_for_some_models", "perhaps_ruled_out", "permitted_to_some", "silence",
        "owner_asked", "credit_when_shared", "benefit_unnamed", "unread",
    ):  # fmt: skip
        text = phrases.say(f"reason.{reason}", what=action).lower()
        assert any(word in text for word in DOUBTS[tag]), text


NO_TO_MIXING = {
    "en": "cannot", "es": "no ", "fr": "ne ", "pt": "não ", "de": "nicht", "sw": "haiwezekani",
    "ar": "لا ",
}  # fmt: skip


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_yes_and_a_no_to_mixing_differ_by_the_no(tag: str) -> None:
    phrases = phrases_of(tag)
    said = {answer: phrases.say(f"combined.{answer}", one="A", other="B").lower()
            for answer in ("compatible", "incompatible", "ask_owner")}  # fmt: skip
    assert NO_TO_MIXING[tag] in said["incompatible"]
    assert NO_TO_MIXING[tag] not in said["compatible"]
    assert len(set(said.values())) == 3


@pytest.mark.parametrize("tag", SAME)
def test_no_text_on_terms_has_a_word_of_english(tag: str) -> None:
    left = {key: english_left(text, tag) for key, text in of_terms(tag).items()}
    assert {key: found for key, found in left.items() if found} == {}
