"""A Slack on loopback: the Web API with its refusals, answer addresses, and a socket."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from assistant.serve import address, listen
from tests.faces.slack.limits import message_faults, view_faults

Body = dict[str, object]
SCOPES = (
    "app_mentions:read,assistant:write,chat:write,commands,files:read,files:write,im:history,"
    "im:write,users:read,users:read.email"
)


def member(
    user: str, email: str | None, *, team: str = "T1", confirmed: bool = True, **more: object
) -> Body:
    """An account as users.info tells it."""
    profile: Body = {"display_name": "The Owner"}
    if email:
        profile["email"] = email
    return {"id": user, "team_id": team, "deleted": False, "is_bot": False, "profile": profile,
            "is_email_confirmed": confirmed, **more}  # fmt: skip


class FakeSlack:
    """What a test sets up, and what Slack was asked."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {"xoxb-one": "T1", "xoxb-two": "T2"}
        self.members: dict[tuple[str, str], Body] = {}
        self.calls: list[tuple[str, str, Body]] = []
        """(method, workspace, body)"""
        self.answers: list[tuple[str, Body]] = []
        """(path of the answer address, body)"""
        self.limited: dict[str, list[float]] = {}
        """Method or "answer" -> seconds of Retry-After, one for each refusal to come."""
        self.refusing: dict[str, str] = {}
        """Method -> the error it answers with."""
        self.scopes = SCOPES
        self.faults: list[str] = []
        self.uploaded: dict[str, bytes] = {}
        self.files_ready_after = 1
        self.slow_s = 0.0
        self.codes: dict[str, Body] = {}
        """Code of an installation -> what oauth.v2.access answers."""
        self.url = ""
        self.envelopes: list[Body] = []
        """To be sent to whoever opens the socket."""
        self.acknowledged: list[Body] = []
        self._lock = threading.Lock()
        self._looked: dict[str, int] = {}

    def add(self, *members: Body) -> None:
        for each in members:
            self.members[str(each.get("known_in", each["team_id"])), str(each["id"])] = each

    def called(self, method: str) -> list[Body]:
        """Bodies of the calls of one method."""
        with self._lock:
            return [body for name, _, body in self.calls if name == method]

    def answered(self, path: str = "") -> list[Body]:
        """What was sent to answer addresses, or to one."""
        with self._lock:
            return [body for where, body in self.answers if not path or where == path]

    async def api(self, request: Request) -> Response:
        """One call of the Web API."""
        method = request.path_params["method"]
        body = await _body(request)
        if self.limited.get(method):
            wait_s = self.limited[method].pop(0)
            return JSONResponse({"ok": False, "error": "ratelimited"}, 429,
                                {"Retry-After": str(wait_s)})  # fmt: skip
        if method == "oauth.v2.access":
            return JSONResponse(self.codes.get(str(body.get("code")),
                                               {"ok": False, "error": "invalid_code"}))  # fmt: skip
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        team = self.tokens.get(token)
        with self._lock:
            self.calls.append((method, team or "?", body))
        if method == "apps.connections.open":
            ws = self.url.replace("http://", "ws://")
            return JSONResponse({"ok": True, "url": f"{ws}/socket"})
        if team is None:
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        if method in self.refusing:
            return JSONResponse({"ok": False, "error": self.refusing[method],
                                 "needed": "users:read.email"})  # fmt: skip
        answer = self._answer(method, team, body)
        return JSONResponse(answer, headers={"x-oauth-scopes": self.scopes})

    def _answer(self, method: str, team: str, body: Body) -> Body:
        channel = str(body.get("channel", ""))
        if channel and not channel.endswith(team):
            return {"ok": False, "error": "channel_not_found"}
        if method in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
            wrong = message_faults(body) + self._pictures(body)
        elif method.startswith("views."):
            wrong = view_faults(cast("Mapping[str, object]", body.get("view", {})))
        else:
            wrong = []
        if wrong:
            self.faults += wrong
            return {"ok": False, "error": "invalid_blocks", "errors": wrong}
        known: dict[str, Callable[[str, Body], Body]] = {
            "auth.test": self._auth, "users.info": self._info, "users.lookupByEmail": self._lookup,
            "conversations.open": lambda team, body: {
                "channel": {"id": f"D-{body['users']}-{team}"}
            },
            "files.getUploadURLExternal": self._place, "files.info": self._file,
            "views.open": lambda team, body: {"view": {"id": f"V{len(self.calls)}", "hash": "h"}},
        }  # fmt: skip
        return {"ok": True, "ts": f"{time.time():.6f}", **known.get(method, _nothing)(team, body)}

    def _auth(self, team: str, body: Body) -> Body:
        return {"team_id": team, "team": f"Team {team}", "user_id": "UBOT", "bot_id": "BBOT"}

    def _info(self, team: str, body: Body) -> Body:
        found = self.members.get((team, str(body.get("user"))))
        return {"user": found} if found else {"ok": False, "error": "user_not_found"}

    def _lookup(self, team: str, body: Body) -> Body:
        for (where, _), found in self.members.items():
            profile = cast("Body", found["profile"])
            if where == team and profile.get("email") == body.get("email"):
                return {"user": found}
        return {"ok": False, "error": "users_not_found"}

    def _place(self, team: str, body: Body) -> Body:
        file_id = f"F{len(self.uploaded) + 1}"
        self.uploaded[file_id] = b""
        return {"upload_url": f"{self.url}/upload/{file_id}", "file_id": file_id}

    def _file(self, team: str, body: Body) -> Body:
        file_id = str(body.get("file"))
        self._looked[file_id] = self._looked.get(file_id, 0) + 1
        ready = self._looked[file_id] > self.files_ready_after
        return {"file": {"id": file_id, **({"mimetype": "image/png"} if ready else {})}}

    def _pictures(self, body: Body) -> list[str]:
        """A picture may be shown only once Slack has looked at it."""
        blocks = cast("list[Body]", body.get("blocks", []))
        files = [cast("Body", b["slack_file"])["id"] for b in blocks if "slack_file" in b]
        late = [f for f in files if self._looked.get(str(f), 0) <= self.files_ready_after]
        return [f"file {each} is not ready" for each in late]

    async def upload(self, request: Request) -> Response:
        self.uploaded[request.path_params["file"]] = await request.body()
        return PlainTextResponse("OK")

    async def answer(self, request: Request) -> Response:
        """An answer address (response_url)."""
        path = request.path_params["path"]
        body = json.loads(await request.body())
        if self.limited.get("answer"):
            return PlainTextResponse("", 429, {"Retry-After": str(self.limited["answer"].pop(0))})
        wrong = [] if body.get("delete_original") else message_faults(body) + self._pictures(body)
        if wrong:
            self.faults += wrong
            return JSONResponse({"ok": False, "error": "invalid_blocks"}, 404)
        with self._lock:
            self.answers.append((path, body))
        return PlainTextResponse("ok")

    async def socket(self, websocket: WebSocket) -> None:
        """Socket mode: says hello, sends what waits, hears what is acknowledged."""
        await websocket.accept()
        await websocket.send_json({"type": "hello", "num_connections": 1})
        for envelope in list(self.envelopes):
            await websocket.send_json(envelope)
        try:
            while True:
                self.acknowledged.append(json.loads(await websocket.receive_text()))
        except WebSocketDisconnect:
            return


def _nothing(team: str, body: Body) -> Body:
    return {}


async def _body(request: Request) -> Body:
    raw = (await request.body()).decode()
    if request.headers.get("content-type", "").startswith("application/json"):
        return cast("Body", json.loads(raw or "{}"))
    return {**dict(request.query_params), **dict(parse_qsl(raw))}


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """A real server on loopback; its address."""
    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(app, log_level="error", ws="wsproto", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield address(listener)
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    """A running fake Slack with two workspaces and a few members."""
    fake = FakeSlack()
    fake.add(
        member("U1", "mara@example.org"),
        member("U2", "owner@example.org"),
        member("UNEW", "new@example.org", confirmed=False),
        member("UBOT2", None, is_bot=True),
        member("UFAR", "far@other.example", team="T9", is_stranger=True, known_in="T1"),
        member("U1", "zoe@two.example", team="T2"),
    )
    app = Starlette(
        routes=[
            Route("/api/{method}", fake.api, methods=["GET", "POST"]),
            Route("/upload/{file}", fake.upload, methods=["POST"]),
            Route("/answer/{path:path}", fake.answer, methods=["POST"]),
            WebSocketRoute("/socket", fake.socket),
        ]
    )
    with serving(app) as url:
        fake.url = url
        yield fake


def until(done: object, *, within_s: float = 10.0) -> object:
    """Wait until a call gives something true, and return it."""
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        found = done() if callable(done) else done
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about in time")
