"""What must be so after the soak, read from the database, the log of answers and the sink."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import RowMapping, select

from assistant.access import chain
from assistant.access.events import Event
from assistant.access.fold import fold
from assistant.access.office import Office
from assistant.access.outbox import OUTBOX
from assistant.access.table import permitted
from assistant.access.tables import DONE, EVENT, REQUEST
from assistant.access.values import CommandName
from catalog_sync import store_engine

COMMAND_OF: dict[str, tuple[CommandName, ...]] = {
    "AnswerSaved": ("save", "draft"), "TermsAccepted": ("accept",), "RequestSubmitted": ("submit",),
    "RequestReturned": ("return",), "RequestApproved": ("approve",), "RequestRejected": ("reject",),
    "RequestRevoked": ("revoke",), "RequestWithdrawn": ("withdraw",), "ExtensionAsked": ("extend",),
    "RequestExtended": ("extend",), "DecisionChanged": ("change",), "Delegated": ("delegate",),
}  # fmt: skip
TO_REQUESTER = ("RequestReturned", "RequestApproved", "RequestRejected", "RequestRevoked",
                "DecisionChanged", "RequestExtended")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was counted, and everything that is not as it must be."""

    requests: int
    events: int
    answers: int
    refused: int
    letters: int
    arrived: int
    """At the sink, twice-sent ones counted twice."""
    wrong: tuple[str, ...]


def verify(office: Office, logs: Sequence[Path], arrived: Sequence[str]) -> Verified:
    """Look at everything; `arrived` are the ids in the order in which mails arrived."""
    answers = [json.loads(line) for log in logs for line in lines(log)]
    done = [each for each in answers if "id" in each]
    engine = office.parts.record.engine
    with store_engine.reading(engine) as connection:
        broken = chain.check(connection)
        wrong = [f"the chain: {broken.why}"] if broken is not None else []
        order = connection.execute(select(EVENT.c.request_id).order_by(EVENT.c.position))
        ids = order.scalars().all()
        stories = {name: chain.story(connection, name) for name in dict.fromkeys(ids)}
        rows = {row["id"]: row for row in connection.execute(select(REQUEST)).mappings()}
        kept = {row.key: row.request_id for row in connection.execute(select(DONE))}
        letters = connection.execute(select(OUTBOX)).mappings().all()
    wrong += [bad for name, story in stories.items() for bad in of_story(name, story, rows)]
    wrong += twice_open(ids, stories)
    wrong += [f"lost: {a}" for a in done if len(stories.get(a["id"], ())) < a["seq"]]
    wrong += [f"key: {a}" for a in done if kept.get(a["key"]) != a["id"]]
    wrong += [f"a row without events: {name}" for name in rows if name not in stories]
    sent = {row["id"] for row in letters if row["sent_at"] is not None}
    wrong += [f"never told: {row['id']} {row['kind']}" for row in letters if row["id"] not in sent]
    wrong += [f"told and not arrived: {each}" for each in sent - set(arrived)]
    wrong += [f"arrived and unknown: {each}" for each in set(arrived) - sent]
    dedups = {row["dedup"] for row in letters}
    wrong += [
        f"nobody was told of {event.body.kind} {event.request_id}:{event.seq}"
        for story in stories.values()
        for event in story
        if event.body.kind in TO_REQUESTER
        and not any(d.startswith(f"{event.request_id}:{event.seq}:requester:") for d in dedups)
    ]
    return Verified(
        requests=len(stories), events=len(ids), answers=len(answers),
        refused=len(answers) - len(done), letters=len(sent), arrived=len(arrived),
        wrong=tuple(wrong),
    )  # fmt: skip


def lines(log: Path) -> Iterable[str]:
    """The whole lines of a log; a killed process leaves none that is half."""
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else ()


def of_story(name: str, story: Sequence[Event], rows: Mapping[str, RowMapping]) -> Iterable[str]:
    """Steps that the table does not permit, and a row that is not what the events say."""
    for place, event in enumerate(story[1:], 1):
        before = fold(story[:place])
        assert before is not None
        may = permitted(before.state, event.role)
        drafting = before.seq == 1 and event.body.kind == "AnswerSaved"
        if not drafting and not any(each in may for each in COMMAND_OF[event.body.kind]):
            yield f"forbidden: {event.role} {event.body.kind} in {before.state} of {name}"
    end = fold(story)
    row = rows.get(name)
    assert end is not None
    if row is None:
        yield f"no row: {name}"
    else:
        told = (row["state"], row["seq"], row["person_id"], bool(row["is_open"]))
        if told != (end.state, end.seq, end.person_id, end.is_open):
            yield f"the row of {name} says {told}"


def twice_open(ids: Sequence[str], stories: Mapping[str, Sequence[Event]]) -> Iterable[str]:
    """People who at any moment had two open requests for one dataset, in the order of events."""
    seen: Counter[str] = Counter()
    open_by: dict[tuple[str, str], set[str]] = {}
    for name in ids:
        seen[name] += 1
        request = fold(stories[name][: seen[name]])
        assert request is not None
        mine = open_by.setdefault((request.person_id, request.group), set())
        (mine.add if request.is_open else mine.discard)(name)
        if len(mine) > 1:
            yield f"open twice: {sorted(mine)}"
