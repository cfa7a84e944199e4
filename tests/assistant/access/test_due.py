"""Reminders and ends over months, and terms that change: told once, and nothing ends unsaid."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from assistant.access.commands import ApproveRequest, DraftRequest, ExtendRequest, ReturnRequest
from assistant.access.values import AccessRequest
from tests.assistant.access.bureau import FAR, GIVEN, MARA, OWNER, SILENT, TOM, VISITOR, Bureau
from tests.assistant.access.post import Post

OWNER_AT = "owner@voices.example"
MARA_AT = "mara@lab.example"


@pytest.fixture
def post(small: Bureau) -> Post:
    return Post(small)


def pass_days(post: Post, days: int) -> dict[int, list[tuple[str, str]]]:
    """What is told on each of the next days, from 1."""
    post.new()
    told = {}
    for day in range(1, days + 1):
        post.bureau.wait(days=1)
        post.rounds().remind()
        if found := post.kinds():
            told[day] = found
    return told


def read(post: Post, request: AccessRequest) -> AccessRequest:
    found = post.bureau.office.read(request.id, MARA)
    assert isinstance(found, AccessRequest)
    return found


def test_an_owner_is_reminded_after_three_and_ten_days_and_never_again(post: Post) -> None:
    post.bureau.filed()
    reminder = [(OWNER_AT, "reminder_owner")]
    assert pass_days(post, 40) == {3: reminder, 10: reminder}


def test_a_decided_or_returned_request_reminds_nobody(post: Post) -> None:
    request = post.bureau.filed()
    post.bureau.do(ReturnRequest(request_id=request.id, question="Which?"), OWNER)
    assert pass_days(post, 15) == {}


def test_access_ends_after_two_reminders_and_its_last_day(post: Post) -> None:
    until = (post.bureau.moment + timedelta(days=30)).date()
    request = post.bureau.approved(until=until)
    told = pass_days(post, 35)
    reminder = [(MARA_AT, "reminder_requester")]
    assert told == {
        16: reminder, 27: reminder, 31: [(MARA_AT, "expired"), (OWNER_AT, "expired")],
    }  # fmt: skip
    assert read(post, request).state == "expired"


def test_a_program_that_was_away_reminds_first_and_ends_only_after_the_whole_window(
    post: Post,
) -> None:
    until = (post.bureau.moment + timedelta(days=30)).date()
    request = post.bureau.approved(until=until)
    post.new()
    post.bureau.wait(days=90)
    told = pass_days(post, 6)
    assert list(told) == [1, 4]
    assert told[1] == [(MARA_AT, "reminder_requester")]
    assert read(post, request).state == "expired"


def test_an_extension_begins_the_reminders_anew(post: Post) -> None:
    until = (post.bureau.moment + timedelta(days=10)).date()
    request = post.bureau.approved(until=until)
    assert list(pass_days(post, 8)) == [1, 7]
    later = until + timedelta(days=60)
    post.bureau.do(ExtendRequest(request_id=request.id, until=later), OWNER)
    assert list(pass_days(post, 63)) == [48, 59, 63]


def test_a_draft_is_closed_after_a_reminder_and_a_touch_keeps_it(post: Post) -> None:
    request = post.bureau.drafted()
    assert pass_days(post, 84) == {83: [(MARA_AT, "reminder_draft")]}
    post.bureau.agreed(request)
    told = pass_days(post, 95)
    assert list(told) == [83, 90]
    assert told[90] == [(MARA_AT, "expired")]


def test_the_draft_of_a_visitor_who_cannot_be_reached_is_closed_in_silence(post: Post) -> None:
    post.bureau.do(DraftRequest(card_id=GIVEN), VISITOR)
    assert pass_days(post, 95) == {}
    (mine,) = post.bureau.office.mine(VISITOR)
    assert mine.state == "expired"


def test_a_reminder_of_what_was_decided_meanwhile_is_not_sent(post: Post) -> None:
    request = post.bureau.filed()
    post.new()
    post.bureau.wait(days=3)
    post.rounds().remind()
    post.bureau.do(ApproveRequest(request_id=request.id), OWNER)
    assert post.kinds() == [(MARA_AT, "request_decided")]


def test_two_workers_at_once_remind_once(bureau: Bureau) -> None:
    post = Post(bureau)
    bureau.filed()
    bureau.filed(SILENT, TOM)
    post.new()
    bureau.wait(days=3)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: post.rounds().remind(), range(4)))
    assert post.kinds() == [(OWNER_AT, "reminder_owner")] * 2


def test_changed_terms_are_flagged_once_and_told_to_both_sides(bureau: Bureau) -> None:
    post = Post(bureau)
    request = bureau.filed()
    post.new()
    assert post.rounds().changes().flagged == 0
    bureau.change_terms(GIVEN, "CC-BY-NC-4.0")
    assert post.rounds().changes().flagged == 1
    assert post.rounds().changes().flagged == 0
    assert post.kinds() == [(MARA_AT, "terms_changed"), (OWNER_AT, "terms_changed")]
    assert read(post, request).terms_change is not None


def test_terms_that_change_back_take_the_flag_away(post: Post) -> None:
    request = post.bureau.approved()
    post.bureau.change_terms(GIVEN, "CC-BY-NC-4.0")
    post.rounds().changes()
    assert read(post, request).state == "approved"
    post.bureau.change_terms(GIVEN, "CC-BY-4.0")
    assert post.rounds().changes().flagged == 1
    assert read(post, request).terms_change is None


def test_a_withdrawn_dataset_flags_what_is_open_and_its_return_too(post: Post) -> None:
    request = post.bureau.approved()
    post.bureau.drafted(FAR)
    post.new()
    post.bureau.store.withdraw([GIVEN], "gone", at=post.bureau.moment)
    assert post.rounds().changes().flagged == 1
    assert post.rounds().changes().flagged == 0
    change = read(post, request).terms_change
    assert change is not None and change.what == "withdrawn"
    (mara, _, message), (owner, _, _) = post.new()
    assert (mara, owner) == (MARA_AT, OWNER_AT)
    assert "taken out of its catalogue" in message.text
    post.bureau.change_terms(GIVEN, "CC-BY-4.0")
    assert post.rounds().changes().flagged == 1
    assert read(post, request).terms_change is None


def test_closed_requests_are_left_alone(post: Post) -> None:
    post.bureau.approved(until=date(2026, 11, 24))
    pass_days(post, 20)
    post.bureau.change_terms(GIVEN, "CC-BY-NC-4.0")
    assert post.rounds().changes().flagged == 0
