"""What the tools on access requests give back: typed, so that each has a schema."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from assistant.access.values import QuestionKind, State
from assistant.faces.mcp_values import Judgement, Result


class Standing(Result):
    """How one request stands."""

    id: str
    dataset_id: str
    dataset_name: str
    state: State
    status: str
    """In words, for the person."""
    next_step: str
    question: str
    """What the owner asks back."""
    conditions: str
    reason: str
    until: date | None
    """Last day of access; null: without end, or none granted."""
    drafted_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    page: str | None
    """Where the person sees it and confirms; null where the server's address is not known."""


class Standings(Result):
    """The person's own requests, newest first."""

    requests: list[Standing]


class Asked(Result):
    """Something that has to be said before the request can be filed."""

    field: str
    """The argument that takes it; `custom:ID` is answered under `answers`."""
    question: str
    kind: QuestionKind
    choices: list[str]
    """The values that are taken; empty where any text or country is."""


class Terms(Result):
    """A text that the person will have to accept, exactly as it stands."""

    title: str
    text: str
    url: str | None


class Draft(Result):
    """A draft, seen by its person alone. Nothing was sent."""

    request: Standing
    filed: Literal[False] = False
    confirm: str
    """What the person has to do; pass it on as it is."""
    missing: list[Asked]
    verdict: Judgement
    """For the use that the draft states."""
    agreements: list[Terms]
    price: str | None
