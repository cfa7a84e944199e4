"""Installing: the page, the way to Slack and back, which workspaces may, and what doctor says."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assistant.faces import slack_doctor
from assistant.faces.slack import SCOPES
from assistant.setting import SettingError
from assistant.settings import Settings
from tests.faces.slack.conftest import Running
from tests.faces.slack.fake import Body, FakeSlack, until
from tests.faces.slack.sender import Sender, text_of
from tests.faces.test_commands import Shell


def begun(say: Sender) -> tuple[httpx.Response, str, str]:
    """(page, state, cookie)"""
    page = httpx.get(f"{say.url}/slack/install")
    found = re.search(r'href="([^"]+)"', page.text)
    assert found is not None
    query = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
    cookie = page.headers["set-cookie"].split(";")[0]
    return page, query["state"][0], cookie


def granted(team: str) -> Body:
    return {"ok": True, "access_token": "xoxb-new", "token_type": "bot", "scope": ",".join(SCOPES),
            "bot_user_id": "UBOT", "app_id": "A1", "team": {"id": team, "name": "New Team"},
            "enterprise": None, "authed_user": {"id": "U9"}}  # fmt: skip


def back(say: Sender, state: str, cookie: str, code: str = "good") -> httpx.Response:
    return httpx.get(f"{say.url}/slack/oauth_redirect", params={"state": state, "code": code},
                     headers={"cookie": cookie})  # fmt: skip


def test_a_workspace_installs_the_app_by_the_page(running: Running, slack: FakeSlack) -> None:
    slack.codes["good"] = granted("T5")
    slack.tokens["xoxb-new"] = "T5"
    with running(workspaces=("T1", "T5")) as (face, say):
        page, state, cookie = begun(say)
        assert "Add to Slack" in page.text
        assert not re.search(r"(?:src|rel)=", page.text)
        assert f"{slack.url}/oauth/v2/authorize?" in page.text
        assert "users%3Aread.email" in page.text or "users:read.email" in page.text
        done = back(say, state, cookie)
        assert (done.status_code, "Installed" in done.text) == (200, True)
        kept = face.store.installation("T5")
        assert kept is not None
        assert (kept.token, kept.name, kept.bot_user) == ("xoxb-new", "New Team", "UBOT")
        again = back(say, state, cookie)
        assert again.status_code == 401
        assert "opened twice" in again.text


def test_a_workspace_that_is_not_invited_cannot_install(running: Running, slack: FakeSlack) -> None:
    slack.codes["good"] = granted("T6")
    with running(workspaces=("T1",)) as (face, say):
        slack.tokens["xoxb-new"] = "T6"
        _, state, cookie = begun(say)
        refused = back(say, state, cookie)
        assert refused.status_code == 403
        assert "SLACK_WORKSPACES" in refused.text
        assert face.store.installation("T6") is None


def test_another_browser_cannot_finish_an_installation(running: Running, slack: FakeSlack) -> None:
    slack.codes["good"] = granted("T1")
    with running() as (_, say):
        _, state, _ = begun(say)
        assert "another browser" in back(say, state, "").text
        _, state, cookie = begun(say)
        assert back(say, "made-up", cookie).status_code == 400
        assert "did not confirm" in back(say, state, cookie, code="bad").text
        cancelled = httpx.get(f"{say.url}/slack/oauth_redirect", params={"error": "access_denied"})
        assert "cancelled" in cancelled.text


def test_doctor_finds_nothing_to_mend_where_all_is_set(running: Running, slack: FakeSlack) -> None:
    with running(bot_token="xoxb-one", app_token="xapp-1") as (face, _):
        found = list(slack_doctor.look(face))
    assert [one.what for one in found if not one.ok] == []
    assert "no scope is missing" in found[-1].found


def test_doctor_names_the_scope_that_is_missing(running: Running, slack: FakeSlack) -> None:
    slack.scopes = slack.scopes.replace(",users:read.email", "")
    with running(bot_token="xoxb-one") as (face, _):
        wrong = [one for one in slack_doctor.look(face) if not one.ok]
    assert [one.found for one in wrong] == ["without the scope users:read.email"]
    assert "OAuth & Permissions" in wrong[0].mend


@pytest.mark.parametrize(
    ("rules", "mend"),
    [
        ({"signing_secret": ""}, "SLACK_SIGNING_SECRET"),
        ({"client_id": "", "client_secret": ""}, "SLACK_BOT_TOKEN"),
        ({"workspaces": ()}, "SLACK_WORKSPACES"),
        ({"bot_token": "xoxb-unknown"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_doctor_names_the_setting_that_is_missing(
    running: Running, slack: FakeSlack, rules: dict[str, object], mend: str
) -> None:
    with running(**rules) as (face, _):
        wrong = [one for one in slack_doctor.look(face) if not one.ok]
    assert any(mend in one.mend for one in wrong)


def test_doctor_warns_where_any_workspace_is_believed(running: Running) -> None:
    with running(workspaces=("*",)) as (face, _):
        assert any(one.note and "believed" in one.found for one in slack_doctor.look(face))


def test_the_manifest_asks_for_the_scopes_and_addresses_that_are_used() -> None:
    made = json.loads(slack_doctor.manifest("https://data.example.org", socket_mode=False))
    assert tuple(made["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert "assistant.example.org" not in json.dumps(made)
    assert json.dumps(made).count("https://data.example.org/slack/events") == 3
    assert [c["command"] for c in made["features"]["slash_commands"]] == ["/datasets"]
    socket = json.loads(slack_doctor.manifest("", socket_mode=True))
    assert socket["settings"]["socket_mode_enabled"] is True
    assert "https://" not in json.dumps(socket)


def test_the_manifest_keeps_slacks_limits() -> None:
    made = json.loads(slack_doctor.manifest("", socket_mode=False))
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for command in made["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-secret-words"),
        ("SLACK_APP_TOKEN", "secret-words"),
        ("SLACK_WORKSPACES", "my team"),
        ("SLACK_CLIENT_ID", "1.2"),
        ("SLACK_API_URL", "http://slack.example"),
    ],
)
def test_a_wrong_setting_is_named_and_no_secret_is_shown(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as told:
        Settings.from_env({name: value})
    assert "secret-words" not in str(told.value)


def test_the_program_answers_over_a_socket_and_ends_when_told_to(
    slack: FakeSlack, tmp_path: Path
) -> None:
    environ = {
        "SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-one",
        "SLACK_API_URL": f"{slack.url}/api/", "DATASET_ASSISTANT_DATA": str(tmp_path / "data"),
    }  # fmt: skip
    slack.envelopes = [
        {"envelope_id": "e1", "type": "slash_commands", "payload": {
            "command": "/datasets", "text": "help", "team_id": "T1", "user_id": "U1",
            "channel_id": "C1-T1", "trigger_id": "t.cli",
            "response_url": f"{slack.url}/answer/cli"}},
    ]  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-m", "assistant", "slack"],
        env={**os.environ, **environ}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        until(lambda: slack.answered("cli"), within_s=60)
    finally:
        program.send_signal(signal.SIGTERM)
        _, told = program.communicate(timeout=40)
    assert "/datasets find" in text_of(slack.answered("cli")[0])
    assert (program.returncode, "Connected to Slack" in told) == (0, True), told


def test_the_program_says_which_token_it_lacks(tmp_path: Path, slack: FakeSlack) -> None:
    shell = Shell(tmp_path)
    assert shell.run("slack")[0] == 2
    assert "SLACK_APP_TOKEN" in shell.err
    assert shell.run("slack", SLACK_APP_TOKEN="xapp-1")[0] == 2
    assert "SLACK_BOT_TOKEN" in shell.err
    tokens = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-one"}
    code, _ = shell.run("slack", **tokens, SLACK_API_URL="http://127.0.0.1:9/api/")
    assert code == 3
    assert "doctor" in shell.err


def test_the_program_prints_the_manifest_and_nothing_else(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    code, out = shell.run("slack", "--manifest", DATASET_ASSISTANT_URL="https://data.example.org")
    assert code == 0
    assert json.loads(out)["settings"]["interactivity"]["request_url"] == (
        "https://data.example.org/slack/events"
    )
