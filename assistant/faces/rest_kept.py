"""Saved datasets and watches in the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from assistant.access.messages import Watch
from assistant.access.values import Refusal
from assistant.faces.rest_caller import (
    KNOWN_READER,
    KNOWN_REQUESTER,
    Caller,
    idempotency_key,
)
from assistant.faces.rest_problem import refused
from assistant.faces.rest_requests import Rooms
from assistant.faces.rest_values import Given

ROUTES = APIRouter(tags=["kept"])
Reading = Annotated[Caller, Depends(KNOWN_READER)]
Keeping = Annotated[Caller, Depends(KNOWN_REQUESTER)]
CardId = Annotated[str, Path(max_length=300)]


class WatchGiven(Given):
    """What to be told of, by mail."""

    words: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]


class ChangedOut(BaseModel):
    """Whether anything changed: doing it twice changes nothing."""

    changed: bool


@ROUTES.get("/saved")
def saved(rooms: Rooms, found: Reading) -> list[str]:
    """Ids of the datasets that the caller keeps, newest first."""
    return list(rooms.desk.office.watches.saved(found.asker))


@ROUTES.put("/saved/{card_id:path}")
def save(rooms: Rooms, found: Keeping, card_id: CardId) -> ChangedOut:
    """Keep a dataset in view."""
    done = rooms.desk.office.watches.save(card_id, asker=found.asker)
    if isinstance(done, Refusal):
        raise refused(done)
    return ChangedOut(changed=done)


@ROUTES.delete("/saved/{card_id:path}")
def unsave(rooms: Rooms, found: Keeping, card_id: CardId) -> ChangedOut:
    """Let go of a dataset."""
    return ChangedOut(changed=rooms.desk.office.watches.unsave(card_id, asker=found.asker))


@ROUTES.get("/watches")
def watches(rooms: Rooms, found: Reading) -> list[Watch]:
    """What the caller is told of, newest first."""
    return list(rooms.desk.office.watches.of(found.asker))


@ROUTES.post("/watches", status_code=201, dependencies=[Depends(idempotency_key)])
def watch(rooms: Rooms, found: Keeping, given: WatchGiven) -> Watch:
    """Be told, once each, of datasets that meet these words from now on; by mail."""
    made = rooms.desk.office.watches.watch(given.words, asker=found.asker)
    if isinstance(made, Refusal):
        raise refused(made)
    return made


@ROUTES.delete("/watches/{watch_id}")
def unwatch(
    rooms: Rooms, found: Keeping, watch_id: Annotated[str, Path(max_length=100)]
) -> ChangedOut:
    """Be told of that no more."""
    return ChangedOut(changed=rooms.desk.office.watches.unwatch(watch_id, asker=found.asker))
