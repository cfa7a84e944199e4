"""What is refused: forged, stale and replayed requests, foreign workspaces, others' buttons."""

from __future__ import annotations

import json
import time

import pytest

from tests.faces.slack.conftest import Running
from tests.faces.slack.fake import FakeSlack, member, until
from tests.faces.slack.sender import Sender, button, text_of


def quiet_after(say: Sender, slack: FakeSlack, before: int) -> None:
    """Nothing was answered beyond `before`, though the face is alive."""
    path = say.command("help")
    until(lambda: slack.answered(path))
    assert len(slack.answered()) == before + 1
    assert slack.called("chat.postMessage") == []


def test_a_forged_signature_is_refused(say: Sender, slack: FakeSlack) -> None:
    body, _ = say.command_body("Welsh speech")
    assert say.post(body, secret="another secret").status_code == 401
    assert say.post(body, headers={"x-slack-signature": ""}).status_code == 401
    quiet_after(say, slack, 0)


def test_a_changed_body_is_refused(say: Sender, slack: FakeSlack) -> None:
    from tests.faces.slack.sender import signature

    body, _ = say.command_body("Welsh speech")
    stamp = str(int(time.time()))
    mended = {"x-slack-signature": signature(body, stamp)}
    assert say.post(body + "&text=x", headers=mended).status_code == 401
    quiet_after(say, slack, 0)


@pytest.mark.parametrize("age_s", [600, -600])
def test_a_stale_signature_is_refused(say: Sender, slack: FakeSlack, age_s: int) -> None:
    body, _ = say.command_body("Welsh speech")
    assert say.post(body, at=time.time() - age_s).status_code == 401
    quiet_after(say, slack, 0)


def test_a_replayed_request_is_refused_also_by_another_process(
    running: Running, slack: FakeSlack
) -> None:
    with running() as (_, say):
        body, path = say.command_body("Welsh speech")
        at = time.time()
        assert say.post(body, at=at).status_code == 200
        until(lambda: slack.answered(path))
        assert say.post(body, at=at).status_code == 401
    with running() as (_, say):
        assert say.post(body, at=at).status_code == 401
        quiet_after(say, slack, 1)


def test_a_retry_of_an_event_is_answered_once(say: Sender, slack: FakeSlack) -> None:
    event = {"type": "app_mention", "user": "U1", "text": "Welsh speech", "ts": "1.1",
             "channel": "C1-T1"}  # fmt: skip
    for attempt in range(3):
        retry = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": "http_timeout"}
        headers = retry if attempt else None
        assert say.event(dict(event), event_id="EvSAME", headers=headers).status_code == 200
        time.sleep(1.01)  # a retry is signed anew, with another second
    until(lambda: slack.called("chat.postMessage"))
    time.sleep(0.3)
    assert len(slack.called("chat.postMessage")) == 1


def test_a_double_click_does_nothing_twice(say: Sender, slack: FakeSlack) -> None:
    told = say.command("Welsh speech")
    until(lambda: slack.answered(told))
    terms = button(slack.answered(told)[0], "terms")
    for _ in range(2):
        say.press(terms, path="pressed")
    until(lambda: slack.answered("pressed"))
    time.sleep(0.3)
    assert len(slack.answered("pressed")) == 1


def test_a_workspace_that_did_not_install_the_app_is_told_so_and_served_nothing(
    say: Sender, slack: FakeSlack
) -> None:
    body, path = say.command_body("Welsh speech", team="T7")
    answer = say.post(body)
    assert answer.status_code == 200
    assert "not installed in this workspace" in answer.text
    quiet_after(say, slack, 0)
    assert slack.answered(path) == []


def test_the_token_of_one_workspace_serves_no_other(running: Running, slack: FakeSlack) -> None:
    with running(bot_token="xoxb-one", workspaces=()) as (_, say):
        say.mention("Welsh speech")
        until(lambda: slack.called("chat.postMessage"))
        other, path = say.command_body("Welsh speech", team="T2")
        assert "not installed" in say.post(other).text
        time.sleep(0.3)
        assert slack.answered(path) == []
    assert {team for _, team, _ in slack.calls} == {"T1"}


def test_each_workspace_is_answered_with_its_own_token(say: Sender, slack: FakeSlack) -> None:
    say.mention("Welsh speech", team="T1")
    say.mention("Irish speech", team="T2")
    until(lambda: len(slack.called("chat.postMessage")) == 2)
    used = {(str(body["channel"]), team) for method, team, body in slack.calls
            if method == "chat.postMessage"}  # fmt: skip
    assert used == {("C1-T1", "T1"), ("C1-T2", "T2")}


def test_another_persons_button_is_refused(say: Sender, slack: FakeSlack) -> None:
    say.mention("speech data")
    until(lambda: slack.called("chat.postMessage"))
    more = button(slack.called("chat.postMessage")[0], "more")
    path = say.press(more, user="U2")
    until(lambda: slack.answered(path))
    assert "belongs to the conversation of somebody else" in text_of(slack.answered(path)[0])
    assert len(slack.called("chat.postMessage")) == 1


def test_a_button_of_another_workspace_is_refused(say: Sender, slack: FakeSlack) -> None:
    told = say.command("speech data")
    until(lambda: slack.answered(told))
    more = button(slack.answered(told)[0], "more")
    path = say.press(more, team="T2")
    until(lambda: slack.answered(path))
    assert "somebody else" in text_of(slack.answered(path)[0])


@pytest.mark.parametrize("user", ["UFAR", "UBOT2", "UGONE"])
def test_strangers_bots_and_closed_accounts_are_not_served(
    say: Sender, slack: FakeSlack, user: str
) -> None:
    slack.add(member("UGONE", "gone@example.org", deleted=True))
    path = say.command("Welsh speech", user=user)
    until(lambda: slack.answered(path))
    text = text_of(slack.answered(path)[0])
    assert "Welsh Read Sentences" not in text
    assert "only" in text


def test_nobody_is_recognised_without_a_confirmed_address_of_a_believed_workspace(
    running: Running, slack: FakeSlack
) -> None:
    with running(workspaces=("T1",)) as (face, _):
        one, two = face.store.installation("T1"), face.store.installation("T2")
        assert one is not None and two is not None
        people = face.means.people
        assert people.member(one, "U1").email == "mara@example.org"
        assert people.member(one, "UNEW").email is None
        assert people.member(two, "U1").email is None
        found = people.with_email(one, "owner@example.org")
        assert found is not None and found.user == "U2"
        assert people.with_email(one, "new@example.org") is None
        assert people.with_email(two, "zoe@two.example") is None
        assert people.with_email(one, "The Owner") is None


def test_a_body_that_is_none_of_slacks_is_refused(say: Sender) -> None:
    for body in ("{", "payload=%7B", "\xff"):
        assert say.post(body, kind="application/json").status_code in (400, 401, 404)
    assert say.post("x" * 1_000_001).status_code == 413


def test_slack_may_check_the_address(say: Sender) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    answer = say.post(body, kind="application/json")
    assert answer.json() == {"challenge": "abc"}
