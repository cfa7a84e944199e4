"""Asks the desk for a person in Slack, and puts the answer where they asked."""

from __future__ import annotations

import hashlib
import html
import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import Desk
from assistant.faces import slack_blocks as blocks
from assistant.faces import slack_files
from assistant.faces import slack_parts as parts
from assistant.faces.slack_blocks import Bound
from assistant.faces.slack_calls import Calls, SlackFailed
from assistant.faces.slack_heard import Heard
from assistant.faces.slack_parts import Block, Message
from assistant.faces.slack_people import People
from assistant.faces.slack_store import Installation, SlackStore
from assistant.need import Asker
from assistant.reply import Question, Reply

TEXT = 2000
"""Characters of one turn that are read."""
_MARKED = re.compile(r"<([@#!]|https?:|mailto:)([^|>]*)(?:\|([^>]*))?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the face works with."""

    desk: Desk
    store: SlackStore
    calls: Calls
    people: People
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that was heard, from whom, and where the app is installed."""

    heard: Heard
    installed: Installation
    asker: Asker
    begin: Callable[[], None]
    """To be called before the first answer goes out."""


def conversation_of(heard: Heard) -> str:
    """Which conversation a thing belongs to: a command's own, a thread's, a direct one's."""
    if heard.kind == "mention":
        return f"slack:{heard.team}:thread:{heard.channel}:{heard.thread or heard.at}"
    if heard.kind in ("message", "pane"):
        return f"slack:{heard.team}:direct:{heard.channel}:{heard.thread}"
    mark = hashlib.sha256(heard.key.encode()).hexdigest()[:24]
    return f"slack:{heard.team}:private:{heard.user}:{mark}"


def spoken(text: str) -> str:
    """The person's own words: Slack's marks for people, channels and addresses resolved."""

    def shown(found: re.Match[str]) -> str:
        kind, rest, label = found.groups()
        if kind == "@":
            return " "
        return label or (rest if kind in ("#", "!") else f"{kind}{rest}")

    return " ".join(html.unescape(_MARKED.sub(shown, text)).split())[:TEXT]


def ask(
    means: Means,
    case: Case,
    text: str,
    *,
    conversation: str = "",
    viewing: str | None = None,
    page: int = 0,
    pressed: bool = False,
) -> Reply:
    """Ask the desk, and say its answer where the person asked."""
    conversation = conversation or conversation_of(case.heard)
    reply = asked(means, case, text, conversation=conversation, viewing=viewing, pressed=pressed)
    answer(means, case, reply, conversation=conversation, page=page)
    return reply


def asked(
    means: Means,
    case: Case,
    text: str,
    *,
    conversation: str,
    viewing: str | None = None,
    pressed: bool = False,
) -> Reply:
    """What the desk answers.

    In a channel everybody reads it, so there nothing counts that belongs to the asker alone:
    neither requests nor what an owner granted.
    """
    public = ":thread:" in conversation
    question = Question(
        text=text,
        conversation=conversation,
        asker=Asker(id=case.asker.id) if public else case.asker,
        viewing=viewing,
        pressed=pressed,
        top=blocks.SHOWN,
    )
    return means.desk.ask(question)


def answer(means: Means, case: Case, reply: Reply, *, conversation: str, page: int = 0) -> None:
    """Say an answer of the desk, with its charts drawn."""
    shown = "" if is_personal(means, case, reply) else name_to_share(case, conversation)
    bound = Bound(user=case.heard.user, conversation=conversation, shown=shown)
    message = blocks.reply(reply, bound, page=page)
    pictures = slack_files.pictures(means.calls, case.installed, reply.charts)
    say(means, case, message, pictures=pictures, conversation=conversation, shown=shown)


def is_personal(means: Means, case: Case, reply: Reply) -> bool:
    """Whether an answer holds for its asker alone, so that it is not offered to be shared."""
    if case.asker.email is None:
        return False
    if reply.intent in ("status", "request"):
        return True
    named = {card_id for option in (*reply.options, *reply.nearest)
             for card_id in (option.card.id, *option.copies)}  # fmt: skip
    granted = means.desk.office.mine(case.asker, states=("approved",), limit=50)
    return any(
        each.card_id in named or each.judged.card_name in reply.text for each in granted
    )  # fmt: skip


def name_to_share(case: Case, conversation: str) -> str:
    """A name to keep an answer under; empty where it is not private, or nobody else is there."""
    private = ":private:" in conversation and not case.heard.channel.startswith("D")
    return secrets.token_hex(8) if private and case.heard.channel else ""


def say(
    means: Means,
    case: Case,
    message: Message,
    *,
    pictures: Sequence[Block] = (),
    conversation: str = "",
    shown: str = "",
) -> None:
    """Answer where the person asked; without the pictures where Slack does not take them."""
    whole = blocks.with_pictures(message, pictures)
    if shown:
        kept = {"blocks": list(whole.blocks), "text": whole.text}
        means.store.show(shown, json.dumps(kept), now=means.clock())
    case.begin()
    try:
        put(means.calls, case, whole, conversation=conversation)
    except SlackFailed as failed:
        if not pictures or failed.error != "invalid_blocks":
            raise
        put(means.calls, case, message, conversation=conversation)


def put(calls: Calls, case: Case, message: Message, *, conversation: str = "") -> None:
    """Send the message to where its conversation is; privately where that is nowhere."""
    heard = case.heard
    conversation = conversation or conversation_of(heard)
    kind, _, rest = conversation.removeprefix(f"slack:{heard.team}:").partition(":")
    if kind in ("thread", "direct"):
        channel, _, thread = rest.partition(":")
        calls.post(case.installed, channel, message, thread=thread)
    elif heard.reply_url:
        calls.answer(heard.reply_url, message)
    else:
        calls.direct(case.installed, heard.user, message)


def tell(means: Means, case: Case, text: str, *buttons: Block) -> None:
    """Tell this person alone."""
    case.begin()
    message = parts.message([*parts.prose(text), *parts.actions(buttons)], text)
    if case.heard.reply_url:
        means.calls.answer(case.heard.reply_url, message)
    elif case.heard.kind == "mention":
        means.calls.whisper(
            case.installed, case.heard.channel, case.heard.user, message,
            thread=case.heard.thread,
        )  # fmt: skip
    elif case.heard.kind in ("message", "pane"):
        means.calls.post(case.installed, case.heard.channel, message, thread=case.heard.thread)
    else:
        means.calls.direct(case.installed, case.heard.user, message)
