"""Calls to Slack's Web API and to the addresses that take answers, with its manners.

Waits as long as Slack asks for (`Retry-After`), once for all threads of a workspace and method.
What may have been done already is not sent again: only a refusal to listen, or a connection that
was never made, is tried again.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.error
from collections.abc import Mapping
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from assistant.faces.slack_parts import Block, Message
from assistant.faces.slack_store import Installation

LOG = logging.getLogger("dataset_assistant.slack")
TRIES = 6
LONGEST_WAIT_S = 300.0
"""A longer pause is not waited for; the call fails and says so."""
TIMEOUT_S = 15
GONE = frozenset({
    "account_inactive", "app_uninstalled", "invalid_auth", "not_authed", "team_access_not_granted",
    "token_expired", "token_revoked", "tokens_revoked",
})  # fmt: skip
"""Errors that say that the workspace let us go, https://docs.slack.dev/reference/methods."""
READ_BACK = frozenset({"users.info", "users.lookupByEmail", "auth.test", "files.info"})
"""Methods that are asked by a form, and that may be asked again after any failure."""


class SlackFailed(Exception):
    """Slack did not do what it was asked.

    SlackFailed
    └── LetGo: the app is not installed there any more
    """

    def __init__(self, method: str, error: str, wanted: str = "") -> None:
        more = f" It wants the scope {wanted!r}; add it and install again." if wanted else ""
        super().__init__(f"Slack refused {method!r}: {error}.{more}")
        self.method = method
        self.error = error
        self.wanted = wanted


class LetGo(SlackFailed):
    """The workspace uninstalled the app, or took back its token."""


class Calls:
    """The way out to Slack; safe to use from many threads."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url
        self._held: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Wait for nothing any more: calls that are told to wait fail."""
        self._stopped.set()

    def call(
        self, given: Installation, method: str, body: Mapping[str, object]
    ) -> Mapping[str, object]:
        """What Slack answered.

        Raises:
            LetGo: the app is not installed there any more.
            SlackFailed: Slack refused, or could not be reached.
        """
        client = WebClient(
            token=given.token, base_url=self._api_url, timeout=TIMEOUT_S, retry_handlers=[]
        )
        for attempt in range(TRIES):
            self._wait(given.place, method)
            try:
                return self._asked(client, method, body)
            except SlackApiError as refused:
                self._judge(given.place, method, refused)
            except (OSError, HTTPException, SlackClientError) as why:
                if not (method in READ_BACK or never_sent(why)) or attempt == TRIES - 1:
                    raise SlackFailed(method, f"not reached ({type(why).__name__})") from why
                self._pause(0.2 * 2**attempt)
        raise SlackFailed(method, "ratelimited")

    def _asked(
        self, client: WebClient, method: str, body: Mapping[str, object]
    ) -> Mapping[str, object]:
        if method in READ_BACK or method == "files.getUploadURLExternal":
            answer = client.api_call(method, http_verb="GET", params=dict(body))
        else:
            answer = client.api_call(method, json=dict(body))
        found: Mapping[str, object] = answer.data
        return {**found, "scopes_granted": answer.headers.get("x-oauth-scopes", "")}

    def _judge(self, place: str, method: str, refused: SlackApiError) -> None:
        """Note a pause that Slack asks for; raise for everything else."""
        answer = refused.response
        if answer.status_code == 429:
            wait_s = seconds(answer.headers.get("Retry-After"))
            LOG.info("Slack asks to wait %.0f s before %s in %s", wait_s, method, place)
            if wait_s > LONGEST_WAIT_S:
                raise SlackFailed(method, f"ratelimited for {wait_s:.0f} s") from refused
            with self._lock:
                until = time.monotonic() + wait_s
                self._held[place, method] = max(until, self._held.get((place, method), 0.0))
            return
        data = answer.data if isinstance(answer.data, dict) else {}
        error = str(data.get("error", f"status {answer.status_code}"))
        if error in GONE:
            raise LetGo(method, error) from refused
        raise SlackFailed(method, error, str(data.get("needed", ""))) from refused

    def _wait(self, place: str, method: str) -> None:
        while True:
            with self._lock:
                left = self._held.get((place, method), 0.0) - time.monotonic()
            if left <= 0:
                return
            self._pause(left)

    def _pause(self, for_s: float) -> None:
        if self._stopped.wait(for_s):
            raise SlackFailed("wait", "stopped while Slack asked to wait")

    def post(self, given: Installation, channel: str, message: Message, *, thread: str = "") -> str:
        """Post in a conversation or a thread; returns the message's timestamp."""
        body = {"channel": channel, **said(message), **({"thread_ts": thread} if thread else {})}
        return str(self.call(given, "chat.postMessage", body).get("ts", ""))

    def whisper(
        self, given: Installation, channel: str, user: str, message: Message, *, thread: str = ""
    ) -> None:
        """Post so that one person alone sees it."""
        where = {"thread_ts": thread} if thread else {}
        body = {"channel": channel, "user": user, **said(message), **where}
        self.call(given, "chat.postEphemeral", body)

    def direct(self, given: Installation, user: str, message: Message) -> str:
        """Post as a direct message; returns its timestamp."""
        opened = self.call(given, "conversations.open", {"users": user}).get("channel")
        channel = opened.get("id") if isinstance(opened, Mapping) else None
        return self.post(given, str(channel or user), message)

    def answer(
        self, reply_url: str, message: Message, *, in_channel: bool = False, replace: bool = False
    ) -> None:
        """Answer a command or a button where it was; raises `SlackFailed`."""
        kind = "in_channel" if in_channel else "ephemeral"
        self._to_url(
            reply_url, {"response_type": kind, "replace_original": replace, **said(message)}
        )

    def take_away(self, reply_url: str) -> None:
        """Delete the message that a button stands in."""
        self._to_url(reply_url, {"delete_original": True})

    def _to_url(self, reply_url: str, body: Block) -> None:
        client = WebhookClient(reply_url, timeout=TIMEOUT_S, retry_handlers=[])
        method = "response_url"
        for attempt in range(TRIES):
            self._wait(reply_url, method)
            try:
                answer = client.send_dict(body)
            except (OSError, HTTPException, SlackClientError) as why:
                if not never_sent(why) or attempt == TRIES - 1:
                    raise SlackFailed(method, f"not reached ({type(why).__name__})") from why
                self._pause(0.2 * 2**attempt)
                continue
            if answer.status_code == 200:
                return
            if answer.status_code != 429:
                raise SlackFailed(method, error_in(answer.body, answer.status_code))
            with self._lock:
                wait_s = seconds(answer.headers.get("Retry-After"))
                self._held[reply_url, method] = time.monotonic() + wait_s
        raise SlackFailed(method, "ratelimited")


def said(message: Message) -> Block:
    """A message as Slack takes it; addresses in it are not looked up."""
    return {
        "text": message.text,
        "blocks": list(message.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def error_in(body: str, status: int) -> str:
    """The error that an answer names; its status where it names none."""
    try:
        found = json.loads(body)
    except ValueError:
        return body.strip()[:80] or f"status {status}"
    error = found.get("error") if isinstance(found, dict) else None
    return error if isinstance(error, str) else f"status {status}"


def seconds(retry_after: object) -> float:
    """Of a Retry-After header; a second where it cannot be read."""
    value = retry_after[0] if isinstance(retry_after, list) and retry_after else retry_after
    try:
        return max(float(str(value)), 0.05)
    except ValueError:
        return 1.0


def never_sent(why: BaseException) -> bool:
    """Whether a failure came before anything was sent."""
    cause = why.reason if isinstance(why, urllib.error.URLError) else why
    return isinstance(cause, ConnectionRefusedError) or type(cause).__name__ == "gaierror"
