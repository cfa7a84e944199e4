"""Opens the office on a database: its tables, its register of people, its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Engine

from assistant.access import outbox, watches_tables
from assistant.access.announce import Announcer
from assistant.access.catalogue import Catalogue
from assistant.access.decide_scene import DRAFT_KEPT
from assistant.access.keep import Keep
from assistant.access.ledger import Ledger, LedgerParts
from assistant.access.ledger_read import Record
from assistant.access.office import Office, OfficeParts
from assistant.access.office_owners import OwnerDesk
from assistant.access.office_person import PersonDesk
from assistant.access.outbox_queue import Outbox
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.roles import Roles
from assistant.access.tables import open_engine, writing
from assistant.access.watch_match import CatalogueMatcher, Matcher
from assistant.access.watches import Watches
from assistant.secret import Box
from catalog_sync.store import Store


def open_office(
    url: str,
    *,
    box: Box,
    store: Store,
    clock: Callable[[], datetime],
    administrators: frozenset[str] = frozenset(),
    labels: Mapping[str, str] | None = None,
    webhook: bool = False,
    draft_kept: timedelta = DRAFT_KEPT,
    matcher: Matcher | None = None,
    mail_note: str = "",
    besides: tuple[str, ...] = (),
) -> Office:
    """The office at a database address.

    Args:
        url: SQLAlchemy's address of the database.
        box: Seals addresses and answers.
        store: The cards.
        clock: Now, with its time zone.
        administrators: E-mail addresses of who assigns owners.
        labels: Source name -> what people call that catalogue.
        webhook: Whether what happens is told to the configured webhook too.
        draft_kept: How long an untouched draft is kept.
        matcher: Which datasets a watch means; None: by the limits of its words alone.
        mail_note: Where mail goes when it is not sent, as people are told; empty: it is sent.
        besides: Channels in which people are told besides mail.

    Raises:
        StoreError: the database cannot be used.
        LedgerBroken: its tables are of a newer release.
    """
    engine = open_engine(url)
    with writing(engine) as connection:
        outbox.METADATA.create_all(connection)
        watches_tables.METADATA.create_all(connection)
    return office_on(
        engine, box=box, store=store, clock=clock, administrators=administrators,
        labels=labels or {}, webhook=webhook, draft_kept=draft_kept,
        matcher=matcher or CatalogueMatcher(store=store, clock=clock), mail_note=mail_note,
        besides=besides,
    )  # fmt: skip


def office_on(
    engine: Engine,
    *,
    box: Box,
    store: Store,
    clock: Callable[[], datetime],
    administrators: frozenset[str],
    labels: Mapping[str, str],
    webhook: bool,
    draft_kept: timedelta,
    matcher: Matcher,
    mail_note: str,
    besides: tuple[str, ...],
) -> Office:
    """The rooms of an office on one engine, put together."""
    people = People(box)
    owners = Owners(people)
    keep = Keep(box)
    roles = Roles(people, owners, administrators)
    catalogue = Catalogue(store, owners, labels)
    ledger = Ledger(
        LedgerParts(
            engine=engine,
            people=people,
            owners=owners,
            catalogue=catalogue,
            keep=keep,
            roles=roles,
            announce=Announcer(people, owners, webhook=webhook, besides=besides),
            clock=clock,
            draft_kept=draft_kept,
        )
    )
    record = Record(engine=engine, people=people, owners=owners, keep=keep, roles=roles)
    return Office(
        OfficeParts(
            ledger=ledger,
            record=record,
            catalogue=catalogue,
            owners=OwnerDesk(
                engine=engine, people=people, table=owners, roles=roles, store=store, clock=clock
            ),
            person=PersonDesk(
                engine=engine, people=people, owners=owners, keep=keep, roles=roles,
                record=record, ledger=ledger, clock=clock, forgets=(watches_tables.forget,),
                tells=(watches_tables.kept,),
            ),
            watches=Watches(engine=engine, roles=roles, matcher=matcher, clock=clock),
            outbox=Outbox(engine),
            clock=clock,
        ),
        mail_note=mail_note,
    )  # fmt: skip
