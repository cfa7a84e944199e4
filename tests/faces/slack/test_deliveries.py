"""What comes by itself: news of requests, what channels watch for; and datasets saved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from assistant.access.deliver import Delivered, Deliverer, Ways
from assistant.access.lookup import RequestLookup
from assistant.access.remind import Calendar
from assistant.desk import Desk
from assistant.faces.slack import SlackFace
from assistant.faces.slack_send import SlackSender
from catalog_sync.store import open_store
from tests.assistant.conftest import NOW, made
from tests.faces.slack.fake import Body, FakeSlack, until
from tests.faces.slack.sender import Sender, button, elements, text_of
from tests.faces.slack.test_requests import filed, mine, opened, refilled
from tests.faces.slack.test_requests import shelf as shelf


class Links:
    """Makes no link that anybody could use."""

    def mail_token(self, email: str, *, purpose: str, about: str = "", now: datetime) -> str:
        del email, now
        return f"{purpose}-{about}"


Deliver = Deliverer


@pytest.fixture
def deliver(face: tuple[SlackFace, Sender], desk: Desk) -> Deliver:
    parts = desk.office.parts
    lookup = RequestLookup(
        record=parts.record, links=Links(), url="https://data.example.org", calendar=Calendar(),
        clock=lambda: NOW,
    )  # fmt: skip
    ways = Ways(senders={"slack": SlackSender(face[0])}, lookup=lookup, site="Data")
    return Deliverer(parts.outbox, ways, clock=lambda: NOW)


def posts(slack: FakeSlack, channel: str) -> list[Body]:
    return [body for body in slack.called("chat.postMessage") if body["channel"] == channel]


def test_an_owner_decides_from_the_message_and_the_requester_is_told(
    say: Sender, slack: FakeSlack, desk: Desk, deliver: Deliver
) -> None:
    filed(say, slack, desk)
    assert deliver.run_until_empty() == Delivered(sent=1)
    (message,) = posts(slack, "D-U2-T1")
    assert "Mara Lind (mara@example.org) asks for access." in text_of(message)
    assert "A recogniser for classrooms." in text_of(message)
    say.press(button(message, "approve"), user="U2", message="4.4")
    say.submit(opened(slack, 2), {"conditions": "Name us."}, user="U2", view_id="V2")
    refilled(slack, 3)
    assert mine(desk)[0].state == "approved"
    changed = cast("list[Body]", until(lambda: slack.called("chat.update")))[0]
    assert changed["ts"] == "4.4"
    assert deliver.run_until_empty() == Delivered(sent=1)
    (told,) = posts(slack, "D-U1-T1")
    assert "You may use Given Shelf" in text_of(told)
    assert deliver.run_until_empty() == Delivered()


def test_who_has_no_account_in_slack_is_not_told_there(
    say: Sender, slack: FakeSlack, desk: Desk, deliver: Deliver
) -> None:
    del slack.members["T1", "U2"]
    filed(say, slack, desk)
    assert deliver.run_until_empty() == Delivered(dropped=1)
    assert slack.called("chat.postMessage") == []


def test_an_address_that_slack_has_not_confirmed_is_told_nothing(
    say: Sender, slack: FakeSlack, desk: Desk, deliver: Deliver
) -> None:
    slack.members["T1", "U2"]["is_email_confirmed"] = False
    filed(say, slack, desk)
    assert deliver.run_until_empty() == Delivered(dropped=1)


def test_a_message_that_slack_does_not_take_now_is_tried_again(
    say: Sender, slack: FakeSlack, desk: Desk, deliver: Deliver
) -> None:
    filed(say, slack, desk)
    slack.refusing["chat.postMessage"] = "internal_error"
    assert deliver.run_until_empty() == Delivered(failed=1)
    slack.refusing["conversations.open"] = "user_disabled"
    assert deliver.run_until_empty() == Delivered()


def new_card(tmp_path: Path, name: str) -> None:
    """A sync brings a further Welsh dataset."""
    store = open_store(f"sqlite:///{tmp_path}/catalog.db")
    native = name.lower().replace(" ", "-")
    store.put([made(native, name=name, languages=("cy",), modalities=("audio",))], seen_at=NOW)
    store.close()


def test_a_channel_is_told_of_each_new_dataset_once(
    say: Sender, slack: FakeSlack, desk: Desk, deliver: Deliver, tmp_path: Path
) -> None:
    say.command("watch Welsh speech")
    until(lambda: posts(slack, "C1-T1"))
    assert "From now on I tell here" in text_of(posts(slack, "C1-T1")[0])
    assert desk.office.watches.tell_new() == 0
    new_card(tmp_path, "Welsh Radio")
    assert desk.office.watches.tell_new() == 1
    assert desk.office.watches.tell_new() == 0
    assert deliver.run_until_empty() == Delivered(sent=1)
    told = posts(slack, "C1-T1")[1]
    assert "New for “Welsh speech”" in text_of(told)
    assert "Welsh Radio" in text_of(told)
    assert "Welsh Read Sentences" not in text_of(told)

    path = say.command("unwatch Welsh speech")
    until(lambda: slack.answered(path))
    assert "Ended." in text_of(slack.answered(path)[0])
    new_card(tmp_path, "Welsh Theatre")
    assert desk.office.watches.tell_new() == 0


def test_the_same_watch_is_begun_once_and_listed_with_its_end(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    say.command("watch Irish speech")
    until(lambda: posts(slack, "C1-T1"))
    path = say.command("watch Irish speech")
    until(lambda: slack.answered(path))
    assert "already" in text_of(slack.answered(path)[0])
    path = say.command("watch")
    until(lambda: slack.answered(path))
    end = button(slack.answered(path)[0], "unwatch")
    other = say.press(end, user="U2")
    until(lambda: slack.answered(other))
    assert "somebody else" in text_of(slack.answered(other)[0])
    mine_ = say.press(end)
    until(lambda: slack.answered(mine_))
    assert "Ended." in text_of(slack.answered(mine_)[0])


def test_a_channel_that_the_app_is_not_in_is_not_watched(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    slack.refusing["chat.postMessage"] = "not_in_channel"
    path = say.command("watch Irish speech")
    until(lambda: slack.answered(path))
    assert "/invite" in text_of(slack.answered(path)[0])
    path = say.command("watch")
    until(lambda: slack.answered(path))
    assert "no watch" in text_of(slack.answered(path)[0])


def test_a_channel_that_was_archived_is_given_up(
    say: Sender, slack: FakeSlack, desk: Desk, deliver: Deliver, tmp_path: Path
) -> None:
    say.command("watch Welsh speech")
    until(lambda: posts(slack, "C1-T1"))
    new_card(tmp_path, "Welsh Radio")
    desk.office.watches.tell_new()
    slack.refusing["chat.postMessage"] = "is_archived"
    assert deliver.run_until_empty() == Delivered(given_up=1)


def test_a_saved_dataset_stands_in_the_home_tab_until_it_is_removed(
    say: Sender, slack: FakeSlack
) -> None:
    path = say.command("Basque speech")
    until(lambda: slack.answered(path))
    keep = button(slack.answered(path)[0], "keep")
    saved = say.press(keep)
    until(lambda: slack.answered(saved))
    assert "Saved" in text_of(slack.answered(saved)[0])
    say.event({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1-T1"})
    until(lambda: slack.called("views.publish"))
    tab = cast("Body", slack.called("views.publish")[0]["view"])
    assert "Basque" in text_of(tab).partition("Saved datasets")[2]
    say.press(button(tab, "drop"), view={"id": "VHOME", "type": "home"})
    until(lambda: len(slack.called("views.publish")) == 2)
    tab = cast("Body", slack.called("views.publish")[1]["view"])
    assert "Nothing saved yet." in text_of(tab)
    assert "drop" not in {e["action_id"] for e in elements(tab)}
