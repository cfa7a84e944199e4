"""A bureau with its post: what its outbox holds is sent to a list, through the real lookup."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from assistant.access.deliver import Delivered, Deliverer, Ways
from assistant.access.due import Rounds
from assistant.access.lookup import LinkPurpose, RequestLookup
from assistant.access.outbox import Outgoing
from assistant.access.paper import Message
from assistant.access.remind import Calendar
from tests.assistant.access.bureau import Bureau

CALENDAR = Calendar()


@dataclass
class Letters:
    """Takes every message and keeps it."""

    sent: list[tuple[str, Outgoing, Message]] = field(default_factory=list)

    def send(self, outgoing: Outgoing, address: str, message: Message) -> None:
        self.sent.append((address, outgoing, message))


class Tokens:
    """Tokens that a test can read."""

    def mail_token(
        self, email: str, *, purpose: LinkPurpose, about: str = "", now: datetime
    ) -> str:
        return f"{purpose}.{about}"


@dataclass
class Post:
    """Sends what a bureau's outbox holds."""

    bureau: Bureau
    letters: Letters = field(default_factory=Letters)

    def deliver(self) -> Delivered:
        parts = self.bureau.office.parts
        lookup = RequestLookup(
            record=parts.record, links=Tokens(), url="https://data.example", calendar=CALENDAR,
            clock=parts.clock,
        )  # fmt: skip
        ways = Ways(senders={"mail": self.letters}, lookup=lookup, site="Dataset assistant")
        return Deliverer(parts.outbox, ways, clock=parts.clock).run_until_empty()

    def new(self) -> list[tuple[str, str, Message]]:
        """What is told now: (address, kind, message), in any order within one moment."""
        before = len(self.letters.sent)
        self.deliver()
        found = [(who, one.kind, what) for who, one, what in self.letters.sent[before:]]
        return sorted(found, key=lambda each: (each[0], each[1]))

    def kinds(self) -> list[tuple[str, str]]:
        return [(who, kind) for who, kind, _ in self.new()]

    def rounds(self) -> Rounds:
        parts = self.bureau.office.parts
        return Rounds(
            record=parts.record, program=parts.ledger, catalogue=parts.catalogue,
            outbox=parts.outbox, calendar=CALENDAR, clock=parts.clock,
        )  # fmt: skip
