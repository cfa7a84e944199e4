"""What went wrong, as RFC 9457 says it: one shape for every error of the API."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from assistant.access import words
from assistant.access.values import Refusal, RefusalKind

MEDIA = "application/problem+json"
KIND = "urn:dataset-assistant:problem:"
TITLES: Mapping[int, str] = {
    400: "The call is not one that can be followed",
    401: "Nobody is signed in",
    403: "This may not be done with this key or sign-in",
    404: "Not found",
    405: "This cannot be done with this address",
    409: "It stands in a way that does not allow this",
    422: "A value cannot be taken",
    429: "Too many calls",
    500: "An error on our side",
    503: "Try again in a moment",
}
STATUS: Mapping[RefusalKind, int] = {
    "not_found": 404, "not_allowed_now": 409, "sign_in": 401, "not_confirmed": 403,
    "missing_answer": 422, "bad_answer": 422, "not_accepted": 409, "price_not_agreed": 409,
    "terms_unseen": 409, "terms_changed": 409, "already_open": 409, "key_reused": 422,
    "no_request_needed": 409, "own_site": 409, "no_owner": 409, "reason_needed": 422,
    "bad_date": 422, "dataset_gone": 404, "too_many": 409, "busy": 503,
}  # fmt: skip


class Problem(BaseModel):
    """An error, RFC 9457."""

    type: str = Field(description="Names the kind of problem; stable.")
    title: str
    status: int
    detail: str = Field(description="What happened and the next move, for people.")
    kind: str = Field(description="The last part of `type`.")
    field: str | None = Field(default=None, description="Which value it is about.")
    values: list[str] = Field(default=[], description="Such as the id of the open request.")


RESPONSES: dict[int | str, dict[str, object]] = {
    status: {
        "description": TITLES[status],
        "model": Problem,
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 404, 409, 422, 429, 503)
}
"""What every route may answer besides what it is for."""


class Failed(Exception):
    """Ends a call with a problem."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        field: str | None = None,
        values: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.headers = dict(headers or {})
        self.problem = Problem(
            type=KIND + kind,
            title=TITLES[status],
            status=status,
            detail=detail,
            kind=kind,
            field=field,
            values=list(values),
        )


def refused(refusal: Refusal) -> Failed:
    """The problem that a refusal is."""
    status = STATUS[refusal.kind]
    headers = {"retry-after": "1"} if status == 503 else {}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return Failed(
        status,
        refusal.kind,
        words.refusal(refusal),
        field=refusal.field,
        values=refusal.values,
        headers=headers,
    )


def answer(failed: Failed) -> JSONResponse:
    """The problem as a response."""
    body = failed.problem.model_dump(mode="json")
    return JSONResponse(body, failed.problem.status, headers=failed.headers, media_type=MEDIA)


async def on_failed(_request: Request, failed: Exception) -> JSONResponse:
    """A problem that a route ended with."""
    if not isinstance(failed, Failed):
        raise failed
    return answer(failed)


async def on_invalid(_request: Request, invalid: Exception) -> JSONResponse:
    """A value that does not have the described shape: the first one is named."""
    if not isinstance(invalid, RequestValidationError):
        raise invalid
    first = invalid.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    wrong = f"{first['loc'][0]} value {place!r} cannot be taken: {first['msg']}."
    status = 400 if first["type"] == "json_invalid" else 422
    return answer(Failed(status, "bad_value", wrong, field=place))


async def on_http(_request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: no such route, no such method."""
    if not isinstance(error, HTTPException):
        raise error
    status = error.status_code if error.status_code in TITLES else 400
    detail = "There is nothing at this address. The description is at /api/v1/openapi.json."
    if status != 404:
        detail = f"{error.detail}. The description is at /api/v1/openapi.json."
    return answer(Failed(status, "no_route", detail, headers=error.headers))
