"""The requester's pages: how each request stands, what comes next, and everything one may do."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.access import form as asking
from assistant.access import words
from assistant.access.commands import (
    AcceptTerms,
    ClaimDraft,
    Command,
    DraftRequest,
    ExtendRequest,
    HandOver,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.letter_paste import to_paste
from assistant.access.values import AccessRequest, Answers, Refusal
from assistant.faces.pages_answers import answers_of
from assistant.faces.pages_hall import (
    Form,
    PageFailed,
    Posted,
    Visit,
    Visiting,
    here,
    refuse,
)

ROUTES = APIRouter()
TOLD = {
    "saved": "Your answers are kept.",
    "sent": "Your request is sent. You are told by mail as soon as its owner decides.",
    "withdrawn": "You withdrew the request.",
    "wished": "The owner is asked for longer access.",
    "handed_over": "It is on record that you went on at the dataset's own page.",
    "already_open": "You have a request for this dataset already: this one. Go on with it.",
    "seen": "It is on record that you have seen the new terms and stand by your request.",
}
PAGE = 50


@ROUTES.get("/requests")
def mine(visit: Visiting, after: str = "") -> Response:
    """The visitor's requests, newest first."""
    found = visit.hall.desk.office.mine(visit.asker, limit=PAGE + 1, after=after or None)
    more = found[PAGE - 1].id if len(found) > PAGE else ""
    waiting = visit.hall.desk.office.person.drafts_for(visit.asker)
    return visit.page("requests.html", requests=found[:PAGE], more=more, waiting=waiting)


@ROUTES.get("/requests/new")
def new(visit: Visiting, card: str = "", previous: str = "") -> Response:
    """The form for a dataset; nothing is written before it is sent."""
    answers = Answers()
    if previous:
        before = _own(visit, previous)
        answers = before.answers or answers
    made = visit.hall.desk.office.form(card, visit.asker, answers=answers)
    if isinstance(made, Refusal):
        raise refuse(made)
    if made.open is not None and made.open.is_open:
        return visit.go(f"/requests/{made.open.id}?told=already_open")
    return visit.page(
        "request_edit.html", judged=made.judged, answers=made.answers,
        asks=asking.asks(made.judged), request=None, previous=previous, question="",
    )  # fmt: skip


@ROUTES.post("/requests/new")
def begin(visit: Visiting, form: Form) -> Response:
    """Keep what was said as a draft, and go on to the review."""
    card_id = form.text("card_id")
    command = DraftRequest(
        card_id=card_id, answers=answers_of(form), previous=form.text("previous") or None
    )
    done = _give(visit, form, command)
    if not isinstance(done, Refusal):
        return visit.go(f"/requests/{done.id}/review")
    if done.kind == "already_open" and done.values:
        return visit.go(f"/requests/{done.values[0]}?told=already_open")
    made = visit.hall.desk.office.form(card_id, visit.asker, answers=answers_of(form))
    if isinstance(made, Refusal) or done.kind != "bad_answer":
        raise refuse(done)
    return visit.page(
        "request_edit.html", status=422, judged=made.judged, answers=answers_of(form),
        asks=asking.asks(made.judged), request=None, previous=form.text("previous"), question="",
        wrong=words.refusal(done),
    )  # fmt: skip


@ROUTES.get("/requests/{request_id}")
def one(visit: Visiting, request_id: str, told: str = "") -> Response:
    """One request: how it stands, what comes next, what one may do."""
    return _shown(visit, _own(visit, request_id), told=TOLD.get(told, ""))


@ROUTES.get("/requests/{request_id}/edit")
def edit(visit: Visiting, request_id: str) -> Response:
    """The answers, to be changed."""
    request = _own(visit, request_id)
    if "save" not in request.may:
        return visit.go(f"/requests/{request_id}")
    return visit.page(
        "request_edit.html", judged=request.judged, answers=request.answers or Answers(),
        asks=asking.asks(request.judged), request=request, previous="", question=request.question,
    )  # fmt: skip


@ROUTES.post("/requests/{request_id}/edit")
def save(visit: Visiting, request_id: str, form: Form) -> Response:
    """Keep the answers, and go on to the review."""
    answers = answers_of(form)
    done = _give(visit, form, SaveAnswers(request_id=request_id, answers=answers))
    if not isinstance(done, Refusal):
        return visit.go(f"/requests/{request_id}/review")
    if done.kind != "bad_answer":
        raise refuse(done)
    request = _own(visit, request_id)
    return visit.page(
        "request_edit.html", status=422, judged=request.judged, answers=answers,
        asks=asking.asks(request.judged), request=request, previous="",
        question=request.question, wrong=words.refusal(done),
    )  # fmt: skip


@ROUTES.get("/requests/{request_id}/review")
def review(visit: Visiting, request_id: str) -> Response:
    """Everything once more, with the texts to accept; sending is a press of its own."""
    return _review(visit, _own(visit, request_id))


@ROUTES.post("/requests/{request_id}/review")
def send(visit: Visiting, request_id: str, form: Form) -> Response:
    """Accept what is ticked, in the words that were shown, and send."""
    fingerprint = form.text("fingerprint")
    accepted = tuple(
        (agreement_id, sha256)
        for agreement_id, _, sha256 in (each.rpartition(":") for each in form.all("accept"))
    )
    command = AcceptTerms(
        request_id=request_id, accepted=accepted, price_agreed=form.is_ticked("price_agreed"),
        fingerprint=fingerprint,
    )  # fmt: skip
    done = _give(visit, form, command, part="accept")
    if not isinstance(done, Refusal) and "submit" in done.may:
        filing = SubmitRequest(request_id=request_id, fingerprint=fingerprint)
        done = _give(visit, form, filing, part="submit")
    if not isinstance(done, Refusal):
        told = "sent" if done.role == "requester" and form.text("do") == "send" else "seen"
        return visit.go(f"/requests/{request_id}?told={told}")
    if done.kind == "not_found":
        raise refuse(done)
    return _review(visit, _own(visit, request_id), wrong=words.refusal(done), status=409)


@ROUTES.post("/requests/{request_id}/address")
def address(visit: Visiting, request_id: str, form: Form) -> Response:
    """Send a visitor's address the link that confirms it."""
    visit.may_mail()
    office = visit.hall.desk.office
    done = office.person.ask_confirmation(request_id, form.text("email"), asker=visit.asker)
    if isinstance(done, Refusal) and done.kind != "bad_answer":
        raise refuse(done)
    if isinstance(done, Refusal):
        request = _own(visit, request_id)
        return _review(visit, request, wrong=words.refusal(done), status=422)
    return visit.page("confirm_sent.html", email=form.text("email"), note=office.mail_note)


@ROUTES.post("/requests/{request_id}/claim")
def claim(visit: Visiting, request_id: str, form: Form) -> Response:
    """Take over a draft that waits for the visitor's address, which is confirmed by now."""
    done = _give(visit, form, ClaimDraft(request_id=request_id))
    if isinstance(done, Refusal):
        raise refuse(done)
    return visit.go(f"/requests/{request_id}/review")


@ROUTES.post("/requests/{request_id}/withdraw")
def withdraw(visit: Visiting, request_id: str, form: Form) -> Response:
    """Take the request back."""
    command = WithdrawRequest(request_id=request_id, reason=form.text("reason"))
    return _then(visit, form, command, request_id, "withdrawn")


@ROUTES.post("/requests/{request_id}/extend")
def extend(visit: Visiting, request_id: str, form: Form) -> Response:
    """Ask for longer access."""
    until = form.day("until")
    if until is None:
        raise PageFailed(422, "A day is missing", "Say until which day access is wished.")
    command = ExtendRequest(request_id=request_id, until=until, reason=form.text("reason"))
    return _then(visit, form, command, request_id, "wished")


@ROUTES.post("/requests/{request_id}/hand-over")
def hand_over(visit: Visiting, request_id: str, form: Form) -> Response:
    """Go on at the dataset's own page, on record here."""
    return _then(visit, form, HandOver(request_id=request_id), request_id, "handed_over")


def _own(visit: Visit, request_id: str) -> AccessRequest:
    """The visitor's own request; anybody else's is answered as one that is not there."""
    found = visit.hall.desk.office.read(request_id, visit.asker)
    if isinstance(found, Refusal):
        raise refuse(found)
    if found.role != "requester":
        if found.role in ("owner", "delegate"):
            raise PageFailed(404, "Not found", "This page is the requester's. Yours is at "
                             f"{here(f'/owner/requests/{quote(request_id)}')}.")  # fmt: skip
        raise refuse(Refusal(kind="not_found"))
    return found


def _give(
    visit: Visit, form: Posted, command: Command, *, part: str = ""
) -> AccessRequest | Refusal:
    key = f"{form.text('key')}:{part}" if part else form.text("key")
    return visit.hall.desk.office.request(command, asker=visit.asker, key=key)


def _then(visit: Visit, form: Posted, command: Command, request_id: str, told: str) -> Response:
    done = _give(visit, form, command)
    if not isinstance(done, Refusal):
        return visit.go(f"/requests/{request_id}?told={told}")
    if done.kind == "not_found":
        raise refuse(done)
    return _shown(visit, _own(visit, request_id), wrong=words.refusal(done), status=409)


def _shown(
    visit: Visit, request: AccessRequest, *, told: str = "", wrong: str = "", status: int = 200
) -> Response:
    office = visit.hall.desk.office
    own_site = request.judged.route == "own_site"
    return visit.page(
        "request.html", status=status, request=request, told=told, wrong=wrong,
        letter=to_paste(request) if own_site else "",
        deliveries=office.deliveries(request.id, visit.asker),
    )  # fmt: skip


def _review(
    visit: Visit, request: AccessRequest, *, wrong: str = "", status: int = 200
) -> Response:
    """The review shows the dataset as it is now: what is accepted is what stands there."""
    if not {"submit", "accept"} & set(request.may):
        return visit.go(f"/requests/{request.id}")
    answers = request.answers or Answers()
    made = visit.hall.desk.office.form(request.card_id, visit.asker, answers=answers)
    if isinstance(made, Refusal):
        raise refuse(made)
    return visit.page(
        "request_review.html", status=status, request=request, judged=made.judged,
        answers=answers, missing=made.missing, asks=asking.asks(made.judged), wrong=wrong,
        accepted={each.agreement_id: each.sha256 for each in request.accepted},
        letter=to_paste(request) if made.judged.route == "own_site" else "",
    )  # fmt: skip
