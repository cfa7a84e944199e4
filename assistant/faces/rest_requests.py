"""Requests in the API: the form, one's own requests, and every command about one.

Whoever asks about a request that does not concern them gets the same answer, made in the same
way, as for one that is not there.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

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
from assistant.access.messages import Delivery
from assistant.access.values import AccessRequest, Refusal, State
from assistant.faces.rest_caller import (
    KNOWN_READER,
    KNOWN_REQUESTER,
    READER,
    REQUESTER,
    Caller,
    House,
    house,
    idempotency_key,
)
from assistant.faces.rest_problem import refused
from assistant.faces.rest_values import (
    AnswersGiven,
    FormOut,
    Given,
    Id,
    Line,
    RequestOut,
    RequestPage,
    Text,
    form_out,
    request_out,
)
from assistant.reply import Question

ROUTES = APIRouter(tags=["requests"])
Rooms = Annotated[House, Depends(house)]
Key = Annotated[str, Depends(idempotency_key)]
Asking = Annotated[Caller, Depends(REQUESTER)]
RequestId = Annotated[str, Path(max_length=100)]
Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=100, description="`next` of the page before.")]


class FormGiven(Given):
    """A dataset, and what was said already."""

    card_id: Id
    answers: AnswersGiven = AnswersGiven()


class PurposeGiven(Given):
    """What the data is wanted for, in the person's own words."""

    purpose: Text


class PurposeOut(BaseModel):
    """A draft of the purpose, which its person reads, changes and sends or not."""

    purpose: str | None = Field(
        description="Null where no language model is configured, or it found nothing clearer."
    )


class DraftGiven(FormGiven):
    """A request to begin."""

    previous: Id | None = Field(default=None, description="A finished request to ask again.")


class AcceptGiven(Given):
    """Agreements accepted in exactly the words with these digests, and the price."""

    accepted: dict[Line, Sha] = Field(default={}, description="Agreement id -> its `sha256`.")
    price_agreed: bool = False
    fingerprint: Line = Field(default="", description="Of the terms that were shown.")


class SubmitGiven(Given):
    """The confirmation after the review."""

    fingerprint: Line = Field(description="Of the terms that the review showed.")


class WithdrawGiven(Given):
    """Why, where one wants to say."""

    reason: Text = ""


class ExtendGiven(Given):
    """Access until a later day."""

    until: date
    reason: Text = ""


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def done(result: AccessRequest | Refusal) -> RequestOut:
    """The request, or the problem that the refusal is."""
    if isinstance(result, Refusal):
        raise refused(result)
    return request_out(result, today=today())


def give(rooms: House, found: Caller, key: str, command: Command) -> RequestOut:
    """Give a command for the caller."""
    return done(rooms.desk.office.request(command, asker=found.asker, key=key))


def page(found: tuple[AccessRequest, ...], limit: int) -> RequestPage:
    """Requests of a list that was asked for one more than `limit`."""
    day = today()
    items = [request_out(each, today=day) for each in found[:limit]]
    return RequestPage(items=items, next=items[-1].id if len(found) > limit else None)


@ROUTES.post("/form")
def form(rooms: Rooms, found: Annotated[Caller, Depends(READER)], given: FormGiven) -> FormOut:
    """What is known and what is missing for a request; writes nothing."""
    made = rooms.desk.office.form(given.card_id, found.asker, answers=given.answers.answers())
    if isinstance(made, Refusal):
        raise refused(made)
    return form_out(made)


@ROUTES.post("/form/purpose")
def clearer(
    rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_REQUESTER)], given: PurposeGiven
) -> PurposeOut:
    """A purpose said more clearly by the language model, for its person to read; writes nothing."""
    asked = Question(text="", conversation="", asker=found.asker)
    return PurposeOut(purpose=rooms.desk.clearer(given.purpose, asked))


@ROUTES.post("/requests", status_code=201)
def draft(rooms: Rooms, found: Asking, key: Key, given: DraftGiven) -> RequestOut:
    """Begin a request; nobody sees it before it is submitted."""
    command = DraftRequest(
        card_id=given.card_id, answers=given.answers.answers(), previous=given.previous
    )
    return give(rooms, found, key, command)


@ROUTES.get("/requests")
def mine(
    rooms: Rooms,
    found: Annotated[Caller, Depends(KNOWN_READER)],
    state: Annotated[list[State] | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RequestPage:
    """One's own requests, newest first."""
    office = rooms.desk.office
    return page(
        office.mine(found.asker, states=state or None, limit=limit + 1, after=cursor), limit
    )


@ROUTES.get("/requests/{request_id}")
def read(
    rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_READER)], request_id: RequestId
) -> RequestOut:
    """One request: one's own, or one that one decides about."""
    return done(rooms.desk.office.read(request_id, found.asker))


@ROUTES.get("/requests/{request_id}/deliveries")
def deliveries(
    rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_READER)], request_id: RequestId
) -> list[Delivery]:
    """What was told about a request, and what could not be; empty where it concerns others."""
    return list(rooms.desk.office.deliveries(request_id, found.asker))


@ROUTES.post("/requests/{request_id}/save")
def save(
    rooms: Rooms, found: Asking, key: Key, request_id: RequestId, given: AnswersGiven
) -> RequestOut:
    """Put these answers in place of the ones kept."""
    return give(rooms, found, key, SaveAnswers(request_id=request_id, answers=given.answers()))


@ROUTES.post("/requests/{request_id}/accept")
def accept(
    rooms: Rooms, found: Asking, key: Key, request_id: RequestId, given: AcceptGiven
) -> RequestOut:
    """Accept agreements in exactly their words, and the price."""
    command = AcceptTerms(
        request_id=request_id,
        accepted=tuple(sorted(given.accepted.items())),
        price_agreed=given.price_agreed,
        fingerprint=given.fingerprint,
    )
    return give(rooms, found, key, command)


@ROUTES.post("/requests/{request_id}/submit")
def submit(
    rooms: Rooms, found: Asking, key: Key, request_id: RequestId, given: SubmitGiven
) -> RequestOut:
    """File it: the person's own confirmation after a review."""
    command = SubmitRequest(request_id=request_id, fingerprint=given.fingerprint)
    return give(rooms, found, key, command)


@ROUTES.post("/requests/{request_id}/hand-over")
def hand_over(rooms: Rooms, found: Asking, key: Key, request_id: RequestId) -> RequestOut:
    """Go on at the dataset's own page, on record here."""
    return give(rooms, found, key, HandOver(request_id=request_id))


@ROUTES.post("/requests/{request_id}/claim")
def claim(rooms: Rooms, found: Asking, key: Key, request_id: RequestId) -> RequestOut:
    """Take over the draft that was made with one's address before it was confirmed."""
    return give(rooms, found, key, ClaimDraft(request_id=request_id))


@ROUTES.post("/requests/{request_id}/withdraw")
def withdraw(
    rooms: Rooms, found: Asking, key: Key, request_id: RequestId, given: WithdrawGiven
) -> RequestOut:
    """Take the request back."""
    return give(rooms, found, key, WithdrawRequest(request_id=request_id, reason=given.reason))


@ROUTES.post("/requests/{request_id}/extend")
def extend(
    rooms: Rooms, found: Asking, key: Key, request_id: RequestId, given: ExtendGiven
) -> RequestOut:
    """Ask for access until a later day; the owner grants it with the same call."""
    command = ExtendRequest(request_id=request_id, until=given.until, reason=given.reason)
    return give(rooms, found, key, command)
