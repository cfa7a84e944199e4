"""Signing in: by a link in a mail, with the provider, or as anybody where that is for development.

Opening a link changes nothing, for mail scanners open links too; the press on the page does.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from assistant.access.commands import ClaimDraft
from assistant.access.values import Refusal
from assistant.faces.pages_hall import (
    HEADERS,
    Form,
    PageFailed,
    Visit,
    Visiting,
    here,
    refuse,
)
from assistant.identity import OidcRefused
from assistant.need import Asker

ROUTES = APIRouter()
OIDC_COOKIE = "dataset_assistant_oidc"
BACK_FROM_OIDC = "/sign-in/oidc"


def old_link() -> PageFailed:
    """The page of a link that is no good any more."""
    return PageFailed(
        410, "This link has ended", "It was used already, or it is too old: a link is good once "
        "and for a limited time. Ask for a new one, it comes at once.",
    )  # fmt: skip


@ROUTES.get("/sign-in")
def sign_in(visit: Visiting, token: str = "", next: str = "") -> Response:
    """The ways to sign in; with a token, the press that does it."""
    if token:
        found = visit.hall.identity.look_at_mail_token(
            token, purpose="sign_in", now=visit.hall.now()
        )
        if found is None:
            raise old_link()
        return visit.page(
            "sign_in_enter.html", action="/sign-in/enter", token=token, email=found.email, next=""
        )
    return visit.page(
        "sign_in.html", next=here(next), oidc=visit.hall.identity.rules.oidc is not None
    )


@ROUTES.post("/sign-in")
def send_link(visit: Visiting, form: Form) -> Response:
    """Send a link; the answer is the same whoever has the address."""
    visit.may_mail()
    back = here(form.text("next"))
    sent = visit.hall.desk.office.person.send_sign_in(form.text("email"), back=back)
    if isinstance(sent, Refusal):
        return visit.page(
            "sign_in.html", status=422, next=back, email=form.text("email"),
            oidc=visit.hall.identity.rules.oidc is not None,
            wrong="That is no e-mail address. Expected one such as mara@example.org.",
        )  # fmt: skip
    return visit.page(
        "sign_in_sent.html", email=form.text("email"), note=visit.hall.desk.office.mail_note
    )


@ROUTES.post("/sign-in/enter")
def enter(visit: Visiting, form: Form) -> Response:
    """The press: the link is used up and this browser signed in."""
    identity = visit.hall.identity
    found = identity.read_mail_token(form.text("token"), purpose="sign_in", now=visit.hall.now())
    asker = identity.person(found.email) if found is not None else None
    if found is None or asker is None:
        raise old_link()
    return visit.sign_in(asker, here(found.about))


@ROUTES.get("/sign-in/site")
def from_site(visit: Visiting, token: str = "", next: str = "") -> Response:
    """The site's word about its visitor, brought along in a link; the press takes it."""
    asker = _vouched(visit, token)
    return visit.page(
        "sign_in_enter.html", action="/sign-in/site", token=token, email=asker.email,
        next=here(next),
    )  # fmt: skip


@ROUTES.post("/sign-in/site")
def by_site(visit: Visiting, form: Form) -> Response:
    """The press: this browser is signed in as whom the site vouches for."""
    return visit.sign_in(_vouched(visit, form.text("token")), here(form.text("next")))


@ROUTES.post("/sign-in/development")
def as_anybody(visit: Visiting, form: Form) -> Response:
    """Sign in as whoever one says one is, where the setting allows it."""
    asker = visit.hall.identity.developer(form.text("email"))
    if asker is None:
        raise PageFailed(404, "Not found", "There is nothing at this address.")
    return visit.sign_in(asker, here(form.text("next")))


@ROUTES.post("/sign-out")
def sign_out(visit: Visiting, form: Form) -> Response:
    """Be nobody again in this browser."""
    del form
    return visit.sign_out("/sign-in")


@ROUTES.get("/sign-in/provider")
def to_provider(request: Request, visit: Visiting, next: str = "") -> Response:
    """Send the browser to the sign-in provider."""
    try:
        url, note = visit.hall.identity.begin_oidc(back_to=_back(request, visit), then=here(next))
    except OidcRefused as why:
        raise PageFailed(502, "Signing in did not work", str(why)) from why
    answer = RedirectResponse(url, 303, headers=HEADERS)
    answer.set_cookie(
        OIDC_COOKIE, note, max_age=600, path="/sign-in", secure=visit.is_secure, httponly=True,
        samesite="lax",
    )  # fmt: skip
    return answer


@ROUTES.get(BACK_FROM_OIDC)
def from_provider(request: Request, visit: Visiting, code: str = "", state: str = "") -> Response:
    """The browser comes back from the provider."""
    note = request.cookies.get(OIDC_COOKIE, "")
    try:
        asker, then = visit.hall.identity.finish_oidc(
            note, code=code, state=state, back_to=_back(request, visit)
        )
    except OidcRefused as why:
        raise PageFailed(403, "Signing in did not work", str(why)) from why
    answer = visit.sign_in(asker, here(then))
    answer.delete_cookie(OIDC_COOKIE, path="/sign-in")
    return answer


@ROUTES.get("/requests/confirm")
def confirm(visit: Visiting, token: str = "") -> Response:
    """What the link in the mail to a visitor's address would do; it does nothing yet."""
    found = visit.hall.identity.look_at_mail_token(token, purpose="confirm", now=visit.hall.now())
    if found is None:
        raise old_link()
    return visit.page("confirm.html", token=token, email=found.email)


@ROUTES.post("/requests/confirm")
def confirmed(visit: Visiting, form: Form) -> Response:
    """The press: this browser is signed in and the draft becomes the person's own."""
    identity = visit.hall.identity
    found = identity.read_mail_token(form.text("token"), purpose="confirm", now=visit.hall.now())
    asker = identity.person(found.email) if found is not None else None
    if found is None or asker is None:
        raise old_link()
    return _claimed(visit, asker, found.about)


def _vouched(visit: Visit, token: str) -> Asker:
    """Whom the site vouches for with a confirmed address; anybody else ends the visit."""
    found = visit.hall.identity.asker_from_site_token(token, now=visit.hall.now())
    if isinstance(found, Asker) and found.email is not None:
        return found
    raise PageFailed(
        403, "The site's word is not taken", "The link you came by is too old, or is not one that "
        "signs in here. Go back to the site and come again, or sign in by mail at /sign-in.",
    )  # fmt: skip


def _claimed(visit: Visit, asker: Asker, request_id: str) -> Response:
    done = visit.hall.desk.office.request(
        ClaimDraft(request_id=request_id), asker=asker, key=f"confirm:{request_id}"
    )
    if isinstance(done, Refusal):
        if done.kind == "already_open" and done.values:
            return visit.sign_in(asker, f"/requests/{done.values[0]}?told=already_open")
        raise refuse(done)
    return visit.sign_in(asker, f"/requests/{request_id}/review")


def _back(request: Request, visit: Visit) -> str:
    """Where the provider sends the browser back to: our public address, as it is registered."""
    ours = visit.hall.identity.rules.url or str(request.base_url).rstrip("/")
    return ours + BACK_FROM_OIDC
