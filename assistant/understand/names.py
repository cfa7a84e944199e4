"""Names of datasets that a turn gives: those shut out, and those to find the like of. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOT_NAME = re.compile(
    r"\b(?:not|except|excluding|exclude|without|besides|other than|anything but|apart from)\s+"
    r"(?P<name>[A-Z][\w+.-]*[A-Z0-9][\w+.-]*(?:\s+[A-Z0-9][\w+.-]*){0,3})"
)
_LIKE = re.compile(
    r"\b(?P<before>[A-Z][\w.+-]*?[A-Z0-9]\w*)[- ](?:like|style|type)\b"
    r"|\b(?:like|similar to|in the style of|such as|akin to)\s+(?:the\s+)?"
    r"(?P<after>[A-Z][\w.+-]*[A-Z0-9]\w*)"
)


def shut_out(
    text: str, taken: tuple[tuple[int, int], ...], sources_not: Sequence[str]
) -> tuple[str, ...]:
    """Names that a turn shuts out, as written: "except XQuAD".

    Args:
        text: The turn.
        taken: Where languages, tasks, subjects and licences stand.
        sources_not: Sources that it shuts out.
    """
    names = ["common voice"] if "commonvoice" in sources_not else []
    for hit in _NOT_NAME.finditer(text):
        start, end = hit.span("name")
        if not any(s < end and start < e for s, e in taken):
            names.append(hit["name"])
    return tuple(names)


def alike(text: str) -> tuple[str, ...]:
    """Such as "XNLI-like", "similar to FLORES": names with capitals or figures inside."""
    return tuple(hit["before"] or hit["after"] for hit in _LIKE.finditer(text))
