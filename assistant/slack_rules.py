"""The settings of the Slack face: rows of the table, and their checked values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.setting import Read, Setting, SettingError, words

ANY = "*"
_PLACE = re.compile(r"[TE][A-Z0-9]{2,20}")

ROWS: tuple[Setting, ...] = (
    Setting(
        name="SLACK_SIGNING_SECRET",
        default="",
        meaning="Signing secret of the Slack app; with it the server answers Slack at /slack/",
    ),
    Setting(
        name="SLACK_BOT_TOKEN",
        default="",
        meaning="Token of the Slack app in the one workspace it is for (xoxb-...)",
    ),
    Setting(
        name="SLACK_APP_TOKEN",
        default="",
        meaning="App-level token for `dataset-assistant slack`, which needs no public address "
        "(xapp-...)",
    ),
    Setting(
        name="SLACK_CLIENT_ID",
        default="",
        meaning="Client id of the Slack app, to install it in several workspaces by a page",
    ),
    Setting(name="SLACK_CLIENT_SECRET", default="", meaning="Client secret that belongs to it"),
    Setting(
        name="SLACK_WORKSPACES",
        default="",
        meaning="Ids of the workspaces that may install the Slack app and whose word on e-mail "
        "addresses is believed, with commas between (T0123ABCD); *: any",
    ),
    Setting(
        name="SLACK_API_URL",
        default="https://slack.com/api/",
        meaning="Address of Slack's Web API",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackRules:
    """How the face reaches Slack, and which workspaces it serves."""

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    workspaces: tuple[str, ...] = ()
    api_url: str = "https://slack.com/api/"

    @property
    def is_set(self) -> bool:
        """Whether anything of Slack is set."""
        return bool(self.signing_secret or self.bot_token or self.app_token or self.client_id)

    @property
    def can_tell(self) -> bool:
        """Whether messages can be sent."""
        return bool(self.bot_token) or self.installs

    @property
    def installs(self) -> bool:
        """Whether workspaces may install the app by themselves."""
        return bool(self.client_id and self.client_secret)

    def invites(self, place: str) -> bool:
        """Whether this workspace or organisation may install the app, and is believed."""
        return ANY in self.workspaces or place in self.workspaces


def slack_rules(read: Read) -> SlackRules:
    """The checked values; raises `SettingError`, which never shows a secret."""
    rules = SlackRules(
        signing_secret=read("SLACK_SIGNING_SECRET"),
        bot_token=_token(read, "SLACK_BOT_TOKEN", "xoxb-"),
        app_token=_token(read, "SLACK_APP_TOKEN", "xapp-"),
        client_id=read("SLACK_CLIENT_ID"),
        client_secret=read("SLACK_CLIENT_SECRET"),
        workspaces=words(read("SLACK_WORKSPACES")),
        api_url=read("SLACK_API_URL").rstrip("/") + "/",
    )
    for place in rules.workspaces:
        if place != ANY and not _PLACE.fullmatch(place):
            raise SettingError("SLACK_WORKSPACES", place, "ids such as T0123ABCD, or *")
    if bool(rules.client_id) != bool(rules.client_secret):
        raise SettingError(
            "SLACK_CLIENT_ID", rules.client_id, "a value together with SLACK_CLIENT_SECRET"
        )
    if not rules.api_url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise SettingError("SLACK_API_URL", rules.api_url, "an address that begins with https://")
    return rules


def _token(read: Read, name: str, begins: str) -> str:
    value = read(name)
    if value and not value.startswith(begins):
        raise SettingError(name, f"{value[:5]}...", f"a token that begins with {begins}")
    return value
