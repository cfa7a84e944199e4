"""One worker of the soak: sends the outbox's mail until it is stopped or killed."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from assistant.access.deliver import Deliverer, Ways
from assistant.access.deliver_mail import SmtpSender
from assistant.access.lookup import LinkPurpose, RequestLookup
from assistant.access.mail_server import mail_server
from assistant.access.remind import Calendar
from tests.soak.people import now, opened

LEASE = timedelta(seconds=5)


class NoTokens:
    def mail_token(
        self, email: str, *, purpose: LinkPurpose, about: str = "", now: datetime
    ) -> str:
        return purpose


def main(url: str, smtp: str, stop: str) -> None:
    office, _store = opened(url)
    lookup = RequestLookup(
        record=office.parts.record, links=NoTokens(), url="https://data.example",
        calendar=Calendar(), clock=now,
    )  # fmt: skip
    sender = SmtpSender(mail_server(smtp), sender="soak@data.example", clock=now, timeout_s=10)
    ways = Ways(senders={"mail": sender}, lookup=lookup, site="Soak")
    deliverer = Deliverer(office.parts.outbox, ways, clock=now, lease=LEASE)
    while not Path(stop).exists():
        if not deliverer.run_once().taken:
            time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])
