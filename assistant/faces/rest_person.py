"""The caller in the API: who they are here, everything that is kept of them, and its erasure."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, JsonValue

from assistant.access.values import Refusal
from assistant.faces.rest_caller import (
    KNOWN_READER,
    KNOWN_REQUESTER,
    READER,
    Caller,
    Scope,
    idempotency_key,
)
from assistant.faces.rest_problem import refused
from assistant.faces.rest_requests import Rooms
from assistant.faces.rest_values import Given
from assistant.need import Role

ROUTES = APIRouter(tags=["person"])


class MeOut(BaseModel):
    """Who calls."""

    email: str | None
    roles: list[Role]
    scopes: list[Scope]
    by: Literal["nobody", "key", "cookie", "proxy"]
    form_token: str | None = Field(
        description="For a browser: the value of X-Form-Token that its writes need."
    )


class EraseGiven(Given):
    """The word that makes sure."""

    confirm: Literal["erase me"]


class ErasedOut(BaseModel):
    """What went."""

    requests: int


@ROUTES.get("/me")
def me(rooms: Rooms, found: Annotated[Caller, Depends(READER)]) -> MeOut:
    """Who the caller is here, and what they may do."""
    return MeOut(
        email=found.asker.email,
        roles=sorted(rooms.desk.office.roles(found.asker)),
        scopes=sorted(found.scopes),
        by=found.by,
        form_token=rooms.identity.form_token(found.cookie) if found.cookie else None,
    )


@ROUTES.get("/me/export")
def export(
    rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_READER)], response: Response
) -> dict[str, JsonValue]:
    """Everything that is kept of the caller."""
    response.headers["content-disposition"] = 'attachment; filename="my-data.json"'
    kept: dict[str, JsonValue] = dict(rooms.desk.office.person.export(found.asker))  # type: ignore[arg-type]
    return kept


@ROUTES.post("/me/erase", dependencies=[Depends(idempotency_key)])
def erase(
    rooms: Rooms, found: Annotated[Caller, Depends(KNOWN_REQUESTER)], given: EraseGiven
) -> ErasedOut:
    """Forget the caller: open requests are withdrawn, answers and address deleted."""
    del given
    went = rooms.desk.office.person.erase(found.asker)
    if isinstance(went, Refusal):
        raise refused(went)
    rooms.desk.forget(found.asker.id)
    return ErasedOut(requests=went)
