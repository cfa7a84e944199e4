"""The Chainlit face: a message goes to the desk, its reply comes back as words and cards.

Only translates. Started by `dataset-assistant serve`, which sets Chainlit up first.
"""

from __future__ import annotations

import asyncio
import logging
import math
import uuid
from collections.abc import Mapping
from functools import cache

import chainlit as cl
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from assistant import wiring
from assistant.desk import UnknownDataset
from assistant.faces import (
    chat_asker,
    chat_export,
    chat_signin,
    chat_stream,
    chat_words,
    elements,
    elements_beside,
    render,
    transcript,
    welcome,
    written,
)
from assistant.faces import elements_labels as labels
from assistant.faces.chat_history import LAST_TURNS, Answer, ChatHistory
from assistant.faces.chat_messenger import Messenger
from assistant.faces.chat_request import Counter
from assistant.faces.elements_labels import Props
from assistant.need import Asker
from assistant.reply import Question, Reply

LOG = logging.getLogger("dataset_assistant.chat")
SHOW_MORE = "show more"


@cl.data_layer  # type: ignore[untyped-decorator]
@cache
def history() -> ChatHistory:
    """Where conversations and thumbs are kept."""
    return ChatHistory(wiring.shared_desk)


@cl.header_auth_callback  # type: ignore[untyped-decorator]
async def who(headers: Headers) -> cl.User:
    """Whoever speaks; somebody new of whom nothing is known otherwise, so nobody must log in."""
    identity = wiring.shared_identity()
    connection = HTTPConnection({"type": "http", "headers": headers.raw})
    found = await cl.make_async(chat_signin.speaker)(connection, identity)
    return chat_signin.user(found or identity.visitor())


@cl.set_starters  # type: ignore[untyped-decorator]
async def starters(_user: object = None, language: str | None = None) -> list[cl.Starter]:
    """Six questions to begin with, in the browser's language where we have it."""
    return [
        cl.Starter(label=each.label, message=each.says, icon=f"/public/icons/{each.subject}.svg")
        for each in welcome.words(language or "en").starters
    ]


@cl.on_message  # type: ignore[untyped-decorator]
async def on_message(message: cl.Message) -> None:
    """Answer what was typed."""
    # A button of ours sends its command along with the words that stand on it.
    pressed = message.command is not None
    text = message.command if pressed else message.content
    await answer(text, shown=message.content, pressed=pressed)


@cl.on_chat_resume  # type: ignore[untyped-decorator]
async def on_resume(_thread: object) -> None:
    """Go on where the conversation was; what it was about is in the desk's memory."""
    page = await chat_asker.around()
    chat_words.begin(wiring.shared_desk().books.of(page.language))


@cl.on_window_message  # type: ignore[untyped-decorator]
async def on_window_message(said: object) -> None:
    """The page's own buttons: export, and forget me, which asks once more."""
    wish = said.get("assistant") if isinstance(said, dict) else None
    if wish == "export":
        await chat_export.export(wiring.now(), chat_words.phrases())
    elif wish == "forget":
        asked = labels.of("forget", chat_words.phrases())
        await cl.Message(content="", elements=[element("Forget", asked)]).send()


@cl.action_callback("explain")  # type: ignore[untyped-decorator]
async def on_explain(action: cl.Action) -> None:
    """Explain one card's terms for the use that was spoken of: in brief here, in full beside."""
    card_id = action.payload.get("id")
    stored = await cl.make_async(wiring.shared_desk().show)(card_id) if is_id(card_id) else None
    if stored is None:
        await chat_words.say("chat_gone")
        return
    name = render.clean(stored.card.name) or stored.card.id
    await chat_words.said("card_explain", name=name)
    reply = await ask("Explain the terms of this dataset", about=stored.card.id, pressed=True)
    if reply is None:
        return
    desk, phrases = wiring.shared_desk(), reply.phrases
    panel = await cl.make_async(elements_beside.shown)(
        desk, stored.card, chat_words.use(), asker=await speaker(), phrases=phrases
    )
    await tell(transcript.words(f"{name}\n{panel['paragraph']}"), question="Explain the terms")
    await cl.ElementSidebar.set_elements([element("Beside", panel)], key=uuid.uuid4().hex)
    await cl.ElementSidebar.set_title(phrases.say("panel_title"))


@cl.action_callback("compare")  # type: ignore[untyped-decorator]
async def on_compare(action: cl.Action) -> None:
    """Put the picked cards side by side, for the use spoken of."""
    ids = action.payload.get("ids")
    if not isinstance(ids, list) or not all(map(is_id, ids)):
        return
    phrases = chat_words.phrases()
    await chat_words.said("chat_compare")
    picked = list(dict.fromkeys(ids))[: elements.COMPARED_AT_MOST]
    try:
        table = await cl.make_async(wiring.shared_desk().compare)(
            picked, chat_words.use(), asker=await speaker(), language=phrases.tag
        )
    except UnknownDataset:
        await chat_words.say("chat_gone")
        return
    chat_export.note(transcript.compared(table))
    await cl.Message(content="", elements=[element("Sheet", elements.sheet(table, phrases))]).send()


@cl.action_callback("request")  # type: ignore[untyped-decorator]
async def on_request(action: cl.Action) -> None:
    """Ask for access to this dataset."""
    card_id = action.payload.get("id")
    stored = await cl.make_async(wiring.shared_desk().show)(card_id) if is_id(card_id) else None
    if stored is not None:
        await chat_words.said("card_request", name=render.clean(stored.card.name))
        await (await counter()).begin(stored.card.id, chat_words.use())


@cl.action_callback("request_step")  # type: ignore[untyped-decorator]
async def on_request_step(action: cl.Action) -> None:
    """A press in the form of a request."""
    await (await counter()).step(action.payload)


@cl.action_callback("more")  # type: ignore[untyped-decorator]
async def on_more(action: cl.Action) -> Props | None:
    """The next cards of the newest list; None for an older one: the talk has moved on."""
    if action.payload.get("list") != cl.user_session.get("list"):
        return None
    reply = await ask(SHOW_MORE, pressed=True)
    if reply is None or reply.intent != "more":
        return None
    chat_export.note(transcript.answered(reply))
    return elements.more(reply)


@cl.action_callback("forget")  # type: ignore[untyped-decorator]
async def on_forget(_action: cl.Action) -> None:
    """Delete everything of the one who asks."""
    asker = await speaker()
    desk = wiring.shared_desk()
    await cl.make_async(desk.forget)(asker.id)
    if asker.email is not None:
        await cl.make_async(lambda: desk.office.person.erase(asker))()
        await cl.make_async(wiring.shared_identity().end_all)(asker)
    history().forget(asker.id)
    for key in ("said", "use", "list", "turns", "spoken"):
        cl.user_session.set(key, None)


async def counter() -> Counter:
    """The one who speaks, at the office of requests."""
    office = await cl.make_async(lambda: wiring.shared_desk().office)()
    messenger = Messenger(office=office, asker=await speaker())
    return Counter(messenger=messenger, clock=wiring.now, phrases=chat_words.phrases())


def is_id(value: object) -> bool:
    """Whether a browser's value may be a card's id."""
    return isinstance(value, str) and 0 < len(value) <= 300


async def speaker() -> Asker:
    """Who speaks."""
    return await chat_asker.speaker(await chat_asker.around(), wiring.shared_identity())


async def answer(text: str, *, shown: str, pressed: bool) -> None:
    """Ask the desk in a thread and send what it says; `shown` is what the chat shows was said."""
    chat_export.note(transcript.person(shown))
    spoken = chat_stream.Spoken()
    reply = await ask(text, pressed=pressed, spoken=spoken)
    if reply is None:
        return
    await send(reply, question=text, spoken=spoken)
    wanted = next((each.card_ids for each in reply.offers if each.kind == "request"), ())
    if reply.intent == "request" and wanted:
        await (await counter()).begin(wanted[0], chat_words.use())
    elif reply.intent == "status":
        await (await counter()).list()


async def ask(
    text: str,
    *,
    pressed: bool,
    about: str | None = None,
    spoken: chat_stream.Spoken | None = None,
) -> Reply | None:
    """The desk's answer; None after saying that there is none. A press on stop ends it."""
    spoken = spoken or chat_stream.Spoken(silent=True)
    page = await chat_asker.around()
    chat_words.begin(wiring.shared_desk().books.of(page.language))
    asker = await chat_asker.speaker(page, wiring.shared_identity())
    cl.user_session.set("asker", asker.id)
    wait_s = wiring.shared_rate().take(asker.id)
    if wait_s:
        await chat_words.say("chat_too_fast", seconds=str(math.ceil(wait_s)))
        return None
    question = Question(
        text=text,
        conversation=f"{asker.id}:{cl.context.session.thread_id}",
        asker=asker,
        language=page.language,
        pressed=pressed,
        viewing=await chat_asker.in_view(page, wiring.shared_desk()),
        about=about,
    )
    try:
        reply: Reply = await cl.make_async(wiring.shared_desk().ask)(
            question, on_text=spoken.hear, is_stopped=spoken.is_stopped
        )
    except asyncio.CancelledError:
        await spoken.stop()
        raise
    except Exception:
        LOG.exception("conversation %s: no answer", cl.context.session.thread_id)
        await chat_words.say("chat_failed")
        return None
    chat_words.hear(reply)
    return reply


async def send(reply: Reply, *, question: str, spoken: chat_stream.Spoken) -> None:
    """The words as Markdown with nothing of a stranger's alive in it, the rest as elements."""
    phrases = reply.phrases
    shown = [element("Figures", elements.figures(chart, phrases)) for chart in reply.charts]
    tables = written.tables_beside_charts(reply)
    shown += [element("Sheet", elements.sheet(table, phrases)) for table in tables]
    props = elements.results(reply)
    if props is not None:
        if reply.options:
            cl.user_session.set("list", uuid.uuid4().hex)
        shown.append(element("Results", {**props, "list": cl.user_session.get("list")}))
    chat_export.note(transcript.answered(reply))
    ids = tuple(option.card.id for option in (*reply.options, *reply.nearest))
    message = spoken.finish(chat_stream.shown(reply.text))
    await post(message, question=question, ids=ids, shown=shown)


async def tell(turn: transcript.Said, *, question: str) -> None:
    """Words of the assistant alone."""
    chat_export.note(turn)
    await post(cl.Message(content=turn.markdown.replace("  \n", "\n")), question=question)


async def post(
    message: cl.Message,
    *,
    question: str,
    ids: tuple[str, ...] = (),
    shown: list[cl.CustomElement] | None = None,
) -> None:
    """Send an answer that can be judged by a thumb."""
    turns = (*(cl.user_session.get("turns") or ()), question)[-LAST_TURNS:]
    cl.user_session.set("turns", list(turns))
    message.elements = shown or []
    message.metadata = {"turns": list(turns), "shown": list(ids)}
    await message.send()
    answered = Answer(asker=str(cl.user_session.get("asker")), turns=turns, shown=ids)
    history().remember((message.id, message.parent_id), answered)


def element(name: str, props: Mapping[str, object]) -> cl.CustomElement:
    """One of the page's own elements."""
    return cl.CustomElement(name=name, props=dict(props), display="inline")
