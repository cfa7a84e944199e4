"""Shows the words of an answer as they come, where a model words it."""

from __future__ import annotations

import asyncio

import chainlit as cl

from assistant.faces import render


class Spoken:
    """One message that grows until the answer is whole."""

    def __init__(self, *, silent: bool = False) -> None:
        """`silent`: show nothing before the answer is whole."""
        self._silent = silent
        self.message = cl.Message(content="")
        self._loop = asyncio.get_running_loop()
        self._text = ""
        self._whole = False
        self._stopped = False

    def is_stopped(self) -> bool:
        """Whether the person pressed stop; asked from the thread that asks the desk."""
        return self._stopped

    async def stop(self) -> None:
        """Take no more words; what is shown stays, as a whole message."""
        self._stopped = self._whole = True
        if self._text:
            self.message.content = shown(self._text)
            await self.message.send()

    def hear(self, piece: str) -> None:
        """Take the next words; called from the thread that asks the desk."""
        if self._stopped or self._silent:
            return
        self._text += piece
        asyncio.run_coroutine_threadsafe(self._show(self._text), self._loop)

    async def _show(self, text: str) -> None:
        # Pieces may overtake one another; what is longer has everything in it.
        if not self._whole and len(text) == len(self._text):
            await self.message.stream_token(shown(text), is_sequence=True)

    def finish(self, words: str) -> cl.Message:
        """The message with its final words, ready to be sent."""
        self._whole = True
        self.message.content = words
        return self.message


def shown(text: str) -> str:
    """Markdown of words of ours and of strangers, with nothing alive in it.

    The page keeps line ends as they are; Markdown's hard breaks would double them.
    """
    return render.prose(text).replace("  \n", "\n")
