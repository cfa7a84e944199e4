"""What runs by itself, in the server or as `worker`: syncs, deliveries, reminders, watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant import wiring
from assistant.settings import Settings
from assistant.worker import Chore, Crew, Worker, sync_in_a_process

DELIVER_EVERY_S = 2.0
LOOK_EVERY_S = 20.0
REMIND_EVERY_S = 900.0
SWEEP_EVERY_S = 6 * 3600.0


def crew(settings: Settings, environ: Mapping[str, str]) -> Crew:
    """Everybody who works by themselves; the sync only where SYNC_EVERY is set."""
    chores = [
        Chore("deliveries", DELIVER_EVERY_S, deliveries(settings), clock=wiring.now),
        Chore("changes and watches", LOOK_EVERY_S, catalogue(settings), clock=wiring.now),
        Chore("reminders", REMIND_EVERY_S, reminders(settings), clock=wiring.now),
        Chore("retention", SWEEP_EVERY_S, retention(settings), clock=wiring.now),
    ]
    sync = scheduled(settings, environ)
    return Crew(chores if sync is None else [*chores, sync])


def scheduled(settings: Settings, environ: Mapping[str, str]) -> Worker | None:
    """The worker of SYNC_EVERY; None when that is not set."""
    every_s = settings.sync_every_s
    if every_s is None:
        return None
    ends = [one.complete_at for one in wiring.build_store(settings).freshness()]
    last = min((end for end in ends if end is not None), default=None)
    return Worker(every_s, sync_in_a_process(environ), last=last, clock=wiring.now)


def deliveries(settings: Settings) -> Callable[[], str]:
    """Send what is due."""

    def do() -> str:
        done = wiring.build_deliverer(settings).run_until_empty()
        parts = ((done.sent, "sent"), (done.failed, "failed for now"), (done.given_up, "given up"))
        return ", ".join(f"{number} {words}" for number, words in parts if number)

    return do


def catalogue(settings: Settings) -> Callable[[], str]:
    """After a sync, whoever ran it: flag changed terms, tell watches of what is new."""
    looked: list[tuple[int, int]] = []

    def do() -> str:
        # Read before looking: what changes meanwhile is looked at the next time.
        now = (wiring.build_store(settings).revision(), wiring.covered_revision(settings))
        if looked == [now]:
            return ""
        flagged = wiring.build_rounds(settings).changes().flagged
        told = wiring.build_office(settings).watches.tell_new()
        looked[:] = [now]
        parts = ((flagged, "requests flagged"), (told, "watches with new matches"))
        return ", ".join(f"{number} {words}" for number, words in parts if number)

    return do


def reminders(settings: Settings) -> Callable[[], str]:
    """Remind, and let end what was reminded of in time."""

    def do() -> str:
        done = wiring.build_rounds(settings).remind()
        parts = ((done.reminded, "reminders"), (done.expired, "ended"))
        return ", ".join(f"{number} {words}" for number, words in parts if number)

    return do


def retention(settings: Settings) -> Callable[[], str]:
    """Delete what is kept for a time only."""

    def do() -> str:
        gone = wiring.build_rounds(settings).sweep(settings.deliver.mail_kept)
        return f"{gone} old rows deleted" if gone else ""

    return do
