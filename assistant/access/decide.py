"""A command and the facts in, events or a refusal out; permission before anything else. Pure."""

from __future__ import annotations

from assistant.access import form
from assistant.access.commands import (
    NAMES,
    AcceptTerms,
    ApproveRequest,
    ChangeDecision,
    ClaimDraft,
    Command,
    DelegateRequest,
    DraftRequest,
    ExpireRequest,
    ExtendRequest,
    HandOver,
    NoteReminder,
    NoteTermsChange,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.decide_owner import (
    approve,
    automatic,
    change,
    delegate,
    extend,
    reasoned,
)
from assistant.access.decide_scene import REMINDED_FOR, Decided, Scene
from assistant.access.events import (
    AnswerSaved,
    Body,
    DraftClaimed,
    ReminderSent,
    RequestDrafted,
    RequestExpired,
    RequestHandedOver,
    RequestRejected,
    RequestReturned,
    RequestRevoked,
    RequestSubmitted,
    RequestWithdrawn,
    TermsAccepted,
    TermsChanged,
)
from assistant.access.table import permitted
from assistant.access.values import AccessRequest, Answers, Judged, Refusal


def decide(command: Command, request: AccessRequest | None, scene: Scene) -> Decided:
    """What this command makes happen, or why nothing does.

    A stranger gets the same short answer whether the request exists or not.
    """
    state = request.state if request is not None else None
    if scene.role == "stranger" or isinstance(command, DraftRequest) != (request is None):
        return Refusal(kind="not_found")
    if NAMES[type(command)] not in permitted(state, scene.role):
        return Refusal(kind="not_allowed_now", values=(state or "",))
    if isinstance(command, DraftRequest):
        return _draft(command, scene)
    return Refusal(kind="not_found") if request is None else _about(command, request, scene)


def _about(command: Command, request: AccessRequest, scene: Scene) -> Decided:
    match command:
        case SaveAnswers() | AcceptTerms() | SubmitRequest() | HandOver() | ClaimDraft():
            return _by_requester(command, request, scene)
        case WithdrawRequest():
            return (RequestWithdrawn(reason=command.reason.strip()[: form.LONGEST["reason"]]),)
        case ExpireRequest() | NoteReminder() | NoteTermsChange():
            return _by_program(command, request, scene)
        case DraftRequest():
            return Refusal(kind="not_found")
        case _:
            return _by_owner(command, request, scene)


def _by_requester(
    command: SaveAnswers | AcceptTerms | SubmitRequest | HandOver | ClaimDraft,
    request: AccessRequest,
    scene: Scene,
) -> Decided:
    match command:
        case SaveAnswers():
            return _save(command, request, scene)
        case AcceptTerms():
            return _accept(command, request, scene)
        case SubmitRequest():
            return _submit(command, request, scene)
        case HandOver():
            return _hand_over(request, scene)
        case ClaimDraft():
            return _claim(request, scene)


def _by_owner(
    command: ApproveRequest | RejectRequest | ReturnRequest | RevokeRequest | ChangeDecision
    | DelegateRequest | ExtendRequest,
    request: AccessRequest,
    scene: Scene,
) -> Decided:  # fmt: skip
    match command:
        case ApproveRequest():
            return approve(command, request, scene)
        case RejectRequest():
            return reasoned(command.reason, "reason") or (
                RequestRejected(reason=command.reason.strip()),
            )
        case ReturnRequest():
            return reasoned(command.question, "question") or (
                RequestReturned(question=command.question.strip()),
            )
        case RevokeRequest():
            return reasoned(command.reason, "reason") or (
                RequestRevoked(reason=command.reason.strip()),
            )
        case ChangeDecision():
            return change(command, request, scene)
        case DelegateRequest():
            return delegate(command, request, scene)
        case ExtendRequest():
            return extend(command, request, scene)


def _draft(command: DraftRequest, scene: Scene) -> Decided:
    judged = scene.judged
    if judged is None:
        return Refusal(kind="dataset_gone", values=(command.card_id,))
    if judged.route == "public":
        return Refusal(kind="no_request_needed", values=(judged.card_url or "",))
    if scene.open_elsewhere is not None:
        return Refusal(kind="already_open", values=(scene.open_elsewhere,))
    if command.previous is not None:
        before = scene.previous
        if before is None or before.is_open or before.group != scene.group:
            return Refusal(kind="not_found")
    wrong = form.wrong(judged, command.answers)
    if wrong is not None:
        return Refusal(kind="bad_answer", field=wrong[0], values=(wrong[1],))
    drafted = RequestDrafted(
        card_id=command.card_id,
        group=scene.group,
        person_id=scene.actor,
        judged=judged,
        previous=command.previous,
    )
    return (drafted, *_kept(command.answers, judged, scene))


def _kept(answers: Answers, judged: Judged, scene: Scene) -> tuple[Body, ...]:
    if answers == Answers():
        return ()
    return (AnswerSaved(ref=scene.answers_ref, digest=scene.answers_digest, judged=judged),)


def _save(command: SaveAnswers, request: AccessRequest, scene: Scene) -> Decided:
    judged = scene.judged
    if judged is None:
        return Refusal(kind="dataset_gone", values=(request.card_id,))
    wrong = form.wrong(judged, command.answers)
    if wrong is not None:
        return Refusal(kind="bad_answer", field=wrong[0], values=(wrong[1],))
    if command.answers == scene.answers and judged == request.judged:
        return ()
    return (AnswerSaved(ref=scene.answers_ref, digest=scene.answers_digest, judged=judged),)


def _accept(command: AcceptTerms, request: AccessRequest, scene: Scene) -> Decided:
    judged = scene.judged
    if judged is None:
        return Refusal(kind="dataset_gone", values=(request.card_id,))
    if command.fingerprint and command.fingerprint != judged.terms_fingerprint:
        return Refusal(kind="terms_unseen", values=(request.card_id,))
    texts = {each.id: each.sha256 for each in judged.agreements}
    for given, sha in command.accepted:
        if texts.get(given) != sha:
            return Refusal(kind="terms_unseen", field=given, values=(request.card_id,))
    moved = judged.terms_fingerprint != request.judged.terms_fingerprint or (
        judged.price_mark != request.judged.price_mark
    )
    if moved and request.state == "submitted" and set(dict(command.accepted)) < set(texts):
        missing = next(each for each in texts if each not in dict(command.accepted))
        return Refusal(kind="not_accepted", field=missing)
    return (
        TermsAccepted(
            accepted=command.accepted,
            price_mark=judged.price_mark if command.price_agreed else "",
            judged=judged if moved else None,
        ),
    )


def _submit(command: SubmitRequest, request: AccessRequest, scene: Scene) -> Decided:
    judged = scene.judged
    if judged is None:
        return Refusal(kind="dataset_gone", values=(request.card_id,))
    refused = _unready(command, request, judged, scene) or _unagreed(request, judged)
    if refused is not None:
        return refused
    filed: tuple[Body, ...] = (RequestSubmitted(fingerprint=judged.terms_fingerprint),)
    by_rule = automatic(request.judged, scene.today) if request.state == "draft" else None
    return filed if by_rule is None else (*filed, by_rule)


def _unready(
    command: SubmitRequest, request: AccessRequest, judged: Judged, scene: Scene
) -> Refusal | None:
    if judged.route == "public":
        return Refusal(kind="no_request_needed", values=(judged.card_url or "",))
    if judged.route == "own_site":
        return Refusal(kind="own_site", values=(judged.card_url or "",))
    if not scene.is_confirmed:
        return Refusal(kind="not_confirmed", field="email")
    answers = scene.answers or Answers()
    missing = form.missing(judged, answers)
    if missing:
        return Refusal(kind="missing_answer", field=missing[0].field, values=(missing[0].question,))
    wrong = form.wrong(judged, answers)
    if wrong is not None:
        return Refusal(kind="bad_answer", field=wrong[0], values=(wrong[1],))
    seen = {command.fingerprint, request.judged.terms_fingerprint}
    if seen != {judged.terms_fingerprint} or request.judged.price_mark != judged.price_mark:
        return Refusal(kind="terms_unseen", values=(request.card_id,))
    return None


def _unagreed(request: AccessRequest, judged: Judged) -> Refusal | None:
    accepted = {each.agreement_id: each.sha256 for each in request.accepted}
    for agreement in judged.agreements:
        if accepted.get(agreement.id) != agreement.sha256:
            return Refusal(kind="not_accepted", field=agreement.id, values=(agreement.title,))
    if judged.price is not None and judged.price.owner_cents > 0 and (
        request.price_agreed != judged.price_mark
    ):  # fmt: skip
        return Refusal(kind="price_not_agreed", field="price")
    return None


def _hand_over(request: AccessRequest, scene: Scene) -> Decided:
    judged = scene.judged
    if judged is None:
        return Refusal(kind="dataset_gone", values=(request.card_id,))
    if judged.route != "own_site":
        return Refusal(kind="not_allowed_now", values=(request.state,))
    return (RequestHandedOver(url=judged.card_url),)


def _claim(request: AccessRequest, scene: Scene) -> Decided:
    if request.person_id == scene.actor:
        return ()
    if not scene.is_confirmed or request.claimed:
        return Refusal(kind="not_found")
    if scene.open_elsewhere is not None:
        return Refusal(kind="already_open", values=(scene.open_elsewhere,))
    return (DraftClaimed(person_id=scene.actor),)


def _by_program(
    command: ExpireRequest | NoteReminder | NoteTermsChange, request: AccessRequest, scene: Scene
) -> Decided:
    match command:
        case ExpireRequest():
            return (RequestExpired(),) if _is_over(request, scene) else ()
        case NoteReminder():
            since = request.decided_at or request.submitted_at or request.touched_at
            told = any(about == command.about and at >= since for about, at in request.reminders)
            return () if told else (ReminderSent(about=command.about),)
        case NoteTermsChange():
            return _terms_changed(command, request)


def _is_over(request: AccessRequest, scene: Scene) -> bool:
    """Its time has run out, it was reminded of, and the whole window has passed since."""
    if request.state == "approved":
        if request.until is None or scene.today <= request.until:
            return False
        kind, since = "end:", request.decided_at or request.drafted_at
    else:
        if scene.now < request.touched_at + scene.draft_kept:
            return False
        kind, since = "draft:", request.touched_at
        if not scene.is_reachable:
            return True
    sent = [at for about, at in request.reminders if about.startswith(kind) and at >= since]
    return bool(sent) and scene.now >= max(sent) + REMINDED_FOR


def _terms_changed(command: NoteTermsChange, request: AccessRequest) -> Decided:
    known = request.terms_change
    if command.what == "withdrawn":
        gone = known is not None and known.what == "withdrawn"
        return () if gone else (TermsChanged(what="withdrawn", fingerprint=""),)
    if command.judged is None:
        return ()
    now = (command.judged.terms_fingerprint, command.judged.price_mark)
    if known is not None and known.what == "changed":
        before = (known.fingerprint, known.price_mark)
    elif known is not None:
        before = ("", "")
    else:
        before = (request.judged.terms_fingerprint, request.judged.price_mark)
    if now == before:
        return ()
    return (TermsChanged(what="changed", fingerprint=now[0], price_mark=now[1]),)
