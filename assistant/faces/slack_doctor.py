"""Looks whether Slack is set up: which setting or scope is missing, and what mends it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.faces.slack import SCOPES, SlackFace
from assistant.faces.slack_calls import SlackFailed
from assistant.faces.slack_store import Installation
from assistant.slack_rules import ANY, SlackRules

MANIFEST = Path(__file__).with_name("slack_manifest.json")
EXAMPLE = "https://assistant.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at."""

    what: str
    ok: bool
    found: str
    mend: str = ""
    note: bool = False
    """Neither well nor broken: worth a look."""


def look(face: SlackFace) -> Iterator[Finding]:
    """Everything, in the order in which one sets it up."""
    yield from settings(face.rules)
    if face.rules.app_token:
        yield socket(face)
    try:
        places = face.installations()
    except SlackFailed as failed:
        yield refused("slack token", failed, "Copy the bot token (OAuth & Permissions) again into "
                      "SLACK_BOT_TOKEN.")  # fmt: skip
        return
    if not places and face.rules.installs:
        yield Finding(what="slack workspaces", ok=True, found="none installed the app yet",
                      mend="Open /slack/install of this server.", note=True)  # fmt: skip
    for place in places:
        yield workspace(face, place)


def settings(rules: SlackRules) -> Iterator[Finding]:
    """What is set, and what does not go together."""
    ways = [way for way, on in (("HTTP", rules.signing_secret), ("socket", rules.app_token)) if on]
    yield Finding(
        what="slack",
        ok=bool(ways),
        found=f"set up for {' and '.join(ways)}" if ways else "Slack cannot reach this program",
        mend="" if ways else "Set SLACK_SIGNING_SECRET (`serve`) or SLACK_APP_TOKEN (`slack`).",
    )
    if not rules.bot_token and not rules.installs:
        yield Finding(what="slack token", ok=False, found="none",
                      mend="Set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and "
                      "SLACK_CLIENT_SECRET for several.")  # fmt: skip
    if rules.installs and not rules.bot_token and not rules.workspaces:
        yield Finding(what="slack workspaces", ok=False, found="no workspace may install the app",
                      mend="Name their ids in SLACK_WORKSPACES.")  # fmt: skip
    if ANY in rules.workspaces:
        yield Finding(what="slack workspaces", ok=True, note=True,
                      found="any workspace may install the app, and what it says of its members' "
                      "e-mail addresses is believed",
                      mend="Name the workspaces that you trust in SLACK_WORKSPACES.")  # fmt: skip


def socket(face: SlackFace) -> Finding:
    """Whether the app-level token opens a socket."""
    asked = Installation(place="", name="", token=face.rules.app_token, bot_user="")
    try:
        face.calls.call(asked, "apps.connections.open", {})
    except SlackFailed as failed:
        return refused("slack socket", failed, "Turn Socket Mode on, and make an app-level token "
                       "with the scope connections:write for SLACK_APP_TOKEN.")  # fmt: skip
    return Finding(what="slack socket", ok=True, found="opens")


def workspace(face: SlackFace, place: Installation) -> Finding:
    """Whether a workspace's token works and has every scope."""
    what = f"slack workspace {place.place}"
    try:
        found = face.calls.call(place, "auth.test", {})
    except SlackFailed as failed:
        return refused(what, failed, "Install the app there again.")
    granted = {scope.strip() for scope in str(found.get("scopes_granted", "")).split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        return Finding(what=what, ok=False, found=f"without the scope {', '.join(missing)}",
                       mend="Add it at OAuth & Permissions, then install the app there "
                       "again.")  # fmt: skip
    return Finding(what=what, ok=True, found=f"{place.name}: the token works, no scope is missing")


def refused(what: str, failed: SlackFailed, mend: str) -> Finding:
    """Slack said no; where it only could not be reached nothing is to be mended here."""
    unreached = failed.error.startswith("not reached")
    return Finding(what=what, ok=unreached, note=unreached, found=f"Slack says: {failed.error}",
                   mend="" if unreached else mend)  # fmt: skip


def manifest(url: str, *, socket_mode: bool) -> str:
    """The app's manifest, ready to paste, with this server's address in it."""
    made = json.loads(MANIFEST.read_text(encoding="utf-8").replace(EXAMPLE, url or EXAMPLE))
    if socket_mode:
        made["settings"]["socket_mode_enabled"] = True
        made["settings"]["event_subscriptions"].pop("request_url")
        made["settings"]["interactivity"].pop("request_url")
        made["features"]["slash_commands"][0].pop("url")
        made["oauth_config"].pop("redirect_urls")
    return json.dumps(made, indent=2)
