"""The API for programs: `/api/v1`, described by OpenAPI at `/api/v1/openapi.json`.

Translates and decides nothing: each route builds one call of the desk.
"""

from __future__ import annotations

import time
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.desk import Desk
from assistant.faces import (
    rest_catalogue,
    rest_decisions,
    rest_kept,
    rest_owners,
    rest_person,
    rest_requests,
)
from assistant.faces.rest_caller import House
from assistant.faces.rest_problem import RESPONSES, Failed, on_failed, on_http, on_invalid
from assistant.identity import Identity
from assistant.rate import Rate

PREFIX = "/api/v1"
ABOUT = (
    "Search a catalogue of datasets, learn what may be done with them, ask their owners, decide. "
    "Reading the catalogue needs no key. Errors are problem+json (RFC 9457). A POST that writes "
    "needs the header Idempotency-Key. Lists answer `next`, which is given as `cursor` for the "
    "following page."
)


def api(desk: Desk, identity: Identity, *, per_minute: int) -> FastAPI:
    """The API as an application of its own, to be mounted at `PREFIX`.

    Args:
        desk: Answers.
        identity: Knows who calls.
        per_minute: Calls that one person, or one address that nobody signed in from, may make.
    """
    app = FastAPI(
        title="Dataset assistant",
        version=version("dataset-assistant"),
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        responses=RESPONSES,
    )
    app.state.house = House(
        desk=desk,
        identity=identity,
        rate=Rate(per_minute, clock=time.monotonic),
        per_visitor=Rate(per_minute, clock=time.monotonic),
    )
    for rooms in (rest_catalogue, rest_requests, rest_decisions, rest_owners, rest_person,
                  rest_kept):  # fmt: skip
        app.include_router(rooms.ROUTES)
    app.add_exception_handler(Failed, on_failed)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    return app
