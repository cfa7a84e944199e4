"""What `doctor` looks at of access requests: the chain of their record, and the seal of it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import wiring
from assistant.commands.check import Check
from assistant.settings import Settings


def ledger(settings: Settings) -> Iterator[Check]:
    """Whether the record of requests is as it was written, and each row says what it says."""
    office = wiring.build_office(settings)
    counts = office.counts()
    total = sum(counts.values())
    waiting = counts["submitted"]
    broken = office.broken()
    if broken is not None:
        yield Check(
            what="requests",
            ok=False,
            found=f"the record is not as it was written: {broken.why} (request "
            f"{broken.request_id})",
            mend="Restore the database from a backup; nothing here can tell what stood there.",
        )
        return
    yield Check(
        what="requests",
        ok=True,
        found=f"{total} requests, {waiting} waiting for their owners; the chain of events holds",
    )
