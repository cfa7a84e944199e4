"""What the API answers of the catalogue: search, cards, verdicts, figures, wishes.

Reading needs no key.
"""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from assistant.coverage import By, Row
from assistant.desk import UnknownDataset
from assistant.faces.rest_caller import (
    READER,
    REQUESTER,
    Caller,
    House,
    house,
    idempotency_key,
)
from assistant.faces.rest_problem import Failed
from assistant.faces.rest_values import Given, Id, UseGiven, VerdictOut
from assistant.reply import AskBack, Match, Option, Question
from assistant.terms.combine import Combination, Scenario
from assistant.terms.values import Outcome, Verdict
from catalog_sync.card import DatasetCard
from catalog_sync.language_answer import LanguageAnswer

ROUTES = APIRouter(tags=["catalogue"])
DEEPEST = 500
"""Results of one search that can be paged through."""
Rooms = Annotated[House, Depends(house)]
Reading = Annotated[Caller, Depends(READER)]


class ResultOut(BaseModel):
    """One dataset found."""

    id: str
    name: str
    url: str | None
    summary: str
    licence: str | None
    outcome: Outcome = Field(description="May the stated use be made?")
    verdict: Verdict
    why: str
    matches: list[Match]
    copies: list[str] = Field(description="The same dataset in other sources.")
    score: float


class SearchOut(BaseModel):
    """What a search found."""

    text: str
    total: int
    no_match: bool
    items: list[ResultOut]
    nearest: list[ResultOut] = Field(description="Where nothing fits: the nearest.")
    questions: list[AskBack]
    notices: list[str]
    next: str | None = Field(description="Give it as `cursor` for the following results.")


class CardOut(BaseModel):
    """One dataset with what the store knows of it."""

    card: DatasetCard
    terms_fingerprint: str
    seen_at: datetime
    copies: list[str]
    findings: list[str]


class CheckGiven(UseGiven):
    """A dataset and a use."""

    card_id: Id


class CombineGiven(Given):
    """Two datasets (ids) or licences (names)."""

    first: Id
    second: Id
    scenario: Scenario = "merged"


class CoverageOut(BaseModel):
    """Counts over the catalogue."""

    by: By
    total: int
    items: list[Row]


class SourceOut(BaseModel):
    """How fresh one source is."""

    source: str
    visible: int
    complete_at: datetime | None


class WishGiven(Given):
    """A need that nothing met."""

    text: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*\S[^\x00]*$")]
    may_name: bool = Field(default=False, description="Whether one's name may stand beside it.")


class WishOut(BaseModel):
    """A wish as it is kept."""

    number: int
    text: str


class WishedOut(BaseModel):
    """How often the same thing was wished for."""

    text: str
    wishes: int
    people: int
    last_at: datetime


@ROUTES.get("/search")
def search(
    rooms: Rooms,
    _caller: Reading,
    q: Annotated[str, Query(min_length=1, max_length=1000, description="A need in any words.")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> SearchOut:
    """Find datasets by what somebody would say: language, kind, licence, use, size, price."""
    start = _place(cursor)
    name = f"rest:{uuid4()}"
    asker = rooms.identity.visitor()
    reply = rooms.desk.ask(Question(text=q, conversation=name, asker=asker, top=start + limit))
    rooms.desk.forget(asker.id)
    found = reply.options[start : start + limit]
    end = start + len(found)
    more = bool(found) and end < min(reply.total, DEEPEST)
    return SearchOut(
        text=reply.text,
        total=reply.total,
        no_match=reply.no_match,
        items=[_result(option) for option in found],
        nearest=[_result(option) for option in reply.nearest] if start == 0 else [],
        questions=list(reply.questions),
        notices=list(reply.notices),
        next=_cursor(end) if more else None,
    )


@ROUTES.get("/cards/{card_id:path}")
def card(rooms: Rooms, _caller: Reading, card_id: str) -> CardOut:
    """One dataset with its terms and where each field was stated."""
    stored = rooms.desk.show(card_id)
    if stored is None:
        raise unknown(card_id)
    return CardOut(
        card=stored.card,
        terms_fingerprint=stored.terms_fingerprint,
        seen_at=stored.seen_at,
        copies=list(stored.copies),
        findings=[finding.text for finding in stored.findings],
    )


@ROUTES.post("/check")
def check(rooms: Rooms, caller: Reading, given: CheckGiven) -> VerdictOut:
    """May this be done with this dataset? A careful reading of published terms, no legal advice.

    What its owner granted to the caller counts too.
    """
    try:
        verdict = rooms.desk.check(given.card_id, given.use(), asker=caller.asker)
        text = rooms.desk.explain(given.card_id, given.use(), asker=caller.asker)
    except UnknownDataset as why:
        raise unknown(given.card_id) from why
    return VerdictOut(outcome=verdict.outcome, text=text, verdict=verdict)


@ROUTES.post("/combine")
def combine(rooms: Rooms, _caller: Reading, given: CombineGiven) -> Combination:
    """May these two become one dataset or model, or lie side by side, and under which licence?"""
    return rooms.desk.combine(given.first, given.second, scenario=given.scenario)


@ROUTES.get("/coverage")
def coverage(
    rooms: Rooms,
    _caller: Reading,
    by: By = "language",
    q: Annotated[str, Query(max_length=1000, description="Words that limit what counts.")] = "",
) -> CoverageOut:
    """Figures over the whole catalogue, grouped."""
    need = rooms.desk.read(q) if q.strip() else None
    found = rooms.desk.coverage(by, need)
    return CoverageOut(by=by, total=found.total, items=list(found.groups))


@ROUTES.get("/language")
def language(
    rooms: Rooms, _caller: Reading, name: Annotated[str, Query(min_length=1, max_length=200)]
) -> LanguageAnswer:
    """What a language name means: codes, or candidates where it is ambiguous."""
    return rooms.desk.language(name)


@ROUTES.get("/sources")
def sources(rooms: Rooms, _caller: Reading) -> list[SourceOut]:
    """When each source was last read completely."""
    return [
        SourceOut(source=each.source, visible=each.visible, complete_at=each.complete_at)
        for each in rooms.desk.freshness()
    ]


@ROUTES.get("/wishes")
def wishes(rooms: Rooms, _caller: Reading) -> list[WishedOut]:
    """What people wished for and did not find, most wanted first; nobody is named."""
    return [
        WishedOut(text=each.text, wishes=each.wishes, people=each.people, last_at=each.last_at)
        for each in rooms.desk.wishes()
    ]


@ROUTES.post("/wishes", status_code=201, dependencies=[Depends(idempotency_key)])
def wish(rooms: Rooms, found: Annotated[Caller, Depends(REQUESTER)], given: WishGiven) -> WishOut:
    """Record a wish; the same wish of the same person is kept once."""
    made = rooms.desk.wish(given.text, asker_id=found.asker.id, may_name=given.may_name)
    return WishOut(number=made.number, text=made.text)


def unknown(card_id: str) -> Failed:
    """No such dataset."""
    return Failed(
        404, "dataset_gone", str(UnknownDataset(card_id)), field="card_id", values=(card_id,)
    )


def _result(option: Option) -> ResultOut:
    card = option.card
    return ResultOut(
        id=card.id,
        name=card.name,
        url=card.url,
        summary=card.summary,
        licence=card.terms.licence,
        outcome=option.verdict.outcome,
        verdict=option.verdict,
        why=option.why,
        matches=list(option.matches),
        copies=list(option.copies),
        score=option.score,
    )


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"at:{place}".encode()).decode()


def _place(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        kind, _, place = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        if kind == "at" and place.isascii() and place.isdecimal() and int(place) < DEEPEST:
            return int(place)
    except ValueError:
        pass
    raise Failed(400, "bad_cursor", "The cursor is none that this search gave. Begin without one.",
                 field="cursor")  # fmt: skip
