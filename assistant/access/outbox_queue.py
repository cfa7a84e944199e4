"""The outbox as a worker sees it: take up what is due, say how it went, and what stands how.

Several workers share one outbox: a message is leased to one of them at a time, and a lease of a
worker that died runs out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Engine, delete, func, or_, select, update

from assistant.access.outbox import DEADLINE, OUTBOX, WAITS, Outgoing, as_text, outgoing
from catalog_sync.store_engine import writing

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=12)
LEASE = timedelta(minutes=5)
_ADDRESS = re.compile(r"[^\s<>\"',;:()]+@[^\s<>\"',;:()]+")
_ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this worker alone sends, for as long as the lease lasts."""

    outgoing: Outgoing
    lease: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxFigures:
    """How the outbox stands."""

    waiting: int
    oldest_due: datetime | None
    """When the next one is due, or was."""
    failing: int
    """Waiting, and failed at least once."""
    failed: int
    """Given up."""


def wait_before_next(attempts: int) -> timedelta:
    """How long after the n-th failed attempt the next one is: 10 s, doubled, up to 12 hours."""
    doubled: int = 2 ** min(max(attempts, 1) - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def without_addresses(text: str) -> str:
    """An error as it may be kept and shown: one line, no e-mail address in it."""
    return " ".join(_ADDRESS.sub("<address>", text).split())[:_ERROR_LENGTH]


class Outbox:
    """The messages of a database; safe to use from many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(
        self,
        now: datetime,
        *,
        limit: int = 10,
        lasts: timedelta = LEASE,
        senders: Collection[str] = ("mail",),
    ) -> tuple[Claimed, ...]:
        """Take up to `limit` messages that are due; nobody else gets them while the lease lasts.

        `senders` are the kinds of channel that the caller can tell by: "mail", "webhook", "slack".
        """
        lease = uuid4().hex
        free = or_(OUTBOX.c.leased_until.is_(None), OUTBOX.c.leased_until < as_text(now))
        due = (
            select(OUTBOX.c.id)
            .where(WAITS, OUTBOX.c.sender.in_(senders), OUTBOX.c.due_at <= as_text(now), free)
            .order_by(OUTBOX.c.due_at, OUTBOX.c.id)
            .limit(limit)
        )
        with self._engine.connect() as looking:
            # A look without a lock first: an idle worker must not hinder who files requests.
            if looking.execute(due).first() is None:
                return ()
        with writing(self._engine) as connection:
            locked = due.with_for_update(skip_locked=True)
            ids = connection.execute(locked).scalars().all()
            if not ids:
                return ()
            connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id.in_(ids))
                .values(
                    lease=lease,
                    leased_until=as_text(now + lasts),
                    attempts=OUTBOX.c.attempts + 1,
                )
            )
            query = (
                select(OUTBOX).where(OUTBOX.c.id.in_(ids)).order_by(OUTBOX.c.due_at, OUTBOX.c.id)
            )
            rows = connection.execute(query).mappings().all()
        return tuple(Claimed(outgoing=outgoing(row), lease=lease) for row in rows)

    def take(
        self, channel: str, person_ids: Collection[str], now: datetime
    ) -> tuple[Outgoing, ...]:
        """Everything that waits for these people in a channel, which counts as told by this."""
        mine = (OUTBOX.c.channel == channel) & OUTBOX.c.person_id.in_(person_ids) & WAITS
        query = select(OUTBOX).where(mine).order_by(OUTBOX.c.made_at, OUTBOX.c.id)
        with self._engine.connect() as looking:
            if looking.execute(query.limit(1)).first() is None:
                return ()
        with writing(self._engine) as connection:
            rows = connection.execute(query.with_for_update(skip_locked=True)).mappings().all()
            taken = OUTBOX.c.id.in_([row["id"] for row in rows])
            connection.execute(update(OUTBOX).where(taken).values(sent_at=as_text(now)))
        return tuple(outgoing(row) for row in rows)

    def renew(self, claimed: Claimed, now: datetime, *, lasts: timedelta = LEASE) -> bool:
        """Hold the lease anew just before sending; False: somebody else took it up meanwhile."""
        return self._mark(claimed, leased_until=as_text(now + lasts))

    def sent(self, claimed: Claimed, now: datetime) -> bool:
        """It was told. False where the lease was lost: whoever has it now tells it again."""
        return self._mark(claimed, sent_at=as_text(now), lease=None, leased_until=None)

    def failed(self, claimed: Claimed, now: datetime, *, why: str, permanent: bool) -> bool:
        """This attempt failed: try again later, or give up; True when it was given up."""
        told = without_addresses(why)
        outgoing = claimed.outgoing
        if permanent or now >= outgoing.deadline:
            self._mark(claimed, failed_at=as_text(now), last_error=told, lease=None,
                       leased_until=None)  # fmt: skip
            return True
        again = min(now + wait_before_next(outgoing.attempts), outgoing.deadline)
        self._mark(claimed, due_at=as_text(again), last_error=told, lease=None, leased_until=None)
        return False

    def drop(self, claimed: Claimed) -> None:
        """It need not be told any more."""
        mine = (OUTBOX.c.id == claimed.outgoing.id) & (OUTBOX.c.lease == claimed.lease)
        with writing(self._engine) as connection:
            connection.execute(delete(OUTBOX).where(mine, WAITS))

    def _mark(self, claimed: Claimed, **values: str | None) -> bool:
        mine = (OUTBOX.c.id == claimed.outgoing.id) & (OUTBOX.c.lease == claimed.lease)
        with writing(self._engine) as connection:
            found = connection.execute(update(OUTBOX).where(mine, WAITS).values(**values))
            return found.rowcount == 1

    def of_request(self, request_id: str) -> tuple[Outgoing, ...]:
        """Everything told about a request, oldest first."""
        return self._read(OUTBOX.c.request_id == request_id)

    def of_person(self, person_id: str, *, failed: bool = False) -> tuple[Outgoing, ...]:
        """Everything told to a person, oldest first; `failed`: only what could not be told."""
        mine = OUTBOX.c.person_id == person_id
        return self._read(mine & OUTBOX.c.failed_at.is_not(None) if failed else mine)

    def given_up(self) -> tuple[Outgoing, ...]:
        """Everything that could not be told, oldest first."""
        return self._read(OUTBOX.c.failed_at.is_not(None))

    def _read(self, which: ColumnElement[bool]) -> tuple[Outgoing, ...]:
        query = select(OUTBOX).where(which).order_by(OUTBOX.c.made_at, OUTBOX.c.id)
        with self._engine.connect() as connection:
            return tuple(outgoing(row) for row in connection.execute(query).mappings())

    def figures(self) -> OutboxFigures:
        """How many wait, fail and were given up."""
        failing = WAITS & (OUTBOX.c.last_error.is_not(None))
        with self._engine.connect() as connection:
            waiting, oldest = connection.execute(
                select(func.count(), func.min(OUTBOX.c.due_at)).where(WAITS)
            ).one()
            count = select(func.count()).select_from(OUTBOX)
            return OutboxFigures(
                waiting=waiting,
                oldest_due=None if oldest is None else datetime.fromisoformat(oldest),
                failing=connection.execute(count.where(failing)).scalar_one(),
                failed=connection.execute(
                    count.where(OUTBOX.c.failed_at.is_not(None))
                ).scalar_one(),
            )

    def try_again(self, ids: Sequence[str], now: datetime) -> int:
        """Take given-up messages up again, with their whole time before them; how many."""
        gone = OUTBOX.c.id.in_(ids) & OUTBOX.c.failed_at.is_not(None)
        again = {"failed_at": None, "attempts": 0, "due_at": as_text(now),
                 "deadline": as_text(now + DEADLINE)}  # fmt: skip
        with writing(self._engine) as connection:
            return connection.execute(update(OUTBOX).where(gone).values(**again)).rowcount

    def sweep(self, before: datetime) -> int:
        """Delete what was told or given up before a moment; how many."""
        done = or_(OUTBOX.c.sent_at < as_text(before), OUTBOX.c.failed_at < as_text(before))
        with writing(self._engine) as connection:
            return connection.execute(delete(OUTBOX).where(done)).rowcount
