"""Notes that this server gives away and gets back, sealed: cookies, links' tokens, and others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from assistant.secret import Box, SecretError

_LONGEST = 4096


class Notes:
    """Seals and opens notes; nobody else can read or make one."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def seal(self, what: str, said: Mapping[str, str | float]) -> str:
        """A note of the matter `what`; `said` names its end, "ends", in seconds of the epoch."""
        return self._box.seal(json.dumps({**said, "what": what}, separators=(",", ":")))

    def open(self, what: str, sealed: str, now: datetime) -> dict[str, object] | None:
        """What the note says; None when it is not ours, of another matter, or too old."""
        if not sealed or len(sealed) > _LONGEST:
            return None
        try:
            said = json.loads(self._box.open(sealed))
        except (SecretError, ValueError):
            return None
        if not isinstance(said, dict) or said.get("what") != what:
            return None
        return said if _seconds(said.get("ends")) > now.timestamp() else None


def moment(value: object) -> datetime:
    """A note's end as a moment."""
    return datetime.fromtimestamp(_seconds(value), UTC)


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
