"""The administrators' page: owners, claims, held cards, and reading one request on record.

Everybody else is answered as if it were not there.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from assistant.access import words
from assistant.access.values import Refusal
from assistant.faces.pages_answers import scope_of
from assistant.faces.pages_hall import Form, PageFailed, Visit, person, refuse
from catalog_sync.stored import NoSuchCard, StoreError

ROUTES = APIRouter()
TOLD = {
    "assigned": "The owner is written down.",
    "removed": "The ownership is ended.",
    "claim": "The claim is decided.",
    "released": "The card may be shown. It is found once the index was brought up to date.",
}


def administrator(visit: Annotated[Visit, Depends(person)]) -> Visit:
    """A visitor who is an administrator."""
    if "administrator" not in visit.roles:
        raise PageFailed(404, "Not found", "There is nothing at this address.")
    return visit


Administering = Annotated[Visit, Depends(administrator)]


@ROUTES.get("/admin")
def admin(visit: Administering, told: str = "") -> Response:
    """Owners, claims, held cards."""
    return _page(visit, told=TOLD.get(told, ""))


@ROUTES.post("/admin/owners")
def assign(visit: Administering, form: Form) -> Response:
    """Make somebody the owner of a scope, or end it."""
    owners = visit.hall.desk.office.owners
    scope, email = scope_of(form), form.text("email")
    if form.text("do") == "remove":
        ended = owners.remove(scope, email, asker=visit.asker)
        if isinstance(ended, Refusal):
            return _page(visit, wrong=words.refusal(ended), status=422)
        return visit.go("/admin?told=removed")
    made = owners.assign(scope, email, asker=visit.asker)
    if isinstance(made, Refusal):
        return _page(visit, wrong=words.refusal(made), status=422)
    return visit.go("/admin?told=assigned")


@ROUTES.post("/admin/claims/{number}")
def decide_claim(visit: Administering, number: int, form: Form) -> Response:
    """Grant or refuse a claim."""
    done = visit.hall.desk.office.owners.decide_claim(
        number, to="granted" if form.text("to") == "granted" else "refused",
        reason=form.text("reason"), asker=visit.asker,
    )  # fmt: skip
    if isinstance(done, Refusal):
        return _page(visit, wrong=words.refusal(done), status=422)
    return visit.go("/admin?told=claim")


@ROUTES.post("/admin/holds")
def release(visit: Administering, form: Form) -> Response:
    """Let a held card be shown, on record."""
    try:
        visit.hall.desk.release(form.text("id"), reason=form.text("reason"), asker=visit.asker)
    except (NoSuchCard, StoreError) as why:
        return _page(visit, wrong=str(why), status=422)
    return visit.go("/admin?told=released")


@ROUTES.post("/admin/look")
def look(visit: Administering, form: Form) -> Response:
    """Read one request; what it says only with a reason, which is kept."""
    found = visit.hall.desk.office.read(
        form.text("request_id"), visit.asker, reason=form.text("reason")
    )
    if isinstance(found, Refusal):
        raise refuse(found)
    return visit.page("admin_request.html", request=found)


def _page(visit: Visit, *, told: str = "", wrong: str = "", status: int = 200) -> Response:
    owners = visit.hall.desk.office.owners
    table = owners.all(visit.asker)
    claims = owners.claims(visit.asker)
    return visit.page(
        "admin.html", status=status, told=told, wrong=wrong,
        owners=() if isinstance(table, Refusal) else table,
        open_claims=[claim for claim in claims if not claim.decided],
        decided_claims=[claim for claim in claims if claim.decided][:20],
        holds=visit.hall.desk.holds(visit.asker),
    )  # fmt: skip
