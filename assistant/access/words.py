"""Access requests in plain words: how one stands, what comes next, why something was not done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.access.values import AccessRequest, CommandName, Refusal, State
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


def status(request: AccessRequest, *, today: date) -> str:
    """How it stands, in one sentence."""
    name = request.judged.card_name
    if request.state == "approved":
        until = f" until {day(request.until)}" if request.until else ""
        return f"You may use {name}{until}."
    why = f" The reason given: “{request.reason}”" if request.reason else ""
    sentences: dict[State, str] = {
        "draft": f"Your request for {name} is a draft; nobody has seen it yet.",
        "submitted": f"Your request for {name} is with its owner{_since(request, today)}.",
        "returned": f"The owner of {name} asks: “{request.question}”",
        "approved": "",
        "rejected": f"The owner did not approve your request for {name}.{why}",
        "withdrawn": f"You withdrew your request for {name}.",
        "revoked": f"The owner ended your access to {name}.{why}",
        "expired": f"Your request for {name} has ended{_ended(request)}.",
        "handed_over": f"You went on to {name}'s own page; what happens there is not known here.",
    }
    return sentences[request.state]


def _since(request: AccessRequest, today: date) -> str:
    if request.submitted_at is None:
        return ""
    days = (today - request.submitted_at.date()).days
    return " since today" if days <= 0 else f" since {day(request.submitted_at.date())}"


def _ended(request: AccessRequest) -> str:
    return f" on {day(request.until)}" if request.until else ""


def next_step(request: AccessRequest) -> str:
    """What happens next, and who has to do it."""
    change = request.terms_change
    if change is not None and change.what == "withdrawn" and request.is_open:
        return "The dataset is no longer in the catalogue; what was decided stays as it is."
    if change is not None and not change.seen and request.state in ("submitted", "approved"):
        return (
            "The dataset's terms changed since. Look at the new terms: nothing about this request "
            "changes by itself."
        )
    steps: dict[State, str] = {
        "draft": "Complete it, look at it once more, and send it.",
        "submitted": "The owner decides. They are reminded after 3 and after 10 days, and you are "
        "told by mail as soon as they decide.",
        "returned": "Answer the question and send it again.",
        "approved": "Keep to the terms and to the owner's conditions."
        + (" You are reminded before it ends, and may ask for longer." if request.until else ""),
        "rejected": "You may ask again, in a new request that points to this one.",
        "withdrawn": "Nothing more happens. You may ask again.",
        "revoked": "Stop using the data. You may ask again.",
        "expired": "You may ask again.",
        "handed_over": "Ask for access on the dataset's own page; the letter is ready to paste.",
    }
    return steps[request.state]


def day(value: date | None) -> str:
    """A day as people write it: 31 March 2027."""
    return f"{value.day} {value:%B %Y}" if value is not None else "no end"


def price(value: Price) -> str:
    """The owner's price and the platform's fee, apart, and what they make together."""
    owner = f"{_money(value.owner_cents, value.currency)} to the owner"
    if value.platform_fee_cents is None:
        return f"{owner}; the platform's fee comes on top and is not stated"
    total = value.owner_cents + value.platform_fee_cents
    return (
        f"{owner} and {_money(value.platform_fee_cents, value.currency)} to the platform, "
        f"{_money(total, value.currency)} together"
    )


def _money(cents: int, currency: str) -> str:
    return f"{cents / 100:,.2f} {currency}"


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
