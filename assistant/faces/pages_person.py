"""What is kept of the visitor: to see, take along and erase; what they watch and saved; claims."""

from __future__ import annotations

import json

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.access import words
from assistant.access.values import Refusal
from assistant.faces.pages_answers import scope_of
from assistant.faces.pages_hall import HEADERS, Form, Known, Visit, refuse

ROUTES = APIRouter()
TOLD = {
    "claimed": "An administrator looks at your claim.",
    "watching": "You are told by mail when there is something new.",
    "unwatched": "You are not told of that any more.",
    "unsaved": "It is no longer among your saved datasets.",
}


@ROUTES.get("/privacy/me")
def me(visit: Known) -> Response:
    """What is kept and for how long, and the two things one may do about it."""
    return visit.page("privacy.html", kept=visit.hall.desk.office.person.export(visit.asker))


@ROUTES.get("/privacy/me/export")
def export(visit: Known) -> Response:
    """Everything as one file."""
    kept = visit.hall.desk.office.person.export(visit.asker)
    headers = {**HEADERS, "content-disposition": 'attachment; filename="my-data.json"'}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    return Response(text, media_type="application/json", headers=headers)


@ROUTES.post("/privacy/me/erase")
def erase(visit: Known, form: Form) -> Response:
    """Forget the visitor, who is signed out by it in every browser."""
    if not form.is_ticked("sure"):
        return visit.page(
            "privacy.html", status=422, kept=visit.hall.desk.office.person.export(visit.asker),
            wrong="Nothing was erased: tick the box first, for this cannot be undone.",
        )  # fmt: skip
    went = visit.hall.desk.office.person.erase(visit.asker)
    if isinstance(went, Refusal):
        raise refuse(went)
    visit.hall.desk.forget(visit.asker.id)
    visit.hall.identity.end_all(visit.asker)
    return visit.sign_out("/privacy/erased")


@ROUTES.get("/mine")
def kept(visit: Known, told: str = "") -> Response:
    """Saved datasets and watches."""
    return _kept(visit, told=TOLD.get(told, ""))


@ROUTES.post("/mine/watches")
def watches(visit: Known, form: Form) -> Response:
    """Begin or end a watch."""
    office = visit.hall.desk.office
    if form.text("do") == "end":
        office.watches.unwatch(form.text("id"), asker=visit.asker)
        return visit.go("/mine?told=unwatched")
    made = office.watches.watch(form.text("words"), asker=visit.asker)
    if isinstance(made, Refusal):
        return _kept(visit, wrong=words.refusal(made), status=422)
    return visit.go("/mine?told=watching")


@ROUTES.post("/mine/saved")
def unsave(visit: Known, form: Form) -> Response:
    """Let go of a saved dataset."""
    visit.hall.desk.office.watches.unsave(form.text("id"), asker=visit.asker)
    return visit.go("/mine?told=unsaved")


@ROUTES.post("/owner/claim")
def claim(visit: Known, form: Form) -> Response:
    """Say that one owns something; an administrator decides."""
    made = visit.hall.desk.office.owners.claim(
        scope_of(form), note=form.text("note"), asker=visit.asker
    )
    if isinstance(made, Refusal):
        raise refuse(made)
    return visit.go("/owner")


def _kept(visit: Visit, *, told: str = "", wrong: str = "", status: int = 200) -> Response:
    desk = visit.hall.desk
    saved = [
        (card_id, stored.card if (stored := desk.show(card_id)) is not None else None)
        for card_id in desk.office.watches.saved(visit.asker)
    ]
    return visit.page(
        "mine.html", status=status, told=told, wrong=wrong, saved=saved,
        watches=desk.office.watches.of(visit.asker), note=desk.office.mail_note,
    )  # fmt: skip
