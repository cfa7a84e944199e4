"""Installing the app by OAuth: the page, the way to Slack and back, which workspaces may."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from datetime import datetime

from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store import InstallationStore

from assistant.faces.slack_store import Installation, SlackStore

LOG = logging.getLogger("dataset_assistant.slack")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}}
a.go{{display:inline-block;padding:.6rem 1rem;border-radius:.4rem;background:#4a154b;color:#fff;
text-decoration:none}}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""
WHY = {
    "access_denied": "The installation was cancelled in Slack. Nothing was installed.",
    "invalid_browser": "The installation was begun in another browser, or too long ago. Begin "
    "again, in one browser.",
    "invalid_state": "The installation was begun too long ago, or this page was opened twice. "
    "Begin again.",
    "not_invited": "This workspace is not among those that may install the assistant. Whoever "
    "runs the assistant adds its id to SLACK_WORKSPACES.",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}


class NotInvited(Exception):
    """A workspace that may not install the app."""


class States(OAuthStateStore):  # type: ignore[misc]
    """Words that a browser takes to Slack and brings back."""

    def __init__(self, store: SlackStore, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def issue(self, *args: object, **kwargs: object) -> str:
        """A new word."""
        return self._store.issue_state(now=self._clock())

    def consume(self, state: str) -> bool:
        """Whether the word is one of ours, and used for the first time."""
        return self._store.consume_state(state, now=self._clock())


class Installations(InstallationStore):  # type: ignore[misc]
    """Keeps what Slack grants, of the workspaces that may."""

    def __init__(
        self, store: SlackStore, clock: Callable[[], datetime], invited: Callable[[str], bool]
    ) -> None:
        self._store, self._clock, self._invited = store, clock, invited

    def save(self, installation: Granted) -> None:
        """Keep an installation; raises `NotInvited`."""
        whole = bool(installation.is_enterprise_install)
        place = (installation.enterprise_id if whole else installation.team_id) or ""
        if not place or not self._invited(place):
            LOG.warning("workspace %s may not install the app", place or "unknown")
            raise NotInvited(place)
        scopes = installation.bot_scopes or ()
        self._store.install(
            Installation(
                place=place,
                name=installation.team_name or installation.enterprise_name or place,
                token=installation.bot_token or "",
                bot_user=installation.bot_user_id or "",
                bot=installation.bot_id or "",
                scopes=tuple(scopes.split(",") if isinstance(scopes, str) else scopes),
            ),
            now=self._clock(),
        )
        LOG.info("installed in workspace %s", place)


class InstallFlow(OAuthFlow):  # type: ignore[misc]
    """Bolt's flow with pages of our own, which load nothing from elsewhere."""

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """The page with the button."""
        del request
        body = (
            "<p>The assistant finds datasets, tells what you may do with them, and asks their "
            "owners for access. It reads what is said to it and nothing else.</p>"
            f'<p><a class="go" href="{html.escape(url)}">Add to Slack</a></p>'
        )
        return PAGE.format(title="Install the dataset assistant in Slack", body=body)

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """The way back from Slack; refuses workspaces that may not install."""
        try:
            return super().handle_callback(request)
        except NotInvited:
            return page("Not installed", WHY["not_invited"], 403)


def page(title: str, words: str, status: int) -> BoltResponse:
    """A page of one sentence."""
    body = f"<p>{html.escape(words)}</p>"
    return BoltResponse(status=status, body=PAGE.format(title=title, body=body), headers=HTML)


def succeeded(args: SuccessArgs) -> BoltResponse:
    """The end of an installation."""
    name = args.installation.team_name or "your workspace"
    return page("Installed", f"The assistant is in {name}. Say /datasets help there.", 200)


def failed(args: FailureArgs) -> BoltResponse:
    """Why nothing was installed."""
    LOG.warning("an installation failed: %s", args.reason)
    words = WHY.get(args.reason, "Slack did not confirm the installation. Begin again.")
    return page("Not installed", words, args.suggested_status_code)


def flow(
    *,
    client_id: str,
    client_secret: str,
    scopes: tuple[str, ...],
    redirect_uri: str | None,
    api_url: str,
    authorize_url: str,
    store: SlackStore,
    clock: Callable[[], datetime],
    invited: Callable[[str], bool],
) -> InstallFlow:
    """The flow; `redirect_uri` None leaves it to the app's own setting at Slack."""
    settings = OAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=list(scopes),
        redirect_uri=redirect_uri,
        authorization_url=authorize_url,
        install_path="/slack/install",
        redirect_uri_path="/slack/oauth_redirect",
        callback_options=CallbackOptions(success=succeeded, failure=failed),
        installation_store=Installations(store, clock, invited),
        state_store=States(store, clock),
    )
    return InstallFlow(client=WebClient(base_url=api_url, retry_handlers=[]), settings=settings)
