"""Access requests in plain words: how one stands, what comes next, why something was not done."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

from assistant.access.values import AccessRequest, CommandName, Refusal, State
from assistant.phrases import ENGLISH, Phrases
from catalog_sync.clauses import Price

STATES: Mapping[State, str] = {
    state: ENGLISH.say(f"request.state.{state}") for state in get_args(State)
}  # fmt: skip
"""What pages and commands that are in English show."""
LABELS: Mapping[CommandName, str] = {
    "draft": "Ask again", "save": "Edit", "accept": "Accept the terms", "submit": "Send",
    "hand_over": "Continue on its page", "claim": "Take over", "withdraw": "Withdraw",
    "extend": "Extend", "approve": "Approve", "reject": "Reject", "return": "Ask back",
    "revoke": "End access", "change": "Change the decision", "delegate": "Let a colleague decide",
    "expire": "Let it end", "note_reminder": "Remind", "note_terms_change": "Note changed terms",
}  # fmt: skip
_STANDING: Mapping[State, str] = {
    "draft": "request.is_draft", "rejected": "request.is_rejected",
    "withdrawn": "request.is_withdrawn", "revoked": "request.is_revoked",
    "handed_over": "request.went_on",
}  # fmt: skip
_EXPECTED = ("line", "country", "acts", "day", "yes_no", "email")
"""What an answer should have been, as `form.wrong` says it in English."""


def state(value: State, phrases: Phrases = ENGLISH) -> str:
    """How a request stands, in a few words."""
    return phrases.say(f"request.state.{value}")


def status(request: AccessRequest, *, today: date, phrases: Phrases = ENGLISH) -> str:
    """How it stands, in one sentence."""
    values = {"name": request.judged.card_name}
    said = phrases.say
    if request.state in ("approved", "expired"):
        key = "may_use" if request.state == "approved" else "has_ended"
        if request.until is None:
            return said(f"request.{key}", **values)
        ends = "until" if request.state == "approved" else "on"
        return said(f"request.{key}_{ends}", day=day(request.until, phrases), **values)
    if request.state == "submitted":
        return _sent(request, today, phrases)
    if request.state == "returned":
        return said("request.is_returned", question=request.question, **values)
    told = said(_STANDING[request.state], **values)
    if request.state in ("rejected", "revoked") and request.reason:
        return f"{told} {said('request.why', reason=request.reason)}"
    return told


def _sent(request: AccessRequest, today: date, phrases: Phrases) -> str:
    name, sent = request.judged.card_name, request.submitted_at
    if sent is None:
        return phrases.say("request.is_sent", name=name)
    if (today - sent.date()).days <= 0:
        return phrases.say("request.is_sent_today", name=name)
    return phrases.say("request.is_sent_since", name=name, day=day(sent.date(), phrases))


def next_step(request: AccessRequest, phrases: Phrases = ENGLISH) -> str:
    """What happens next, and who has to do it."""
    change = request.terms_change
    if change is not None and change.what == "withdrawn" and request.is_open:
        return phrases.say("request.next.gone")
    if change is not None and not change.seen and request.state in ("submitted", "approved"):
        return phrases.say("request.next.changed")
    ends = request.state == "approved" and request.until is not None
    return phrases.say(f"request.next.{request.state}{'_until' if ends else ''}")


def day(value: date | None, phrases: Phrases = ENGLISH) -> str:
    """A day as people write it: 31 March 2027."""
    return phrases.day(value) if value is not None else phrases.say("no_end")


def price(value: Price, phrases: Phrases = ENGLISH) -> str:
    """The owner's price and the platform's fee, apart, and what they make together."""
    owner = _money(value.owner_cents, value.currency, phrases)
    if value.platform_fee_cents is None:
        return phrases.say("request.price_open", owner=owner)
    total = value.owner_cents + value.platform_fee_cents
    return phrases.say(
        "request.price_whole", owner=owner,
        fee=_money(value.platform_fee_cents, value.currency, phrases),
        total=_money(total, value.currency, phrases),
    )  # fmt: skip


def _money(cents: int, currency: str, phrases: Phrases) -> str:
    return f"{phrases.number(cents / 100, decimals=2)} {currency}"


def label(command: CommandName) -> str:
    """What a button for this command says."""
    return LABELS[command]


def event(what: str, phrases: Phrases = ENGLISH) -> str:
    """An event's name in words."""
    key = f"event_{what}"
    return phrases.say(key) if phrases.has(key) else what


def refusal(refused: Refusal, phrases: Phrases = ENGLISH) -> str:
    """Why it was not done, and the next move."""
    wording = _REFUSALS.get(refused.kind)
    key = f"refusal_{refused.kind}"
    return wording(refused, phrases) if wording is not None else phrases.say(key)


def _first(refused: Refusal) -> str:
    return refused.values[0] if refused.values else ""


def _not_now(refused: Refusal, phrases: Phrases) -> str:
    key = f"request.state.{_first(refused)}"
    if not phrases.has(key):
        return phrases.say("refusal_not_allowed_now")
    return phrases.say("refusal_not_allowed_in", state=phrases.say(key))


def _missing(refused: Refusal, phrases: Phrases) -> str:
    asked = f"request.ask.{refused.field}"
    what = _first(refused) or str(refused.field)
    if phrases.tag != "en" and phrases.has(asked):
        what = phrases.say(asked)
    return phrases.say("refusal_missing_answer", what=what)


def _bad(refused: Refusal, phrases: Phrases) -> str:
    about = f" ({refused.values[1]})" if len(refused.values) > 1 else ""
    field = f"{_field(refused, phrases)}{about}"
    expected = _expected(_first(refused), phrases)
    return phrases.say("refusal_bad_answer", field=field, expected=expected)


def _field(refused: Refusal, phrases: Phrases) -> str:
    """Which answer: in English by the field's own name, which owners' questions have too."""
    name = refused.field or "answer"
    key = f"answer_{name.partition(':')[0]}"
    if phrases.tag != "en" and phrases.has(key):
        return phrases.say(key)
    return name.removeprefix("custom:").replace("_", " ")


def _expected(english: str, phrases: Phrases) -> str:
    """What was expected, which the decision says in English."""
    if phrases.tag == "en":
        return english
    for name in _EXPECTED:
        if english == ENGLISH.say(f"expected_{name}"):
            return phrases.say(f"expected_{name}")
    if found := re.fullmatch(r"at most (\d+) characters", english):
        return phrases.say("expected_characters", n=found[1])
    if found := re.fullmatch(r"one of: (.+)", english):
        return phrases.say("expected_choice", choices=found[1])
    return english


def _not_accepted(refused: Refusal, phrases: Phrases) -> str:
    key = f"agreement_{refused.field}"
    title = _first(refused) or str(refused.field)
    if phrases.tag != "en" and phrases.has(key):
        title = phrases.say(key)
    return phrases.say("refusal_not_accepted", title=title)


def _reason(refused: Refusal, phrases: Phrases) -> str:
    field = _field(refused, phrases) if phrases.tag != "en" else refused.field or "reason"
    return phrases.say("refusal_reason_needed", field=field)


def _at(refused: Refusal, phrases: Phrases) -> str:
    """With the address where there is one."""
    url = _first(refused)
    return phrases.say(f"refusal_{refused.kind}" + ("_at" if url else ""), url=url)


def _after(refused: Refusal, phrases: Phrases) -> str:
    after = _first(refused)
    return phrases.say("refusal_bad_date" + ("_after" if after else ""), day=after)


_Wording = Callable[[Refusal, Phrases], str]
_REFUSALS: Mapping[str, _Wording] = {
    "not_allowed_now": _not_now,
    "missing_answer": _missing,
    "bad_answer": _bad,
    "not_accepted": _not_accepted,
    "already_open": lambda r, p: p.say("refusal_already_open", id=_first(r)),
    "no_request_needed": _at,
    "own_site": _at,
    "reason_needed": _reason,
    "bad_date": _after,
    "dataset_gone": lambda r, p: p.say("refusal_dataset_gone", id=repr(_first(r))),
    "too_many": lambda r, p: p.say("refusal_too_many", n=_first(r)),
}
"""Refusals whose words depend on more than their kind."""
