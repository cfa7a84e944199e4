"""Access requests in plain words: how one stands, what comes next, why something was not done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.access.values import AccessRequest, CommandName, Refusal, State
from assistant.phrases import ENGLISH, Phrases
from catalog_sync.clauses import Price

STATES: dict[State, str] = {
    "draft": "Draft, not sent yet",
    "submitted": "Sent, waiting for the owner",
    "returned": "The owner asks for more",
    "approved": "Approved",
    "rejected": "Not approved",
    "withdrawn": "Withdrawn",
    "revoked": "Access ended by the owner",
    "expired": "Ended",
    "handed_over": "Continued on the dataset's own page",
}
_STANDING: dict[State, str] = {
    "draft": "request.is_draft", "rejected": "request.is_rejected",
    "withdrawn": "request.is_withdrawn", "revoked": "request.is_revoked",
    "handed_over": "request.went_on",
}  # fmt: skip
LABELS: dict[CommandName, str] = {
    "draft": "Ask again", "save": "Edit", "accept": "Accept the terms", "submit": "Send",
    "hand_over": "Continue on its page", "claim": "Take over", "withdraw": "Withdraw",
    "extend": "Extend", "approve": "Approve", "reject": "Reject", "return": "Ask back",
    "revoke": "End access", "change": "Change the decision", "delegate": "Let a colleague decide",
    "expire": "Let it end", "note_reminder": "Remind", "note_terms_change": "Note changed terms",
}  # fmt: skip
EVENTS: dict[str, str] = {
    "RequestDrafted": "Begun", "AnswerSaved": "Answers saved", "TermsAccepted": "Terms accepted",
    "DraftClaimed": "Address confirmed", "RequestSubmitted": "Sent to the owner",
    "RequestHandedOver": "Continued on the dataset's own page",
    "RequestReturned": "Returned with a question", "RequestApproved": "Approved",
    "RequestRejected": "Not approved", "RequestRevoked": "Access ended by the owner",
    "RequestWithdrawn": "Withdrawn", "RequestExpired": "Ended",
    "ExtensionAsked": "Extension asked for", "RequestExtended": "Extended",
    "DecisionChanged": "Decision changed", "TermsChanged": "Terms of the dataset changed",
    "Delegated": "A colleague may decide too", "ReminderSent": "Reminder sent",
}  # fmt: skip


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
    return phrases.day(value) if value is not None else "no end"


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


def event(what: str) -> str:
    """An event's name in words."""
    return EVENTS.get(what, what)


def refusal(refused: Refusal) -> str:
    """Why it was not done, and the next move."""
    return _REFUSALS[refused.kind](refused)


def _first(refused: Refusal) -> str:
    return refused.values[0] if refused.values else ""


def _not_now(refused: Refusal) -> str:
    state = next((words for key, words in STATES.items() if key == _first(refused)), "")
    stands = f" It stands at: {state}." if state else ""
    return f"That cannot be done with this request as it stands.{stands} Load it again."


def _missing(refused: Refusal) -> str:
    return f"One answer is missing: {_first(refused) or refused.field}"


def _bad(refused: Refusal) -> str:
    name = (refused.field or "answer").removeprefix("custom:").replace("_", " ")
    about = f" ({refused.values[1]})" if len(refused.values) > 1 else ""
    return f"The {name}{about} cannot be taken as it is. Expected: {_first(refused)}."


def _at(refused: Refusal) -> str:
    return f": {_first(refused)}" if _first(refused) else ""


_Wording = Callable[[Refusal], str]
_REFUSALS: dict[str, _Wording] = {
    "not_found": lambda r: (
        "There is no such request, or it does not concern you. Check the "
        "address, or sign in with the e-mail address that it was made with."
    ),
    "not_allowed_now": _not_now,
    "sign_in": lambda r: (
        "For that one has to be signed in. Sign in by a link to your e-mail "
        "address, then do it again; nothing you wrote is lost."
    ),
    "not_confirmed": lambda r: (
        "The e-mail address is not confirmed yet. Open the link that was "
        "sent to it; the draft is kept."
    ),
    "missing_answer": _missing,
    "bad_answer": _bad,
    "not_accepted": lambda r: (
        f"“{_first(r) or r.field}” is not accepted yet. Read it and accept "
        "it, or leave the draft as it is."
    ),
    "price_not_agreed": lambda r: (
        "The dataset has a price that was not agreed to yet. Agree to "
        "it, or leave the draft as it is; nothing is paid here."
    ),
    "terms_unseen": lambda r: (
        "The terms are not the ones that were shown. Look at them again, "
        "then confirm; your answers are kept."
    ),
    "terms_changed": lambda r: (
        "The dataset's terms changed since this was asked. Let the "
        "requester look at the new terms first, or approve on the old ones expressly."
    ),
    "already_open": lambda r: (
        f"There is already a request for this dataset ({_first(r)}), or for "
        "a copy of it. Go on with that one."
    ),
    "key_reused": lambda r: (
        "This form was already sent with other words. Load the page again and send it once more."
    ),
    "no_request_needed": lambda r: (
        f"Nobody need be asked: the files are open to everybody{_at(r)}."
    ),
    "own_site": lambda r: (
        "Its owner does not decide here. Ask on the dataset's own page"
        f"{_at(r)}; a letter is ready to paste."
    ),
    "no_owner": lambda r: "Nobody here owns this dataset, so nobody here can decide.",
    "reason_needed": lambda r: f"A {r.field or 'reason'} is needed: the other side will read it.",
    "bad_date": lambda r: (
        "The day cannot be taken. Expected one after "
        f"{_first(r) or 'today, for access that has an end'}."
    ),
    "dataset_gone": lambda r: (
        f"The dataset {_first(r)!r} is not in the catalogue, or no longer. Search for another one."
    ),
    "too_many": lambda r: f"More than {_first(r)} requests are open. Send or withdraw some first.",
    "busy": lambda r: (
        "Many requests are being written at this moment, so nothing was done. "
        "Try again in a moment."
    ),
}
