"""Random people do random things: whatever they do, the record stays as it must be."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import create_engine, select

from assistant.access import chain
from assistant.access.commands import (
    ApproveRequest,
    ChangeDecision,
    Command,
    DraftRequest,
    ExtendRequest,
    HandOver,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    SaveAnswers,
    WithdrawRequest,
)
from assistant.access.events import Event
from assistant.access.fold import fold
from assistant.access.table import permitted
from assistant.access.tables import EVENT, REQUEST
from assistant.access.values import AccessRequest, Refusal
from tests.assistant.access.bureau import (
    ANSWERS,
    FAR,
    GIVEN,
    MARA,
    OTHER_OWNER,
    OWNER,
    PRICED,
    SILENT,
    TOM,
    open_bureau,
)

_CARDS = (GIVEN, PRICED, SILENT, FAR)
_PEOPLE = (MARA, TOM, OWNER, OTHER_OWNER)
_ABOUT: tuple[Callable[[str], Command], ...] = (
    lambda r: SaveAnswers(request_id=r, answers=ANSWERS),
    lambda r: HandOver(request_id=r),
    lambda r: WithdrawRequest(request_id=r),
    lambda r: ExtendRequest(request_id=r, until=date(2027, 8, 1)),
    lambda r: ApproveRequest(request_id=r, until=date(2027, 2, 1)),
    lambda r: RejectRequest(request_id=r, reason="No."),
    lambda r: ReturnRequest(request_id=r, question="Why?"),
    lambda r: RevokeRequest(request_id=r, reason="Misuse."),
    lambda r: ChangeDecision(request_id=r, to="approved", reason="Yes."),
    lambda r: ChangeDecision(request_id=r, to="rejected", reason="No."),
)


class Bustle(RuleBasedStateMachine):
    """An office in a folder of its own, and everybody at once."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name)}/catalog.db"
        self.bureau = open_bureau(self.url)
        self.engine = create_engine(self.url)
        self.known: list[str] = []
        self.keys = 0

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    @rule(card=st.sampled_from(_CARDS), who=st.sampled_from(_PEOPLE), twice=st.booleans())
    def draft(self, card: str, who: object, twice: bool) -> None:
        key = self.key()
        command = DraftRequest(card_id=card, answers=ANSWERS)
        done = self.bureau.office.request(command, asker=who, key=key)  # type: ignore[arg-type]
        if isinstance(done, AccessRequest):
            self.known.append(done.id)
            if twice:
                again = self.bureau.office.request(command, asker=who, key=key)  # type: ignore[arg-type]
                assert again == done

    @rule(data=st.data())
    def file(self, data: st.DataObject) -> None:
        if not self.known:
            return
        name = data.draw(st.sampled_from(self.known))
        for who in (MARA, TOM, OWNER, OTHER_OWNER):
            request = self.bureau.office.read(name, who)
            if isinstance(request, AccessRequest) and request.role == "requester":
                if "submit" in request.may and request.judged.route == "here":
                    self.bureau.do(self.bureau.submission(self.bureau.agreed(request, who)), who)

    @rule(data=st.data(), make=st.sampled_from(_ABOUT), who=st.sampled_from(_PEOPLE))
    def act(self, data: st.DataObject, make: Callable[[str], Command], who: object) -> None:
        if not self.known:
            return
        name = data.draw(st.sampled_from(self.known))
        before = self.story(name)
        done = self.bureau.office.request(make(name), asker=who, key=self.key())  # type: ignore[arg-type]
        if isinstance(done, Refusal):
            assert self.story(name) == before

    @rule(days=st.integers(min_value=1, max_value=200))
    def wait(self, days: int) -> None:
        self.bureau.moment += timedelta(days=days)

    def story(self, name: str) -> tuple[Event, ...]:
        with self.engine.connect() as connection:
            return chain.story(connection, name)

    @invariant()
    def the_chain_holds_and_rows_say_what_the_events_say(self) -> None:
        with self.engine.connect() as connection:
            assert chain.check(connection) is None
            rows = {row.id: row for row in connection.execute(select(REQUEST)).all()}
            assert set(rows) == set(self.known)
            open_ones: Counter[tuple[str, str]] = Counter()
            for name, row in rows.items():
                request = fold(chain.story(connection, name))
                assert request is not None
                assert (row.state, row.seq, row.person_id) == (
                    request.state, request.seq, request.person_id,
                )  # fmt: skip
                if request.is_open:
                    open_ones[request.person_id, request.group] += 1
            assert all(count == 1 for count in open_ones.values())

    @invariant()
    def no_event_was_given_by_who_may_not(self) -> None:
        named = {
            "RequestApproved": "approve", "RequestRejected": "reject",
            "RequestReturned": "return", "RequestRevoked": "revoke", "DecisionChanged": "change",
            "RequestSubmitted": "submit", "RequestWithdrawn": "withdraw",
        }  # fmt: skip
        with self.engine.connect() as connection:
            for name in self.known:
                events = chain.story(connection, name)
                for place, event in enumerate(events):
                    command = named.get(event.body.kind)
                    before = fold(events[:place])
                    if command is not None and before is not None:
                        assert command in permitted(before.state, event.role)
            total = connection.execute(select(EVENT.c.position)).all()
            assert len(total) == sum(len(self.story(name)) for name in self.known)

    def teardown(self) -> None:
        self.engine.dispose()
        self.bureau.close()
        self.folder.cleanup()


TestBustle = Bustle.TestCase
TestBustle.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
