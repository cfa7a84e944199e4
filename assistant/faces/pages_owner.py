"""The owner's pages: what waits, deciding in two presses, the record, and the settings.

A link in a mail shows the request to whose address it went; it decides nothing by being opened.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.access import words
from assistant.access.commands import (
    ApproveRequest,
    ChangeDecision,
    Command,
    DelegateRequest,
    ExtendRequest,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
)
from assistant.access.letter_paste import as_csv
from assistant.access.values import AccessRequest, Refusal
from assistant.faces.pages_answers import ROWS, settings_of
from assistant.faces.pages_hall import (
    HEADERS,
    Elsewhere,
    Form,
    Known,
    PageFailed,
    Posted,
    Visit,
    Visiting,
    refuse,
)
from assistant.need import Asker

ROUTES = APIRouter()
PAGE = 50
TOLD = {
    "approve": "Approved. The requester is told by mail.",
    "reject": "Not approved. The requester is told by mail, with your reason.",
    "return": "Returned with your question. The requester is told by mail.",
    "revoke": "Access is ended. The requester is told by mail, with your reason.",
    "change": "The decision is changed. The requester is told by mail.",
    "extend": "Access is extended. The requester is told by mail.",
    "delegate": "Your colleague may decide too, and is told by mail.",
    "settings": "The settings are kept.",
}
OWNING = ("owner", "delegate")


@ROUTES.get("/owner")
def waiting(visit: Known, after: str = "") -> Response:
    """What waits for a decision, and the way to the rest."""
    office = visit.hall.desk.office
    found = office.waiting(visit.asker, limit=PAGE + 1, after=after or None)
    return visit.page(
        "owner.html", requests=found[:PAGE],
        more=found[PAGE - 1].id if len(found) > PAGE else "",
        claims=office.owners.claims(visit.asker) if not set(OWNING) & visit.roles else (),
    )  # fmt: skip


@ROUTES.get("/owner/record")
def record(visit: Known, after: str = "") -> Response:
    """The record of every decision."""
    found = visit.hall.desk.office.decided(visit.asker, limit=PAGE + 1, after=after or None)
    more = found[PAGE - 1].id if len(found) > PAGE else ""
    return visit.page("owner_record.html", requests=found[:PAGE], more=more)


@ROUTES.get("/owner/record.csv")
def record_csv(visit: Known) -> Response:
    """The whole record as a table, what waits included."""
    office = visit.hall.desk.office
    found: list[AccessRequest] = []
    for read in (office.waiting, office.decided):
        after: str | None = None
        while page := read(visit.asker, limit=200, after=after):
            found += page
            after = page[-1].id
    headers = {**HEADERS, "content-disposition": 'attachment; filename="requests.csv"'}
    return Response("\ufeff" + as_csv(found), media_type="text/csv; charset=utf-8",
                    headers=headers)  # fmt: skip


@ROUTES.get("/owner/settings")
def settings(visit: Known, told: str = "", card: str = "") -> Response:
    """How requests are handled, for everything that the visitor owns."""
    return _settings(visit, told=TOLD.get(told, ""), card=card.strip())


@ROUTES.post("/owner/settings")
def set_settings(visit: Known, form: Form) -> Response:
    """Replace the settings of one scope."""
    done = visit.hall.desk.office.owners.set_settings(settings_of(form), asker=visit.asker)
    if not isinstance(done, Refusal):
        return visit.go("/owner/settings?told=settings")
    if done.kind == "not_found":
        raise refuse(done)
    return _settings(visit, wrong=words.refusal(done), status=422)


@ROUTES.get("/owner/requests/{request_id}")
def one(
    visit: Visiting, request_id: str, token: str = "", do: str = "", told: str = ""
) -> Response:
    """One request with everything a decision rests on; a link's token shows it, no more."""
    asker = _reader(visit, request_id, token)
    return _shown(
        visit, _read(visit, request_id, asker), token=token if asker is not visit.asker else "",
        do=do, told=TOLD.get(told, ""), reader=asker.email or "",
    )  # fmt: skip


@ROUTES.get("/decide")
def decide_link(visit: Visiting, token: str = "", do: str = "") -> Response:
    """The same by the token alone: where a one-click link in a mail leads."""
    found = visit.hall.identity.look_at_mail_token(token, purpose="decide", now=visit.hall.now())
    if found is None:
        raise _ended()
    return one(visit, found.about, token=token, do=do)


@ROUTES.post("/owner/requests/{request_id}/{do}")
def decide(visit: Visiting, request_id: str, do: str, form: Form) -> Response:
    """The press: decides, as who is signed in or as whose link it was, which is used up by it."""
    asker = _decider(visit, request_id, form)
    command = _command(request_id, do, form)
    done = visit.hall.desk.office.request(command, asker=asker, key=form.text("key"))
    if isinstance(done, Refusal):
        if done.kind == "not_found":
            raise refuse(done)
        request = _read(visit, request_id, asker)
        return _shown(
            visit, request, wrong=words.refusal(done), status=409, do=do, typed=form,
            token=form.text("token"), reader=asker.email or "",
        )  # fmt: skip
    path = f"/owner/requests/{quote(request_id)}?told={do}"
    if asker is visit.asker:
        return visit.go(path)
    _use_up(visit, form)
    return visit.sign_in(asker, path)


def _command(request_id: str, do: str, form: Posted) -> Command:
    reason, until = form.text("reason"), form.day("until")
    if do == "approve":
        return ApproveRequest(
            request_id=request_id, until=until, conditions=form.text("conditions"), reason=reason,
            despite_terms_change=form.is_ticked("despite_terms_change"),
        )  # fmt: skip
    if do == "extend" and until is not None:
        return ExtendRequest(request_id=request_id, until=until, reason=reason)
    if do == "change":
        to = form.text("to")
        return ChangeDecision(
            request_id=request_id, to="approved" if to == "approved" else "rejected",
            reason=reason, until=until, conditions=form.text("conditions"),
        )  # fmt: skip
    simple: dict[str, Command] = {
        "reject": RejectRequest(request_id=request_id, reason=reason),
        "return": ReturnRequest(request_id=request_id, question=form.text("question")),
        "revoke": RevokeRequest(request_id=request_id, reason=reason),
        "delegate": DelegateRequest(request_id=request_id, email=form.text("email")),
    }
    if do not in simple:
        raise PageFailed(404, "Not found", "There is nothing at this address.")
    return simple[do]


def _by_link(visit: Visit, request_id: str, token: str) -> Asker | None:
    """Whom a link in a mail was sent to, when it is good and about this request."""
    identity = visit.hall.identity
    found = identity.look_at_mail_token(token, purpose="decide", now=visit.hall.now())
    if found is None or found.about != request_id:
        return None
    return identity.person(found.email)


def _reader(visit: Visit, request_id: str, token: str) -> Asker:
    """Who is signed in, where the request concerns them; else whose link it is."""
    if visit.asker.email is not None:
        seen = visit.hall.desk.office.read(request_id, visit.asker)
        if not token or (not isinstance(seen, Refusal) and seen.role in OWNING):
            return visit.asker
    linked = _by_link(visit, request_id, token)
    if linked is not None:
        return linked
    if visit.asker.email is not None:
        return visit.asker
    raise Elsewhere(f"/sign-in?next={quote(f'/owner/requests/{request_id}', safe='')}")


def _decider(visit: Visit, request_id: str, form: Posted) -> Asker:
    token = form.text("token")
    if not token and visit.asker.email is not None:
        return visit.asker
    linked = _by_link(visit, request_id, token)
    if linked is None:
        raise _ended()
    return linked


def _use_up(visit: Visit, form: Posted) -> None:
    """The link decided once; from now on this browser is signed in."""
    visit.hall.identity.read_mail_token(form.text("token"), purpose="decide", now=visit.hall.now())


def _ended() -> PageFailed:
    return PageFailed(
        410, "This link has ended", "It was used already, or it is too old. Sign in with your "
        "address at /sign-in; what waits for you is at /owner.",
    )  # fmt: skip


def _read(visit: Visit, request_id: str, asker: Asker) -> AccessRequest:
    """A request that this person decides about; any other is answered as one not there."""
    found = visit.hall.desk.office.read(request_id, asker)
    if isinstance(found, Refusal):
        raise refuse(found)
    if found.role not in OWNING:
        raise refuse(Refusal(kind="not_found"))
    return found


def _shown(
    visit: Visit,
    request: AccessRequest,
    *,
    token: str = "",
    do: str = "",
    told: str = "",
    wrong: str = "",
    reader: str = "",
    status: int = 200,
    typed: Posted | None = None,
) -> Response:
    return visit.page(
        "owner_request.html", status=status, request=request, token=token, do=do, told=told,
        wrong=wrong, reader=reader, typed=typed or Posted(fields={}),
    )  # fmt: skip


def _settings(
    visit: Visit, *, told: str = "", wrong: str = "", status: int = 200, card: str = ""
) -> Response:
    found = visit.hall.desk.office.owners.settings(visit.asker, card_id=card or None)
    if card and not any(each.scope.value == card for each in found):
        wrong = f"No dataset of yours has the id {card!r}."
    return visit.page(
        "owner_settings.html", status=status, scopes=found, told=told, wrong=wrong, rows=ROWS
    )
