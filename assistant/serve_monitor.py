"""`/metrics`: the figures, shown to whoever may read them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from assistant.metrics import CONTENT_TYPE, Metrics, may_read

_PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def router(metrics: Metrics, *, token: str) -> APIRouter:
    """The route; `token` is the one that is set, empty for none."""
    routes = APIRouter()

    @routes.get("/metrics")
    def read(request: Request) -> Response:
        """Everything in Prometheus's text format."""
        allowed = may_read(
            token=token,
            shown=request.headers.get("authorization", ""),
            peer=request.client.host if request.client else "",
            forwarded=any(name in request.headers for name in _PASSED_ON),
        )
        if not allowed:
            return PlainTextResponse("Not found", 404)
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return routes
