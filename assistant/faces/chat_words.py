"""What is said in an open conversation besides the answers, in which language and on what use."""

from __future__ import annotations

import chainlit as cl

from assistant.faces import chat_export, render, transcript
from assistant.phrases import Phrases, phrases_of
from assistant.reply import Reply
from assistant.use import Use


def phrases() -> Phrases:
    """The texts of the language that is spoken: that of the last answer, else the page's."""
    found = cl.user_session.get("spoken")
    if isinstance(found, Phrases):
        return found
    return phrases_of(cl.context.session.language or "en")


def begin(page: Phrases) -> None:
    """Speak the page's language until there is an answer."""
    if cl.user_session.get("spoken") is None:
        cl.user_session.set("spoken", page)


def hear(reply: Reply) -> None:
    """Go on in the language of this answer, for the use that it is about."""
    cl.user_session.set("spoken", reply.phrases)
    judged = (*reply.options, *reply.nearest)
    cl.user_session.set("use", judged[0].verdict.use if judged else reply.need.use)


def use() -> Use:
    """The use that the conversation is about: what a comparison or a request is judged for."""
    found = cl.user_session.get("use")
    return found if isinstance(found, Use) else Use()


async def say(key: str, **values: str) -> None:
    """Say one of the chat's own sentences."""
    await cl.Message(content=phrases().say(key, **values)).send()


async def said(key: str, *, name: str = "") -> None:
    """Show a pressed button as words of the person, so that the conversation can be read."""
    spoken = phrases()
    words = spoken.say(key, name=render.isolated(name, spoken))
    chat_export.note(transcript.person(words))
    await cl.Message(content=words, type="user_message").send()
