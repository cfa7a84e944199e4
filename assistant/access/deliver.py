"""Tells what the outbox holds: at least once, the same id each time, failures noted.

One worker or many may run this on one outbox. No log holds an address or words of a message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Protocol

from assistant.access.letter import write
from assistant.access.messages import Facts
from assistant.access.outbox import Outgoing
from assistant.access.outbox_queue import LEASE, Claimed, Outbox, without_addresses
from assistant.access.paper import Message

LOG = logging.getLogger("dataset_assistant.deliver")
_AT_ONCE = 4
_BATCH = 8


class DeliveryFailed(Exception):
    """A message was not taken; `permanent` where no further try can help."""

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(why)
        self.permanent = permanent


class NobodyThere(Exception):
    """Whom a message is for cannot be told in this way, and need not be: other ways remain."""


class Sender(Protocol):
    """One way to tell: mail, a webhook, Slack."""

    def send(self, outgoing: Outgoing, address: str, message: Message) -> None:
        """Tell it, with `outgoing.id`, or raise `DeliveryFailed` or `NobodyThere`.

        `address` is the e-mail address of whom it is for, or what follows the colon in the
        channel where the channel is the place.
        """
        ...


class Lookup(Protocol):
    """What a message is made from, read at the moment of sending."""

    def address(self, outgoing: Outgoing) -> str | None:
        """Where to; None where nobody is there any more."""
        ...

    def facts(self, outgoing: Outgoing, address: str) -> Facts | None:
        """What the message says; None where it need not be told any more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one round did."""

    sent: int = 0
    failed: int = 0
    """Will be tried again."""
    given_up: int = 0
    dropped: int = 0
    """Not needed any more."""

    @property
    def taken(self) -> int:
        """How many messages were taken up."""
        return self.sent + self.failed + self.given_up + self.dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a deliverer tells."""

    senders: Mapping[str, Sender]
    """Sender name ("mail", "webhook", "slack") -> the sender."""
    lookup: Lookup
    site: str
    """What the installation calls itself in a letter."""


class Deliverer:
    """Sends what is due; safe beside others of its kind, in this process and elsewhere."""

    def __init__(
        self,
        outbox: Outbox,
        ways: Ways,
        *,
        clock: Callable[[], datetime],
        lease: timedelta = LEASE,
    ) -> None:
        self._outbox = outbox
        self._ways = ways
        self._clock = clock
        self._lease = lease

    def run_once(self) -> Delivered:
        """Send a batch of what is due; nothing is due when nothing was taken."""
        claimed = self._outbox.claim(
            self._clock(), limit=_BATCH, lasts=self._lease, senders=tuple(self._ways.senders)
        )
        if not claimed:
            return Delivered()
        with ThreadPoolExecutor(min(_AT_ONCE, len(claimed))) as pool:
            ends = list(pool.map(self._deliver, claimed))
        return Delivered(
            sent=ends.count("sent"),
            failed=ends.count("failed"),
            given_up=ends.count("given_up"),
            dropped=ends.count("dropped"),
        )

    def run_until_empty(self) -> Delivered:
        """Send everything that is due now."""
        total = Delivered()
        while (now := self.run_once()).taken:
            total = Delivered(
                sent=total.sent + now.sent,
                failed=total.failed + now.failed,
                given_up=total.given_up + now.given_up,
                dropped=total.dropped + now.dropped,
            )
        return total

    def _deliver(self, claimed: Claimed) -> str:
        outgoing = claimed.outgoing
        # The batch before this one may have taken long: whoever took the lease since sends it.
        if not self._outbox.renew(claimed, self._clock(), lasts=self._lease):
            return "lost"
        try:
            told = self._tell(outgoing)
        except DeliveryFailed as why:
            return self._failed(claimed, str(why), permanent=why.permanent)
        except Exception as why:
            # The edge of the worker: one broken message must not stop the others. What the
            # exception says may hold an address, so only its kind and its place are told.
            return self._failed(claimed, _kind_and_place(why), permanent=False)
        if not told:
            self._outbox.drop(claimed)
            return "dropped"
        self._outbox.sent(claimed, self._clock())
        return "sent"

    def _tell(self, outgoing: Outgoing) -> bool:
        address = self._ways.lookup.address(outgoing)
        if address is None:
            raise DeliveryFailed("there is no address for this person any more", permanent=True)
        facts = self._ways.lookup.facts(outgoing, address)
        if facts is None:
            return False
        sender = self._ways.senders[outgoing.channel.split(":", 1)[0]]
        try:
            sender.send(outgoing, address, write(facts, site=self._ways.site))
        except NobodyThere:
            return False
        return True

    def _failed(self, claimed: Claimed, why: str, *, permanent: bool) -> str:
        outgoing = claimed.outgoing
        given_up = self._outbox.failed(claimed, self._clock(), why=why, permanent=permanent)
        LOG.warning(
            "message %s (%s, attempt %d) %s: %s",
            outgoing.id,
            outgoing.kind,
            outgoing.attempts,
            "was given up" if given_up else "failed",
            without_addresses(why),
        )
        return "given_up" if given_up else "failed"


def _kind_and_place(why: Exception) -> str:
    place = extract_tb(why.__traceback__)[-1]
    return f"{type(why).__name__} at {Path(place.filename).name}:{place.lineno}"
