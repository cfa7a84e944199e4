"""Stops the server so that whoever is being answered still gets the whole answer."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Callable

import uvicorn

LOG = logging.getLogger("dataset_assistant.serve")
GRACE_S = 25.0
"""How long open answers may take after the order to stop; proxies and engines often allow 30."""
_FLUSH_S = 0.3
"""For the last words of an answer to leave."""


class Server(uvicorn.Server):
    """Tells the address once the server answers there, and lets open answers finish."""

    def __init__(
        self,
        config: uvicorn.Config,
        announce: Callable[[], None],
        *,
        open_answers: Callable[[], int],
        grace_s: float = GRACE_S,
    ) -> None:
        super().__init__(config)
        self._announce = announce
        self._open_answers = open_answers
        self._grace_s = grace_s

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets=sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody new, wait for the open answers, then close what is left."""
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        await self._finish()
        await super().shutdown(sockets=sockets)

    async def _finish(self) -> None:
        ends = time.monotonic() + self._grace_s
        waited = False
        while (count := self._open_answers()) and not self.force_exit:
            if time.monotonic() > ends:
                LOG.warning("stopping with %d answers unfinished after %.0f s", count, GRACE_S)
                return
            waited = True
            await asyncio.sleep(0.05)
        if waited:
            await asyncio.sleep(_FLUSH_S)


def open_answers() -> int:
    """Conversations of the chat in which an answer is being made."""
    from chainlit.session import ws_sessions_id

    tasks = [session.current_task for session in ws_sessions_id.values()]
    return sum(task is not None and not task.done() for task in tasks)
