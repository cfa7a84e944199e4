"""Goes through the requests that time or a sync may have reached, and tells the ledger.

Speaks by commands of the program only, each with a key of its own, so that two workers at once
say nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select

from assistant.access import chain
from assistant.access.catalogue import Catalogue
from assistant.access.commands import Command, ExpireRequest, NoteReminder, NoteTermsChange
from assistant.access.fold import fold
from assistant.access.ledger_read import Record
from assistant.access.office_person import SIGN_IN
from assistant.access.outbox_queue import Outbox
from assistant.access.remind import Calendar, due
from assistant.access.tables import PENDING, REQUEST, as_text, writing
from assistant.access.values import OPEN, AccessRequest, Answers, Judged, Refusal
from catalog_sync import store_engine

_PAGE = 200


class Program(Protocol):
    """Where commands of the program go; `Ledger` is one."""

    def handle_for_program(self, command: Command, *, key: str) -> AccessRequest | Refusal:
        """Do what the command says, once for each key."""
        ...

    def sweep_keys(self) -> int:
        """Forget old idempotency keys; how many went."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look did."""

    reminded: int = 0
    expired: int = 0
    flagged: int = 0
    """Requests whose dataset changed or is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Reminders, ends and changed terms; safe beside others of its kind."""

    record: Record
    program: Program
    catalogue: Catalogue
    outbox: Outbox
    calendar: Calendar
    clock: Callable[[], datetime]

    def remind(self) -> Looked:
        """Remind of what waits and of what ends, and close what was reminded of in time."""
        reminded = expired = 0
        now = self.clock()
        for request in self._reached(now):
            is_reachable = self.record.people.is_person(request.person_id)
            command = due(request, now, self.calendar, is_reachable=is_reachable)
            if command is None:
                continue
            if isinstance(command, NoteReminder):
                key = f"remind:{request.id}:{request.seq}:{command.about}"
                reminded += self._said(command, request, key)
            else:
                # The day is in the key: what is refused today may be due tomorrow.
                key = f"expire:{request.id}:{request.seq}:{now.date().isoformat()}"
                expired += self._said(command, request, key)
        return Looked(reminded=reminded, expired=expired)

    def changes(self) -> Looked:
        """Flag every open request whose dataset is not as it was judged on."""
        flagged = 0
        today = self.clock().date()
        for request in self._open():
            command = self._change(request, today)
            if command is not None:
                judged = command.judged
                mark = f"{judged.terms_fingerprint}:{judged.price_mark}" if judged else "gone"
                flagged += self._said(command, request, f"terms:{request.id}:{request.seq}:{mark}")
        return Looked(flagged=flagged)

    def sweep(self, mail_kept: timedelta) -> int:
        """Delete records of messages, keys and sign-in addresses past their time; how many."""
        now = self.clock()
        yesterday = as_text(now - timedelta(days=1))
        signing_in = PENDING.c.request_id.startswith(SIGN_IN, autoescape=True)
        with writing(self.record.engine) as connection:
            gone = connection.execute(
                delete(PENDING).where(signing_in, PENDING.c.at < yesterday)
            ).rowcount
        return gone + self.outbox.sweep(now - mail_kept) + self.program.sweep_keys()

    def _said(
        self,
        command: NoteReminder | ExpireRequest | NoteTermsChange,
        request: AccessRequest,
        key: str,
    ) -> int:
        """1 when it made something happen, 0 when not."""
        after = self.program.handle_for_program(command, key=key[:200])
        return int(isinstance(after, AccessRequest) and after.seq > request.seq)

    def _change(self, request: AccessRequest, today: date) -> NoteTermsChange | None:
        stored, known = self.catalogue.card(request.card_id), request.terms_change
        if stored is None:
            if known is not None and known.what == "withdrawn":
                return None
            return NoteTermsChange(request_id=request.id, what="withdrawn")
        judged = request.judged
        same = stored.terms_fingerprint == judged.terms_fingerprint
        if known is None and same and stored.card.terms.price == judged.price:
            return None
        with store_engine.reading(self.record.engine) as connection:
            answers = self.record.keep.answers(connection, request) or Answers()
            found = self.catalogue.judged(connection, request.card_id, answers, today=today)
        return None if found is None else _changed(request, found[0])

    def _reached(self, now: datetime) -> Iterator[AccessRequest]:
        calendar = self.calendar
        waiting = now - timedelta(days=min(calendar.owner_after, default=0))
        last_day = (now + timedelta(days=max(calendar.before_end, default=0))).date()
        untouched = now - calendar.draft_kept + timedelta(days=calendar.draft_before)
        state = REQUEST.c.state
        where = or_(
            and_(state == "submitted", REQUEST.c.submitted_at <= as_text(waiting)),
            and_(state == "approved", REQUEST.c.until <= last_day.isoformat()),
            and_(state == "draft", REQUEST.c.touched_at <= as_text(untouched)),
        )
        yield from self._requests(where)

    def _open(self) -> Iterator[AccessRequest]:
        yield from self._requests(REQUEST.c.state.in_(OPEN))

    def _requests(self, where: ColumnElement[bool]) -> Iterator[AccessRequest]:
        """Requests page by page, each as it is when its page is read."""
        after = ""
        while True:
            query = select(REQUEST.c.id).where(where, REQUEST.c.id > after)
            with store_engine.reading(self.record.engine) as connection:
                query = query.order_by(REQUEST.c.id).limit(_PAGE)
                ids = connection.execute(query).scalars().all()
                page = [self._one(connection, each) for each in ids]
            yield from (each for each in page if each is not None)
            if len(ids) < _PAGE:
                return
            after = ids[-1]

    def _one(self, connection: Connection, request_id: str) -> AccessRequest | None:
        return fold(chain.story(connection, request_id))


def _changed(request: AccessRequest, judged: Judged) -> NoteTermsChange | None:
    """The flag for what is so now, where it is neither as judged nor already flagged."""
    now = (judged.terms_fingerprint, judged.price_mark)
    known = request.terms_change
    if known is None:
        before = (request.judged.terms_fingerprint, request.judged.price_mark)
    else:
        before = (known.fingerprint, known.price_mark) if known.what == "changed" else ("", "")
    if now == before:
        return None
    return NoteTermsChange(request_id=request.id, what="changed", judged=judged)
