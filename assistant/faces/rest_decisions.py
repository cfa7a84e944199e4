"""Decisions in the API: what waits for the caller, what they decided, and every way to decide."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from assistant.access.commands import (
    ApproveRequest,
    ChangeDecision,
    DelegateRequest,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
)
from assistant.access.values import Decision
from assistant.faces.rest_caller import DECIDER, Caller
from assistant.faces.rest_requests import Cursor, Key, Limit, RequestId, Rooms, give, page
from assistant.faces.rest_values import Email, Given, RequestOut, RequestPage, Text

ROUTES = APIRouter(tags=["decisions"])
Deciding = Annotated[Caller, Depends(DECIDER)]
Reason = Annotated[Text, Field(min_length=1)]


class ApproveGiven(Given):
    """How far access goes."""

    until: date | None = Field(default=None, description="Last day; none: without end.")
    conditions: Text = ""
    reason: Text = ""
    despite_terms_change: bool = Field(
        default=False, description="The terms are known to have changed since it was filed."
    )


class ReasonGiven(Given):
    """Why; the requester reads it."""

    reason: Reason


class QuestionGiven(Given):
    """What the requester should say besides."""

    question: Reason


class ChangeGiven(Given):
    """Another decision, and why."""

    to: Decision
    reason: Reason
    until: date | None = None
    conditions: Text = ""


class DelegateGiven(Given):
    """A colleague who may decide too."""

    email: Email


@ROUTES.get("/decisions/waiting")
def waiting(rooms: Rooms, found: Deciding, limit: Limit = 50, cursor: Cursor = None) -> RequestPage:
    """Requests that wait for the caller's decision, newest first."""
    return page(rooms.desk.office.waiting(found.asker, limit=limit + 1, after=cursor), limit)


@ROUTES.get("/decisions")
def decided(rooms: Rooms, found: Deciding, limit: Limit = 50, cursor: Cursor = None) -> RequestPage:
    """The record: what the caller, as owner or delegate, may look back on."""
    return page(rooms.desk.office.decided(found.asker, limit=limit + 1, after=cursor), limit)


@ROUTES.post("/requests/{request_id}/approve")
def approve(
    rooms: Rooms, found: Deciding, key: Key, request_id: RequestId, given: ApproveGiven
) -> RequestOut:
    """Grant access."""
    return give(rooms, found, key, ApproveRequest(request_id=request_id, **dict(given)))


@ROUTES.post("/requests/{request_id}/reject")
def reject(
    rooms: Rooms, found: Deciding, key: Key, request_id: RequestId, given: ReasonGiven
) -> RequestOut:
    """Refuse access."""
    return give(rooms, found, key, RejectRequest(request_id=request_id, reason=given.reason))


@ROUTES.post("/requests/{request_id}/return")
def give_back(
    rooms: Rooms, found: Deciding, key: Key, request_id: RequestId, given: QuestionGiven
) -> RequestOut:
    """Ask the requester for more."""
    return give(rooms, found, key, ReturnRequest(request_id=request_id, question=given.question))


@ROUTES.post("/requests/{request_id}/revoke")
def revoke(
    rooms: Rooms, found: Deciding, key: Key, request_id: RequestId, given: ReasonGiven
) -> RequestOut:
    """End access that was granted."""
    return give(rooms, found, key, RevokeRequest(request_id=request_id, reason=given.reason))


@ROUTES.post("/requests/{request_id}/change")
def change(
    rooms: Rooms, found: Deciding, key: Key, request_id: RequestId, given: ChangeGiven
) -> RequestOut:
    """Decide anew about a request that was decided."""
    return give(rooms, found, key, ChangeDecision(request_id=request_id, **dict(given)))


@ROUTES.post("/requests/{request_id}/delegate")
def delegate(
    rooms: Rooms, found: Deciding, key: Key, request_id: RequestId, given: DelegateGiven
) -> RequestOut:
    """Let a colleague decide about this request too."""
    return give(rooms, found, key, DelegateRequest(request_id=request_id, email=given.email))
