"""The face for other assistants: the desk as tools of the Model Context Protocol (MCP).

Over standard input and output, or as one address of the web server. Reads, and drafts requests;
files none. Each call stands alone, so that any process may answer it.
"""

from __future__ import annotations

import functools
import inspect
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from io import TextIOWrapper
from typing import ParamSpec, TypeVar
from urllib.parse import unquote, urlsplit

import anyio
from anyio.to_thread import run_sync
from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.desk import Desk, UnknownDataset
from assistant.faces import mcp_words as words
from assistant.faces.mcp_caller import Callers, Gate
from assistant.faces.mcp_prompts import INSTRUCTIONS, PROMPTS
from assistant.faces.mcp_requests import RequestTools
from assistant.faces.mcp_tools import Tools, WrongCall
from assistant.identity import Identity
from assistant.rate import Rate
from assistant.terms.batch import BadRow

LOG = logging.getLogger("dataset_assistant.mcp")
NAME = "dataset-assistant"
PATH = "/mcp"
LARGEST_CALL = 256 * 1024
"""Bytes of one call over the web."""
READS = ToolAnnotations(
    readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
)
DRAFTS = ToolAnnotations(
    readOnlyHint=False, destructiveHint=False, idempotentHint=True, openWorldHint=False
)
OUR_FAULT = "That did not work: an error on our side, which is now in the log. Please try again."
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the tools are built from."""

    desk: Desk
    identity: Identity
    clock: Callable[[], datetime]
    url: str
    """Public address of the server without a slash at its end; empty: unknown."""
    own_key: str = field(default="", repr=False)
    """API key for calls that carry none of their own, as those over standard input do."""


def make_server(parts: Parts, *, hosts: Sequence[str] | None = None) -> FastMCP[None]:
    """Everything that is offered.

    Args:
        parts: What answers.
        hosts: Host headers that a call over the web may carry; None: any.
    """
    server: FastMCP[None] = FastMCP(
        NAME,
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        stateless_http=True,
        json_response=True,
        max_request_body_size=LARGEST_CALL,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=hosts is not None,
            allowed_hosts=list(hosts or ()),
            allowed_origins=[
                f"{scheme}://{h}" for h in hosts or () for scheme in ("http", "https")
            ],
        ),
    )
    callers = Callers(parts.identity, own_key=parts.own_key)
    tools = Tools(parts.desk, asker=lambda: callers.asker(call_of(server)))
    asking = RequestTools(
        parts.desk, parts.identity, key=lambda: callers.key(call_of(server)), url=parts.url,
        clock=parts.clock,
    )  # fmt: skip
    titles = (
        (tools.search_datasets, "Find datasets"),
        (tools.get_dataset, "Read one dataset"),
        (tools.check_use, "May I?"),
        (tools.combine_licences, "Put two together"),
        (tools.coverage, "Figures over the catalogue"),
        (tools.search, "Search"),
        (tools.fetch, "Fetch"),
        (asking.request_status, "How requests stand"),
        (asking.draft_access_request, "Draft a request for access"),
    )
    for tool, title in titles:
        server.add_tool(
            answered(tool),
            title=title,
            description=inspect.getdoc(tool),
            annotations=DRAFTS if tool == asking.draft_access_request else READS,
            structured_output=True,
        )
    add_resources(server, parts.desk, tools)
    for prompt, title in PROMPTS:
        server.prompt(title=title)(prompt)
    return server


def add_resources(server: FastMCP[None], desk: Desk, tools: Tools) -> None:
    """The catalogue's state, and each of its cards as plain text."""

    @server.resource("catalogue://about", title="What the catalogue holds", mime_type="text/plain")
    async def about() -> str:
        """Each source with its number of datasets and when it was last read whole."""
        sources = await run_sync(desk.freshness)
        lines = [
            f"{one.source}: {one.visible} datasets, "
            + (f"read whole {one.complete_at:%Y-%m-%d}" if one.complete_at else "never read whole")
            for one in sources
        ]
        return "\n".join(lines) or "The catalogue is empty: nothing was synced yet."

    # Plain text, because Markdown of strangers could carry links and images that act.
    @server.resource(words.RESOURCE + "{id}", title="One dataset", mime_type="text/plain")
    async def dataset(id: str) -> str:
        """A dataset's card: facts, terms with their clauses, and the owner's own words."""
        return (await answered(tools.fetch)(unquote(id))).text


def call_of(server: FastMCP[None]) -> Request | None:
    """The call under way; None where it did not come over the web."""
    request = server.get_context().request_context.request
    return request if isinstance(request, Request) else None


def answered(tool: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """The tool in a thread of its own; what fails is a sentence, and nothing of our insides."""

    @functools.wraps(tool)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await run_sync(functools.partial(tool, *args, **kwargs))
        except (WrongCall, BadRow, UnknownDataset) as wrong:
            raise ToolError(str(wrong)) from wrong
        except Exception as why:
            LOG.exception("%s: no answer", getattr(tool, "__name__", tool))
            raise ToolError(OUR_FAULT) from why

    return call


def serve_stdio(parts: Parts) -> None:
    """Answer on standard input and output until the input ends.

    The protocol alone is written there: whatever else prints goes to standard error.
    """
    spoken = os.dup(1)
    os.dup2(2, 1)
    server = make_server(parts)._mcp_server  # FastMCP itself takes no other stream.

    async def talk() -> None:
        with os.fdopen(spoken, "wb") as binary:
            out = anyio.wrap_file(TextIOWrapper(binary, encoding="utf-8"))
            async with stdio_server(stdout=out) as (read, write):
                await server.run(read, write, server.create_initialization_options())

    anyio.run(talk)


class WebFace:
    """The tools at one address of a web server; `life` must run around its requests."""

    def __init__(self, parts: Parts, *, hosts: Sequence[str] | None, rate: Rate) -> None:
        self._gate = Gate(Callers(parts.identity), rate)
        server = make_server(parts, hosts=hosts)
        server.streamable_http_app()
        self._manager = server.session_manager

    @property
    def routes(self) -> list[Route]:
        """What a server has to mount, before whatever takes every path."""
        return [Route(path, endpoint=self) for path in (PATH, f"{PATH}/")]

    def life(self) -> AbstractAsyncContextManager[None]:
        """Around the time in which requests are answered; once only."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call; there are no sessions, so nothing to listen to or to end."""
        request = Request(scope)
        if request.method == "POST":
            refused = await self._gate.refusal(request)
            answer = refused or self._manager.handle_request
            await answer(scope, receive, send)
            return
        told = {"detail": "Calls of the Model Context Protocol are posted here."}
        await JSONResponse(told, 405, headers={"allow": "POST"})(scope, receive, send)


def hosts_of(origins: Sequence[str]) -> tuple[str, ...]:
    """Host headers under which a server that listens on this machine alone is called."""
    own = [f"{name}{port}" for name in ("127.0.0.1", "localhost", "[::1]") for port in ("", ":*")]
    return tuple(dict.fromkeys((*own, *(urlsplit(origin).netloc for origin in origins))))
