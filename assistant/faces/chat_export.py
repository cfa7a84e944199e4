"""The conversation as a file to keep: what was said is noted as it is said."""

from __future__ import annotations

from datetime import datetime

import chainlit as cl

from assistant.faces import elements_labels as labels
from assistant.faces import render, transcript
from assistant.phrases import Phrases


def note(turn: transcript.Said) -> None:
    """Keep a turn for the export, as plain lists that outlive this process."""
    kept = cl.user_session.get("said") or []
    cl.user_session.set("said", [*kept, [turn.by, turn.markdown]])


async def export(at: datetime, phrases: Phrases) -> None:
    """Offer the conversation as a Markdown file."""
    kept = [
        transcript.Said(by=by, markdown=words) for by, words in cl.user_session.get("said") or []
    ]
    if not kept:
        await cl.Message(content=phrases.say("kept_nothing")).send()
        return
    first = next((one.markdown for one in kept if one.by == "person"), phrases.say("kept_title"))
    title = render.shorten(first.replace("\\", ""), 80)
    file = transcript.file_name(title, at=at)
    props = {
        **labels.of("export", phrases),
        "markdown": transcript.markdown(kept, title=title, at=at, phrases=phrases),
        "file": file,
        "download": phrases.say("kept_file", file=file),
    }
    element = cl.CustomElement(name="Export", props=props, display="inline")
    await cl.Message(content=phrases.say("kept_this"), elements=[element]).send()
