"""What a verdict says, in English where it is made and in another language where it is shown. Pure.

A verdict is made, compared and kept with its English sentences; all of them come from codes, so
each is known again by its English text. What is not known, as words of an older version in a
kept request, stays as it is. Codes, clauses and what owners wrote are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from assistant.phrases import ENGLISH, Phrases
from assistant.terms.acts import ACTIONS, DUTIES, action_text, duty_text
from assistant.terms.facts import KEYS, question
from assistant.terms.values import Verdict
from assistant.use import ACTS, Act
from catalog_sync.clauses import Clause

OF_ACTIONS = (
    "ruled_out", "ruled_out_for_some_models", "perhaps_ruled_out", "permitted",
    "permission_stated", "permitted_to_some", "silence", "owner_asked",
)  # fmt: skip
"""Reasons into which an action is put."""
WHOLE = (
    "credit_when_shared", "person_refused", "credit_kept", "benefit_unnamed", "consent_held",
    "permission_held", "unread",
)  # fmt: skip
_NOTES = ("platform_note.mdc_rehosting", "platform_note.mdc_datasheet")
PLATFORM_NOTES = tuple(ENGLISH.say(key) for key in _NOTES)
"""What the Mozilla Data Collective's terms add, in English."""
NO_LICENCE_STATED = ENGLISH.say("verdict.no_licence_stated")
_SILENCES = ("verdict.silence_on_combining", "verdict.silence_on_passing_on")
_GRANTED = re.compile(
    ENGLISH.say("verdict.granted_place", request=r"(?P<request>\S+)", day="(?P<day>.+?)")
    + "(?:, for (?P<who>.+))?"
)
_STAND_INS = (
    "verdict.no_licence_stated", "verdict.no_licence_read", "verdict.approved",
    "access_stated.on_request", "access_stated.agreement", "access_stated.owner_site",
    "access_stated.private",
)  # fmt: skip
"""What stands in the place of a quotation where nobody published words."""
_LABELS = ("verdict.price_clause", "verdict.access_clause")


@cache
def why(reason: str, action: str = "") -> str:
    """The English sentence of a reason; `action` is put into one of `OF_ACTIONS`."""
    return _why(reason, action, ENGLISH)


@cache
def duty_in_english(action: str) -> str:
    """`acts.duty_text`, read once."""
    return duty_text(action)


@cache
def question_in_english(fact: str) -> str:
    """`facts.question`, read once."""
    return question(fact)


@cache
def silence_on(act: Act) -> str:
    """The name of the place where a paper would speak of an act, and does not, in English."""
    return _silence_on(act, ENGLISH)


@cache
def stated_fact(fact: str) -> str:
    """The name of the place where a person's own statement stands, in English."""
    return ENGLISH.say("verdict.fact", fact=fact)


def worded(verdict: Verdict, phrases: Phrases = ENGLISH) -> Verdict:
    """The same verdict with its sentences in another language, whichever of the two it is in."""
    if phrases.tag == ENGLISH.tag:
        return verdict
    said = _sentences(phrases)
    return replace(
        verdict,
        reasons=tuple(replace(r, why=said.get(r.why, r.why)) for r in verdict.reasons),
        duties=tuple(
            replace(d, text=duty_text(d.action, phrases))
            if d.text == duty_in_english(d.action)
            else d
            for d in verdict.duties
        ),
        missing=tuple(replace(m, question=question(m.fact, phrases)) for m in verdict.missing),
        platform_notes=tuple(said.get(note, note) for note in verdict.platform_notes),
    )


def shown(clause: Clause, phrases: Phrases = ENGLISH) -> Clause:
    """A clause for a reader: what the engine itself wrote into it is said in their language.

    That is the place of a silence, of a stated fact or of an owner's approval here, and a mode of
    access that was stated without words. What was published stays word for word.
    """
    if phrases.tag == ENGLISH.tag:
        return clause
    places, stand_ins = _places(phrases)
    place = places.get(clause.clause) or _granted_there(clause, phrases)
    if place is None:
        return clause
    return replace(clause, clause=place, quote=stand_ins.get(clause.quote, clause.quote))


def granted_place(
    request: str, day: str | None, who: Sequence[str], phrases: Phrases = ENGLISH
) -> str:
    """The name of the place where an owner's approval stands: the request, its day, for whom."""
    when = day or phrases.say("verdict.day_unknown")
    key = "verdict.granted_place_for" if who else "verdict.granted_place"
    return phrases.say(key, request=request, day=when, who=phrases.say("comma").join(who))


def _granted_there(clause: Clause, phrases: Phrases) -> str | None:
    found = _GRANTED.fullmatch(clause.clause) if clause.document == "grant" else None
    if found is None:
        return None
    day = found["day"] if found["day"][0].isdigit() else None
    codes = found["who"].split(", ") if found["who"] else []
    return granted_place(found["request"], day, [_of_code(c, phrases) for c in codes], phrases)


def _of_code(code: str, phrases: Phrases) -> str:
    """A kind of organisation, or a country, in words."""
    kind = f"organisation.{code}"
    return phrases.say(kind) if phrases.has(kind) else phrases.country(code, code)


def _why(reason: str, action: str, phrases: Phrases) -> str:
    what = action_text(action, phrases) if action else ""
    return phrases.say(f"reason.{reason}", what=what)


def _silence_on(act: Act, phrases: Phrases) -> str:
    return phrases.say("verdict.silence_on", what=phrases.say(f"act.{act}"))


@cache
def _sentences(there: Phrases) -> Mapping[str, str]:
    """English -> the language, for every sentence that code puts into a reason or a note."""
    told = [*((r, a) for r in OF_ACTIONS for a in ACTIONS), *((r, "") for r in WHOLE)]
    return {
        **{why(reason, action): _why(reason, action, there) for reason, action in told},
        **{duty_in_english(duty): duty_text(duty, there) for duty in DUTIES},
        **{ENGLISH.say(key): there.say(key) for key in _NOTES},
    }


@cache
def _places(there: Phrases) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """(names of places, what the engine put in the place of words), English -> the language."""
    places = {ENGLISH.say(key): there.say(key) for key in (*_SILENCES, *_LABELS)}
    places |= {silence_on(act): _silence_on(act, there) for act in ACTS}
    places |= {stated_fact(fact): there.say("verdict.fact", fact=fact) for fact in KEYS}
    return places, {ENGLISH.say(key): there.say(key) for key in _STAND_INS}
