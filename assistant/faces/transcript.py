"""A conversation as a Markdown file: what was said and shown, with nothing alive in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.faces import render, written
from assistant.phrases import ENGLISH, Phrases
from assistant.reply import Reply, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn."""

    by: Literal["person", "assistant"]
    markdown: str


def person(words: str) -> Said:
    """What the person said."""
    return Said(by="person", markdown=render.escape(words))


def answered(reply: Reply) -> Said:
    """What the assistant answered."""
    return Said(by="assistant", markdown=written.markdown(reply))


def words(text: str) -> Said:
    """Words of the assistant alone."""
    return Said(by="assistant", markdown=render.prose(text))


def compared(table: Table) -> Said:
    """A comparison."""
    return Said(by="assistant", markdown=written.table_markdown(table))


def markdown(said: Sequence[Said], *, title: str, at: datetime, phrases: Phrases = ENGLISH) -> str:
    """The whole conversation, oldest turn first."""
    when = phrases.say("kept_when", when=f"{at:%Y-%m-%d %H:%M}")
    head = f"# {render.escape(title)}\n\n{when} {phrases.say('kept_caution')}"
    names = {"person": f"**{phrases.say('kept_you')}** ", "assistant": ""}
    blocks = [f"{names[one.by]}{one.markdown}" for one in said if one.markdown.strip()]
    return "\n\n---\n\n".join([head, *blocks]) + "\n"


def file_name(title: str, *, at: datetime) -> str:
    """A file name that every system takes."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-")
    return f"{plain or 'conversation'}-{at:%Y%m%d}.md"
