"""The server-rendered pages: sign-in, requests, the owner's desk, administration, privacy.

They work without scripts, on a phone, in dark and light, and translate for the desk alone.
"""

from __future__ import annotations

import time

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from assistant.desk import Desk
from assistant.faces import (
    pages_admin,
    pages_owner,
    pages_person,
    pages_requests,
    pages_sign_in,
)
from assistant.faces.pages_hall import (
    HEADERS,
    STATIC,
    Elsewhere,
    Hall,
    PageFailed,
    Visiting,
    environment,
)
from assistant.identity import Identity
from assistant.rate import Rate

ROUTES = APIRouter()
STYLE = "/assets/pages.css"
MAILS_PER_MINUTE = 6


@ROUTES.get(STYLE)
def style() -> FileResponse:
    """The one style sheet of the pages."""
    return FileResponse(STATIC / "pages.css", headers={"cache-control": "public, max-age=300"})


@ROUTES.get("/privacy/erased")
def erased(visit: Visiting) -> Response:
    """After the erasure."""
    return visit.page(
        "message.html", title="You are forgotten",
        text="Your address and everything you wrote here are deleted, your open requests are "
        "withdrawn, and you are signed out. The record keeps that requests were decided, and "
        "not who made them.",
    )  # fmt: skip


def add_pages(app: FastAPI, desk: Desk, identity: Identity) -> None:
    """Add every page to the server; before what answers at "/"."""
    mails = Rate(MAILS_PER_MINUTE, clock=time.monotonic)
    app.state.hall = Hall(desk=desk, identity=identity, pages=environment(), mails=mails)
    for rooms in (ROUTES, pages_sign_in.ROUTES, pages_requests.ROUTES, pages_person.ROUTES,
                  pages_owner.ROUTES, pages_admin.ROUTES):  # fmt: skip
        app.include_router(rooms)
    app.add_exception_handler(PageFailed, on_failed)
    app.add_exception_handler(Elsewhere, on_elsewhere)


async def on_failed(request: Request, failed: Exception) -> Response:
    """The page that says why, and the next move."""
    if not isinstance(failed, PageFailed):
        raise failed
    hall: Hall = request.app.state.hall
    text = hall.pages.get_template("failed.html").render(
        title=failed.title, text=failed.text, dev=hall.identity.rules.dev_sign_in
    )
    return HTMLResponse(text, failed.status, headers=HEADERS)


async def on_elsewhere(_request: Request, elsewhere: Exception) -> Response:
    """Send the browser on."""
    if not isinstance(elsewhere, Elsewhere):
        raise elsewhere
    return RedirectResponse(elsewhere.path, 303, headers=HEADERS)
