"""One web server: the chat, the tools for other assistants, health, the worker of the schedule."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from assistant import serve_assets, serve_monitor
from assistant.desk import Desk
from assistant.faces import elements_labels as labels
from assistant.faces import pages, rest, welcome, widget
from assistant.faces.mcp import Parts as AgentParts
from assistant.faces.mcp import WebFace, hosts_of
from assistant.identity import Identity
from assistant.metrics import Metrics
from assistant.need import Asker
from assistant.phrases import phrases_of
from assistant.rate import Rate
from assistant.reply import Question
from assistant.running_rules import RunningRules
from assistant.serve_chat import SHELLS, set_chat_up
from assistant.serve_embed import Embed
from assistant.serve_guard import Guard
from assistant.serve_stop import GRACE_S, Server, open_answers
from assistant.serve_throttle import Throttle
from assistant.settings import Settings
from assistant.worker import Crew, Worker

if TYPE_CHECKING:
    from assistant.faces.slack import SlackFace

LOG = logging.getLogger("dataset_assistant.serve")
FACE = Path(__file__).parent.parent / "app.py"


class PortTaken(Exception):
    """Another program listens where the server should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} cannot be used: another program listens there, or it is not "
            f"ours to take. Choose another one, for example PORT={port + 1}, or PORT=0 for any."
        )
        self.port = port


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as why:
        listener.close()
        raise PortTaken(host, port) from why
    listener.listen(128)
    return listener


def address(listener: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def web_app(
    desk: Desk,
    identity: Identity,
    *,
    origins: tuple[str, ...],
    calls_per_minute: int,
    guests: tuple[str, ...] = (),
    only_here: bool = False,
    metrics: Metrics | None = None,
    running: RunningRules | None = None,
    worker: Crew | Worker | None = None,
    slack: SlackFace | None = None,
) -> FastAPI:
    """The whole server; `set_chat_up` must have been called in this process.

    Args:
        desk: What answers.
        identity: Who speaks.
        origins: Addresses of our own pages.
        calls_per_minute: How often one caller may call the API.
        guests: Addresses of pages elsewhere that may show the widget.
        only_here: It listens on this machine alone, so that no other name may be used for it.
        metrics: What is shown to monitoring.
        running: How many callers it bears, and who may read the metrics.
        worker: Runs while the server does.
        slack: Answers Slack at /slack/; None: nothing does.
    """
    url = identity.rules.url or origins[0]
    running = running or RunningRules()
    agents = WebFace(
        AgentParts(desk=desk, identity=identity, clock=lambda: datetime.now(UTC), url=url),
        hosts=hosts_of((*origins, url)) if only_here else None,
        rate=Rate(running.mcp_per_minute, clock=time.monotonic),
    )

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        beside = [each for each in (worker, slack) if each is not None]
        for each in beside:
            each.start()
        async with agents.life():
            yield
        for each in beside:
            await run_in_threadpool(each.stop)

    app = FastAPI(title="Dataset assistant", lifespan=life, docs_url=None, redoc_url=None,
                  openapi_url=None)  # fmt: skip

    @app.get("/health")
    async def health() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok", "version": version("dataset-assistant")}

    @app.get("/ready")
    def ready() -> JSONResponse:
        """A real question gets a real answer."""
        return readiness(desk)

    @app.get("/about")
    def about(language: str = "en") -> dict[str, object]:
        """The first screen's words in a language, and how fresh the catalogue is."""
        return {
            "version": version("dataset-assistant"),
            "fresh": freshness_line(desk),
            **first_screen(desk, language),
        }

    app.router.routes += agents.routes
    pages.add_pages(app, desk, identity)
    app.mount(rest.PREFIX, rest.api(desk, identity, per_minute=calls_per_minute))
    if metrics is not None:
        app.include_router(serve_monitor.router(metrics, token=running.metrics_token))
    files = serve_assets.assets(serve_assets.of_the_chat())
    app.include_router(serve_assets.router(files))
    app.state.warm = partial(serve_assets.warm, desk, files)
    app.include_router(widget.router(widget.Bundle(copilot()), origins=frozenset(guests)))
    if slack is not None:
        app.router.routes.extend(slack.routes())

    os.environ["CHAINLIT_AUTH_SECRET"] = identity.chat_key
    from chainlit.utils import mount_chainlit

    from assistant.faces import chat_signin

    mount_chainlit(app=app, target=str(FACE), path="/")
    app.add_middleware(chat_signin.Admit, identity=identity)
    app.add_middleware(
        Embed,
        origins=frozenset(guests),
        dropped=frozenset({identity.rules.trusted_header} - {""}),
        signed_as=chat_cookie,
    )
    app.add_middleware(
        Throttle,
        rate=Rate(running.address_per_minute, clock=time.monotonic),
        reached_from=identity.rules.reached_from,
    )
    app.add_middleware(Guard, origins=(*origins, *guests), believes=identity.is_believed)
    return app


def copilot() -> Path:
    """Chainlit's script of the chat in a page."""
    from chainlit.server import copilot_build_dir

    return Path(copilot_build_dir) / "index.js"


def chat_cookie(visitor: str) -> str | None:
    """The cookie by which Chainlit knows this visitor; None where it asks nobody who they are."""
    from chainlit.auth import create_jwt, require_login
    from chainlit.auth.cookie import _auth_cookie_name
    from chainlit.user import User

    if not require_login():
        return None
    return f"{_auth_cookie_name}={create_jwt(User(identifier=visitor))}"


def readiness(desk: Desk) -> JSONResponse:
    """200 when a question about the catalogue is answered, 503 with the reason when not."""
    asker = Asker(id="readiness")
    try:
        reply = desk.ask(Question(text="speech data", conversation="readiness", asker=asker, top=1))
        desk.forget(asker.id)
    except Exception as why:
        LOG.exception("readiness: no answer")
        return JSONResponse({"status": "failing", "why": type(why).__name__}, status_code=503)
    if not reply.options:
        return JSONResponse({"status": "empty", "why": "the catalogue holds no dataset yet"}, 503)
    return JSONResponse({"status": "ready", "datasets": reply.total})


def serve(
    desk: Desk,
    identity: Identity,
    settings: Settings,
    *,
    metrics: Metrics,
    worker: Crew | Worker | None,
    announce: Callable[[str], None],
    slack: SlackFace | None = None,
) -> None:
    """Serve until stopped; `announce` gets the address. Raises `PortTaken`."""
    listener = listen(settings.host, settings.port)
    where = address(listener)
    public = (identity.rules.url,) if identity.rules.url else ()
    own = (where, where.replace("127.0.0.1", "localhost"), *public)
    guests = tuple(origin for origin in settings.origins if origin not in own)
    # A folder of its own for each process: several may share the data folder.
    with TemporaryDirectory(prefix="dataset-assistant-chat-") as folder:
        set_chat_up(Path(folder), (*own, *guests))
        app = web_app(
            desk,
            identity,
            origins=own,
            calls_per_minute=settings.calls_per_minute,
            guests=guests,
            only_here=settings.host in ("127.0.0.1", "localhost", "::1"),
            metrics=metrics,
            running=settings.running,
            worker=worker,
            slack=slack,
        )
        # The guard must see who really connects: by that it judges which headers to believe.
        config = uvicorn.Config(
            app, log_config=None, log_level="warning", proxy_headers=False,
            timeout_graceful_shutdown=int(GRACE_S),
        )  # fmt: skip
        if settings.identity.dev_sign_in:
            LOG.warning(
                "DATASET_ASSISTANT_DEV_SIGN_IN is on: anybody who reaches this server may sign in "
                "as anybody, an administrator too. For development only."
            )

        def up() -> None:
            announce(where)
            threading.Thread(target=app.state.warm, daemon=True, name="warming").start()

        Server(config, up, open_answers=open_answers).run(sockets=[listener])


def first_screen(desk: Desk, language: str) -> dict[str, object]:
    """The words of the first screen and of the page's own buttons."""
    spoken = welcome.words(language)
    sources = desk.freshness()
    tongues = desk.coverage("language").groups
    figures = welcome.figures(
        spoken,
        datasets=sum(source.visible for source in sources),
        languages=sum(group.key is not None for group in tongues),
        read=max((s.complete_at.date() for s in sources if s.complete_at), default=None),
    )
    shell = spoken.language if spoken.language in SHELLS else "en"
    return {
        "language": spoken.language,
        "shell": shell,
        "names": labels.named("page_", phrases_of(shell)),
        "tools": phrases_of(spoken.language).say("page_tools"),
        "direction": welcome.direction(spoken.language),
        "sentence": spoken.sentence,
        "figures": figures,
        "placeholder": spoken.placeholder,
        "export": spoken.export,
        "forget": spoken.forget,
        "sign_in": spoken.sign_in,
        "requests": spoken.requests,
        "sign_in_at": "/sign-in",
        "requests_at": "/requests",
    }


def freshness_line(desk: Desk) -> str:
    """What the catalogue holds and when it was last read, for people."""
    sources = desk.freshness()
    if not sources:
        return "The catalogue is empty: nothing was synced yet."
    count = sum(source.visible for source in sources)
    when = max((s.complete_at for s in sources if s.complete_at is not None), default=None)
    read = f"last read {when.astimezone(UTC):%d %B %Y, %H:%M} UTC" if when else "not yet read whole"
    catalogues = "1 catalogue" if len(sources) == 1 else f"{len(sources)} catalogues"
    return f"{count:,} datasets from {catalogues}, {read}."
