"""The sender of Slack's requests: signs as Slack does, and makes the payloads in its shape."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode

import httpx

from tests.faces.slack.fake import Body, FakeSlack

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
NUMBERS = itertools.count(1)
"""What Slack would number; no two requests of a test run share one."""


def signature(body: str, at: str, secret: str = SECRET) -> str:
    base = f"v0:{at}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Sender:
    """Slack's side of the wire, for one app."""

    def __init__(self, slack: FakeSlack, url: str) -> None:
        self.slack = slack
        self.url = url
        self._n = NUMBERS
        self._client = httpx.Client(timeout=30, limits=httpx.Limits(max_connections=None))

    def close(self) -> None:
        self._client.close()

    def post(
        self, body: str, *, kind: str = FORM, at: float | None = None, secret: str = SECRET,
        headers: Mapping[str, str] | None = None, path: str = "/slack/events",
    ) -> httpx.Response:  # fmt: skip
        """One signed request."""
        stamp = str(int(time.time() if at is None else at))
        signed = {"content-type": kind, "x-slack-request-timestamp": stamp,
                  "x-slack-signature": signature(body, stamp, secret)}  # fmt: skip
        return self._client.post(
            f"{self.url}{path}", content=body, headers={**signed, **(headers or {})}
        )

    def command_body(self, text: str, *, user: str = "U1", team: str = "T1",
                     channel: str = "C1") -> tuple[str, str]:  # fmt: skip
        """(body, path of the answer address)"""
        n = next(self._n)
        path = f"command-{n}"
        fields = {
            "command": "/datasets", "text": text, "team_id": team, "user_id": user,
            "channel_id": f"{channel}-{team}", "trigger_id": f"trigger.{n}", "api_app_id": "A1",
            "response_url": f"{self.slack.url}/answer/{path}",
        }  # fmt: skip
        return urlencode(fields), path

    def command(self, text: str, **where: str) -> str:
        """Say `/datasets <text>`; the path of its answer address."""
        body, path = self.command_body(text, **where)
        answer = self.post(body)
        assert (answer.status_code, answer.text) == (200, "")
        return path

    def event_body(
        self, event: Body, *, team: str = "T1", event_id: str = "", **more: object
    ) -> str:
        return json.dumps({
            "type": "event_callback", "team_id": team, "api_app_id": "A1", "event": event,
            "event_id": event_id or f"Ev{next(self._n)}", "event_time": int(time.time()),
            "authorizations": [{"team_id": team, "user_id": "UBOT", "is_bot": True}], **more,
        })  # fmt: skip

    def event(self, event: Body, *, headers: Mapping[str, str] | None = None, team: str = "T1",
              event_id: str = "") -> httpx.Response:  # fmt: skip
        body = self.event_body(event, team=team, event_id=event_id)
        return self.post(body, kind="application/json", headers=headers)

    def mention(self, text: str, *, user: str = "U1", team: str = "T1", at: str = "",
                thread: str = "") -> str:  # fmt: skip
        """Mention the app in a channel; the thread's timestamp."""
        at = at or f"{time.time():.6f}"
        event: Body = {"type": "app_mention", "user": user, "text": f"<@UBOT> {text}", "ts": at,
                       "channel": f"C1-{team}"}  # fmt: skip
        if thread:
            event["thread_ts"] = thread
        assert self.event(event, team=team).status_code == 200
        return thread or at

    def direct(self, text: str, *, user: str = "U1", thread: str = "") -> None:
        """Write to the app directly, in its side panel where a thread is given."""
        event: Body = {"type": "message", "channel_type": "im", "user": user, "text": text,
                       "ts": f"{time.time():.6f}", "channel": f"D{user}-T1"}  # fmt: skip
        if thread:
            event["thread_ts"] = thread
        assert self.event(event).status_code == 200

    def press_body(self, element: Mapping[str, object], *, user: str = "U1", team: str = "T1",
                   message: str = "1.1", path: str = "", user_team: str = "",
                   view: Body | None = None, option: int = 0) -> str:  # fmt: skip
        n = next(self._n)
        action: Body = {"action_id": element["action_id"], "type": element["type"],
                        "block_id": "b", "action_ts": f"{time.time():.6f}"}  # fmt: skip
        if element["type"] == "static_select":
            action["selected_option"] = cast("list[Body]", element["options"])[option]
        else:
            action["value"] = element.get("value", "")
        payload: Body = {
            "type": "block_actions", "team": {"id": team}, "api_app_id": "A1",
            "user": {"id": user, "team_id": user_team or team}, "trigger_id": f"trigger.{n}",
            "actions": [action],
        }  # fmt: skip
        if view is not None:
            payload |= {"view": view, "container": {"type": "view", "view_id": view["id"]}}
        else:
            payload |= {
                "container": {"type": "message", "message_ts": message,
                              "channel_id": f"C1-{team}", "is_ephemeral": True},
                "channel": {"id": f"C1-{team}"},
                "response_url": f"{self.slack.url}/answer/{path or f'press-{n}'}",
            }  # fmt: skip
        return urlencode({"payload": json.dumps(payload)})

    def press(self, element: Mapping[str, object], *, path: str = "", **how: object) -> str:
        """Press a button or choose from a menu; the path of its answer address."""
        path = path or f"press-{next(self._n)}"
        answer = self.post(self.press_body(element, path=path, **how))  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        return path

    def submit(
        self, view: Body, answers: Mapping[str, object], *, user: str = "U1", team: str = "T1",
        view_id: str = "V1", hash_: str = "h1",
    ) -> httpx.Response:  # fmt: skip
        """Send a form off; the answers by block, as the element's own value."""
        values = {block: {"field": answer if isinstance(answer, dict) else {"value": answer}}
                  for block, answer in answers.items()}  # fmt: skip
        payload = {
            "type": "view_submission", "team": {"id": team}, "api_app_id": "A1",
            "user": {"id": user, "team_id": team}, "trigger_id": f"trigger.{next(self._n)}",
            "view": {"type": "modal", "id": view_id, "hash": hash_,
                     "callback_id": view.get("callback_id", ""),
                     "private_metadata": view.get("private_metadata", ""),
                     "state": {"values": values}},
        }  # fmt: skip
        return self.post(urlencode({"payload": json.dumps(payload)}))


def elements(body: Mapping[str, object]) -> list[Body]:
    """Every button and menu of a message or a view."""
    blocks = cast("list[Body]", body.get("blocks", []))
    found = [each for block in blocks for each in cast("list[Body]", block.get("elements", []))
             if "action_id" in each]  # fmt: skip
    return found + [cast("Body", block["accessory"]) for block in blocks if "accessory" in block]


def button(body: Mapping[str, object], action: str) -> Body:
    """The first button whose action begins so."""
    for each in elements(body):
        if str(each["action_id"]).split(".")[0] == action or each["action_id"] == action:
            return each
    raise AssertionError(f"no {action!r} among {[e['action_id'] for e in elements(body)]}")


def text_of(body: Mapping[str, object]) -> str:
    """Every word of a message or view, as a person sees it."""
    said: list[str] = []

    def walk(thing: object) -> None:
        if isinstance(thing, Mapping):
            if isinstance(thing.get("text"), str):
                said.append(str(thing["text"]))
            for name, each in thing.items():
                if name != "text" or not isinstance(each, str):
                    walk(each)
        elif isinstance(thing, list):
            for each in thing:
                walk(each)

    walk(body.get("blocks", []))
    return " ".join(" ".join(said).split())
