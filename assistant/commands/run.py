"""`serve`, `worker` and `doctor`: what runs on its own, and whether all is well."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import threading

from rich.text import Text

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall
from assistant.commands.check import Check
from assistant.commands.checks import examine
from assistant.reply import Table
from assistant.worker import Worker, sync_in_a_process


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `serve`, `worker` and `doctor`."""
    server = parsers.add_parser("serve", parents=[common], help="the chat in a browser")
    server.set_defaults(run=serve)
    alone = parsers.add_parser(
        "worker", parents=[common], help="scheduled syncs alone, without the chat (SYNC_EVERY)"
    )
    alone.set_defaults(run=worker)
    check = parsers.add_parser(
        "doctor", parents=[common], help="what is configured, reachable and up to date"
    )
    check.set_defaults(run=doctor)


def serve(call: Call) -> int:
    """Serve until stopped."""
    from assistant.serve import serve as serve_desk

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "alembic", "sentence_transformers", "chainlit", "mcp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # The chat finds its desk by the environment, so an option is written there.
    os.environ.update(call.environ)
    settings = call.settings
    out = call.terminal.out
    serve_desk(
        wiring.shared_desk(),
        wiring.shared_identity(),
        settings,
        worker=scheduled(call),
        slack=wiring.build_slack(settings) if settings.slack.signing_secret else None,
        announce=lambda where: out.print(
            Text(f"The chat answers at {where} (Ctrl+C ends it).", style="bold")
        ),
    )
    return 0


def worker(call: Call) -> int:
    """Run the schedule until stopped; raises `WrongCall` without one."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = scheduled(call)
    if found is None:
        raise WrongCall(
            "`worker` has nothing to do: SYNC_EVERY is not set. "
            "Expected a time such as 6h: SYNC_EVERY=6h dataset-assistant worker."
        )
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    found.start()
    stopped.wait()
    found.stop()
    return 0


def scheduled(call: Call) -> Worker | None:
    """The worker of SYNC_EVERY; None when that is not set."""
    every_s = call.settings.sync_every_s
    if every_s is None:
        return None
    ends = [one.complete_at for one in wiring.build_store(call.settings).freshness()]
    last = min((end for end in ends if end is not None), default=None)
    return Worker(every_s, sync_in_a_process(call.environ), last=last, clock=wiring.now)


def doctor(call: Call) -> int:
    """Look at every part; 1 when something needs mending."""
    found = examine(call.settings)
    if call.terminal.json_only:
        call.terminal.line({"ok": all(one.ok for one in found), "checks": found})
    else:
        rows = tuple((mark(one), one.what, one.found, one.mend) for one in found)
        call.terminal.table(Table(title="", columns=("", "What", "Found", "To mend it"), rows=rows))
    return 0 if all(one.ok for one in found) else 1


def mark(one: Check) -> str:
    """Well, worth a look, or broken."""
    if not one.ok:
        return "✗"
    return "?" if one.note else "✓"
