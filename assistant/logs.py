"""How the server logs: lines for people or JSON for machines, and nothing personal in either.

Addresses, tokens, keys and passwords in addresses are taken out of the finished line, so that it
does not matter who logged them, or in which error they stood.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal, TextIO

Kind = Literal["text", "json"]
NOISY = (
    "httpx",
    "alembic",
    "sentence_transformers",
    "chainlit",
    "mcp",
    "engineio",
    "socketio",
    "httpx2",
)
LONGEST = 20_000
"""Characters of a line; a longer one is cut, so that no line takes long to be read."""
_HIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(://)[^\s/@:]{0,200}:[^\s/@]{1,200}@"), r"\1[hidden]@"),
    # Any spelling of an address, percent-encoded too.
    (
        re.compile(
            r"[^\s@<>\"'(),;:=/?&]{1,64}(?:@|%40)"
            r"[^\s@<>\"'(),;:=/?&.]{1,63}(?:\.[^\s@<>\"'(),;:=/?&.]{1,63}){1,8}"
        ),
        "[address]",
    ),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.?[\w-]*"), "[token]"),
    (re.compile(r"\bda_[0-9a-f]{6,}_[\w-]+"), "[key]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 [token]"),
    (
        re.compile(
            r"(?i)((?:token|secret|password|cookie|key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?)"
            r"[^\s\"'&,;)}\]]{6,}"
        ),
        r"\1[hidden]",
    ),
    # Sealed notes, cookies and signatures: long runs with letters of both cases and digits.
    (
        re.compile(r"(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{32,}=*"),
        "[token]",
    ),
)


def hide(text: str) -> str:
    """The text without addresses, tokens, keys and passwords."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]} [cut]"
    for pattern, shown in _HIDDEN:
        text = pattern.sub(shown, text)
    return text


class Lines(logging.Formatter):
    """One line for people: when, how bad, who says it, what."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, with nothing personal in it."""
        return hide(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, *, clock: Callable[[float], datetime] | None = None) -> None:
        super().__init__()
        self._clock = clock or (lambda at: datetime.fromtimestamp(at, UTC))

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, with nothing personal in it."""
        said: dict[str, object] = {
            "at": self._clock(record.created).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hide(record.getMessage()),
        }
        if record.exc_info:
            said["error"] = hide(self.formatException(record.exc_info))
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            said |= {
                str(name): hide(value) if isinstance(value, str) else value
                for name, value in fields.items()
                if name not in said
            }
        return json.dumps(said, ensure_ascii=False, default=lambda odd: hide(str(odd)))


def set_up(kind: Kind, *, stream: TextIO | None = None) -> None:
    """Let every logger of this process speak in one way."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # Servers and the chat bring handlers of their own, which would pass our formatter by.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "chainlit"):
        own = logging.getLogger(name)
        own.handlers.clear()
        own.propagate = True
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
