"""`serve`, `worker` and `doctor`: what runs on its own, and whether all is well."""

from __future__ import annotations

import argparse
import os
import signal
import threading

from rich.text import Text

from assistant import logs, wiring
from assistant.commands.call import Call, Parsers
from assistant.commands.check import Check
from assistant.commands.checks import examine
from assistant.commands.crew import crew
from assistant.reply import Table


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `serve`, `worker` and `doctor`."""
    server = parsers.add_parser("serve", parents=[common], help="the chat in a browser")
    server.set_defaults(run=serve)
    alone = parsers.add_parser(
        "worker",
        parents=[common],
        help="deliveries, reminders and scheduled syncs alone",
    )
    alone.set_defaults(run=worker)
    check = parsers.add_parser(
        "doctor", parents=[common], help="what is configured, reachable and up to date"
    )
    check.set_defaults(run=doctor)


def serve(call: Call) -> int:
    """Serve until stopped."""
    from assistant.serve import serve as serve_desk

    logs.set_up(call.settings.running.log)
    # The chat finds its desk by the environment, so an option is written there.
    os.environ.update(call.environ)
    settings = call.settings
    out = call.terminal.out
    serve_desk(
        wiring.shared_desk(),
        wiring.shared_identity(),
        settings,
        metrics=wiring.build_metrics(settings),
        worker=crew(settings, call.environ),
        slack=wiring.build_slack(settings) if settings.slack.signing_secret else None,
        announce=lambda where: out.print(
            Text(f"The chat answers at {where} (Ctrl+C ends it).", style="bold")
        ),
    )
    return 0


def worker(call: Call) -> int:
    """Deliver, remind and sync on schedule until stopped."""
    logs.set_up(call.settings.running.log)
    found = crew(call.settings, call.environ)
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    found.start()
    stopped.wait()
    found.stop()
    return 0


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
