"""Talking with the app: in a channel's thread, directly, in the side panel, as in the terminal."""

from __future__ import annotations

import json
import re
from typing import cast

import pytest

from assistant.commands.talk import talk
from assistant.desk import Desk
from assistant.faces import render
from tests.faces.slack.fake import Body, FakeSlack, until
from tests.faces.slack.sender import Sender, button, text_of

TURNS = (
    "Swahili speech", "only what I may use in a product", "actually Basque",
    "drop the licence", "more", "translation data for Yoruba and English",
)  # fmt: skip

BADGES = "|".join(sorted((words for _, words in render.BADGES.values()), key=len, reverse=True))


def posts(slack: FakeSlack, count: int) -> list[Body]:
    until(lambda: len(slack.called("chat.postMessage")) >= count)
    return slack.called("chat.postMessage")


def cards(body: Body) -> list[tuple[str, str]]:
    """(card id, verdict's words) of each card of a message, in order."""
    found = []
    blocks = cast("list[Body]", body["blocks"])
    for before, block in zip(blocks, blocks[1:], strict=False):
        if str(block.get("block_id", "")).startswith("card|"):
            value = json.loads(str(button({"blocks": [block]}, "terms")["value"]))
            badge = re.search(BADGES, text_of({"blocks": [before]}))
            found.append((value["i"], badge[0] if badge else ""))
    return found


def test_a_conversation_gives_the_datasets_and_verdicts_that_the_terminal_gives(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    thread = ""
    for count, turn in enumerate(TURNS, 1):
        thread = say.mention(turn, thread=thread)
        posts(slack, count)
    in_slack = [cards(body) for body in slack.called("chat.postMessage")]
    in_terminal = [
        [(o.card.id, render.BADGES[o.verdict.outcome][1]) for o in reply.options or reply.nearest]
        for reply in talk(desk, TURNS, top=5)
    ]
    assert in_slack == in_terminal
    assert any(in_slack)


def test_a_mention_is_answered_in_its_thread_which_is_remembered(
    say: Sender, slack: FakeSlack
) -> None:
    thread = say.mention("Basque speech")
    posts(slack, 1)
    say.mention("only what I may sell", thread=thread, user="U2")
    first, second = posts(slack, 2)
    assert {first["thread_ts"], second["thread_ts"]} == {thread}
    assert {card_id for card_id, _ in cards(first)} == {"voices:eu", "voices:eu-free"}
    assert [card_id for card_id, _ in cards(second)] == ["voices:eu"]
    other = say.mention("only what I may sell")
    assert other != thread
    assert len(cards(posts(slack, 3)[2])) > 1


def test_a_button_of_a_thread_goes_on_in_the_thread(say: Sender, slack: FakeSlack) -> None:
    thread = say.mention("speech data")
    more = button(posts(slack, 1)[0], "more")
    say.press(more)
    assert posts(slack, 2)[1]["thread_ts"] == thread


def test_direct_messages_converse(say: Sender, slack: FakeSlack) -> None:
    say.direct("Swahili speech")
    posts(slack, 1)
    say.direct("at least 100 hours")
    second = posts(slack, 2)[1]
    assert second["channel"] == "DU1-T1"
    assert [card_id for card_id, _ in cards(second)][0] == "voices:sw"


def test_the_side_panel_greets_with_prompts_and_shows_that_work_goes_on(
    say: Sender, slack: FakeSlack
) -> None:
    started: Body = {
        "type": "assistant_thread_started",
        "assistant_thread": {"user_id": "U1", "channel_id": "DU1-T1", "thread_ts": "5.5"},
    }
    say.event(started)
    prompts = cast(
        "list[Body]", until(lambda: slack.called("assistant.threads.setSuggestedPrompts"))
    )
    assert 1 <= len(cast("list[Body]", prompts[0]["prompts"])) <= 4
    say.direct("Welsh speech", thread="5.5")
    assert posts(slack, 2)[1]["thread_ts"] == "5.5"
    assert slack.called("assistant.threads.setStatus")[0]["thread_ts"] == "5.5"


def test_a_workspace_without_the_side_panel_is_answered_all_the_same(
    say: Sender, slack: FakeSlack
) -> None:
    slack.refusing["assistant.threads.setStatus"] = "unknown_method"
    say.direct("Welsh speech", thread="5.5")
    assert "Welsh Read Sentences" in text_of(posts(slack, 1)[0])


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "channel_type": "im", "user": "U1", "text": "x", "bot_id": "B1"},
        {"type": "message", "channel_type": "im", "user": "U1", "subtype": "message_changed"},
        {"type": "message", "channel_type": "channel", "user": "U1", "text": "Welsh speech"},
        {"type": "reaction_added", "user": "U1"},
    ],
)
def test_what_is_not_said_to_the_app_is_not_answered(
    say: Sender, slack: FakeSlack, event: Body
) -> None:
    assert say.event({**event, "channel": "DU1-T1", "ts": "1.1"}).status_code == 200
    say.direct("Welsh speech")
    assert len(posts(slack, 1)) == 1


def test_marks_of_slack_in_what_is_said_are_read_as_words(say: Sender, slack: FakeSlack) -> None:
    say.mention("speech in <https://x.example|Welsh> &amp; at least 100 hours <#C9|data>")
    assert cards(posts(slack, 1)[0])[0][0] == "voices:cy"
