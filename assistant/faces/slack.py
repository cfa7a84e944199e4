"""The Slack face: takes what Slack sends, acknowledges it at once, and has it done after.

Over HTTP at /slack/, mounted by the server, or over a socket that this program opens (socket
mode). Bolt checks signatures and routes; who may what is decided by the desk.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import CallableAuthorize
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.desk import Desk
from assistant.faces import slack_heard as heards
from assistant.faces import slack_modal as modal
from assistant.faces import slack_oauth
from assistant.faces.slack_answers import Means
from assistant.faces.slack_calls import Calls, SlackFailed
from assistant.faces.slack_clerk import NOT_INSTALLED, Clerk
from assistant.faces.slack_heard import Heard
from assistant.faces.slack_inbox import Inbox
from assistant.faces.slack_modal import FORMS
from assistant.faces.slack_people import People
from assistant.faces.slack_store import Installation, Replayed, SlackStore
from assistant.slack_rules import SlackRules

LOG = logging.getLogger("dataset_assistant.slack")
SCOPES = (
    "app_mentions:read", "assistant:write", "chat:write", "commands", "files:read", "files:write",
    "im:history", "im:write", "users:read", "users:read.email",
)  # fmt: skip
"""What the app asks for; slack_manifest.json lists the same."""
ACKERS = 16
LARGEST = 1_000_000
"""Bytes of one request; Slack's own are far smaller."""
EVERY = re.compile(".*", re.DOTALL)
Listen = Callable[..., BoltResponse | None]


class SlackFace:
    """One Slack app, in as many workspaces as installed it."""

    def __init__(
        self,
        rules: SlackRules,
        desk: Desk,
        store: SlackStore,
        *,
        clock: Callable[[], datetime],
        url: str = "",
    ) -> None:
        """`url` is the server's public address; empty: the app's own setting at Slack counts."""
        self.rules = rules
        self.store = store
        self.calls = Calls(rules.api_url)
        self._own: Installation | None = None
        self._own_lock = threading.Lock()
        people = People(self.calls, believed=self.believes)
        self.means = Means(desk=desk, store=store, calls=self.calls, people=people, clock=clock)
        self.inbox = Inbox(store, Clerk(self.means, self.find).work, clock=clock)
        self.flow = self._flow(url, clock) if rules.installs else None
        self.app = self._app()
        self._ackers = ThreadPoolExecutor(ACKERS, thread_name_prefix="slack-ack")
        self._socket: SocketModeHandler | None = None

    def start(self) -> None:
        """Begin to work on what is heard."""
        self.inbox.start()

    def stop(self) -> None:
        """End what is begun, then end; what is left is done at the next start."""
        if self._socket is not None:
            self._socket.close()
        self.inbox.stop()
        self.calls.stop()
        self._ackers.shutdown(wait=False)

    def connect(self) -> None:
        """Open the socket to Slack (socket mode) and keep it open until `stop`.

        Raises `SlackFailed`.
        """
        client = WebClient(base_url=self.rules.api_url, retry_handlers=[])
        self._socket = SocketModeHandler(
            self.app, self.rules.app_token, web_client=client, logger=quiet(), concurrency=ACKERS
        )
        try:
            self._socket.connect()
        except SlackApiError as refused:
            error = str(refused.response.get("error", "refused"))
            raise SlackFailed("apps.connections.open", error) from refused
        except OSError as why:
            raise SlackFailed("apps.connections.open", type(why).__name__) from why

    def routes(self) -> list[Route]:
        """What the server answers at /slack/."""
        made = [Route("/slack/events", self._hear, methods=["POST"])]
        if self.flow is not None:
            made.append(Route("/slack/install", self._install, methods=["GET"]))
            made.append(Route("/slack/oauth_redirect", self._installed, methods=["GET"]))
        return made

    def find(self, heard: Heard) -> Installation | None:
        """The installation that a thing was heard by; raises `SlackFailed`."""
        if self.rules.bot_token:
            own = self.own()
            return own if own.place in (heard.team, heard.enterprise) else None
        return self.store.installation(heard.team, heard.enterprise)

    def own(self) -> Installation:
        """The one workspace of SLACK_BOT_TOKEN; raises `SlackFailed` when Slack does not tell."""
        with self._own_lock:
            if self._own is None:
                asked = Installation(place="", name="", token=self.rules.bot_token, bot_user="")
                found = self.calls.call(asked, "auth.test", {})
                self._own = Installation(
                    place=str(found.get("team_id") or found.get("enterprise_id") or ""),
                    name=str(found.get("team", "")),
                    token=self.rules.bot_token,
                    bot_user=str(found.get("user_id", "")),
                    bot=str(found.get("bot_id", "")),
                    scopes=tuple(str(found.get("scopes_granted", "")).replace(" ", "").split(",")),
                )
            return self._own

    def installations(self) -> tuple[Installation, ...]:
        """Every workspace that the app is in; raises `SlackFailed`."""
        return (self.own(),) if self.rules.bot_token else self.store.installations()

    def believes(self, place: str) -> bool:
        """Whether a workspace's word on its members' addresses is taken."""
        if self.rules.bot_token:
            return self._own is not None and self._own.place == place
        return self.rules.invites(place)

    def _flow(self, url: str, clock: Callable[[], datetime]) -> slack_oauth.InstallFlow:
        base = self.rules.api_url.removesuffix("api/")
        return slack_oauth.flow(
            client_id=self.rules.client_id,
            client_secret=self.rules.client_secret,
            scopes=SCOPES,
            redirect_uri=f"{url}/slack/oauth_redirect" if url else None,
            api_url=self.rules.api_url,
            authorize_url=f"{base}oauth/v2/authorize",
            store=self.store,
            clock=clock,
            invited=self.rules.invites,
        )

    def _app(self) -> App:
        logger = quiet()
        app = App(
            logger=logger,
            name="dataset_assistant.slack.bolt",
            signing_secret=self.rules.signing_secret or "socket mode signs nothing",
            client=WebClient(base_url=self.rules.api_url, retry_handlers=[]),
            before_authorize=self._only_where_installed,
            authorize=CallableAuthorize(logger=logger, func=authorized),
            oauth_flow=self.flow,
            # The listeners only write down and acknowledge: they need no threads of Bolt's.
            process_before_response=True,
            attaching_conversation_kwargs_enabled=False,
        )
        app.command(EVERY)(self._command)
        app.event(EVERY)(self._event)
        app.action(EVERY)(self._button)
        app.view(EVERY)(self._form)
        return app

    def _only_where_installed(
        self, req: BoltRequest, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        """Answer nothing of workspaces that the app is not installed in."""
        body = req.body if isinstance(req.body, Mapping) else {}
        if body.get("type") == "url_verification" or body.get("ssl_check"):
            return next()
        team = heards.installed_in(body) or req.context.team_id or ""
        if self._may_serve(team, req.context.enterprise_id or ""):
            return next()
        LOG.warning("a request from workspace %s, where the app is not installed", team)
        told = NOT_INSTALLED if body.get("command") else ""
        return BoltResponse(status=200, body=told)

    def _may_serve(self, team: str, enterprise: str) -> bool:
        if self.rules.bot_token:
            # Whose token it is may not be known yet; the one who does the work asks.
            return self._own is None or self._own.place in (team, enterprise)
        return self.store.installation(team, enterprise) is not None

    def _command(self, ack: Listen, body: heards.Body, req: BoltRequest) -> BoltResponse | None:
        return self._take(heards.command(body), ack, req)

    def _event(self, ack: Listen, body: heards.Body, req: BoltRequest) -> BoltResponse | None:
        return self._take(heards.event(body), ack, req)

    def _button(self, ack: Listen, body: heards.Body, req: BoltRequest) -> BoltResponse | None:
        return self._take(heards.button(body), ack, req)

    def _form(self, ack: Listen, body: heards.Body, req: BoltRequest) -> BoltResponse | None:
        heard = heards.form(body)
        if heard.action not in FORMS:
            return self._take(heard, ack, req)
        # The form stays open: what came of it is shown in it.
        waiting = {"response_action": "update", "view": modal.waiting(heard.action)}
        return self._take(heard, lambda: ack(**waiting), req)

    def _take(self, heard: Heard | None, ack: Listen, req: BoltRequest) -> BoltResponse | None:
        """Write down, then acknowledge; refuse a request that was recorded and sent again."""
        if heard is not None:
            try:
                self.inbox.put(heard, signature=req.headers.get("x-slack-signature", [""])[0])
            except Replayed:
                LOG.warning("a %s of workspace %s was sent twice", heard.kind, heard.team)
                return BoltResponse(status=401, body="This request was taken before.")
        ack()
        return None

    async def _hear(self, request: Request) -> Response:
        with self.inbox.doorway:
            body = await request.body()
            if len(body) > LARGEST:
                return PlainTextResponse("Too large.", status_code=413)
            loop = asyncio.get_running_loop()
            headers = dict(request.headers)
            return await loop.run_in_executor(self._ackers, self._dispatch, body, headers)

    def _dispatch(self, body: bytes, headers: dict[str, str]) -> Response:
        try:
            asked = BoltRequest(body=body.decode("utf-8"), headers=headers)
        except ValueError:
            return PlainTextResponse("Not a request of Slack's.", status_code=400)
        return response(self.app.dispatch(asked))

    async def _install(self, request: Request) -> Response:
        return await self._in_flow(request, "handle_installation")

    async def _installed(self, request: Request) -> Response:
        return await self._in_flow(request, "handle_callback")

    async def _in_flow(self, request: Request, step: str) -> Response:
        flow = self.flow
        if flow is None:
            return PlainTextResponse("Not found", status_code=404)
        asked = BoltRequest(body="", query=str(request.query_params), headers=dict(request.headers))
        take = flow.handle_installation if step == "handle_installation" else flow.handle_callback
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._ackers, lambda: response(take(asked)))


def authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Bolt's listeners get no token; the one who does the work finds it himself."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def response(given: BoltResponse) -> Response:
    """Bolt's answer as the server gives it."""
    made: Response = to_starlette_response(given)
    return made


def quiet() -> logging.Logger:
    """Bolt's logger: it writes whole requests, people's words among them, below errors."""
    logger = logging.getLogger("dataset_assistant.slack.bolt")
    logger.setLevel(logging.ERROR)
    return logger
