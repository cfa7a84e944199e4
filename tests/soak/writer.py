"""One server of the soak: eight people at once file, decide and withdraw at random.

Writes a line for each answer it got, so that what was acknowledged is known after a kill.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from assistant.access.commands import (
    AcceptTerms,
    ApproveRequest,
    ChangeDecision,
    Command,
    DelegateRequest,
    DraftRequest,
    ExtendRequest,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.office import Office
from assistant.access.values import AccessRequest
from assistant.need import Asker
from tests.soak.people import ANSWERS, CARDS, OWNERS, PEOPLE, now, opened

THREADS = 8


class Writer:
    """One of the eight."""

    def __init__(self, office: Office, log: int, rng: random.Random) -> None:
        self.office = office
        self.log = log
        self.rng = rng
        self.known: list[AccessRequest] = []

    def turn(self) -> None:
        """One person does one thing; sometimes twice, as an impatient or repeated press does."""
        asker, command = self.choose()
        key = uuid4().hex
        for _ in range(2 if self.rng.random() < 0.1 else 1):
            done = self.office.request(command, asker=asker, key=key)
            answer: dict[str, object] = {
                "command": type(command).__name__,
                "by": asker.email,
                "key": key,
            }
            if isinstance(done, AccessRequest):
                answer |= {"id": done.id, "seq": done.seq, "state": done.state}
                self.known = [*self.known[-30:], done]
            else:
                answer |= {"refused": done.kind}
            # One write of one line: it is there whole or not at all.
            os.write(self.log, (json.dumps(answer) + "\n").encode())

    def choose(self) -> tuple[Asker, Command]:
        rng = self.rng
        if not self.known or rng.random() < 0.25:
            return rng.choice(PEOPLE), DraftRequest(card_id=rng.choice(CARDS), answers=ANSWERS)
        if rng.random() < 0.1:
            # What somebody else began, as another server or another tab knows it.
            found = self.office.waiting(rng.choice(OWNERS), limit=5)
            self.known += found
        request = rng.choice(self.known)
        who = next((p for p in PEOPLE if p.email == self.email(request)), rng.choice(PEOPLE))
        if rng.random() < 0.05:
            who = rng.choice((*PEOPLE, *OWNERS))
        owner = OWNERS[int(request.card_id[6])]
        return rng.choice(self.deeds(request, who, owner))()

    def email(self, request: AccessRequest) -> str | None:
        return request.person.email if request.person is not None else None

    def deeds(
        self, request: AccessRequest, who: Asker, owner: Asker
    ) -> list[Callable[[], tuple[Asker, Command]]]:
        """What may come next, the likely more than once."""
        name, mark = request.id, request.judged.terms_fingerprint
        texts = tuple((each.id, each.sha256) for each in request.judged.agreements)
        later = now().date() + timedelta(days=self.rng.randint(1, 60))
        agree = AcceptTerms(request_id=name, accepted=texts, price_agreed=True, fingerprint=mark)
        file = SubmitRequest(request_id=name, fingerprint=mark)
        reason = "At random."
        return [
            lambda: (who, agree), lambda: (who, agree), lambda: (who, agree),
            lambda: (who, file), lambda: (who, file), lambda: (who, file), lambda: (who, file),
            lambda: (who, SaveAnswers(request_id=name, answers=ANSWERS)),
            lambda: (who, WithdrawRequest(request_id=name)),
            lambda: (who, ExtendRequest(request_id=name, until=later + timedelta(days=9))),
            lambda: (owner, ApproveRequest(request_id=name, until=later)),
            lambda: (owner, ApproveRequest(request_id=name)),
            lambda: (owner, RejectRequest(request_id=name, reason=reason)),
            lambda: (owner, ReturnRequest(request_id=name, question="Which?")),
            lambda: (owner, RevokeRequest(request_id=name, reason=reason)),
            lambda: (owner, ChangeDecision(request_id=name, to="approved", reason=reason)),
            lambda: (owner, ChangeDecision(request_id=name, to="rejected", reason=reason)),
            lambda: (owner, DelegateRequest(request_id=name, email=str(OWNERS[0].email))),
        ]  # fmt: skip


def main(url: str, log: str, seed: str, stop: str) -> None:
    office, _store = opened(url)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    until = Path(stop)

    def work(number: int) -> None:
        writer = Writer(office, handle, random.Random(f"{seed}:{number}"))
        while not until.exists():
            writer.turn()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
