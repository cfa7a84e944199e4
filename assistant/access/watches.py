"""Datasets that people keep in view: saved ones, and watches that tell each new match once."""

from __future__ import annotations

import base64
import secrets
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from assistant.access import outbox
from assistant.access.messages import News, Watch, news_of
from assistant.access.outbox_queue import Outbox
from assistant.access.paper import one_line
from assistant.access.roles import Roles
from assistant.access.tables import as_text, writing
from assistant.access.values import Refusal
from assistant.access.watch_match import Keys, Matcher, note
from assistant.access.watches_tables import SAVED, TOLD, WATCH, watches_of
from assistant.need import Asker, Need
from catalog_sync.stored import StoredCard

_NEED: TypeAdapter[Need] = TypeAdapter(Need)
_MOST_WATCHES = 50
_MOST_SAVED = 1000
_LONGEST_WORDS = 300
_LISTED = 20
"""Datasets named in one message; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watches:
    """Saved datasets and watches of everybody; safe beside others of its kind."""

    engine: Engine
    roles: Roles
    matcher: Matcher
    clock: Callable[[], datetime]

    def watch(
        self, words: str, *, asker: Asker, channel: str = "mail", need: Need | None = None
    ) -> Watch | Refusal:
        """Tell of datasets that meet this from now on; the same words again are the same watch.

        `need`: what the words mean in the conversation; None: what they mean alone.
        """
        said = one_line(words)
        if not said or len(said) > _LONGEST_WORDS:
            return Refusal(kind="bad_answer", field="words", values=(f"1 to {_LONGEST_WORDS}",))
        if asker.email is None and channel == "mail":
            return Refusal(kind="sign_in")
        wanted = need or self.matcher.read(said)
        if wanted is None:
            return Refusal(kind="bad_answer", field="words", values=("what data it is about",))
        # What is there already is nothing new; read before the transaction, for it may take long.
        revision = self.matcher.revision(wanted)
        seen = _packed(self.matcher.matching(wanted))
        with writing(self.engine) as connection:
            now = self.clock()
            person = self.roles.actor(connection, asker, now=now).id
            mine = watches_of(connection, person)
            same = next((w for w in mine if w.words == said and w.channel == channel), None)
            if same is not None:
                return same
            if len(mine) >= _MOST_WATCHES:
                return Refusal(kind="too_many", values=(str(_MOST_WATCHES),))
            made = f"w_{secrets.token_hex(8)}"
            connection.execute(
                insert(WATCH).values(
                    id=made, person_id=person, words=said, channel=channel, made_at=as_text(now),
                    need=_NEED.dump_json(wanted, exclude_defaults=True).decode(),
                    revision=revision, seen=seen,
                )
            )  # fmt: skip
        return Watch(id=made, words=said, channel=channel, made_at=now, told=0)

    def unwatch(self, watch_id: str, *, asker: Asker) -> bool:
        """Stop telling; False where the asker has no such watch."""
        with writing(self.engine) as connection:
            ids = self.roles.reader(connection, asker).ids
            mine = WATCH.c.person_id.in_(ids) & (WATCH.c.id == watch_id)
            found = connection.execute(delete(WATCH).where(mine)).rowcount == 1
            if found:
                connection.execute(delete(TOLD).where(TOLD.c.watch_id == watch_id))
        return found

    def of(self, asker: Asker) -> tuple[Watch, ...]:
        """The asker's watches, newest first."""
        with self.engine.connect() as connection:
            return watches_of(connection, *self.roles.reader(connection, asker).ids)

    def save(self, card_id: str, *, asker: Asker) -> bool | Refusal:
        """Keep a dataset in view; False where it was already."""
        if not self.matcher.is_there(card_id):
            return Refusal(kind="dataset_gone", values=(card_id,))
        with writing(self.engine) as connection:
            now = self.clock()
            person = self.roles.actor(connection, asker, now=now).id
            kept = connection.execute(
                select(SAVED.c.card_id).where(SAVED.c.person_id == person)
            ).scalars().all()  # fmt: skip
            if card_id in kept:
                return False
            if len(kept) >= _MOST_SAVED:
                return Refusal(kind="too_many", values=(str(_MOST_SAVED),))
            connection.execute(
                insert(SAVED).values(person_id=person, card_id=card_id, at=as_text(now))
            )
        return True

    def unsave(self, card_id: str, *, asker: Asker) -> bool:
        """Let go of a dataset; False where it was not kept."""
        with writing(self.engine) as connection:
            ids = self.roles.reader(connection, asker).ids
            mine = SAVED.c.person_id.in_(ids) & (SAVED.c.card_id == card_id)
            return connection.execute(delete(SAVED).where(mine)).rowcount > 0

    def saved(self, asker: Asker) -> tuple[str, ...]:
        """Ids of the datasets that the asker keeps, newest first."""
        with self.engine.connect() as connection:
            ids = self.roles.reader(connection, asker).ids
            query = select(SAVED.c.card_id).where(SAVED.c.person_id.in_(ids))
            found = connection.execute(query.order_by(SAVED.c.at.desc(), SAVED.c.card_id))
            return tuple(found.scalars())

    def news(self, channel: str, *, asker: Asker) -> tuple[News, ...]:
        """What a face that is not sent to has to tell in this channel; told by asking for it."""
        with self.engine.connect() as connection:
            ids = self.roles.reader(connection, asker).ids
        taken = Outbox(self.engine).take(channel, ids, self.clock())
        return tuple(news_of(one.payload) for one in taken)

    def tell_new(self) -> int:
        """Look through the catalogue for every watch; how many messages were made."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(WATCH).order_by(WATCH.c.id)).mappings().all()
        return sum(self._look(row) for row in rows)

    def _look(self, row: RowMapping) -> int:
        need = _NEED.validate_json(row["need"])
        revision = self.matcher.revision(need)
        if revision <= row["revision"]:
            return 0
        seen = _unpacked(row["seen"])
        matching = self.matcher.matching(need)
        changed = self.matcher.changed(row["revision"], revision)
        fresh = np.setdiff1d(np.intersect1d(matching, changed), seen)
        found = self.matcher.cards(self.matcher.near(need, fresh))
        known = set(seen.tolist())
        new = [one for one in found if one.group not in known]
        with writing(self.engine) as connection:
            mine = (WATCH.c.id == row["id"]) & (WATCH.c.revision == row["revision"])
            # Another worker that looked meanwhile moved the revision on, and has told.
            moved = update(WATCH).where(mine).values(
                # Only what was looked at: what changed meanwhile is for the next look.
                revision=revision, seen=_packed(np.union1d(seen, fresh))
            )  # fmt: skip
            if connection.execute(moved).rowcount != 1:
                return 0
            told = self._first_time(connection, row["id"], new)
            if told:
                self._put(connection, row, told, revision)
        return int(bool(told))

    def _first_time(
        self, connection: Connection, watch_id: str, found: Sequence[StoredCard]
    ) -> list[StoredCard]:
        """Those never told, now written down as told with all their copies."""
        query = select(TOLD.c.card_id).where(TOLD.c.watch_id == watch_id)
        told = set(connection.execute(query).scalars())
        now, new = as_text(self.clock()), []
        for one in found:
            names = {one.card.id, *one.copies}
            if told.isdisjoint(names):
                new.append(one)
            fresh = sorted(names - told)
            if fresh:
                rows = [{"watch_id": watch_id, "card_id": name, "at": now} for name in fresh]
                connection.execute(insert(TOLD), rows)
            told |= names
        return new

    def _put(
        self, connection: Connection, row: RowMapping, found: Sequence[StoredCard], revision: int
    ) -> None:
        matches = [
            {"name": one.card.name, "url": one.card.url or "", "note": note(one.card)}
            for one in found[:_LISTED]
        ]
        outbox.put(
            connection,
            "watch_match",
            dedup=f"watch:{row['id']}:{revision}",
            now=self.clock(),
            person_id=row["person_id"],
            address="person" if row["channel"] == "mail" else "place",
            channel=row["channel"],
            payload={"watch": row["words"], "matches": matches, "total": len(found)},
        )


def _packed(keys: Keys) -> str:
    """Keys, ascending, in little room."""
    steps = np.diff(np.asarray(keys, np.int64), prepend=np.int64(0))
    return base64.b64encode(zlib.compress(steps.astype("<i8").tobytes())).decode("ascii")


def _unpacked(text: str) -> Keys:
    steps = np.frombuffer(zlib.decompress(base64.b64decode(text)), "<i8")
    return np.cumsum(steps, dtype=np.int64)
