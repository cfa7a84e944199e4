"""`deliveries`: what could not be told, and another try."""

from __future__ import annotations

import argparse

from assistant import wiring
from assistant.commands.call import Call, Parsers
from assistant.reply import Table


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `deliveries`."""
    command = parsers.add_parser(
        "deliveries", parents=[common], help="messages that could not be delivered"
    )
    command.add_argument(
        "--again", action="store_true", help="try them anew, for another three days"
    )
    command.set_defaults(run=deliveries)


def deliveries(call: Call) -> int:
    """List what was given up, or take it up again; 1 when there is anything to mend."""
    outbox = wiring.build_office(call.settings).parts.outbox
    failed = outbox.given_up()
    if call.options.again:
        count = outbox.try_again([one.id for one in failed], wiring.now())
        if call.terminal.json_only:
            call.terminal.line({"again": count})
        else:
            call.terminal.notice(f"{count} messages are tried anew.")
        return 0
    shown = [
        {"id": one.id, "kind": one.kind, "channel": one.channel.partition(":")[0],
         "request_id": one.request_id, "made_at": one.made_at.isoformat(),
         "failed_at": one.failed_at.isoformat() if one.failed_at else None,
         "attempts": one.attempts, "error": one.last_error}
        for one in failed
    ]  # fmt: skip
    if call.terminal.json_only:
        for row in shown:
            call.terminal.line(row)
    elif failed:
        rows = tuple(
            (one.kind, one.channel.partition(":")[0], one.request_id or "",
             f"{one.failed_at:%Y-%m-%d %H:%M}" if one.failed_at else "", one.last_error)
            for one in failed
        )  # fmt: skip
        columns = ("Message", "By", "Request", "Given up (UTC)", "Why")
        call.terminal.table(Table(title="", columns=columns, rows=rows))
    else:
        call.terminal.notice("Everything was delivered, or is still being tried.")
    return 1 if failed else 0
