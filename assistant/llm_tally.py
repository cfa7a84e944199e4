"""What one call to a language model has brought so far, and when that is no answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.llm_pump import End, Event, Piece, Trouble
from assistant.llm_values import Usage

_CHARS_A_TOKEN = 8
"""A server that sends more characters than this for each token allowed does not end."""


class Failed(Exception):
    """One try came to nothing."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.kind)
        self.trouble = trouble


@dataclass(slots=True)
class Tally:
    """What one try has brought so far."""

    sent: int
    """Bytes of the prompt."""
    received: int = 0
    reached: bool = False
    finish: str | None = None
    told: Usage | None = None
    ended: bool = False

    def take(self, event: Event, most_tokens: int) -> str:
        """The text of the next event; raises `Failed` for an end that is none."""
        if isinstance(event, Trouble):
            self.reached = self.reached or event.kind in ("timeout", "cut_off", "wrong_json")
            raise Failed(event)
        if isinstance(event, End):
            self._end()
            return ""
        return self._piece(event, most_tokens)

    def _piece(self, piece: Piece, most_tokens: int) -> str:
        self.reached = True
        self.finish = piece.finish or self.finish
        self.told = piece.usage or self.told
        self.received += len(piece.text)
        if piece.refused or piece.finish == "content_filter":
            raise Failed(Trouble(kind="refused"))
        if piece.finish == "length" or self.received > most_tokens * _CHARS_A_TOKEN:
            raise Failed(Trouble(kind="endless"))
        return piece.text

    def _end(self) -> None:
        if self.finish is None:
            raise Failed(Trouble(kind="cut_off"))
        self.ended = True

    def usage(self) -> Usage:
        """As the server told, or estimated: four bytes a token and a little for the frame."""
        if self.told is not None:
            return self.told
        return Usage(input_tokens=self.sent // 4 + 8, output_tokens=self.received // 3 + 1)
