"""Words of a catalogue made safe to keep: bounded, one kind of blank, nothing invisible.

Markup is left as it stands: what is hostile is for `vet` to see and for a face to escape.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Joiners that Indic, Persian and Arabic spelling needs stay: U+200C, U+200D, U+200E, U+200F.
_INVISIBLE = re.compile(
    "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u200b\\u2028\\u2029"
    "\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb\\U000e0000-\\U000e007f]"
)
_PLACEHOLDER = re.compile(
    r"\W*(?:more\s+information\s+needed|needs?\s+more\s+information|fill\s+up\s+manually.*|to\s+be\s+"
    r"(?:defined|determined|added|completed)|tbd|tba|todo|n/?a|none|null|unknown|not\s+specified|"
    r"unspecified|-+|\?+)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDER_CHARS = 80
_SENTENCE_END = re.compile(r"(?<=[.!?\u3002\u0964\u061f])\s+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SUMMARY_CHARS = 320


def clean(value: str | None, *, most: int) -> str:
    """At most `most` characters, without invisible ones; "" for silence and for placeholders."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", value.replace("\r\n", "\n")))
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(joined) <= _PLACEHOLDER_CHARS and _PLACEHOLDER.fullmatch(joined):
        return ""
    return _cut(joined, most)


def line(value: str | None, *, most: int) -> str:
    """As `clean`, on one line."""
    return _cut(" ".join(clean(value, most=most * 4).split()), most)


def summary_of(description: str) -> str:
    """The first sentences of a description, as many as are short."""
    words = re.sub(r"^[-*#>\s]+", "", " ".join(description.split()))
    if len(words) <= _SUMMARY_CHARS:
        return words
    taken = ""
    for sentence in _SENTENCE_END.split(words):
        longer = f"{taken} {sentence}".strip()
        if len(longer) > _SUMMARY_CHARS:
            break
        taken = longer
    return taken or _cut(words, _SUMMARY_CHARS)


def address(value: str | None) -> str | None:
    """An http(s) address; None for anything else, so that no other scheme becomes a link."""
    if value is None or re.search(r"[\s\x00-\x1f<>\"]", value):
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in {"http", "https"} and parts.netloc else None


def doi(value: str | None) -> str | None:
    """The DOI alone, lower case, out of a DOI or its address; None when it is none."""
    found = _DOI.search(value.strip()) if value else None
    return found[0].rstrip(".,;").lower() if found else None


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at_blank = head.rfind(" ")
    return (head[:at_blank] if at_blank > most // 2 else head).rstrip() + "…"
