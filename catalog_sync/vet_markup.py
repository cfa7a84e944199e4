"""Finds text that is made to act, or to be read by a machine and not by a person.

Pure. Markup as such is no offence: a face escapes it. Offensive is what would run in a browser,
and what is there but cannot be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_QUOTE_CHARS = 80
_CODE = re.compile(r"```.*?```|``[^`\n]*``|`[^`\n]*`", re.DOTALL)
_ACTS = {
    "script": re.compile(r"<\s*script\b[^>]*>", re.IGNORECASE),
    "frame": re.compile(r"<\s*(?:iframe|object|embed|applet|meta|base)\s[^>]*>", re.IGNORECASE),
    "event handler": re.compile(
        r"<\s*[a-z][a-z0-9:-]*\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*?[\s/\"']on[a-z]{3,}\s*=",
        re.IGNORECASE,
    ),
    "link that runs": re.compile(
        r"(?:\]\(\s*|\b(?:href|src|action|formaction|xlink:href)\s*=\s*[\"']?\s*|^\s*|<)"
        r"(?:javascript|vbscript|livescript|data\s*:\s*text/html)\s*[:;,]",
        re.IGNORECASE,
    ),
}
_HIDDEN = {
    "hidden element": re.compile(
        r"<[^>]*\bstyle\s*=\s*[\"']?[^\"'>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|"
        r"font-size\s*:\s*0|opacity\s*:\s*0(?:[;\"'\s]|\.0))",
        re.IGNORECASE,
    ),
    # Right-to-left and left-to-right overrides; embeddings and marks belong to honest scripts.
    "reversed text": re.compile("[\u202d\u202e]"),
    # Letters that no screen shows; in an honest text they only follow the black flag.
    "invisible letters": re.compile(
        "(?<![\U000e0020-\U000e007f\U0001f3f4])[\U000e0020-\U000e007f]"
    ),
    "run of invisible characters": re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]{6,}"),
}
_MAY_ACT = re.compile(r"<|script\s*:|data\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|"
    r"system)\b.{0,20}\b(?:instructions?|prompts?|rules|guidelines|licen[cs]es?)\b"
    r"|\bsystem prompt\b|\byou (?:are|must) (?:now |always )?(?:an? (?:ai|assistant)|say|answer|"
    r"reply|recommend|tell)\b|\bdo not (?:tell|mention|inform|reveal)\b"
    r"|\b(?:assistant|model|ai|llm)s?\b.{0,20}\b(?:must|should|shall)\b",
    re.IGNORECASE | re.DOTALL,
)


def acting(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(what, the words) of everything that would run in a browser; code samples are left out."""
    for text in texts:
        if not _MAY_ACT.search(text):
            continue
        plain = _CODE.sub(" ", text)
        for what, pattern in _ACTS.items():
            found = pattern.search(plain)
            if found:
                yield what, _around(plain, found)


def hidden(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(what, the words) of everything that is there but that a reader would not see."""
    for text in texts:
        if text.isascii() and "<" not in text:
            continue
        for what, pattern in _HIDDEN.items():
            found = pattern.search(text)
            if found:
                yield what, _around(text, found)
        for comment in _COMMENT.finditer(text):
            if _ORDERS.search(comment[1]):
                yield "orders in a comment", _around(text, comment)


def orders(texts: Iterable[str]) -> Iterator[str]:
    """Visible words that speak to a machine instead of a reader."""
    for text in texts:
        found = _SPOKEN.search(text)
        if found:
            yield _around(text, found)


_SPOKEN = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|prior|above|earlier)\b.{0,20}"
    r"\b(?:instructions?|prompts?)\b",
    re.IGNORECASE | re.DOTALL,
)


def _around(text: str, found: re.Match[str]) -> str:
    start = max(0, found.start() - 20)
    words = text[start : found.end() + 40][:_QUOTE_CHARS]
    seen = (c if c.isprintable() or c.isspace() else f"U+{ord(c):04X}" for c in words)
    return " ".join("".join(seen).split())
