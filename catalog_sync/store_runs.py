"""Keeps the record of runs: the statements behind `Store.begin_run`, `commit` and `finish_run`.

A run's cursor is written in the transaction that writes the cards before it, so a crash cannot
move the cursor past lost cards.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from catalog_sync.schema import CARD, FACET, FAILED, RUN
from catalog_sync.source import Cursor, Failed, Gone
from catalog_sync.store_turn import Mark, as_text, chunks
from catalog_sync.store_visible import withdraw
from catalog_sync.store_write import Vetted, put, see
from catalog_sync.stored import Freshness, Written

RESUME_WITHIN = timedelta(days=1)
"""A walk that broke off longer ago begins anew: what it read first is stale by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run did so far, in records."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            read=self.read + other.read,
            new=self.new + other.new,
            changed=self.changed + other.changed,
            same=self.same + other.same,
            withdrawn=self.withdrawn + other.withdrawn,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One walk through a source, perhaps begun by a process that ended before it did."""

    number: int
    source: str
    cursor: Cursor | None
    """Where to go on from; None for a walk from the beginning."""
    counts: Counts
    """Of the part that was walked before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is committed at once, with the cursor that it leads up to."""

    cards: Sequence[Vetted] = ()
    unchanged: Sequence[str] = ()
    """Native ids of records whose stamp is the one that `stamps` told."""
    gone: Sequence[Gone] = ()
    failed: Sequence[Failed] = ()
    cursor: Cursor | None = None
    """None leaves the run's cursor where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What one batch did."""

    written: Written = field(default_factory=lambda: Written(new=(), changed=(), same=(), held=()))
    counts: Counts = field(default_factory=Counts)


def begin(connection: Connection, source: str, place: str, at: datetime, *, resume: bool) -> Run:
    """Go on with the source's last run where that broke off lately, or record a new one."""
    last = connection.execute(
        select(RUN).where(RUN.c.source == source).order_by(RUN.c.run.desc()).limit(1)
    ).one_or_none()
    if resume and last is not None and _broke_off(last, place, at):
        connection.execute(
            update(RUN).where(RUN.c.run == last.run).values(finished_at=None, stopped=None)
        )
        return Run(
            number=last.run,
            source=source,
            cursor=Cursor(state=json.loads(last.cursor)),
            counts=Counts(
                read=last.read,
                new=last.new,
                changed=last.changed,
                same=last.same,
                withdrawn=last.withdrawn,
            ),
        )
    number = connection.execute(
        insert(RUN)
        .values(
            source=source, place=place, started_at=as_text(at), complete=0,
            read=0, new=0, changed=0, same=0, withdrawn=0,
        )
        .returning(RUN.c.run)
    ).scalar_one()  # fmt: skip
    return Run(number=number, source=source, cursor=None, counts=Counts())


def _broke_off(last: Row[tuple[object, ...]], place: str, at: datetime) -> bool:
    if last.complete or last.cursor is None or last.place != place:
        return False
    return at - datetime.fromisoformat(last.started_at) < RESUME_WITHIN


def commit(connection: Connection, run: Run, batch: Batch, at: datetime) -> Committed:
    """Write one batch."""
    mark = Mark(at=as_text(at), run=run.number)
    written = put(connection, batch.cards, mark)
    withdrawn = 0
    for why in dict.fromkeys(gone.why for gone in batch.gone):
        native_ids = [gone.native_id for gone in batch.gone if gone.why == why]
        withdrawn += withdraw(connection, _keys(connection, run.source, native_ids), why, mark)
    unchanged = _keys(connection, run.source, batch.unchanged)
    see(connection, unchanged, mark)
    _record_failed(connection, run, batch)
    counts = Counts(
        read=len(batch.cards) + len(batch.unchanged) + len(batch.failed),
        new=len(written.new),
        changed=len(written.changed),
        same=len(written.same) + len(unchanged),
        withdrawn=withdrawn,
    )
    values: dict[str, object] = {
        name: RUN.c[name] + getattr(counts, name)
        for name in ("read", "new", "changed", "same", "withdrawn")
    }
    if batch.cursor is not None:
        values["cursor"] = json.dumps(batch.cursor.state, sort_keys=True)
    connection.execute(update(RUN).where(RUN.c.run == run.number).values(values))
    return Committed(written=written, counts=counts)


def _keys(connection: Connection, source: str, native_ids: Collection[str]) -> list[int]:
    found: list[int] = []
    for chunk in chunks(native_ids):
        rows = connection.execute(
            select(CARD.c.key).where(CARD.c.source == source, CARD.c.native_id.in_(chunk))
        )
        found.extend(rows.scalars())
    return found


def _record_failed(connection: Connection, run: Run, batch: Batch) -> None:
    """Keep the failures by name; what could not be read is still there, so it stays."""
    readable = [*(each.card.native_id for each in batch.cards), *batch.unchanged]
    failed = {each.native_id: each for each in batch.failed}
    for chunk in chunks([*readable, *failed]):
        connection.execute(
            delete(FAILED).where(FAILED.c.source == run.source, FAILED.c.native_id.in_(chunk))
        )
    if failed:
        connection.execute(
            insert(FAILED),
            [
                {
                    "source": run.source,
                    "native_id": each.native_id,
                    "place": each.where,
                    "why": each.why,
                    "run": run.number,
                }
                for each in failed.values()
            ],
        )
    for keys in chunks(_keys(connection, run.source, failed)):
        connection.execute(update(CARD).where(CARD.c.key.in_(keys)).values(seen_run=run.number))


def stamps(connection: Connection, source: str) -> dict[str, str]:
    """The stamps of the source's standing cards, by native id."""
    rows = connection.execute(
        select(CARD.c.native_id, CARD.c.stamp).where(
            CARD.c.source == source, CARD.c.withdrawn_at.is_(None), CARD.c.stamp.is_not(None)
        )
    )
    return {native_id: stamp for native_id, stamp in rows}


def missing(connection: Connection, run: Run) -> tuple[list[tuple[int, str]], int]:
    """(key, native id) of standing cards this run did not meet, and how many stood before it."""
    standing = (CARD.c.source == run.source, CARD.c.withdrawn_at.is_(None))
    unseen = connection.execute(
        select(CARD.c.key, CARD.c.native_id)
        .where(*standing, CARD.c.seen_run.is_distinct_from(run.number))
        .order_by(CARD.c.native_id)
    )
    before = connection.execute(
        select(func.count())
        .select_from(CARD)
        .where(*standing, CARD.c.first_run.is_distinct_from(run.number))
    ).scalar_one()
    return [(key, native_id) for key, native_id in unseen], before


def finish(
    connection: Connection,
    run: Run,
    at: datetime,
    *,
    complete: bool,
    stopped: str | None,
    resumable: bool,
) -> None:
    """Close a run; one that can be gone on with keeps its cursor."""
    values: dict[str, object] = {
        "finished_at": as_text(at),
        "complete": int(complete),
        "stopped": stopped,
    }
    if not resumable:
        values["cursor"] = None
    connection.execute(update(RUN).where(RUN.c.run == run.number).values(values))
    if complete:
        connection.execute(
            delete(FAILED).where(FAILED.c.source == run.source, FAILED.c.run != run.number)
        )


def failures(
    connection: Connection, source: str | None, run: Run | None
) -> dict[str, tuple[Failed, ...]]:
    """What could not be read when last tried, by source and native id."""
    wanted = select(FAILED).order_by(FAILED.c.source, FAILED.c.native_id)
    if source is not None:
        wanted = wanted.where(FAILED.c.source == source)
    if run is not None:
        wanted = wanted.where(FAILED.c.run == run.number)
    found: dict[str, tuple[Failed, ...]] = {}
    for row in connection.execute(wanted):
        one = Failed(native_id=row.native_id, where=row.place, why=row.why)
        found[row.source] = (*found.get(row.source, ()), one)
    return found


def freshness(connection: Connection) -> tuple[Freshness, ...]:
    """One line per source that was ever read, by name."""
    latest = select(func.max(RUN.c.run)).group_by(RUN.c.source)
    complete = dict(
        _pairs(
            connection,
            select(RUN.c.source, func.max(RUN.c.finished_at))
            .where(RUN.c.complete == 1)
            .group_by(RUN.c.source),
        )
    )
    visible = dict(
        _pairs(
            connection,
            select(FACET.c.source, func.count())
            .where(FACET.c.visible == 1)
            .group_by(FACET.c.source),
        )
    )
    broken = dict(
        _pairs(connection, select(FAILED.c.source, func.count()).group_by(FAILED.c.source))
    )
    rows = connection.execute(select(RUN).where(RUN.c.run.in_(latest)).order_by(RUN.c.source))
    return tuple(
        Freshness(
            source=row.source,
            complete_at=datetime.fromisoformat(str(complete[row.source]))
            if row.source in complete
            else None,
            run_at=datetime.fromisoformat(row.started_at),
            complete=bool(row.complete),
            read=row.read,
            visible=int(visible.get(row.source, 0)),
            failed=int(broken.get(row.source, 0)),
            stopped=row.stopped,
        )
        for row in rows
    )


def _pairs(connection: Connection, query: Select[str, int]) -> list[tuple[str, int]]:
    return [(source, value) for source, value in connection.execute(query)]
