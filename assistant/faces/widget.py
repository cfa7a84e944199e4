"""The widget's files: one script for any page, its style, and the chat's bundle it loads later.

The bundle is Chainlit's Copilot without its call to a foreign host for fonts, packed once and
named by its content, so that a browser fetches it once per release.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cached_property
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

STATIC = Path(__file__).parent / "static"
LEFT_OUT = (
    # A foreign host, asked for fonts whatever the theme says.
    b"https://fonts.googleapis.com/css2?family=Inter:wght@400;500;700&display=swap",
    # Said to the page's console at every key press, about nothing that is wrong.
    b'console.warn("Could not parse query parameters")',
)
"""What the Copilot of Chainlit 2.12.0 has that no page should get."""
LABEL = "Ask about this data"
FAILED = "The assistant does not answer now"
FOR_A_YEAR = {"cache-control": "public, max-age=31536000, immutable"}
FOR_MINUTES = {"cache-control": "public, max-age=300"}


class Bundle:
    """The Copilot's script and the page's own, read and packed at the first use."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def plain(self) -> bytes:
        """The script, with no foreign host to call."""
        script = self._file.read_bytes()
        for part in LEFT_OUT:
            script = script.replace(part, b"")
        return script

    @cached_property
    def packed(self) -> bytes:
        """The script as gzip."""
        return gzip.compress(self.plain, compresslevel=6, mtime=0)

    @cached_property
    def small(self) -> tuple[bytes, bytes]:
        """The script that a page includes, plain and as gzip."""
        script = (STATIC / "widget.js").read_bytes()
        return script, gzip.compress(script, mtime=0)

    @cached_property
    def name(self) -> str:
        """Its file name, which changes with its content."""
        return f"copilot-{hashlib.sha256(self.plain).hexdigest()[:16]}.js"


def router(bundle: Bundle, *, origins: frozenset[str]) -> APIRouter:
    """The routes; `origins` are the pages that may show the widget, as browsers name them."""
    routes = APIRouter()

    @routes.get("/widget.js")
    def script(request: Request) -> Response:
        """What a page includes."""
        return sent(bundle.small, request, FOR_MINUTES)

    @routes.get("/widget.css")
    def style() -> FileResponse:
        """The looks of the chat inside the widget."""
        return FileResponse(STATIC / "widget.css", headers=FOR_MINUTES)

    @routes.get("/widget/hello")
    def hello(request: Request) -> JSONResponse:
        """Whether this page may show the widget, and where the rest is."""
        origin = request.headers.get("origin")
        if origin is not None and origin not in origins:
            return JSONResponse({"detail": "This page may not show the assistant."}, 403)
        headers = {"vary": "Origin", "cache-control": "no-store"}
        if origin is not None:
            headers["access-control-allow-origin"] = origin
        said = {
            "bundle": f"/widget/{bundle.name}",
            "styles": "/widget.css",
            "label": LABEL,
            "failed": FAILED,
        }
        return JSONResponse(said, headers=headers)

    @routes.get("/widget/{name}")
    def chat(name: str, request: Request) -> Response:
        """The chat's script, whole."""
        if name != bundle.name:
            return JSONResponse({"detail": "No such file."}, 404)
        return sent((bundle.plain, bundle.packed), request, FOR_A_YEAR)

    return routes


def sent(script: tuple[bytes, bytes], request: Request, kept: dict[str, str]) -> Response:
    """A script, plain or as gzip, as the browser takes it; `kept`: for how long it may keep it."""
    plain, packed = script
    headers = {"vary": "Accept-Encoding", **kept}
    kind = "text/javascript; charset=utf-8"
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(packed, media_type=kind, headers=headers)
    return Response(plain, media_type=kind, headers=headers)
