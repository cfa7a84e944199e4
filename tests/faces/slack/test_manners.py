"""At once, once, and never lost: acknowledgement, rate limits, restarts, uninstalling, sockets."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.faces.slack_calls import Calls, LetGo, SlackFailed
from assistant.faces.slack_heard import Heard
from assistant.faces.slack_inbox import Inbox
from assistant.faces.slack_parts import message, prose
from assistant.faces.slack_store import Installation, Replayed, SlackStore, open_slack_store
from tests import postgres
from tests.faces.slack.conftest import BOX, Running
from tests.faces.slack.fake import FakeSlack, until
from tests.faces.slack.sender import Sender, text_of

PLACE = Installation(place="T1", name="T1", token="xoxb-one", bot_user="UBOT")
HELLO = message(prose("hello"), "hello")


def test_many_commands_at_once_are_each_acknowledged_in_time_and_answered_once(
    say: Sender, slack: FakeSlack
) -> None:
    bodies = [say.command_body("Welsh speech") for _ in range(60)]
    took: list[float] = []

    def send(body: str) -> None:
        begun = time.monotonic()
        assert say.post(body).status_code == 200
        took.append(time.monotonic() - begun)

    with ThreadPoolExecutor(60) as pool:
        list(pool.map(send, [body for body, _ in bodies]))
    assert max(took) < 3
    until(lambda: len(slack.answered()) >= len(bodies), within_s=60)
    time.sleep(0.3)
    assert sorted(path for path, _ in slack.answers) == sorted(path for _, path in bodies)


def test_a_slow_desk_does_not_delay_the_acknowledgement(say: Sender, slack: FakeSlack) -> None:
    slack.limited["users.info"] = [2.0]
    begun = time.monotonic()
    path = say.command("Welsh speech")
    assert time.monotonic() - begun < 1
    until(lambda: slack.answered(path))
    assert time.monotonic() - begun >= 2


def test_a_database_that_is_held_by_others_does_not_delay_the_acknowledgement(
    say: Sender, slack: FakeSlack, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "slack.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    path = say.command("help")
    assert time.monotonic() - begun < 3
    until(lambda: slack.answered(path))
    other.execute("ROLLBACK")
    other.close()
    assert len(slack.answered(path)) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "answer"])
def test_a_rate_limit_is_waited_for_as_long_as_slack_asks(
    say: Sender, slack: FakeSlack, method: str
) -> None:
    slack.limited[method] = [0.4, 0.4]
    begun = time.monotonic()
    if method == "answer":
        path = say.command("help")
        until(lambda: slack.answered(path))
    else:
        say.mention("Welsh speech")
        until(lambda: slack.called("chat.postMessage"))
    assert time.monotonic() - begun >= 0.8


def test_a_pause_that_slack_asks_for_holds_every_thread_of_that_workspace(
    slack: FakeSlack,
) -> None:
    calls = Calls(f"{slack.url}/api/")
    slack.limited["chat.postMessage"] = [0.6]
    ended: list[float] = []
    begun = time.monotonic()

    def post() -> None:
        calls.post(PLACE, "C1-T1", HELLO)
        ended.append(time.monotonic() - begun)

    first = threading.Thread(target=post)
    first.start()
    time.sleep(0.2)
    post()
    first.join()
    assert min(ended) >= 0.6


def test_a_longer_pause_than_an_answer_is_good_for_is_not_waited_for(slack: FakeSlack) -> None:
    slack.limited["chat.postMessage"] = [900.0]
    with pytest.raises(SlackFailed, match="ratelimited for 900 s"):
        Calls(f"{slack.url}/api/").post(PLACE, "C1-T1", HELLO)


def test_what_slack_may_have_done_already_is_not_sent_again() -> None:
    calls = Calls("http://127.0.0.1:9/api/")
    with pytest.raises(SlackFailed, match="not reached"):
        calls.post(PLACE, "C1", HELLO)


def test_an_uninstalled_workspace_is_forgotten_with_its_token(
    running: Running, slack: FakeSlack
) -> None:
    with running() as (face, say):
        assert say.event({"type": "app_uninstalled"}).status_code == 200
        until(lambda: face.store.installation("T1") is None)
        assert face.store.installation("T2") is not None
        body, _ = say.command_body("Welsh speech")
        assert "not installed" in say.post(body).text


def test_a_token_that_was_taken_back_ends_the_installation(
    running: Running, slack: FakeSlack
) -> None:
    with running() as (face, say):
        slack.refusing["users.info"] = "token_revoked"
        say.command("Welsh speech")
        until(lambda: face.store.installation("T1") is None)
    with running() as (face, say):
        say.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}})
        until(lambda: face.store.installation("T1") is None)


def test_a_token_of_a_person_that_was_taken_back_ends_nothing(
    running: Running, slack: FakeSlack
) -> None:
    with running() as (face, say):
        say.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})
        path = say.command("help")
        until(lambda: slack.answered(path))
        assert face.store.installation("T1") is not None


def test_errors_are_told_and_logged_without_the_words(
    running: Running, slack: FakeSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running() as (_, say):
        with sqlite3.connect(tmp_path / "talk.db") as talk:
            talk.execute("DROP TABLE memory_conversation")
        path = say.command("my secret wish")
        until(lambda: slack.answered(path))
    assert "error on our side" in text_of(slack.answered(path)[0])
    assert "secret wish" not in caplog.text


class Stopped:
    """Work that stands still until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Event()
        self.done: list[str] = []

    def __call__(self, heard: Heard, begin: object) -> None:
        self.begun.set()
        self.go.wait(20)
        self.done.append(heard.key)


def heard(key: str, **more: object) -> Heard:
    return Heard(kind="command", key=key, team="T1", user="U1", text="words", **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SlackStore]:
    opened = open_slack_store(f"sqlite:///{tmp_path}/inbox.db", BOX)
    yield opened
    opened.close()


@pytest.mark.postgres
def test_the_store_keeps_its_promises_on_postgresql_too(cluster: Path) -> None:
    with postgres.new_database(cluster) as url:
        store = open_slack_store(url, BOX)
        test_an_answer_that_had_begun_is_not_given_twice_after_a_restart(store)
        test_the_same_again_is_a_new_wish_after_a_while(store)
        now = datetime.now(UTC)
        store.take(heard("p"), signature="s1", now=now, until=now)
        with pytest.raises(Replayed):
            store.take(heard("q"), signature="s1", now=now, until=now)
        later = now + timedelta(minutes=1)
        left = store.left(now=later, until=later, since=now - timedelta(minutes=25))
        assert {each.key for each in left} >= {"p"}
        store.install(Installation(place="T1", name="n", token="xoxb-1", bot_user="U"), now=now)
        assert store.installation("", "T1") == store.installations()[0]
        assert store.uninstall("T1")
        state = store.issue_state(now=now)
        assert [store.consume_state(state, now=now) for _ in range(2)] == [True, False]
        store.show("k", "text", now=now)
        assert store.shown("k") == "text"
        store.sweep(now=now + timedelta(days=2))
        assert store.shown("k") is None
        store.close()


def test_what_waits_when_the_process_is_told_to_end_is_done_first(store: SlackStore) -> None:
    work = Stopped()
    inbox = Inbox(store, work, clock=lambda: datetime.now(UTC), workers=2)
    inbox.start()
    for n in range(20):
        assert inbox.put(heard(str(n)))
    work.go.set()
    inbox.stop()
    assert sorted(work.done) == sorted(str(n) for n in range(20))


def test_what_a_killed_process_left_is_done_by_the_next_one_once(store: SlackStore) -> None:
    dead = Inbox(store, Stopped(), clock=lambda: datetime.now(UTC))
    for n in range(3):
        dead.put(heard(str(n)))
    later = datetime.now(UTC) + timedelta(minutes=3)
    work = Stopped()
    work.go.set()
    heirs = [Inbox(store, work, clock=lambda: later) for _ in range(2)]
    for heir in heirs:
        heir.start()
    until(lambda: len(work.done) == 3)
    for heir in heirs:
        heir.stop()
    assert sorted(work.done) == ["0", "1", "2"]


def test_an_answer_that_had_begun_is_not_given_twice_after_a_restart(store: SlackStore) -> None:
    now = datetime.now(UTC)
    assert store.take(heard("a"), signature="", now=now, until=now)
    assert store.claim("a", until=now, lease=now)
    store.note("a", "answering")
    later = now + timedelta(minutes=6)
    assert store.left(now=later, until=later, since=now - timedelta(minutes=25)) == ()


def test_words_and_tokens_are_sealed_in_the_database(store: SlackStore, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    store.take(heard("a", reply_url="https://hooks.example/x"), signature="s", now=now, until=now)
    store.install(Installation(place="T1", name="n", token="xoxb-secret", bot_user="U"), now=now)
    store.show("k", "the message", now=now)
    store.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("inbox.db*"))
    for word in (b"words", b"hooks.example", b"xoxb-secret", b"the message"):
        assert word not in kept


def test_the_same_again_is_a_new_wish_after_a_while(store: SlackStore) -> None:
    now = datetime.now(UTC)
    pressed = heard("b", again_after_s=10.0)
    taken = [
        store.take(pressed, signature="", now=now + timedelta(seconds=s), until=now)
        for s in (0, 3, 11)
    ]
    assert taken == [True, False, True]


def test_the_socket_takes_commands_events_and_buttons_and_acknowledges_each(
    running: Running, slack: FakeSlack
) -> None:
    command = {
        "command": "/datasets", "text": "Welsh speech", "team_id": "T1", "user_id": "U1",
        "channel_id": "C1-T1", "trigger_id": "t.1", "response_url": f"{slack.url}/answer/socket",
    }  # fmt: skip
    event = {
        "type": "event_callback", "team_id": "T1", "event_id": "EvSocket",
        "event": {"type": "app_mention", "user": "U1", "text": "Irish speech", "ts": "2.2",
                  "channel": "C1-T1"},
    }  # fmt: skip
    pressed = {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"},
        "trigger_id": "t.2", "response_url": f"{slack.url}/answer/pressed",
        "container": {"message_ts": "1.1", "channel_id": "C1-T1"},
        "actions": [{"action_id": "terms", "type": "button", "value": '{"i":"voices:cy"}'}],
    }  # fmt: skip
    slack.envelopes = [
        {"envelope_id": "e1", "type": "slash_commands", "payload": command,
         "accepts_response_payload": True},
        {"envelope_id": "e2", "type": "events_api", "payload": event, "retry_attempt": 0},
        {"envelope_id": "e3", "type": "events_api", "payload": event, "retry_attempt": 1,
         "retry_reason": "timeout"},
        {"envelope_id": "e4", "type": "interactive", "payload": pressed},
    ]  # fmt: skip
    with running(app_token="xapp-1", bot_token="xoxb-one", signing_secret="") as (face, _):
        face.connect()
        until(lambda: len(slack.acknowledged) == 4)
        until(lambda: slack.answered("socket") and slack.answered("pressed"))
        until(lambda: slack.called("chat.postMessage"))
        time.sleep(0.3)
    assert {str(each["envelope_id"]) for each in slack.acknowledged} == {"e1", "e2", "e3", "e4"}
    assert "Welsh Read Sentences" in text_of(slack.answered("socket")[0])
    assert len(slack.called("chat.postMessage")) == 1
    assert "Welsh Read Sentences" in text_of(slack.answered("pressed")[0])


def test_a_socket_that_slack_refuses_is_told(running: Running, slack: FakeSlack) -> None:
    with (
        running(app_token="xapp-1", api_url="http://127.0.0.1:9/api/") as (face, _),
        pytest.raises(SlackFailed),
    ):
        face.connect()


def test_a_token_that_slack_does_not_know_says_so(slack: FakeSlack) -> None:
    wrong = Installation(place="T1", name="", token="xoxb-wrong", bot_user="")
    with pytest.raises(LetGo, match="invalid_auth"):
        Calls(f"{slack.url}/api/").post(wrong, "C1-T1", HELLO)
    assert json.dumps(slack.calls).count("xoxb") == 0
