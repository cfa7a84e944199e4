"""What `doctor` looks at of deliveries: the mail server, what waits and what was given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assistant import wiring
from assistant.commands.check import Check, made
from assistant.settings import Settings

LATE = timedelta(minutes=30)
"""A message that waits longer was taken up by nobody."""


def mail(settings: Settings) -> Iterator[Check]:
    """Where mail goes, and whether the server takes us."""
    told = settings.deliver
    if not told.smtp:
        yield Check(what="mail", ok=True, note=True,
                    found=f"written to {str((settings.data / 'mail').resolve())!r}: "
                    "DATASET_ASSISTANT_SMTP is not set")  # fmt: skip
        return
    from assistant.access.deliver_mail import SmtpSender
    from assistant.access.mail_server import mail_server

    server = mail_server(told.smtp)
    sender = SmtpSender(server, sender=told.mail_from, clock=wiring.now, timeout_s=10)
    why = sender.unreachable()
    yield Check(
        what="mail",
        ok=not why,
        found=why or f"{server.host}:{server.port} takes mail ({server.security})",
        mend="Look at DATASET_ASSISTANT_SMTP; what waits is tried for 3 days." if why else "",
    )


def deliveries(settings: Settings) -> Iterator[Check]:
    """What waits and what was given up."""
    if not made(settings):
        return
    figures = wiring.build_office(settings).parts.outbox.figures()
    oldest = figures.oldest_due
    late = oldest is not None and wiring.now() - oldest > LATE
    found = f"{figures.waiting} wait, of them {figures.failing} failed at least once"
    if figures.failed:
        found += f"; {figures.failed} given up"
    yield Check(
        what="deliveries",
        ok=not late and not figures.failed,
        found=found + ("; nobody sends them" if late else ""),
        mend=_mend(late=late, failed=figures.failed),
    )


def _mend(*, late: bool, failed: int) -> str:
    if late:
        return "Run `dataset-assistant serve` or `dataset-assistant worker`."
    if failed:
        return "Mend what `mail` shows; `dataset-assistant deliveries --again` tries them anew."
    return ""
