"""What the first visitor would wait for: the chat page's scripts, packed once, and a warm desk.

Chainlit packs its five megabytes anew for each browser, on the loop that all answers wait on. The
files' names change with their content, so a browser may keep them for a year.
"""

from __future__ import annotations

import gzip
import logging
import mimetypes
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.desk import Desk
from assistant.serve_ready import make_ready

LOG = logging.getLogger("dataset_assistant.serve")
HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept-Encoding"}
FIRST = "index-*"
"""The files that every page asks for first."""


class Asset:
    """One file, read and packed at its first use."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if self.kind in ("application/javascript", "text/javascript") or file.suffix == ".mjs":
            self.kind = "text/javascript; charset=utf-8"

    @cached_property
    def packed(self) -> bytes:
        """Its content as gzip."""
        return gzip.compress(self._file.read_bytes(), compresslevel=6, mtime=0)

    @property
    def plain(self) -> bytes:
        """Its content."""
        return self._file.read_bytes()


def assets(folder: Path) -> dict[str, Asset]:
    """The files of a folder by their names, for browsers alone: no source maps."""
    files = (each for each in sorted(folder.iterdir()) if each.is_file() and each.suffix != ".map")
    return {each.name: Asset(each) for each in files}


def warm(desk: Desk, files: Mapping[str, Asset]) -> None:
    """Do what the first visitor would wait for: load model and index, pack the page's scripts."""
    try:
        make_ready(desk)
    except Exception as why:
        # The first question tells it to a person; `/ready` to whoever runs the server.
        LOG.warning("not warmed up: %s", type(why).__name__)
    for name, asset in files.items():
        if Path(name).match(FIRST):
            _ = asset.packed


def of_the_chat() -> Path:
    """The folder of the chat page's own scripts and styles."""
    from chainlit.server import build_dir

    return Path(build_dir) / "assets"


def router(found: Mapping[str, Asset]) -> APIRouter:
    """The route to them."""
    routes = APIRouter()

    @routes.get("/assets/{name}")
    def asset(name: str, request: Request) -> Response:
        """One file, whole."""
        one = found.get(name)
        if one is None:
            return Response("No such file.", 404)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(one.plain, media_type=one.kind, headers=HEADERS)
        headers = {**HEADERS, "content-encoding": "gzip"}
        return Response(one.packed, media_type=one.kind, headers=headers)

    return routes
