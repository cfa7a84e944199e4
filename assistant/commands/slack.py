"""`slack`: the Slack bot over a socket, and the manifest that makes its app."""

from __future__ import annotations

import argparse
import logging
import signal
import threading

from assistant import wiring
from assistant.commands.call import Call, Parsers, WrongCall


def add(parsers: Parsers, common: argparse.ArgumentParser) -> None:
    """Tell the parser about `slack`."""
    parser = parsers.add_parser(
        "slack", parents=[common], help="the Slack bot over a socket, without a public address"
    )
    parser.add_argument(
        "--manifest",
        action="store_true",
        help="print the app's manifest instead, to be pasted at api.slack.com/apps",
    )
    parser.set_defaults(run=slack)


def slack(call: Call) -> int:
    """Answer in Slack until stopped; raises `WrongCall` without the tokens."""
    rules = call.settings.slack
    if call.options.manifest:
        from assistant.faces.slack_doctor import manifest

        url = call.settings.identity.url
        call.terminal.out.print(manifest(url, socket_mode=not url), markup=False, soft_wrap=True,
                                highlight=False)  # fmt: skip
        return 0
    if not rules.app_token:
        raise WrongCall(
            "`slack` opens a socket to Slack: SLACK_APP_TOKEN is not set. Expected an app-level "
            "token (xapp-...); docs/slack.md tells how to get one. Without it Slack reaches "
            "`serve` at /slack/events."
        )
    if not rules.bot_token and not rules.installs:
        raise WrongCall("`slack` needs SLACK_BOT_TOKEN (xoxb-...) to answer; it is not set.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    from assistant.faces.slack_calls import SlackFailed

    face = wiring.build_slack(call.settings)
    try:
        face.connect()
    except SlackFailed as failed:
        call.terminal.problem(f"{failed} `dataset-assistant doctor` tells what is missing.")
        return 3
    face.start()
    call.terminal.notice("Connected to Slack (Ctrl+C ends it).")
    stopped.wait()
    face.stop()
    return 0
