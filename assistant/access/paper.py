"""A letter as parts, and its two dresses: plain text and HTML. Pure.

Every word passes here before it is sent, so escaping and cleaning happen in one place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that hide or turn words round; tab and line break stay."""
_SUBJECT = 150
_LONGEST = 4000
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"></head>'
    '<body style="margin:0;padding:1.5rem;font:16px/1.5 sans-serif;color:#1a1a1a;'
    'background:#ffffff"><div style="max-width:36rem">{body}</div></body></html>'
)
_BUTTON = (
    "display:inline-block;padding:.6rem 1rem;background:#1d4f91;color:#ffffff;"
    "text-decoration:none;border-radius:.3rem"
)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody else, marked as theirs."""

    who: str
    """"They write", "The owner's question"."""
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with values; a row without a value is left out."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The thing to press."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each with its address, or none."""

    items: tuple[tuple[str, str | None], ...]


Part = Words | Said | Rows | Link | Items


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A letter ready to be sent."""

    subject: str
    """One line."""
    text: str
    html: str


def message(subject: str, parts: Sequence[Part], *, footer: str) -> Message:
    """The parts as plain text and as a page; whatever is in them stays text."""
    whole = (*parts, Words(footer))
    text = "\n\n".join(plain for part in whole if (plain := _plain(part)))
    body = "".join(_html(part) for part in whole)
    return Message(
        subject=one_line(subject)[:_SUBJECT], text=text + "\n", html=_PAGE.format(body=body)
    )


def one_line(text: str) -> str:
    """The text without line breaks and hidden characters."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """The text without characters that hide or turn words, not too long."""
    cleaned = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return cleaned if len(cleaned) <= _LONGEST else cleaned[:_LONGEST].rstrip() + " ..."


def web_address(url: str | None) -> str | None:
    """The address, when it is one that a browser opens; None otherwise."""
    found = clean(url or "")
    good = urlsplit(found) if not re.search(r"\s", found) else None
    return found if good and good.scheme in ("http", "https") and good.netloc else None


def _plain(part: Part) -> str:
    match part:
        case Words():
            return clean(part.text)
        case Said():
            said = "\n".join(f"> {line}".rstrip() for line in clean(part.text).split("\n"))
            return f"{part.who}:\n{said}" if clean(part.text) else ""
        case Rows():
            return "\n".join(f"{label}: {one_line(v)}" for label, v in part.rows if one_line(v))
        case Link():
            return f"{part.label}:\n{part.url}"
        case Items():
            return "\n".join(
                f"- {one_line(text)}" + (f"\n  {found}" if (found := web_address(url)) else "")
                for text, url in part.items
            )


def _html(part: Part) -> str:
    match part:
        case Words():
            return f"<p>{_lines(part.text)}</p>" if clean(part.text) else ""
        case Said():
            style = "margin:0 0 1rem;padding-left:.8rem;border-left:3px solid #b0b7c3"
            said = f'<p>{escape(part.who)}:</p><blockquote style="{style}">{_lines(part.text)}'
            return f"{said}</blockquote>" if clean(part.text) else ""
        case Rows():
            rows = "".join(
                '<tr><th style="text-align:left;vertical-align:top;padding:.1rem 1rem .1rem 0">'
                f"{escape(label)}</th><td>{escape(one_line(value))}</td></tr>"
                for label, value in part.rows
                if one_line(value)
            )
            return f"<table>{rows}</table>" if rows else ""
        case Link():
            return f'<p><a href="{escape(part.url)}" style="{_BUTTON}">{escape(part.label)}</a></p>'
        case Items():
            items = "".join(f"<li>{_item(text, url)}</li>" for text, url in part.items)
            return f"<ul>{items}</ul>"


def _item(text: str, url: str | None) -> str:
    shown, found = escape(one_line(text)), web_address(url)
    return shown if found is None else f'<a href="{escape(found)}">{shown}</a>'


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")
