"""Asking for access and deciding, through Slack's forms and buttons, on the real office."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from assistant.access.commands import ApproveRequest
from assistant.access.values import AccessRequest, Refusal
from assistant.access.values_owner import Ownership, Scope
from assistant.desk import Desk
from assistant.need import Asker
from catalog_sync import terms
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import AccessMode, Price, StatedTerms
from catalog_sync.store import open_store
from tests.assistant.conftest import ADMINISTRATOR, NOW
from tests.faces.slack.fake import Body, FakeSlack, member, until
from tests.faces.slack.sender import Sender, button, elements, text_of

MARA = Asker(id="slack:T1:U1", role="person", email="mara@example.org")
OWNER = Asker(id="slack:T1:U2", role="person", email="owner@example.org")


def card(
    native: str,
    access: AccessMode,
    price: Price | None = None,
    *,
    licences: tuple[str, ...] = ("CC-BY-4.0",),
) -> DatasetCard:
    stated = StatedTerms(licences=licences, access=access, access_quote=access, price=price)
    return DatasetCard(
        id=f"shelf:{native}", source="shelf", native_id=native, publisher="Llais",
        url=f"https://data.example/{native}", name=f"{native.title()} Shelf", languages=("cy",),
        modalities=("audio",), terms=terms.derive(stated),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def shelf(desk: Desk, slack: FakeSlack, tmp_path: Path) -> None:
    """Cards that are asked for, decided by the owner whose address U2 has."""
    slack.add(member("U3", "stranger@example.org"))
    store = open_store(f"sqlite:///{tmp_path}/catalog.db")
    price = Price(owner_cents=10000, currency="USD", platform_fee_cents=500)
    store.put([card("given", "on_request"), card("open", "public"), card("far", "owner_site"),
               card("silent", "on_request", licences=()),
               card("priced", "on_request", price)], seen_at=NOW)  # fmt: skip
    store.close()
    admin = Asker(id="admin", role="person", email=ADMINISTRATOR)
    for card_id in ("shelf:given", "shelf:priced", "shelf:silent"):
        scope = Scope(kind="card", value=card_id)
        done = desk.office.owners.assign(scope, "owner@example.org", asker=admin)
        assert isinstance(done, Ownership), done


def opened(slack: FakeSlack, count: int = 1) -> Body:
    """The form that was opened last."""
    until(lambda: len(slack.called("views.open")) >= count)
    return cast("Body", slack.called("views.open")[-1]["view"])


def refilled(slack: FakeSlack, count: int) -> Body:
    """The form as it was filled anew."""
    until(lambda: len(slack.called("views.update")) >= count)
    return cast("Body", slack.called("views.update")[count - 1]["view"])


def inputs(view: Body) -> list[str]:
    blocks = cast("list[Body]", view["blocks"])
    return [str(block["block_id"]) for block in blocks if block["type"] == "input"]


def chosen(value: str) -> Body:
    return {"selected_option": {"value": value}}


def ticked(*values: str) -> Body:
    return {"selected_options": [{"value": value} for value in values]}


GIVEN: Mapping[str, object] = {
    "name": "Mara Lind", "country": chosen("SE"), "acts": ticked("train_research"),
    "purpose": "A recogniser for classrooms.", "message": "",
}  # fmt: skip


def answered(say: Sender, slack: FakeSlack, words: str = "Given Shelf") -> Body:
    """As far as the review."""
    say.command(f"request {words}")
    form = opened(slack)
    waits = say.submit(form, GIVEN)
    assert waits.json()["response_action"] == "update"
    return refilled(slack, 1)


def accepted(view: Body) -> dict[str, object]:
    return {name: ticked("yes") for name in inputs(view)}


def mine(desk: Desk) -> tuple[AccessRequest, ...]:
    return desk.office.mine(MARA)


def filed(say: Sender, slack: FakeSlack, desk: Desk, words: str = "Given Shelf") -> AccessRequest:
    review = answered(say, slack, words)
    say.submit(review, accepted(review), hash_="h2")
    refilled(slack, 2)
    (request,) = mine(desk)
    assert request.state == "submitted"
    return request


def test_a_request_is_asked_reviewed_and_filed_by_ones_own_confirmation(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    say.command("request Given Shelf")
    form = opened(slack)
    assert inputs(form) == ["name", "country", "acts", "purpose", "message"]
    assert "CC-BY-4.0" in json.dumps(form) or "attribution" in json.dumps(form).casefold()
    assert "“" in text_of(form)
    say.submit(form, GIVEN)
    review = refilled(slack, 1)
    (draft,) = mine(desk)
    assert draft.state == "draft"
    for agreement in draft.judged.agreements:
        assert agreement.text in text_of(review)
    assert "Sweden" in text_of(review)
    say.submit(review, accepted(review), hash_="h2")
    end = refilled(slack, 2)
    assert "is with its owner" in text_of(end)
    (request,) = mine(desk)
    assert request.state == "submitted"
    assert {each.agreement_id for each in request.accepted} == {"terms", "sharing"}


def test_what_was_said_once_is_not_asked_again(say: Sender, slack: FakeSlack, desk: Desk) -> None:
    filed(say, slack, desk)
    say.command("request shelf:priced")
    assert inputs(opened(slack, 2)) == ["acts", "purpose", "message"]


def test_a_box_that_was_not_ticked_files_nothing(say: Sender, slack: FakeSlack, desk: Desk) -> None:
    review = answered(say, slack)
    say.submit(review, {"accept:terms": ticked("yes"), "accept:sharing": ticked()}, hash_="h2")
    assert "is not accepted yet" in text_of(refilled(slack, 2))
    assert mine(desk)[0].state == "draft"


def test_a_price_is_shown_apart_and_agreed_to(say: Sender, slack: FakeSlack, desk: Desk) -> None:
    review = answered(say, slack, "shelf:priced")
    assert "100.00 USD to the owner and 5.00 USD to the platform" in text_of(review)
    say.submit(review, {**accepted(review), "price": ticked()}, hash_="h2")
    assert "price" in text_of(refilled(slack, 2))
    assert mine(desk)[0].state == "draft"
    say.submit(review, accepted(review), hash_="h3")
    refilled(slack, 3)
    assert mine(desk)[0].state == "submitted"


def test_a_form_sent_twice_files_one_request(say: Sender, slack: FakeSlack, desk: Desk) -> None:
    review = answered(say, slack)
    for _ in range(3):
        say.submit(review, accepted(review), hash_="h2")
    refilled(slack, 2)
    time.sleep(0.7)
    assert len(slack.called("views.update")) == 2
    assert len(mine(desk)) == 1


def test_for_open_files_nobody_need_be_asked(say: Sender, slack: FakeSlack) -> None:
    path = say.command("request shelf:open")
    until(lambda: slack.answered(path))
    assert "Nobody need be asked" in text_of(slack.answered(path)[0])


def test_a_dataset_of_elsewhere_is_handed_over_to_its_page(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    review = answered(say, slack, "shelf:far")
    say.submit(review, accepted(review), hash_="h2")
    end = refilled(slack, 2)
    assert button(end, "open")["url"] == "https://data.example/far"
    assert "Subject: Request for access to Far Shelf" in text_of(end)
    assert "A recogniser for classrooms." in text_of(end)
    assert mine(desk)[0].state == "handed_over"


def test_without_a_confirmed_address_nobody_asks(say: Sender, slack: FakeSlack) -> None:
    path = say.command("request Given Shelf", user="UNEW")
    until(lambda: slack.answered(path))
    assert "e-mail address, confirmed" in text_of(slack.answered(path)[0])
    assert slack.called("views.open") == []


def test_a_form_that_came_too_late_is_offered_by_a_button(say: Sender, slack: FakeSlack) -> None:
    slack.refusing["views.open"] = "expired_trigger_id"
    path = say.command("request Given Shelf")
    until(lambda: slack.answered(path))
    del slack.refusing["views.open"]
    say.press(button(slack.answered(path)[0], "request"))
    until(lambda: len(slack.called("views.open")) == 2)


def test_the_owner_approves_with_a_day_and_conditions(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    request = filed(say, slack, desk)
    path = say.command(f"status {request.id}", user="U2")
    until(lambda: slack.answered(path))
    message = slack.answered(path)[0]
    assert "Mara Lind (mara@example.org) asks for access." in text_of(message)
    say.press(button(message, "approve"), user="U2", message="9.9")
    form = opened(slack, 2)
    say.submit(form, {"until": {"selected_date": "2027-06-30"}, "conditions": "Name us."},
               user="U2", view_id="V2")  # fmt: skip
    assert "Approved" in text_of(refilled(slack, 3))
    (done,) = mine(desk)
    assert (done.state, str(done.until), done.conditions) == ("approved", "2027-06-30", "Name us.")
    changed = until(lambda: slack.called("chat.update"))
    assert "approve" not in {e["action_id"] for e in elements(cast("list[Body]", changed)[0])}


@pytest.mark.parametrize(
    ("action", "answers", "state"),
    [
        ("reject", {"reason": "Not for this."}, "rejected"),
        ("return", {"question": "Which classrooms?"}, "returned"),
    ],
)
def test_the_owner_rejects_with_a_reason_or_asks_back(
    say: Sender, slack: FakeSlack, desk: Desk, action: str, answers: Body, state: str
) -> None:
    request = filed(say, slack, desk)
    path = say.command(f"status {request.id}", user="U2")
    until(lambda: slack.answered(path))
    say.press(button(slack.answered(path)[0], action), user="U2")
    say.submit(opened(slack, 2), answers, user="U2", view_id="V2")
    refilled(slack, 3)
    (done,) = mine(desk)
    assert done.state == state
    assert (done.reason or done.question) == next(iter(answers.values()))


def test_a_question_of_the_owner_is_answered_in_the_form(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    test_the_owner_rejects_with_a_reason_or_asks_back(
        say, slack, desk, "return", {"question": "Which classrooms?"}, "returned"
    )
    path = say.command(f"status {mine(desk)[0].id}")
    until(lambda: slack.answered(path))
    assert "Which classrooms?" in text_of(slack.answered(path)[0])
    say.press(button(slack.answered(path)[0], "save"))
    form = opened(slack, 3)
    assert "Which classrooms?" in text_of(form)
    say.submit(form, {"message": "Those in Umeå."}, view_id="V3")
    review = refilled(slack, 4)
    say.submit(review, accepted(review), view_id="V3", hash_="h2")
    refilled(slack, 5)
    (done,) = mine(desk)
    assert done.state == "submitted"
    read = desk.office.read(done.id, OWNER)
    assert not isinstance(read, Refusal)
    assert read.answers is not None
    assert read.answers.message == "Those in Umeå."


@pytest.mark.parametrize("user", ["U1", "U3"])
def test_another_persons_decision_is_refused_by_the_office(
    say: Sender, slack: FakeSlack, desk: Desk, user: str
) -> None:
    request = filed(say, slack, desk)
    path = say.command(f"status {request.id}", user="U2")
    until(lambda: slack.answered(path))
    approve = button(slack.answered(path)[0], "approve")
    told = say.press(approve, user=user)
    until(lambda: slack.answered(told))
    assert len(slack.called("views.open")) == 1
    # A form that was made up is judged by the office all the same.
    made_up: Body = {"callback_id": "decide.approve", "private_metadata": approve["value"]}
    say.submit(made_up, {}, user=user, view_id="V9")
    refilled(slack, 3)
    assert mine(desk)[0].state == "submitted"
    if user == "U3":
        path = say.command(f"status {request.id}", user=user)
        until(lambda: slack.answered(path))
        assert "no such request" in text_of(slack.answered(path)[0])


def test_ones_requests_are_listed_looked_at_and_withdrawn(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    filed(say, slack, desk)
    path = say.command("status")
    until(lambda: slack.answered(path))
    listed = slack.answered(path)[0]
    assert "Given Shelf · Sent, waiting for the owner" in text_of(listed)
    seen = say.press(button(listed, "look"))
    until(lambda: slack.answered(seen))
    gone = say.press(button(slack.answered(seen)[0], "withdraw"))
    until(lambda: slack.answered(gone))
    assert "You withdrew your request" in text_of(slack.answered(gone)[0])
    assert mine(desk)[0].state == "withdrawn"


def test_the_home_tab_lists_ones_requests_and_what_waits_for_ones_decision(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    filed(say, slack, desk)
    for user in ("U1", "U2"):
        say.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1-T1"})
    until(lambda: len(slack.called("views.publish")) == 2)
    tabs = {str(b["user_id"]): cast("Body", b["view"]) for b in slack.called("views.publish")}
    assert text_of(tabs["U1"]).count("Given Shelf") == 1
    waiting = text_of(tabs["U2"]).partition("Waiting for my decision")[2]
    assert "Given Shelf" in waiting
    look = button(tabs["U2"], "look")
    view: Body = {"id": "VHOME", "type": "home"}
    say.press(look, user="U2", view=view)
    until(lambda: slack.called("chat.postMessage"))
    message = slack.called("chat.postMessage")[0]
    assert message["channel"] == "D-U2-T1"
    assert {"approve", "reject", "return"} <= {e["action_id"] for e in elements(message)}


def test_a_home_tab_without_a_confirmed_address_says_so(say: Sender, slack: FakeSlack) -> None:
    say.event({"type": "app_home_opened", "user": "UNEW", "tab": "home", "channel": "D1-T1"})
    until(lambda: slack.called("views.publish"))
    view = cast("Body", slack.called("views.publish")[0]["view"])
    assert "e-mail address, confirmed" in text_of(view)


def granted(say: Sender, slack: FakeSlack, desk: Desk) -> None:
    request = filed(say, slack, desk, "shelf:silent")
    approve = ApproveRequest(request_id=request.id)
    done = desk.office.request(approve, asker=OWNER, key="granted")
    assert not isinstance(done, Refusal), done


def test_what_was_granted_to_one_person_is_not_offered_to_be_shared(
    say: Sender, slack: FakeSlack, desk: Desk
) -> None:
    granted(say, slack, desk)
    for words in ("terms shelf:silent train_research", "status"):
        path = say.command(words)
        until(lambda path=path: slack.answered(path))
        assert "share" not in {e["action_id"] for e in elements(slack.answered(path)[0])}
    path = say.command("terms shelf:silent train_research", user="U3")
    until(lambda: slack.answered(path))
    assert "share" in {e["action_id"] for e in elements(slack.answered(path)[0])}


def test_in_a_channel_ones_requests_are_not_told(say: Sender, slack: FakeSlack, desk: Desk) -> None:
    filed(say, slack, desk)
    say.mention("how do my requests stand?")
    until(lambda: slack.called("chat.postMessage"))
    assert "Given Shelf" not in text_of(slack.called("chat.postMessage")[0])
    say.direct("how do my requests stand?")
    until(lambda: len(slack.called("chat.postMessage")) == 2)
    assert "Given Shelf" in text_of(slack.called("chat.postMessage")[1])
