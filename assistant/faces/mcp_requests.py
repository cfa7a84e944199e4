"""Access requests for other assistants: a draft, and how a request stands. Files and decides none.

Who calls is told by an API key. A draft becomes a request only when its person opens the page,
reads the terms and confirms there; nothing said to these tools can do that.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import Field

from assistant.access import words as told
from assistant.access.commands import DraftRequest, SaveAnswers
from assistant.access.form import LONGEST
from assistant.access.form import missing as still_missing
from assistant.access.values import (
    AccessRequest,
    Answers,
    Refusal,
    RequestForm,
)
from assistant.desk import Desk
from assistant.faces import mcp_words as words
from assistant.faces import render
from assistant.faces.mcp_request_values import Asked, Draft, Standing, Standings, Terms
from assistant.faces.mcp_tools import (
    Country,
    DatasetId,
    Kind,
    Tools,
    Uses,
    WrongCall,
    upper,
)
from assistant.identity import Identity
from assistant.need import Asker

NEEDED = ("request", "decide", "admin")
"""Scopes of which one lets a key draft."""
MOST_LISTED = 50
T = TypeVar("T")
Line = Annotated[str, Field(max_length=LONGEST["name"])]
Long = Annotated[str, Field(max_length=LONGEST["purpose"])]


class RequestTools:
    """The two tools; safe to call from many threads."""

    def __init__(
        self,
        desk: Desk,
        identity: Identity,
        *,
        key: Callable[[], str],
        url: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Tools that speak for the person of a key.

        Args:
            desk: What answers.
            identity: Who knows whose a key is.
            key: The API key that came with the call under way; empty: none.
            url: Public address without a slash at its end; empty: unknown.
            clock: Now.
        """
        self._desk = desk
        self._tools = Tools(desk)
        self._identity = identity
        self._key = key
        self._url = url
        self._clock = clock

    def draft_access_request(
        self,
        id: DatasetId,
        uses: Uses = None,
        purpose: Long = "",
        name: Line = "",
        organisation: Line = "",
        organisation_kind: Kind = None,
        country: Country = None,
        hq_country: Country = None,
        message: Long = "",
        answers: Annotated[
            dict[str, str] | None,
            Field(max_length=50, description="Answers to the owner's own questions, by their id."),
        ] = None,
    ) -> Draft:
        """Write a draft of a request for access to a dataset; it files nothing.

        Take the answers from the person and invent none. Ask for what is under `missing`, call
        again with it (what was said before is kept), then pass `confirm` on: only the person can
        read the terms and send the request. Needs an API key with the scope `request`.
        """
        asker = self._asker(NEEDED)
        card_id = self._tools.card(id).card.id
        form = granted(self._desk.office.form(card_id, asker))
        kept = self._kept(form)
        given = Answers(
            name=name,
            organisation=organisation,
            organisation_kind=organisation_kind,
            country=upper(country),
            hq_country=upper(hq_country),
            acts=tuple(uses or ()),
            purpose=purpose,
            message=message,
            custom=tuple(sorted((answers or {}).items())),
        )
        whole = laid_over(kept.answers if kept is not None and kept.answers else Answers(), given)
        command = (
            DraftRequest(card_id=card_id, answers=whole)
            if kept is None
            else SaveAnswers(request_id=kept.id, answers=whole)
        )
        key = f"mcp:{uuid.uuid4()}"
        return self._draft(granted(self._desk.office.request(command, asker=asker, key=key)))

    def request_status(
        self,
        request_id: Annotated[
            str | None,
            Field(max_length=80, description="One of them; left out: all, newest first."),
        ] = None,
    ) -> Standings:
        """How the person's own requests for access stand. Needs an API key."""
        asker = self._asker(("read", *NEEDED))
        office = self._desk.office
        found = (
            [granted(office.read(request_id, asker))]
            if request_id
            else office.mine(asker, limit=MOST_LISTED)
        )
        own = [one for one in found if one.role == "requester"]
        if request_id and not own:
            raise WrongCall(told.refusal(Refusal(kind="not_found")))
        return Standings(requests=[self._standing(one) for one in own])

    def _asker(self, scopes: tuple[str, ...]) -> Asker:
        """Whom the key speaks for; raises `WrongCall` where there is none that may."""
        known = self._identity.asker_from_api_key(self._key()) if self._key() else None
        if known is None or not known[1].intersection(scopes):
            raise WrongCall(
                f"This needs an API key with the scope {scopes[0]!r}, and "
                f"{'none that is good came' if known is None else 'this one has another'} with the "
                "call. `dataset-assistant keys make EMAIL --scope request` makes one; over HTTP it "
                "is sent as `Authorization: Bearer KEY`, over standard input and output it is set "
                "as DATASET_ASSISTANT_API_KEY."
            )
        return known[0]

    @staticmethod
    def _kept(form: RequestForm) -> AccessRequest | None:
        """The draft to go on with; raises `WrongCall` where the request is past that."""
        found = form.open
        if found is None or found.state in ("draft", "returned"):
            return found
        raise WrongCall(told.refusal(Refusal(kind="already_open", values=(found.id,))))

    def _draft(self, request: AccessRequest) -> Draft:
        judged, given = request.judged, request.answers or Answers()
        standing = self._standing(request)
        place = (
            f"Open {standing.page}, signed in with your address"
            if standing.page
            else f"Open the request {request.id} on the server's pages, signed in with your address"
        )
        return Draft(
            request=standing,
            confirm=f"{place}: read the terms there and send the request yourself. Until then "
            "nobody has seen it."
            if judged.route == "here"
            else f"{place}: its owner does not decide here, so go on from there to the dataset's "
            "own page. Until then nobody has seen it.",
            missing=[
                Asked(
                    field=ask.field,
                    question=render.clean(ask.question),
                    kind=ask.kind,
                    choices=[value for value, _ in ask.choices] if ask.kind == "choice" else [],
                )
                for ask in still_missing(judged, given)
            ],
            verdict=words.judgement(judged.verdict),
            agreements=[
                Terms(
                    title=render.clean(one.title),
                    text=words.plain(one.text),
                    url=render.safe_url(one.url),
                )
                for one in judged.agreements
            ],
            price=told.price(judged.price) if judged.price else None,
        )

    def _standing(self, request: AccessRequest) -> Standing:
        return Standing(
            id=request.id,
            dataset_id=request.card_id,
            dataset_name=render.clean(request.judged.card_name),
            state=request.state,
            status=render.clean(told.status(request, today=self._clock().date())),
            next_step=told.next_step(request),
            question=words.plain(request.question),
            conditions=words.plain(request.conditions),
            reason=words.plain(request.reason),
            until=request.until,
            drafted_at=request.drafted_at,
            submitted_at=request.submitted_at,
            decided_at=request.decided_at,
            page=f"{self._url}/requests/{request.id}" if self._url else None,
        )


def laid_over(kept: Answers, given: Answers) -> Answers:
    """The kept answers with those given in their place; what was not given stays."""
    custom = {**dict(kept.custom), **dict(given.custom)}
    said = {
        name: getattr(given, name)
        for name in ("name", "organisation", "organisation_kind", "country", "hq_country", "acts",
                     "purpose", "message")
        if getattr(given, name)
    }  # fmt: skip
    return replace(kept, **said, custom=tuple(sorted(custom.items())))


def granted(answer: T | Refusal) -> T:
    """What was asked for; raises `WrongCall` with the words of a refusal."""
    if isinstance(answer, Refusal):
        raise WrongCall(told.refusal(answer))
    return answer
