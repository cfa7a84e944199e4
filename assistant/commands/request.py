"""`request`: access asked for, answered, decided; who runs the program vouches for `--as`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import wiring
from assistant.access.commands import (
    AcceptTerms,
    ApproveRequest,
    ChangeDecision,
    Command,
    DelegateRequest,
    DraftRequest,
    ExtendRequest,
    HandOver,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.values import AccessRequest, Answers, Refusal
from assistant.commands.call import Call, Parsers
from assistant.commands.request_options import (
    add_answers,
    answered,
    asker_of,
    day_of,
    key_of,
    parsers_of,
)
from assistant.commands.request_shown import show, show_form, show_list, tell_refusal

if TYPE_CHECKING:
    from assistant.access.office import Office


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `request` and its actions."""
    actions = parsers_of(parsers, common)
    new = actions("new", "ask for access; shows the review, and --yes sends it", new_request)
    new.add_argument("card", metavar="ID", help="the dataset")
    new.add_argument("--again", metavar="REQUEST", help="a finished request that is asked again")
    add_answers(new)
    listing = actions(
        "list", "your requests; --waiting for your decision, --decided", list_requests
    )
    listing.add_argument("--waiting", action="store_true", help="what waits for your decision")
    listing.add_argument("--decided", action="store_true", help="what you decided about")
    listing.add_argument("--limit", type=int, default=50, metavar="N")
    listing.add_argument("--after", metavar="REQUEST", help="the last one of the page before")
    seen = actions("show", "one request with its events", show_request)
    seen.add_argument("request", metavar="REQUEST")
    seen.add_argument("--why", default="", help="an administrator's reason, which is kept")
    answering = actions("answer", "mend a draft or a returned request; --yes sends it", answer)
    answering.add_argument("request", metavar="REQUEST")
    add_answers(answering)
    _decisions(actions)


def _decisions(actions: Callable[..., argparse.ArgumentParser]) -> None:
    for name, told, run, asked in (
        ("withdraw", "take a request back", withdraw, ("reason",)),
        ("extend", "ask for a later end, or grant it", extend, ("until", "reason")),
        ("approve", "grant access", approve, ("until", "conditions", "reason")),
        ("reject", "refuse access", reject, ("reason",)),
        ("return", "ask the requester for more", ask_back, ("question",)),
        ("revoke", "end access", revoke, ("reason",)),
        ("change", "decide anew", change, ("to", "reason", "until", "conditions")),
        ("delegate", "let a colleague decide too", delegate, ("to",)),
    ):
        parser = actions(name, told, run)
        parser.add_argument("request", metavar="REQUEST")
        for option in asked:
            parser.add_argument(f"--{option}", default="")
        if name == "approve":
            parser.add_argument(
                "--despite-terms-change", action="store_true",
                help="on the terms as filed, though they changed since",
            )  # fmt: skip


def new_request(call: Call) -> int:
    """Draft, show the review, and with --yes accept and send."""
    office, asker = office_of(call), asker_of(call)
    card_id: str = call.options.card
    form = office.form(card_id, asker, answers=answered(call, Answers()))
    if isinstance(form, Refusal):
        return tell_refusal(call, form)
    draft: AccessRequest | Refusal
    if form.open is not None and form.open.state in ("draft", "returned"):
        kept = answered(call, form.open.answers or Answers())
        draft = office.request(
            SaveAnswers(request_id=form.open.id, answers=kept),
            asker=asker,
            key=key_of(call, "save"),
        )
    else:
        draft = office.request(
            DraftRequest(card_id=card_id, answers=form.answers, previous=call.options.again),
            asker=asker,
            key=key_of(call, "draft"),
        )
    return _sent_or_shown(call, office, draft)


def answer(call: Call) -> int:
    """Put answers in place of others; with --yes accept and send."""
    office, asker = office_of(call), asker_of(call)
    found = office.read(call.options.request, asker)
    if isinstance(found, Refusal):
        return tell_refusal(call, found)
    saved = office.request(
        SaveAnswers(request_id=found.id, answers=answered(call, found.answers or Answers())),
        asker=asker,
        key=key_of(call, "save"),
    )
    return _sent_or_shown(call, office, saved)


def _sent_or_shown(call: Call, office: Office, draft: AccessRequest | Refusal) -> int:
    if isinstance(draft, Refusal):
        return tell_refusal(call, draft)
    if not call.options.yes:
        return show_form(call, draft)
    asker = asker_of(call)
    judged = draft.judged
    steps: list[Command] = [
        AcceptTerms(
            request_id=draft.id,
            accepted=tuple((each.id, each.sha256) for each in judged.agreements),
            price_agreed=call.options.agree_price,
            fingerprint=judged.terms_fingerprint,
        ),
        HandOver(request_id=draft.id)
        if judged.route == "own_site"
        else SubmitRequest(request_id=draft.id, fingerprint=judged.terms_fingerprint),
    ]
    done: AccessRequest | Refusal = draft
    for step in steps:
        done = office.request(step, asker=asker, key=key_of(call, type(step).__name__))
        if isinstance(done, Refusal):
            return tell_refusal(call, done, about=draft)
    return show(call, done)


def list_requests(call: Call) -> int:
    """The asker's requests, or what they decide about."""
    office, asker = office_of(call), asker_of(call)
    limit, after = call.options.limit, call.options.after
    if call.options.waiting:
        found = office.waiting(asker, limit=limit, after=after)
    elif call.options.decided:
        found = office.decided(asker, limit=limit, after=after)
    else:
        found = office.mine(asker, limit=limit, after=after)
    return show_list(call, found)


def show_request(call: Call) -> int:
    """One request with its events."""
    found = office_of(call).read(call.options.request, asker_of(call), reason=call.options.why)
    return show(call, found)


def withdraw(call: Call) -> int:
    """Take it back."""
    return done(call, WithdrawRequest(request_id=_id(call), reason=call.options.reason))


def extend(call: Call) -> int:
    """A later last day."""
    until = day_of(call.options.until, "until", needed=True)
    return done(call, ExtendRequest(request_id=_id(call), until=until, reason=call.options.reason))


def approve(call: Call) -> int:
    """Grant access."""
    options = call.options
    until = day_of(options.until, "until") if options.until else None
    return done(
        call,
        ApproveRequest(
            request_id=_id(call),
            until=until,
            conditions=options.conditions,
            reason=options.reason,
            despite_terms_change=options.despite_terms_change,
        ),
    )


def reject(call: Call) -> int:
    """Refuse access."""
    return done(call, RejectRequest(request_id=_id(call), reason=call.options.reason))


def ask_back(call: Call) -> int:
    """Ask for more."""
    return done(call, ReturnRequest(request_id=_id(call), question=call.options.question))


def revoke(call: Call) -> int:
    """End access."""
    return done(call, RevokeRequest(request_id=_id(call), reason=call.options.reason))


def change(call: Call) -> int:
    """Decide anew."""
    options = call.options
    to = "approved" if options.to in ("approved", "approve") else "rejected"
    made = ChangeDecision(request_id=_id(call), to="approved", reason=options.reason,
                          conditions=options.conditions)  # fmt: skip
    if options.until:
        made = replace(made, until=day_of(options.until, "until"))
    return done(call, replace(made, to="rejected") if to == "rejected" else made)


def delegate(call: Call) -> int:
    """Let a colleague decide too."""
    return done(call, DelegateRequest(request_id=_id(call), email=call.options.to))


def done(call: Call, command: Command) -> int:
    """Do one command and show what came of it."""
    office = office_of(call)
    name = type(command).__name__
    return show(call, office.request(command, asker=asker_of(call), key=key_of(call, name)))


def office_of(call: Call) -> Office:
    """The office of these settings."""
    return wiring.build_office(call.settings)


def _id(call: Call) -> str:
    found: str = call.options.request
    return found
