"""What is kept beside the events: answers, sealed, and each request as a row to search by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from assistant.access.scopes import publisher_scope
from assistant.access.tables import ANSWERS, DELEGATE, REQUEST, as_text
from assistant.access.values import AccessRequest, Answers
from assistant.secret import Box

_ANSWERS: TypeAdapter[Answers] = TypeAdapter(Answers)
_SEALED = select(ANSWERS.c.sealed).where(ANSWERS.c.ref == bindparam("of"))
_OPEN_ONES = select(REQUEST.c.id).where(
    REQUEST.c.person_id.in_(bindparam("people", expanding=True)),
    REQUEST.c.group_key == bindparam("group"),
    REQUEST.c.is_open == 1,
)
_OPEN_COUNT = select(func.count()).where(
    REQUEST.c.person_id.in_(bindparam("people", expanding=True)), REQUEST.c.is_open == 1
)
_KEEP_ANSWERS = insert(ANSWERS)
_NEW_ROW = insert(REQUEST)
_CHANGE_ROW = (
    update(REQUEST)
    .where(REQUEST.c.id == bindparam("of"))
    .values({c: bindparam(f"new_{c.name}") for c in REQUEST.c if c.name != "id"})
)


class Keep:
    """Reads and writes beside the chain; every call works inside the caller's transaction."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def digest(self, ref: str, answers: Answers) -> str:
        """Tells whether kept answers are those that an event speaks of, and nothing of them.

        64 hexadecimal digits, keyed and different for every reference.
        """
        said = _ANSWERS.dump_json(answers).decode()
        return self._box.mark(f"{ref} {said}", purpose="answers")

    def is_kept_whole(self, request: AccessRequest, answers: Answers) -> bool:
        """Whether these are still the answers that were filed."""
        said = _ANSWERS.dump_json(answers).decode()
        return self._box.is_mark(
            request.answers_digest, f"{request.answers_ref} {said}", purpose="answers"
        )

    def put_answers(
        self, connection: Connection, request: AccessRequest, answers: Answers, *, at: datetime
    ) -> None:
        """Keep answers under the reference that the request's last event names."""
        connection.execute(
            _KEEP_ANSWERS,
            {
                "ref": request.answers_ref,
                "request_id": request.id,
                "sealed": self._box.seal(_ANSWERS.dump_json(answers).decode()),
                "at": as_text(at),
            },
        )

    def answers(self, connection: Connection, request: AccessRequest) -> Answers | None:
        """The answers of a request; None: none were given, or they were erased."""
        if not request.answers_ref:
            return None
        sealed = connection.execute(_SEALED, {"of": request.answers_ref}).scalar()
        return None if sealed is None else _ANSWERS.validate_json(self._box.open(sealed))

    def erase_answers(self, connection: Connection, request_id: str) -> int:
        """Delete every version of a request's answers; how many went."""
        gone = delete(ANSWERS).where(ANSWERS.c.request_id == request_id)
        return connection.execute(gone).rowcount

    def project(self, connection: Connection, request: AccessRequest) -> None:
        """Write the request's row as its events leave it."""
        judged = request.judged
        values = {
            "person_id": request.person_id,
            "group_key": request.group,
            "card_id": request.card_id,
            "source": judged.source,
            "publisher_scope": publisher_scope(judged.source, judged.publisher).value
            if judged.publisher
            else None,
            "state": request.state,
            "is_open": int(request.is_open),
            "seq": request.seq,
            "drafted_at": as_text(request.drafted_at),
            "submitted_at": as_text(request.submitted_at) if request.submitted_at else None,
            "touched_at": as_text(request.touched_at),
            "until": request.until.isoformat() if request.until else None,
            "fingerprint": judged.terms_fingerprint,
            "price_mark": judged.price_mark,
        }
        changed = {f"new_{name}": value for name, value in values.items()}
        if not connection.execute(_CHANGE_ROW, {"of": request.id, **changed}).rowcount:
            connection.execute(_NEW_ROW, {"id": request.id, **values})
        if request.delegates:
            known = select(DELEGATE.c.person_id).where(DELEGATE.c.request_id == request.id)
            for person in request.delegates - set(connection.execute(known).scalars()):
                connection.execute(insert(DELEGATE).values(request_id=request.id, person_id=person))

    def open_one(
        self, connection: Connection, people: Sequence[str], group: str, *, but: str | None
    ) -> str | None:
        """Another open request of these people for this dataset."""
        asked = {"people": list(people), "group": group}
        found = connection.execute(_OPEN_ONES, asked).scalars()
        return next((each for each in found if each != but), None)

    def open_count(self, connection: Connection, people: Sequence[str]) -> int:
        """How many requests these people have open."""
        return int(connection.execute(_OPEN_COUNT, {"people": list(people)}).scalar() or 0)
