"""The record: one command, one transaction, events appended or nothing at all.

Permission is looked up before anything else; the same idempotency key does nothing twice.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select
from sqlalchemy.exc import OperationalError

from assistant.access import chain
from assistant.access.catalogue import Catalogue
from assistant.access.commands import (
    NAMES,
    ClaimDraft,
    Command,
    DelegateRequest,
    DraftRequest,
    SaveAnswers,
)
from assistant.access.decide import decide
from assistant.access.decide_scene import DRAFT_KEPT, Scene
from assistant.access.events import Body, Event, RequestApproved
from assistant.access.fold import fold
from assistant.access.keep import Keep
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.roles import SYSTEM, Actor, Roles
from assistant.access.table import permitted
from assistant.access.tables import DONE, as_text, writing
from assistant.access.values import AccessRequest, Answers, Refusal, RequestRole
from assistant.need import Asker

Announce = Callable[[Connection, AccessRequest, Sequence[Event]], None]
"""Writes down, in the same transaction, whom to tell of what happened."""
KEYS_KEPT = timedelta(days=30)
"""How long the answer to an idempotency key is remembered."""
MOST_OPEN = 50
"""Drafts and filed requests that one person may have at once."""
_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
_LONGEST_KEY = 200
_DONE = select(DONE.c.digest, DONE.c.request_id).where(
    DONE.c.actor == bindparam("actor"), DONE.c.key == bindparam("key")
)
_NOTE_DONE = insert(DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerParts:
    """What a ledger is built from."""

    engine: Engine
    people: People
    owners: Owners
    catalogue: Catalogue
    keep: Keep
    roles: Roles
    announce: Announce
    clock: Callable[[], datetime]
    draft_kept: timedelta = DRAFT_KEPT


class Ledger:
    """Handles commands; safe to use from many threads and many processes."""

    def __init__(self, parts: LedgerParts) -> None:
        self._parts = parts

    def handle(self, command: Command, *, asker: Asker, key: str) -> AccessRequest | Refusal:
        """Do what is asked, once; the request as it stands afterwards, or why nothing was done."""
        return self._guarded(command, asker, key)

    def handle_for_program(self, command: Command, *, key: str) -> AccessRequest | Refusal:
        """The same for what only the program itself may say: time and terms."""
        return self._guarded(command, None, key)

    def _guarded(self, command: Command, asker: Asker | None, key: str) -> AccessRequest | Refusal:
        if not key.strip() or len(key) > _LONGEST_KEY:
            return Refusal(kind="bad_answer", field="key", values=("1 to 200 characters",))
        try:
            with writing(self._parts.engine) as connection:
                return self._handled(connection, command, asker, key)
        except OperationalError as why:
            if _is_busy(why):
                return Refusal(kind="busy")
            raise

    def _handled(
        self, connection: Connection, command: Command, asker: Asker | None, key: str
    ) -> AccessRequest | Refusal:
        parts = self._parts
        now = parts.clock()
        actor = SYSTEM if asker is None else parts.roles.actor(connection, asker, now=now)
        digest = _digest(command)
        done = self._done(connection, actor, key)
        if done is not None:
            if done[0] != digest:
                return Refusal(kind="key_reused", values=(key,))
            again = fold(chain.story(connection, done[1]))
            return again if again is not None else Refusal(kind="not_found")
        request = self._request(connection, command)
        roles = self._roles(connection, command, request, actor)
        role = _speaking(command, request, roles)
        if role == "stranger" or NAMES[type(command)] not in permitted(
            request.state if request is not None else None, role
        ):
            # Nothing about the dataset or the person is looked up for who may not do this.
            refused = decide(command, request, Scene(role=role, actor=actor.id, now=now))
            return refused if isinstance(refused, Refusal) else Refusal(kind="not_found")
        if isinstance(command, DraftRequest) and parts.keep.open_count(connection, actor.ids) >= (
            MOST_OPEN
        ):
            return Refusal(kind="too_many", values=(str(MOST_OPEN),))
        scene = self._scene(connection, command, request, actor, role, now)
        decided = decide(command, request, scene)
        if isinstance(decided, Refusal):
            return decided
        after = self._append(connection, command, request, decided, scene)
        done_now = {
            "actor": actor.id, "key": key, "digest": digest, "request_id": after.id,
            "at": as_text(now),
        }  # fmt: skip
        connection.execute(_NOTE_DONE, done_now)
        return after

    def _done(self, connection: Connection, actor: Actor, key: str) -> tuple[str, str] | None:
        row = connection.execute(_DONE, {"actor": actor.id, "key": key}).first()
        return None if row is None else (row.digest, row.request_id)

    def _request(self, connection: Connection, command: Command) -> AccessRequest | None:
        if isinstance(command, DraftRequest):
            return None
        return fold(chain.story(connection, command.request_id))

    def _roles(
        self,
        connection: Connection,
        command: Command,
        request: AccessRequest | None,
        actor: Actor,
    ) -> tuple[RequestRole, ...]:
        if isinstance(command, DraftRequest):
            return ("requester",)
        roles = self._parts.roles.of(connection, request, actor)
        if (
            isinstance(command, ClaimDraft)
            and request is not None
            and actor.email is not None
            and self._parts.people.awaits(connection, request.id, actor.email)
        ):
            return ("requester", *roles)
        return roles

    def _scene(
        self,
        connection: Connection,
        command: Command,
        request: AccessRequest | None,
        actor: Actor,
        role: RequestRole,
        now: datetime,
    ) -> Scene:
        parts = self._parts
        kept = parts.keep.answers(connection, request) if request is not None else None
        new = command.answers if isinstance(command, (DraftRequest, SaveAnswers)) else None
        card_id = command.card_id if isinstance(command, DraftRequest) else (
            request.card_id if request is not None else ""
        )  # fmt: skip
        found = parts.catalogue.judged(
            connection, card_id, new or kept or Answers(), today=now.date()
        )
        judged, group = found if found is not None else (None, request.group if request else "")
        requester = _requester(command, request, actor)
        ref = secrets.token_hex(16) if new is not None else ""
        return Scene(
            role=role,
            actor=actor.id,
            now=now,
            group=group,
            judged=judged,
            answers=kept,
            answers_ref=ref,
            answers_digest=parts.keep.digest(ref, new) if new is not None else "",
            is_confirmed=actor.email is not None,
            open_elsewhere=parts.keep.open_one(
                connection, requester, request.group if request is not None else group,
                but=request.id if request is not None else None,
            ),
            previous=self._previous(connection, command, actor),
            delegate=self._delegate(connection, command, now),
            is_reachable=request is not None and parts.people.is_person(request.person_id),
            draft_kept=parts.draft_kept,
        )  # fmt: skip

    def _previous(
        self, connection: Connection, command: Command, actor: Actor
    ) -> AccessRequest | None:
        if not isinstance(command, DraftRequest) or command.previous is None:
            return None
        before = fold(chain.story(connection, command.previous))
        return before if before is not None and before.person_id in actor.ids else None

    def _delegate(self, connection: Connection, command: Command, now: datetime) -> str | None:
        if not isinstance(command, DelegateRequest):
            return None
        return self._parts.roles.known(connection, command.email, now=now)

    def _append(
        self,
        connection: Connection,
        command: Command,
        request: AccessRequest | None,
        bodies: tuple[Body, ...],
        scene: Scene,
    ) -> AccessRequest:
        parts = self._parts
        request_id = request.id if request is not None else f"r_{secrets.token_hex(10)}"
        seq = request.seq if request is not None else 0
        new = []
        for body in bodies:
            seq += 1
            by_rule = isinstance(body, RequestApproved) and body.automatic
            event = Event(
                request_id=request_id,
                seq=seq,
                at=scene.now,
                actor=SYSTEM.id if by_rule else scene.actor,
                role="system" if by_rule else scene.role,
                body=body,
            )
            chain.append(connection, event)
            new.append(event)
        after = fold(new, request)
        if after is None:
            raise RuntimeError(f"Request {request_id!r} has no events after {command!r}.")
        is_new = bool(scene.answers_ref) and scene.answers_ref == after.answers_ref
        if is_new and isinstance(command, (DraftRequest, SaveAnswers)):
            parts.keep.put_answers(connection, after, command.answers, at=scene.now)
        if isinstance(command, ClaimDraft) or after.state in ("withdrawn", "expired"):
            parts.people.drop_pending(connection, request_id)
        if new:
            parts.keep.project(connection, after)
            parts.announce(connection, after, tuple(new))
        return after

    def sweep_keys(self) -> int:
        """Forget old idempotency keys; how many went."""
        too_old = as_text(self._parts.clock() - KEYS_KEPT)
        with writing(self._parts.engine) as connection:
            return connection.execute(delete(DONE).where(DONE.c.at < too_old)).rowcount


def _requester(command: Command, request: AccessRequest | None, actor: Actor) -> tuple[str, ...]:
    """Whose other open requests matter: who claims or drafts, else who asked."""
    if request is None or isinstance(command, ClaimDraft):
        return actor.ids
    return (request.person_id,)


def _speaking(
    command: Command, request: AccessRequest | None, roles: Sequence[RequestRole]
) -> RequestRole:
    """The role in which this command is given: one that may give it, else the nearest."""
    state = request.state if request is not None else None
    if not isinstance(command, DraftRequest) and request is None:
        return "stranger"
    name = NAMES[type(command)]
    return next((role for role in roles if name in permitted(state, role)), roles[0])


def _digest(command: Command) -> str:
    said = f"{type(command).__name__} {_COMMAND.dump_json(command).decode()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _is_busy(why: OperationalError) -> bool:
    """Another writer held the database for too long: nothing was done, and it may be tried."""
    said = str(why.orig).casefold()
    return "locked" in said or "lock timeout" in said or "busy" in said
