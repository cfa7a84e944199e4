"""What an owner, a delegate or an owner's standing rule decides. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.access import form
from assistant.access.commands import (
    ApproveRequest,
    ChangeDecision,
    DelegateRequest,
    ExtendRequest,
)
from assistant.access.decide_scene import Decided, Scene
from assistant.access.events import (
    DecisionChanged,
    Delegated,
    ExtensionAsked,
    RequestApproved,
    RequestExtended,
)
from assistant.access.values import AccessRequest, Judged, Refusal


def approve(command: ApproveRequest, request: AccessRequest, scene: Scene) -> Decided:
    """Grant access on the terms that the request was judged on."""
    refused = _stale(request, scene, despite=command.despite_terms_change) or _too_long(
        command.conditions, command.reason
    )
    if refused is not None:
        return refused
    until = command.until or _usual_end(request.judged, scene.today)
    if until is not None and until < scene.today:
        return Refusal(kind="bad_date", field="until", values=(scene.today.isoformat(),))
    return (
        RequestApproved(
            until=until,
            conditions=command.conditions.strip(),
            reason=command.reason.strip(),
            fingerprint=request.judged.terms_fingerprint,
        ),
    )


def automatic(judged: Judged, today: date) -> RequestApproved | None:
    """The owner's rule applied to a request being filed; None: the owner decides in person.

    Only a stated use whose verdict is good enough passes; what costs money never does, since
    nobody here sees whether it was paid.
    """
    verdict = judged.verdict
    enough = {
        "never": frozenset[str](),
        "allowed": frozenset({"allowed"}),
        "allowed_with_conditions": frozenset({"allowed", "allowed_with_conditions"}),
    }[judged.auto_approve]
    costs = judged.price is not None and judged.price.owner_cents > 0
    if verdict.outcome not in enough or not verdict.use.acts or verdict.missing or costs:
        return None
    return RequestApproved(
        until=_usual_end(judged, today),
        conditions="",
        reason=f"The owner's rule: {verdict.outcome.replace('_', ' ')} uses need no decision.",
        fingerprint=judged.terms_fingerprint,
        automatic=True,
    )


def extend(command: ExtendRequest, request: AccessRequest, scene: Scene) -> Decided:
    """A later last day: wished by the requester, granted by the owner."""
    if request.until is None or command.until <= max(request.until, scene.today):
        last = request.until.isoformat() if request.until else ""
        return Refusal(kind="bad_date", field="until", values=(last,))
    refused = _too_long(command.reason)
    if refused is not None:
        return refused
    reason = command.reason.strip()
    if scene.role == "requester":
        return (ExtensionAsked(until=command.until, reason=reason),)
    return (RequestExtended(until=command.until, reason=reason),)


def change(command: ChangeDecision, request: AccessRequest, scene: Scene) -> Decided:
    """The other decision, with its reason."""
    if request.state == command.to or (request.state == "revoked" and command.to == "rejected"):
        return Refusal(kind="not_allowed_now", values=(request.state,))
    if not command.reason.strip():
        return Refusal(kind="reason_needed", field="reason")
    refused = _too_long(command.reason, command.conditions)
    if refused is not None:
        return refused
    granted = command.to == "approved"
    until = (command.until or _usual_end(request.judged, scene.today)) if granted else None
    if granted:
        if scene.open_elsewhere is not None:
            return Refusal(kind="already_open", values=(scene.open_elsewhere,))
        stale = _stale(request, scene, despite=False)
        if stale is not None:
            return stale
        if until is not None and until < scene.today:
            return Refusal(kind="bad_date", field="until", values=(scene.today.isoformat(),))
    return (
        DecisionChanged(
            to=command.to,
            reason=command.reason.strip(),
            until=until,
            conditions=command.conditions.strip() if granted else "",
            fingerprint=request.judged.terms_fingerprint,
        ),
    )


def delegate(command: DelegateRequest, request: AccessRequest, scene: Scene) -> Decided:
    """A colleague who may decide too; naming them again changes nothing."""
    del command
    if scene.delegate is None:
        return Refusal(kind="bad_answer", field="email", values=("an e-mail address",))
    if scene.delegate in request.delegates:
        return ()
    if scene.delegate == request.person_id:
        return Refusal(kind="bad_answer", field="email", values=("somebody else than who asks",))
    return (Delegated(person_id=scene.delegate),)


def reasoned(text: str, field: str) -> Refusal | None:
    """Why a reason or question cannot be taken; None: it can."""
    if not text.strip():
        return Refusal(kind="reason_needed", field=field)
    return _too_long(text)


def _too_long(*texts: str) -> Refusal | None:
    longest = form.LONGEST["reason"]
    if any(len(text) > longest for text in texts):
        return Refusal(kind="bad_answer", field="reason", values=(f"at most {longest} characters",))
    return None


def _stale(request: AccessRequest, scene: Scene, *, despite: bool) -> Refusal | None:
    """Nothing is granted on terms that changed unseen, or of a dataset that is gone."""
    if scene.judged is None:
        return Refusal(kind="dataset_gone", values=(request.card_id,))
    same = (
        scene.judged.terms_fingerprint == request.judged.terms_fingerprint
        and scene.judged.price_mark == request.judged.price_mark
    )
    return None if same or despite else Refusal(kind="terms_changed", values=(request.card_id,))


def _usual_end(judged: Judged, today: date) -> date | None:
    return today + timedelta(days=judged.length_days) if judged.length_days else None
