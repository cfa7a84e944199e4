"""A person in the chat without a browser: one socket, one question after the other."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp
import socketio


class Talker:
    """One conversation with a running server."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._web: aiohttp.ClientSession | None = None
        self._socket: socketio.AsyncClient | None = None
        self._ended = asyncio.Event()
        self.said: list[str] = []
        """What the server said, in its order."""

    async def arrive(self) -> None:
        """Open the chat as its page does."""
        # A program has one address: cookies of an address of numbers are kept only if asked for.
        self._web = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with self._web.post(f"{self._address}/auth/header", json={}):
            pass
        self._socket = socketio.AsyncClient(http_session=self._web, reconnection=False)
        self._socket.on("new_message", self._heard)
        self._socket.on("task_end", self._end)
        who = {"sessionId": str(uuid4()), "clientType": "webapp", "threadId": "",
               "userEnv": "{}", "chatProfile": ""}  # fmt: skip
        await self._socket.connect(
            self._address, socketio_path="/ws/socket.io", auth=who, transports=["websocket"]
        )
        await self._socket.emit("connection_successful")
        # It says once that nothing is under way.
        await asyncio.wait_for(self._ended.wait(), 60)

    async def ask(self, words: str, *, patience_s: float = 60) -> float:
        """Say something and wait until the whole answer is there; the seconds it took."""
        await self.say(words)
        started = time.perf_counter()
        await self.answered(patience_s=patience_s)
        return time.perf_counter() - started

    async def say(self, words: str) -> None:
        """Say something and wait for nothing."""
        assert self._socket is not None, "arrive first"
        self._ended.clear()
        message = {
            "id": str(uuid4()), "name": "user", "type": "user_message", "output": words,
            "createdAt": datetime.now(UTC).isoformat(),
        }  # fmt: skip
        await self._socket.emit("client_message", {"message": message, "fileReferences": []})

    async def answered(self, *, patience_s: float = 60) -> None:
        """Wait until the whole answer is there."""
        await asyncio.wait_for(self._ended.wait(), patience_s)

    async def leave(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            await self._socket.disconnect()
        if self._web is not None:
            await self._web.close()

    async def _heard(self, step: dict[str, object]) -> None:
        if step.get("type") == "assistant_message":
            self.said.append(str(step.get("output", "")))

    async def _end(self, *_: object) -> None:
        self._ended.set()
