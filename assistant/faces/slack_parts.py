"""The small parts of Slack's messages, each cut to the limits that Slack documents. Pure.

Whatever a stranger wrote goes into rich text or plain text, where nothing is markup: no mention,
link or formatting of theirs comes alive.
Limits: https://docs.slack.dev/reference/block-kit/blocks, read 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.faces import render

Block = dict[str, object]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
ACTIONS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
OPTION_TEXT = 75
OPTION_VALUE = 150
BLOCK_ID = 255
HEADER = 150
FIELD = 2000
FIELDS = 10
ALT_TEXT = 2000
VIEW_TITLE = 24
INPUT_LABEL = 2000
INPUT_LENGTH = 3000
URL = 3000
FALLBACK = 3000
"""Of a message's `text`: what a notification and a screen reader say."""
RICH = 2800
"""Of one rich text block; Slack cuts a section at 3000 and documents no other figure for these."""
PROSE = 9000
"""Of all the words of one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, whole and within the limits."""

    blocks: tuple[Block, ...]
    text: str
    """The same in plain words: for notifications and screen readers; already escaped."""


def message(blocks: Iterable[Block], text: str) -> Message:
    """The blocks that fit, and the plain words beside them."""
    kept = tuple(blocks)
    if len(kept) > MESSAGE_BLOCKS:
        left_off = note("There is more than one message can hold; ask for a part of it.")
        kept = (*kept[: MESSAGE_BLOCKS - 1], left_off)
    return Message(blocks=kept, text=escape(cut(text, FALLBACK // 2)))


def length(text: str) -> int:
    """Characters as Slack's clients count them, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, ended at a word."""
    if length(text) <= limit:
        return text
    kept = text[: limit - 2]
    while length(kept) > limit - 2:
        kept = kept[:-1]
    at_word = (kept.rsplit(None, 1) or [""])[0] if any(map(str.isspace, kept)) else kept
    return at_word.rstrip(" ,;.\n") + " …"


def escape(text: str) -> str:
    """Words that Slack's markup shows as they are; no mention or link is left in them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def words(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    """A run of words in rich text."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def link(text: str, url: str | None, *, bold: bool = False) -> Block:
    """Words that lead to an address; plain words where there is none that a page may link to."""
    safe = render.safe_url(url)
    if safe is None or length(safe) > URL:
        return words(text, bold=bold)
    return {
        "type": "link",
        "url": safe,
        "text": text,
        **({"style": {"bold": True}} if bold else {}),
    }


def person(user: str) -> Block:
    """A member by their id; tells them of the message."""
    return {"type": "user", "user_id": user}


def section(*elements: Block) -> Block:
    """A paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def rich(*paragraphs: Block) -> Block:
    """A block of rich text."""
    return {"type": "rich_text", "elements": list(paragraphs)}


def note(text: str) -> Block:
    """Small grey words."""
    element = {"type": "plain_text", "text": cut(render.clean(text), FIELD), "emoji": True}
    return {"type": "context", "elements": [element]}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def plain(text: str, limit: int) -> Block:
    """Plain text with nothing alive in it."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(
    action: str, label: str, value: str = "", *, url: str | None = None, style: str = ""
) -> Block:
    """A button; `value` comes back when it is pressed. The caller keeps it within the limit."""
    made: Block = {"type": "button", "action_id": action, "text": plain(label, BUTTON_TEXT)}
    if value:
        made["value"] = value
    if url is not None:
        made["url"] = url
    if style:
        made["style"] = style
    return made


def choice(action: str, hint: str, options: Sequence[tuple[str, str]]) -> Block:
    """A menu of (label, value); what is too long to come back whole is left off."""
    fit = [(label, value) for label, value in options if length(value) <= OPTION_VALUE]
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(hint, OPTION_TEXT),
        "options": [
            {"text": plain(label, OPTION_TEXT), "value": value} for label, value in fit[:100]
        ],
    }


def actions(elements: Sequence[Block], block_id: str = "") -> list[Block]:
    """A row of buttons, as a list so that an empty one is no block at all."""
    if not elements:
        return []
    made: Block = {"type": "actions", "elements": list(elements[:ACTIONS])}
    if block_id:
        made["block_id"] = block_id
    return [made]


def image(file_id: str, *, title: str, alt: str) -> Block:
    """An uploaded picture with the words for those who cannot see it."""
    return {
        "type": "image",
        "slack_file": {"id": file_id},
        "alt_text": cut(alt, ALT_TEXT),
        "title": plain(title, FIELD),
    }


def prose(text: str) -> list[Block]:
    """Words of several lines in as many blocks as they need; a dash begins a point of a list."""
    blocks: list[Block] = []
    paragraphs: list[Block] = []
    used = 0
    for line in _lines(cut(text, PROSE)):
        if used and used + length(line) > RICH:
            blocks.append(rich(*paragraphs))
            paragraphs, used = [], 0
        used += length(line) + 1
        _add(paragraphs, line)
    return [*blocks, rich(*paragraphs)] if paragraphs else blocks


def _lines(text: str) -> Iterable[str]:
    """The lines, none longer than a block holds: a longer one goes on at a word."""
    for line in text.splitlines():
        rest = render.clean(line)
        bullet = "- " if line.lstrip().startswith(("- ", "• ")) else ""
        while length(rest) > RICH:
            head = cut(rest, RICH - 2)
            yield head.removesuffix(" …")
            rest = f"{bullet}{rest[len(head.removesuffix(' …')) :].lstrip(' ,;.')}"
        yield rest


def _add(paragraphs: list[Block], line: str) -> None:
    bullet = line.startswith(("- ", "• "))
    said = section(words(line[2:] if bullet else line or " "))
    last = paragraphs[-1] if paragraphs else None
    if not bullet:
        if last is not None and last["type"] == "rich_text_section":
            elements = last["elements"]
            if isinstance(elements, list):
                elements.append(words(f"\n{line}"))
            return
        paragraphs.append(said)
    elif last is not None and last["type"] == "rich_text_list":
        elements = last["elements"]
        if isinstance(elements, list):
            elements.append(said)
    else:
        paragraphs.append({"type": "rich_text_list", "style": "bullet", "elements": [said]})


def monospaced(text: str) -> Block:
    """Words in columns."""
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def spaced(lines: list[Block]) -> list[Block]:
    """Sections of rich text run together, so each but the last ends its line."""
    for line in lines[:-1]:
        elements = line["elements"]
        if isinstance(elements, list):
            elements.append(words("\n"))
    return lines
