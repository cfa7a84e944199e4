"""A request's state from its events, and nothing else: the same events, the same request. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.access.events import (
    AnswerSaved,
    DecisionChanged,
    Delegated,
    DraftClaimed,
    Event,
    ExtensionAsked,
    ReminderSent,
    RequestApproved,
    RequestDrafted,
    RequestExpired,
    RequestExtended,
    RequestHandedOver,
    RequestRejected,
    RequestReturned,
    RequestRevoked,
    RequestSubmitted,
    RequestWithdrawn,
    TermsAccepted,
    TermsChanged,
)
from assistant.access.values import Accepted, AccessRequest, HistoryLine, TermsChange


class BrokenStory(ValueError):
    """Events that cannot have happened: a gap, or one before the draft."""


def fold(events: Iterable[Event], before: AccessRequest | None = None) -> AccessRequest | None:
    """The request that these events tell, oldest first; None when there are none.

    `before`: the request as earlier events left it. Raises `BrokenStory` where a sequence number
    is missing or the first event is no draft.
    """
    request = before
    for event in events:
        request = _begun(event) if request is None else _after(request, event)
    return request


def _begun(event: Event) -> AccessRequest:
    body = event.body
    if not isinstance(body, RequestDrafted) or event.seq != 1:
        raise BrokenStory(
            f"Request {event.request_id!r} begins with {body.kind} number {event.seq}. "
            "Expected RequestDrafted number 1."
        )
    return AccessRequest(
        id=event.request_id,
        card_id=body.card_id,
        group=body.group,
        person_id=body.person_id,
        state="draft",
        seq=1,
        judged=body.judged,
        drafted_at=event.at,
        touched_at=event.at,
        previous=body.previous,
        history=(line(event),),
    )


def _after(request: AccessRequest, event: Event) -> AccessRequest:
    if event.seq != request.seq + 1:
        raise BrokenStory(
            f"Request {request.id!r} has event {event.seq} after event {request.seq}. "
            f"Expected {request.seq + 1}."
        )
    changed = _change(request, event)
    touched = event.at if event.role == "requester" else request.touched_at
    return replace(
        changed, seq=event.seq, touched_at=touched, history=(*request.history, line(event))
    )


def _change(request: AccessRequest, event: Event) -> AccessRequest:  # noqa: C901
    """One branch an event; mypy tells when one is missing."""
    body = event.body
    match body:
        case AnswerSaved():
            return _saved(request, body)
        case TermsAccepted():
            return _accepted(request, event, body)
        case RequestApproved() | DecisionChanged():
            return _granted(request, event, body)
        case RequestRejected() | RequestRevoked():
            return _refused(request, event, body)
        case RequestExtended():
            return _extended(request, event, body)
        case TermsChanged():
            return _terms(request, event, body)
        case DraftClaimed():
            return replace(request, person_id=body.person_id, claimed=True)
        case RequestSubmitted():
            return replace(request, state="submitted", submitted_at=event.at, question="",
                           terms_change=None)  # fmt: skip
        case RequestHandedOver():
            return replace(request, state="handed_over", submitted_at=event.at)
        case RequestReturned():
            return replace(request, state="returned", question=body.question,
                           decided_by=event.actor)  # fmt: skip
        case RequestWithdrawn():
            return replace(request, state="withdrawn", reason=body.reason, extension_wished=None)
        case RequestExpired():
            return replace(request, state="expired", extension_wished=None)
        case ExtensionAsked():
            return replace(request, extension_wished=body.until, extension_reason=body.reason)
        case Delegated():
            return replace(request, delegates=request.delegates | {body.person_id})
        case ReminderSent():
            return replace(request, reminders=(*request.reminders, (body.about, event.at)))
        case RequestDrafted():
            raise BrokenStory(f"Request {request.id!r} is drafted twice.")


def line(event: Event) -> HistoryLine:
    """An event as one line of the history."""
    body = event.body
    said = (getattr(body, name, "") for name in ("reason", "question", "conditions", "about"))
    return HistoryLine(
        seq=event.seq,
        at=event.at,
        what=body.kind,
        by=event.role,
        note=" ".join(str(each) for each in said if each),
    )


def _saved(request: AccessRequest, body: AnswerSaved) -> AccessRequest:
    return replace(request, answers_ref=body.ref, answers_digest=body.digest, judged=body.judged)


def _accepted(request: AccessRequest, event: Event, body: TermsAccepted) -> AccessRequest:
    now = {given: Accepted(agreement_id=given, sha256=sha, at=event.at)
           for given, sha in body.accepted}  # fmt: skip
    kept = tuple(each for each in request.accepted if each.agreement_id not in now)
    judged = body.judged or request.judged
    change = request.terms_change
    if change is not None and judged.terms_fingerprint == change.fingerprint:
        change = replace(change, seen=True)
    return replace(
        request,
        accepted=(*kept, *now.values()),
        price_agreed=body.price_mark or request.price_agreed,
        judged=judged,
        terms_change=change,
    )


def _extended(request: AccessRequest, event: Event, body: RequestExtended) -> AccessRequest:
    return replace(
        request, until=body.until, decided_at=event.at, decided_by=event.actor,
        extension_wished=None, extension_reason="",
    )  # fmt: skip


def _terms(request: AccessRequest, event: Event, body: TermsChanged) -> AccessRequest:
    """The flag; none where the terms are again the ones that the request was judged on."""
    judged = request.judged
    back = body.fingerprint == judged.terms_fingerprint and body.price_mark == judged.price_mark
    if body.what == "changed" and back:
        return replace(request, terms_change=None)
    change = TermsChange(
        at=event.at, what=body.what, fingerprint=body.fingerprint, price_mark=body.price_mark
    )
    return replace(request, terms_change=change)


def _granted(
    request: AccessRequest, event: Event, body: RequestApproved | DecisionChanged
) -> AccessRequest:
    return replace(
        request,
        state=body.to if isinstance(body, DecisionChanged) else "approved",
        decided_at=event.at,
        decided_by=event.actor,
        until=body.until,
        conditions=body.conditions,
        reason=body.reason,
        extension_wished=None,
        extension_reason="",
    )


def _refused(
    request: AccessRequest, event: Event, body: RequestRejected | RequestRevoked
) -> AccessRequest:
    return replace(
        request,
        state="revoked" if isinstance(body, RequestRevoked) else "rejected",
        decided_at=event.at,
        decided_by=event.actor,
        reason=body.reason,
        extension_wished=None,
        extension_reason="",
    )
