"""What every server-rendered page shares: who visits, the form they post, and how a page is sent.

The pages work without scripts, and their policy allows none.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, cast
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.access import words
from assistant.access.values import Refusal
from assistant.desk import Desk
from assistant.faces import render
from assistant.identity import COOKIE, COOKIE_DAYS, Identity
from assistant.need import Asker, Role
from assistant.rate import Rate
from assistant.terms.acts import WORDS as ACTS
from catalog_sync import territories
from catalog_sync.clauses import Clause

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
MOST_BYTES = 200_000
"""Of one posted form."""
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # "no-referrer" would make browsers send their own forms as if from nowhere.
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
}
"""No script, no style in the page, nothing of other hosts; addresses with a token stay here."""


class PageFailed(Exception):
    """Ends a visit with a page that says why, and the next move."""

    def __init__(self, status: int, title: str, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.title = title
        self.text = text


class Elsewhere(Exception):
    """Ends a visit by sending the browser on."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The rooms behind the pages."""

    desk: Desk
    identity: Identity
    pages: Environment = field(repr=False)
    mails: Rate
    """How often one address may have mail sent, to whomever."""

    def now(self) -> datetime:
        """The desk's moment."""
        return self.desk.clock()

    def today(self) -> date:
        """The desk's day, in UTC."""
        return self.now().astimezone(UTC).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of a browser."""

    hall: Hall
    asker: Asker
    cookie: str
    is_new: bool
    """The browser gets this cookie with the answer."""
    is_secure: bool
    peer: str
    """The address that the browser reached us from."""

    def may_mail(self) -> None:
        """Raise `PageFailed` for whoever has had too much mail sent of late."""
        wait = self.hall.mails.take(self.peer)
        if wait:
            raise PageFailed(
                429, "That was much mail", f"Wait {wait:.0f} seconds, then ask for the link again."
            )

    @property
    def roles(self) -> frozenset[Role]:
        """What the visitor may be, for the links on top."""
        return self.hall.desk.office.roles(self.asker)

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page, with what every page shows."""
        identity = self.hall.identity
        text = self.hall.pages.get_template(template).render(
            visit=self,
            roles=self.roles,
            form_token=identity.form_token(self.cookie),
            key=secrets.token_urlsafe(12),
            dev=identity.rules.dev_sign_in,
            today=self.hall.today(),
            **{"wrong": "", "told": "", **values},
        )
        answer = HTMLResponse(text, status, headers=HEADERS)
        if self.is_new:
            self._set(answer, self.cookie)
        return answer

    def go(self, path: str) -> Response:
        """Send the browser to a page of ours, after a post."""
        answer = RedirectResponse(path, 303, headers=HEADERS)
        if self.is_new:
            self._set(answer, self.cookie)
        return answer

    def sign_in(self, asker: Asker, path: str) -> Response:
        """Send the browser on as this person from now on."""
        answer = RedirectResponse(path, 303, headers=HEADERS)
        self._set(answer, self.hall.identity.cookie_for(asker, now=self.hall.now()))
        return answer

    def sign_out(self, path: str) -> Response:
        """Send the browser on as nobody; its cookie is good no more."""
        self.hall.identity.end_cookie(self.cookie)
        answer = RedirectResponse(path, 303, headers=HEADERS)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    def _set(self, answer: Response, cookie: str) -> None:
        answer.set_cookie(
            COOKIE, cookie, max_age=COOKIE_DAYS * 86_400, path="/", secure=self.is_secure,
            httponly=True, samesite="lax",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A form that our own page sent."""

    fields: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """One field, trimmed; line ends as one character."""
        return self.all(name)[0].strip() if self.all(name) else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(value.replace("\r\n", "\n") for value in self.fields.get(name, ()))

    def is_ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.text(name) == "yes"

    def day(self, name: str) -> date | None:
        """A day; None where none is given. Raises `PageFailed` for what is none."""
        said = self.text(name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError as why:
            raise PageFailed(
                422, "That day cannot be read", f"{said!r} is no day. Expected one such as "
                "2027-03-31; go back and write it so.",
            ) from why  # fmt: skip


def hall(request: Request) -> Hall:
    """The rooms of this server."""
    return cast("Hall", request.app.state.hall)


def visit(request: Request, rooms: Annotated[Hall, Depends(hall)]) -> Visit:
    """Who visits: by a proxy's word, by our cookie, else somebody new."""
    identity = rooms.identity
    cookie = request.cookies.get(COOKIE, "")
    known = identity.asker_from_cookie(cookie)
    vouched = identity.asker_from_headers(request.headers)
    is_new = known is None
    if known is None:
        known = identity.visitor()
        cookie = identity.cookie_for(known, now=rooms.now())
    secure = request.url.scheme == "https" or identity.rules.url.startswith("https:")
    peer = identity.rules.reached_from(
        request.client.host if request.client else "", request.headers.get("x-forwarded-for", "")
    )
    return Visit(
        hall=rooms, asker=vouched or known, cookie=cookie, is_new=is_new, is_secure=secure,
        peer=peer,
    )  # fmt: skip


def person(request: Request, found: Annotated[Visit, Depends(visit)]) -> Visit:
    """A visitor with a confirmed address; anybody else is sent to sign in, and back."""
    if found.asker.email is None:
        back = request.url.path if request.method == "GET" else "/requests"
        raise Elsewhere(f"/sign-in?next={quote(back, safe='')}")
    return found


async def posted(request: Request, rooms: Annotated[Hall, Depends(hall)]) -> Posted:
    """The form, from our own page in this browser; anything else ends the visit."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise PageFailed(413, "That is too much", "The form is larger than can be taken.")
    form = await request.form(max_files=0, max_fields=500)
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
    given = (fields.get("form_token") or [""])[0]
    if not rooms.identity.is_form_token(given, request.cookies.get(COOKIE, "")):
        raise PageFailed(
            403, "This form is too old", "It was not sent from a page that this browser has open, "
            "or you signed in or out since. Go back, load the page again, and send it once more.",
        )  # fmt: skip
    return Posted(fields={name: tuple(values) for name, values in fields.items()})


Visiting = Annotated[Visit, Depends(visit)]
Known = Annotated[Visit, Depends(person)]
Form = Annotated[Posted, Depends(posted)]


def here(path: str, *, otherwise: str = "/requests") -> str:
    """The path, when it is one of ours; no address of another host, no trick with slashes."""
    odd = "\\" in path or any(ord(c) < 33 for c in path)
    return path if path.startswith("/") and path[1:2] != "/" and not odd else otherwise


def refuse(refused: Refusal) -> PageFailed:
    """The page that a refusal is."""
    if refused.kind in ("not_found", "dataset_gone"):
        return PageFailed(404, "Not found", words.refusal(refused))
    status = {"busy": 503, "sign_in": 401}.get(refused.kind, 409)
    return PageFailed(status, "That was not done", words.refusal(refused))


def environment() -> Environment:
    """Renders the templates; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(
        status=words.status, next_step=words.next_step, label=words.label, states=words.STATES,
        event=words.event, price=words.price, badges=render.BADGES, acts=ACTS,
        country=lambda code: territories.name(code) or code, link=render.safe_url,
    )  # fmt: skip
    made.filters.update(
        day=words.day,
        moment=moment,
        tidy=render.clean,
        lines=lines,
        sentence=sentence,
        cite=cite,
    )
    return made


def sentence(text: str) -> str:
    """Words of ours or of a source, with a capital at their beginning."""
    return render.sentence(render.clean(text))


def lines(text: str) -> str:
    """What somebody wrote, line by line, with nothing invisible in it."""
    return "\n".join(render.clean(line) for line in text.splitlines())


def cite(clause: Clause) -> str:
    """Where a clause stands: "Licence, §3(a)(1)"."""
    document = clause.document.replace("_", " ").capitalize()
    place = render.clean(clause.clause)
    return document if place.casefold() in (document.casefold(), "") else f"{document}, {place}"


def moment(at: datetime | None) -> str:
    """A moment as people write it: 31 March 2027, 14:05 UTC."""
    return f"{at.day} {at.astimezone(UTC):%B %Y, %H:%M} UTC" if at is not None else ""
