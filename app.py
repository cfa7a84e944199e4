"""The Chainlit face: a message goes to the desk, its reply comes back as words and cards.

Only translates. Started by `dataset-assistant serve`, which sets Chainlit up first.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Mapping

import chainlit as cl

from assistant import wiring
from assistant.desk import UnknownDataset
from assistant.faces import elements, page, render
from assistant.need import Asker
from assistant.reply import Question, Reply, Table
from assistant.use import Use

LOG = logging.getLogger("dataset_assistant.chat")
STARTERS = (
    ("Welsh speech for a product", "Welsh speech I can use in a product"),
    ("Text to speech in Swahili", "Swahili voice data to train a text to speech model"),
    ("Languages of Kenya", "Which languages of Kenya have more than 10 hours of speech?"),
    ("Public domain, 100 hours", "Speech with at least 100 validated hours, CC0"),
)
PICKED_AT_MOST = 6
PATIENCE_WITH_PAGE_S = 6
TOO_FAST = "That was a lot within a minute. Please wait {seconds} s and ask again."
NOT_SIGNED_IN = (
    "This page's sign-in could not be confirmed, so I treat you as a visitor: you can search and "
    "ask about terms, and give your address when you file a request."
)


@cl.data_layer  # type: ignore[untyped-decorator]
def no_layer() -> None:
    """None: Chainlit would open one of its own on DATABASE_URL, with tables that are not there."""


@cl.set_starters  # type: ignore[untyped-decorator]
async def starters(_user: object = None) -> list[cl.Starter]:
    """Questions to begin with."""
    return [cl.Starter(label=label, message=message) for label, message in STARTERS]


@cl.on_message  # type: ignore[untyped-decorator]
async def on_message(message: cl.Message) -> None:
    """Answer what was typed."""
    await answer(message.content)


@cl.action_callback("explain")  # type: ignore[untyped-decorator]
async def on_explain(action: cl.Action) -> None:
    """Explain one card's terms for the use that was spoken of."""
    card_id = action.payload.get("id")
    if isinstance(card_id, str):
        await said(f"Explain the terms of {action.payload.get('name') or card_id}")
        await answer("Explain the terms of this dataset", about=card_id)


@cl.action_callback("compare")  # type: ignore[untyped-decorator]
async def on_compare(action: cl.Action) -> None:
    """Put the picked cards side by side."""
    ids = action.payload.get("ids")
    if isinstance(ids, list) and all(isinstance(card_id, str) for card_id in ids):
        await said("Compare the picked datasets")
        await compare(ids[:PICKED_AT_MOST])


async def said(words: str) -> None:
    """Show a pressed button as words of the person, so that the conversation can be read."""
    await cl.Message(content=render.clean(words), type="user_message").send()


async def around() -> page.Page:
    """What the page around the widget says of itself; nothing where the chat is a page itself."""
    if cl.context.session.client_type != "copilot":
        return page.Page()
    said = await cl.context.emitter.send_call_fn("page", {}, timeout=PATIENCE_WITH_PAGE_S)
    return page.read(said)


async def speaker(said: page.Page) -> Asker:
    """Who speaks: whom the page's site vouches for, or a visitor."""
    nobody = Asker(id=f"chat:{cl.user_session.get('id')}")
    if not said.token:
        return nobody
    identity = wiring.shared_identity()
    found = await asyncio.to_thread(identity.asker_from_site_token, said.token, now=wiring.now())
    if isinstance(found, Asker):
        return found
    LOG.warning("widget: %s (%s)", found.text, found.why)
    if cl.user_session.get("told_refused") is None:
        cl.user_session.set("told_refused", "yes")
        await cl.Message(content=NOT_SIGNED_IN).send()
    return nobody


async def answer(text: str, *, about: str | None = None) -> None:
    """Ask the desk in a thread and send what it says."""
    conversation = str(cl.user_session.get("id"))
    said = await around()
    asker = await speaker(said)
    wait_s = wiring.shared_rate().take(asker.id)
    if wait_s:
        await cl.Message(content=TOO_FAST.format(seconds=math.ceil(wait_s))).send()
        return
    question = Question(
        text=text,
        conversation=conversation,
        asker=asker,
        language=said.language,
        viewing=await in_view(said),
        about=about,
    )
    try:
        reply: Reply = await cl.make_async(wiring.shared_desk().ask)(question)
    except Exception:
        LOG.exception("conversation %s: no answer", conversation)
        await cl.Message(
            content="That did not work: an error on our side, which is now in the server's log. "
            "Nothing you said is lost; please try again."
        ).send()
        return
    # What a comparison is judged for: the use that the conversation is about.
    judged = (*reply.options, *reply.nearest)
    cl.user_session.set("use", judged[0].verdict.use if judged else reply.need.use)
    await send(reply)


async def in_view(said: page.Page) -> str | None:
    """The id of the dataset that the page shows, where the catalogue has it."""
    if not said.dataset:
        return None
    stored = await asyncio.to_thread(wiring.shared_desk().show, said.dataset)
    return stored.card.id if stored is not None else None


async def send(reply: Reply) -> None:
    """The words as Markdown with nothing of a stranger's alive in it, the rest as elements."""
    shown = [element("Figures", elements.figures(chart)) for chart in reply.charts]
    shown += [
        element("Sheet", elements.sheet(table)) for table in render.tables_beside_charts(reply)
    ]
    props = elements.results(reply)
    if props is not None:
        shown.append(element("Results", props))
    # The page keeps line ends as they are; Markdown's hard breaks would double them.
    words = render.prose(reply.text).replace("  \n", "\n")
    await cl.Message(content=words, elements=shown).send()


def element(name: str, props: Mapping[str, object]) -> cl.CustomElement:
    """One of the page's own elements."""
    return cl.CustomElement(name=name, props=dict(props), display="inline")


async def compare(card_ids: list[str]) -> None:
    """The comparison for the use spoken of, or why there is none."""
    use: Use | None = cl.user_session.get("use")
    try:
        table: Table = await cl.make_async(wiring.shared_desk().compare)(card_ids, use)
    except UnknownDataset as unknown:
        await cl.Message(content=render.escape(str(unknown))).send()
        return
    await cl.Message(content="", elements=[element("Sheet", elements.sheet(table))]).send()
