"""What Slack sent, in our words: one frozen value for commands, events, buttons and forms. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Body = Mapping[str, object]
Kind = Literal[
    "command", "mention", "message", "button", "form", "closed", "home", "pane", "uninstalled"
]
COMMAND = "/datasets"
AGAIN_AFTER_S = 3.0
"""A second press of a button within this time is a double click."""
ONCE = ("more", "share", "say.")
"""Buttons that work once: what they did cannot be wished for twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing that a person did in Slack."""

    kind: Kind
    key: str
    """The same for a retry and a double click: what was done under it is not done again."""
    again_after_s: float | None = None
    """After this time the same key is a new wish; None: never."""
    team: str
    """The workspace where the app is installed, not always the person's own."""
    enterprise: str = ""
    user: str = ""
    channel: str = ""
    thread: str = ""
    """Timestamp of the thread's first message; empty outside threads."""
    at: str = ""
    """Timestamp of the message itself."""
    text: str = ""
    trigger: str = ""
    """Opens a form within 3 seconds."""
    reply_url: str = ""
    """Takes up to five answers within 30 minutes."""
    action: str = ""
    value: str = ""
    view: str = ""
    private: str = ""
    """What a form was given to carry."""
    answers: tuple[tuple[str, str], ...] = ()
    """(field, what was filled in) of a form."""

    @property
    def urgent(self) -> bool:
        """Whether it may open a form, which cannot wait."""
        return bool(self.trigger) and self.kind in ("command", "button", "form")


def command(body: Body) -> Heard:
    """A slash command."""
    team, user = _text(body, "team_id"), _text(body, "user_id")
    trigger = _text(body, "trigger_id")
    return Heard(
        kind="command", key=f"command:{team}:{trigger}", team=team,
        enterprise=_text(body, "enterprise_id"), user=user, channel=_text(body, "channel_id"),
        text=_text(body, "text"), trigger=trigger, reply_url=_text(body, "response_url"),
    )  # fmt: skip


def event(body: Body) -> Heard | None:
    """An event of the Events API; None for one that asks nothing of us."""
    inner = _part(body, "event")
    kind = _event_kind(inner)
    if kind is None:
        return None
    thread = _part(inner, "assistant_thread")
    user = _text(inner, "user") or _text(thread, "user_id")
    channel = _text(inner, "channel") or _text(thread, "channel_id")
    return Heard(
        kind=kind,
        key=f"event:{_text(body, 'event_id')}",
        team=installed_in(body),
        enterprise=_text(body, "enterprise_id"),
        user=user,
        channel=channel,
        thread=_text(inner, "thread_ts") or _text(thread, "thread_ts"),
        at=_text(inner, "ts"),
        text=_text(inner, "text"),
    )


def installed_in(body: Body) -> str:
    """The workspace whose installation an event is for; in a shared channel not the sender's."""
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted else None
    found = _text(first, "team_id") if isinstance(first, Mapping) else ""
    return found or _text(body, "team_id")


def _event_kind(inner: Body) -> Kind | None:
    name = _text(inner, "type")
    if name in ("app_uninstalled", "tokens_revoked"):
        tokens = _part(inner, "tokens")
        gone = name == "app_uninstalled" or bool(tokens.get("bot"))
        return "uninstalled" if gone else None
    if name == "app_home_opened":
        return "home" if _text(inner, "tab") == "home" else None
    if name == "assistant_thread_started":
        return "pane"
    if inner.get("bot_id") or inner.get("subtype") or not _text(inner, "user"):
        return None
    if name == "app_mention":
        return "mention"
    return "message" if name == "message" and _text(inner, "channel_type") == "im" else None


def button(body: Body) -> Heard | None:
    """A pressed button or a choice of a menu; None where nothing was pressed."""
    pressed = body.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else None
    if not isinstance(first, Mapping):
        return None
    team, user = _text(_part(body, "team"), "id"), _text(_part(body, "user"), "id")
    chosen = _part(first, "selected_option")
    action = _text(first, "action_id")
    value = _text(first, "value") or _text(chosen, "value")
    place, view = _part(body, "container"), _part(body, "view")
    where = _text(place, "message_ts") or _text(view, "id")
    once = action.startswith(ONCE)
    return Heard(
        kind="button",
        key=f"button:{team}:{user}:{where}:{action}:{value}",
        again_after_s=None if once else AGAIN_AFTER_S,
        team=team,
        enterprise=_text(_part(body, "enterprise"), "id"),
        user=user,
        channel=_text(place, "channel_id") or _text(_part(body, "channel"), "id"),
        thread=_text(place, "thread_ts") or _text(_part(body, "message"), "thread_ts"),
        at=_text(place, "message_ts"),
        trigger=_text(body, "trigger_id"),
        reply_url=_text(body, "response_url"),
        action=action,
        value=value,
        view=_text(view, "id"),
        private=_text(view, "private_metadata"),
    )


def form(body: Body) -> Heard:
    """A form that was sent off."""
    view = _part(body, "view")
    team = _text(_part(body, "team"), "id")
    return Heard(
        kind="form",
        key=f"form:{team}:{_text(view, 'id')}:{_text(view, 'hash')}",
        team=team,
        enterprise=_text(_part(body, "enterprise"), "id"),
        user=_text(_part(body, "user"), "id"),
        trigger=_text(body, "trigger_id"),
        action=_text(view, "callback_id"),
        view=_text(view, "id"),
        private=_text(view, "private_metadata"),
        answers=_answers(_part(_part(view, "state"), "values")),
    )


def _answers(values: Body) -> tuple[tuple[str, str], ...]:
    """What was filled in, by the name of its block; of several ticks the values with commas."""
    found: list[tuple[str, str]] = []
    for block_id, elements in values.items():
        if not isinstance(elements, Mapping):
            continue
        for element in elements.values():
            if isinstance(element, Mapping):
                found.append((block_id, _filled(element)))
    return tuple(found)


def _filled(element: Body) -> str:
    several = element.get("selected_options")
    if isinstance(several, list):
        return ",".join(_text(each, "value") for each in several if isinstance(each, Mapping))
    chosen = _part(element, "selected_option")
    return _text(element, "value") or _text(element, "selected_date") or _text(chosen, "value")


def _part(body: Body, name: str) -> Body:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(body: Body, name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
