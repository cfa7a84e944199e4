"""Owners in the API: their settings, claims, and the table that administrators keep."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from assistant.access.values import AutoApproval, OwnerQuestion, Refusal
from assistant.access.values_owner import Claim, OwnerSettings, Scope, ScopeKind
from assistant.faces.rest_caller import (
    ADMINISTRATOR,
    DECIDER,
    KNOWN_READER,
    KNOWN_REQUESTER,
    Caller,
    idempotency_key,
)
from assistant.faces.rest_problem import refused
from assistant.faces.rest_requests import Rooms
from assistant.faces.rest_values import Email, Given, Line, Text

ROUTES = APIRouter(tags=["owners"])
Deciding = Annotated[Caller, Depends(DECIDER)]
Administering = Annotated[Caller, Depends(ADMINISTRATOR)]
Value = Annotated[Line, Field(min_length=1)]


class ScopeGiven(Given):
    """One card, all cards of a publisher in a source, or a whole source."""

    kind: ScopeKind
    value: Value = Field(description="Card id; source/publisher; source name.")

    def scope(self) -> Scope:
        """The scope itself."""
        return Scope(kind=self.kind, value=self.value)


class OwnerGiven(Given):
    """Who owns what."""

    scope: ScopeGiven
    email: Email


class OwnerQuestionGiven(Given):
    """A question asked of every requester."""

    id: Value
    text: Value
    kind: Literal["text", "choice", "country", "date", "checkbox"] = "text"
    choices: tuple[Line, ...] = Field(default=(), max_length=50)
    required: bool = False


class SettingsGiven(Given):
    """How requests in a scope are handled."""

    scope: ScopeGiven
    auto_approve: AutoApproval = "never"
    questions: tuple[OwnerQuestionGiven, ...] = Field(default=(), max_length=20)
    delegates: tuple[Email, ...] = Field(default=(), max_length=50)
    length_days: int | None = Field(default=None, ge=1, le=3660)


class ClaimGiven(Given):
    """What somebody says they own, and how that can be seen."""

    scope: ScopeGiven
    note: Annotated[str, Field(max_length=2000)] = ""


class ClaimDecisionGiven(Given):
    """An administrator's word on a claim."""

    to: Literal["granted", "refused"]
    reason: Text = ""


class OwnershipOut(BaseModel):
    """One row of the table of owners."""

    scope: Scope
    email: str
    since: datetime


class RemovedOut(BaseModel):
    """Whether there was an ownership to end."""

    removed: bool


@ROUTES.get("/owner/settings")
def settings(rooms: Rooms, found: Deciding) -> list[OwnerSettings]:
    """The settings of every scope that the caller owns."""
    return list(rooms.desk.office.owners.settings(found.asker))


@ROUTES.put("/owner/settings")
def set_settings(rooms: Rooms, found: Deciding, given: SettingsGiven) -> OwnerSettings:
    """Replace the settings of a scope; doing it twice changes nothing."""
    wanted = OwnerSettings(
        scope=given.scope.scope(),
        auto_approve=given.auto_approve,
        questions=tuple(OwnerQuestion(**dict(each)) for each in given.questions),
        delegates=given.delegates,
        length_days=given.length_days,
    )
    made = rooms.desk.office.owners.set_settings(wanted, asker=found.asker)
    if isinstance(made, Refusal):
        raise refused(made)
    return made


@ROUTES.get("/owners")
def owners(rooms: Rooms, found: Administering) -> list[OwnershipOut]:
    """The whole table, for administrators."""
    rows = rooms.desk.office.owners.all(found.asker)
    if isinstance(rows, Refusal):
        raise refused(rows)
    return [OwnershipOut(scope=row.scope, email=row.email, since=row.since) for row in rows]


@ROUTES.put("/owners")
def assign(rooms: Rooms, found: Administering, given: OwnerGiven) -> OwnershipOut:
    """Make somebody the owner of a scope."""
    made = rooms.desk.office.owners.assign(given.scope.scope(), given.email, asker=found.asker)
    if isinstance(made, Refusal):
        raise refused(made)
    return OwnershipOut(scope=made.scope, email=made.email, since=made.since)


@ROUTES.post("/owners/remove", dependencies=[Depends(idempotency_key)])
def remove(rooms: Rooms, found: Administering, given: OwnerGiven) -> RemovedOut:
    """End an ownership."""
    ended = rooms.desk.office.owners.remove(given.scope.scope(), given.email, asker=found.asker)
    if isinstance(ended, Refusal):
        raise refused(ended)
    return RemovedOut(removed=ended)


@ROUTES.get("/claims")
def claims(rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_READER)]) -> list[Claim]:
    """One's own claims; an administrator sees everybody's."""
    return list(rooms.desk.office.owners.claims(found.asker))


@ROUTES.post("/claims", status_code=201, dependencies=[Depends(idempotency_key)])
def claim(
    rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_REQUESTER)], given: ClaimGiven
) -> Claim:
    """Say that one owns a scope; an administrator decides."""
    made = rooms.desk.office.owners.claim(given.scope.scope(), note=given.note, asker=found.asker)
    if isinstance(made, Refusal):
        raise refused(made)
    return made


@ROUTES.post("/claims/{number}/decide", dependencies=[Depends(idempotency_key)])
def decide_claim(
    rooms: Rooms,
    found: Administering,
    number: Annotated[int, Path(ge=1, le=2**31 - 1)],
    given: ClaimDecisionGiven,
) -> Claim:
    """Grant or refuse a claim."""
    made = rooms.desk.office.owners.decide_claim(
        number, to=given.to, reason=given.reason, asker=found.asker
    )
    if isinstance(made, Refusal):
        raise refused(made)
    return made
