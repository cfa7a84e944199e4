"""Who speaks in a conversation, and on which page: by Chainlit's cookie, or a page's own word."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import chainlit as cl
from starlette.requests import HTTPConnection

from assistant.desk import Desk
from assistant.faces import chat_signin, chat_words, page
from assistant.identity import Identity
from assistant.need import Asker

LOG = logging.getLogger("dataset_assistant.chat")
PATIENCE_WITH_PAGE_S = 6


async def around() -> page.Page:
    """What the page around the widget says of itself; of the chat's own page, its language."""
    if cl.context.session.client_type != "copilot":
        return page.Page(language=cl.context.session.language or "en")
    said = await cl.context.emitter.send_call_fn("page", {}, timeout=PATIENCE_WITH_PAGE_S)
    return page.read(said)


async def speaker(said: page.Page, identity: Identity) -> Asker:
    """Who speaks: whom the page's site vouches for, else whom the chat's cookie names."""
    found = cl.context.session.user
    own = (
        chat_signin.asker(found, identity)
        if found is not None
        else Asker(id=f"visitor:{cl.context.session.id}")
    )
    if not said.token:
        return await asyncio.to_thread(_not_signed_out, own, identity)
    vouched = await asyncio.to_thread(
        identity.asker_from_site_token, said.token, now=datetime.now(UTC)
    )
    if isinstance(vouched, Asker):
        return vouched
    LOG.warning("widget: %s (%s)", vouched.text, vouched.why)
    if cl.user_session.get("told_refused") is None:
        cl.user_session.set("told_refused", "yes")
        await chat_words.say("chat_visitor")
    return own


def _not_signed_out(own: Asker, identity: Identity) -> Asker:
    """Who speaks, or a visitor where that person signed out after this page was opened."""
    session = cl.context.session
    scope = session.environ.get("asgi.scope")
    if scope is None or chat_signin.still_speaks(own, HTTPConnection(scope), identity):
        return own
    return Asker(id=f"visitor:{session.id}")


async def in_view(said: page.Page, desk: Desk) -> str | None:
    """The id of the dataset that the page shows, where the catalogue has it."""
    if not said.dataset:
        return None
    stored = await asyncio.to_thread(desk.show, said.dataset)
    return stored.card.id if stored is not None else None
