"""What people are told, from a real office: each event to whom it concerns, and nothing beyond."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.access.commands import (
    ApproveRequest,
    ChangeDecision,
    DelegateRequest,
    DraftRequest,
    ExtendRequest,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    WithdrawRequest,
)
from assistant.access.letter import write
from assistant.access.letter_paste import as_csv, cell, to_paste
from assistant.access.messages import OUTGOING_KINDS, Facts, Match, News, OutgoingKind
from assistant.access.values import PersonShown
from tests.assistant.access.bureau import (
    ADMIN,
    ANSWERS,
    FAR,
    GIVEN,
    MARA,
    OWNER,
    TOM,
    VISITOR,
    Bureau,
    made,
)
from tests.assistant.access.post import Post

OWNER_AT = "owner@voices.example"
MARA_AT = "mara@lab.example"
HOSTILE = "<script>alert(1)</script>\r\nBcc: all@evil.example\u202e\"'&"


@pytest.fixture
def post(small: Bureau) -> Post:
    return Post(small)


def test_a_filed_request_tells_its_owner_who_why_and_what_the_terms_say(post: Post) -> None:
    request = post.bureau.filed()
    ((address, kind, message),) = post.new()
    assert (address, kind) == (OWNER_AT, "request_submitted")
    for words in ("Mara Lind", "Speech Lab", "Sweden", "train a model for research",
                  "A recogniser for classroom use.", "Given Voices", "“"):  # fmt: skip
        assert words in message.text, words
        assert words in message.html, words
    link = f"https://data.example/owner/requests/{request.id}?token=decide.{request.id}"
    assert link in message.text
    assert "decides nothing" in message.text


def test_the_owner_reads_the_address_only_of_who_agreed_to_share_it(post: Post) -> None:
    post.bureau.filed()
    ((_, _, message),) = post.new()
    shares = any(a.agreement_id == "sharing" for a in post.bureau.office.mine(MARA)[0].accepted)
    assert (MARA_AT in message.text) == shares


@pytest.mark.parametrize(
    ("command", "subject", "words"),
    [
        (ApproveRequest(request_id="", until=date(2027, 3, 31), conditions="Not for sale."),
         "Access granted", ("31 March 2027", "Not for sale.", "https://data.example/given")),
        (RejectRequest(request_id="", reason="Too broad."), "not granted", ("Too broad.",)),
        (ReturnRequest(request_id="", question="Which classroom?"), "question",
         ("Which classroom?",)),
    ],
)  # fmt: skip
def test_a_decision_is_told_to_the_requester_alone(
    post: Post, command: ApproveRequest, subject: str, words: tuple[str, ...]
) -> None:
    request = post.bureau.filed()
    post.new()
    post.bureau.do(replace(command, request_id=request.id), OWNER)
    ((address, _, message),) = post.new()
    assert address == MARA_AT
    assert subject in message.subject
    for each in words:
        assert each in message.text
    assert OWNER_AT not in message.text


def test_later_turns_are_told_to_the_other_side(post: Post) -> None:
    bureau = post.bureau
    request = bureau.approved(until=date(2027, 3, 31))
    post.new()
    bureau.do(ExtendRequest(request_id=request.id, until=date(2027, 6, 30)), MARA)
    assert post.kinds() == [(OWNER_AT, "extension_wished")]
    bureau.do(ExtendRequest(request_id=request.id, until=date(2027, 6, 30)), OWNER)
    ((address, _, message),) = post.new()
    assert address == MARA_AT and "30 June 2027" in message.text
    bureau.do(RevokeRequest(request_id=request.id, reason="Misuse."), OWNER)
    ((_, _, message),) = post.new()
    assert "ended by its owner" in message.text and "Misuse." in message.text
    bureau.do(ChangeDecision(request_id=request.id, to="approved", reason="A mistake."), OWNER)
    ((_, _, message),) = post.new()
    assert message.subject.startswith("Access granted")
    bureau.do(WithdrawRequest(request_id=request.id, reason="Done."), MARA)
    assert post.kinds() == [(OWNER_AT, "request_withdrawn")]


def test_a_colleague_is_told_of_the_request_and_of_what_follows(post: Post) -> None:
    request = post.bureau.filed()
    post.new()
    post.bureau.do(DelegateRequest(request_id=request.id, email=TOM.email or ""), OWNER)
    ((address, kind, message),) = post.new()
    assert (address, kind) == (TOM.email, "delegated")
    assert "Mara Lind" in message.text
    post.bureau.do(WithdrawRequest(request_id=request.id), MARA)
    assert post.kinds() == [(OWNER_AT, "request_withdrawn"), (TOM.email, "request_withdrawn")]


def test_a_request_that_a_rule_approved_is_told_so_to_both(post: Post) -> None:
    post.bureau.set(auto_approve="allowed_with_conditions")
    post.bureau.filed()
    (mara, _, granted), (owner, _, told) = post.new()
    assert (mara, owner) == (MARA_AT, OWNER_AT)
    assert granted.subject.startswith("Access granted")
    assert told.subject.startswith("Approved by your rule")


def test_a_visitor_confirms_and_is_told_nothing_else(post: Post) -> None:
    bureau = post.bureau
    draft = bureau.do(DraftRequest(card_id=GIVEN, answers=ANSWERS), VISITOR)
    bureau.office.person.ask_confirmation(draft.id, "new@lab.example", asker=VISITOR)
    bureau.office.person.ask_confirmation(draft.id, "new@lab.example", asker=VISITOR)
    ((address, kind, message),) = post.new()
    assert (address, kind) == ("new@lab.example", "confirm_address")
    assert f"https://data.example/requests/confirm?token=confirm.{draft.id}" in message.text
    assert "Mara Lind" not in message.text


def test_a_sign_in_link_is_sent_once_within_two_minutes(post: Post) -> None:
    person = post.bureau.office.person
    assert person.send_sign_in("new@lab.example", back="/requests") is None
    assert person.send_sign_in("New@lab.example") is None
    ((address, _, message),) = post.new()
    assert address == "new@lab.example"
    assert "https://data.example/sign-in?token=sign_in./requests" in message.text
    post.bureau.wait(minutes=2)
    person.send_sign_in("new@lab.example", back="//evil.example")
    ((_, _, message),) = post.new()
    assert "evil" not in message.text
    post.bureau.wait(days=2)
    post.rounds().sweep(timedelta(days=90))
    with post.bureau.office.parts.record.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM access_pending").scalar() == 0


def test_a_message_waits_and_still_says_what_was_so_then(post: Post) -> None:
    bureau = post.bureau
    request = bureau.approved(conditions="Only the first version.")
    bureau.do(RevokeRequest(request_id=request.id, reason="Misuse."), OWNER)
    texts = [message.text for address, _, message in post.new() if address == MARA_AT]
    assert len(texts) == 2
    assert any("Only the first version." in text and "Misuse." not in text for text in texts)


def test_who_is_no_owner_any_more_is_not_told_what_was_asked(post: Post) -> None:
    post.bureau.filed()
    (settings,) = post.bureau.office.owners.settings(OWNER)
    post.bureau.office.owners.remove(settings.scope, OWNER_AT, asker=ADMIN)
    assert post.new() == []


def test_an_erased_person_is_told_nothing(post: Post) -> None:
    post.bureau.approved()
    post.bureau.office.person.erase(MARA)
    assert all(address != MARA_AT for address, _, _ in post.new())


def test_deliveries_are_shown_to_each_side_without_the_other_ones_address(post: Post) -> None:
    request = post.bureau.approved()
    post.deliver()
    seen = post.bureau.office.deliveries(request.id, MARA)
    assert sorted((d.kind, d.to) for d in seen) == [
        ("request_decided", "you"), ("request_submitted", "owner"),
    ]  # fmt: skip
    assert all(d.sent_at is not None for d in seen)
    assert post.bureau.office.deliveries(request.id, TOM) == ()
    assert post.bureau.office.deliveries("r_nothing", TOM) == ()


@pytest.mark.parametrize("kind", OUTGOING_KINDS)
def test_no_word_of_others_becomes_markup_or_a_header(post: Post, kind: OutgoingKind) -> None:
    bureau = post.bureau
    card = replace(made("voices:bad", licence="CC-BY-4.0", access="on_request"), name=HOSTILE,
                   url='javascript:alert("x")')  # fmt: skip
    bureau.store.put([card], seen_at=bureau.moment)
    bureau.filed("voices:bad")
    (shown,) = bureau.office.waiting(OWNER)
    answers = replace(
        ANSWERS, name=HOSTILE, purpose=HOSTILE, message=HOSTILE, organisation=HOSTILE,
        custom=((HOSTILE, HOSTILE),),
    )  # fmt: skip
    worst = replace(
        shown, answers=answers, person=PersonShown(name=HOSTILE, email=HOSTILE), reason=HOSTILE,
        conditions=HOSTILE, question=HOSTILE, extension_reason=HOSTILE,
    )  # fmt: skip
    facts = Facts(
        kind=kind, request=worst, link="https://data.example/x?a=1&b=2",
        news=News(watch=HOSTILE, total=1,
                  matches=(Match(name=HOSTILE, url="javascript:alert(1)", note=HOSTILE),)),
    )  # fmt: skip
    message = write(facts, site="Dataset assistant")
    assert "\n" not in message.subject and "\r" not in message.subject
    assert "<script" not in message.html
    assert "javascript:" not in message.html + message.text
    assert "\u202e" not in message.html + message.text + message.subject
    assert not any(line.startswith("Bcc:") for line in message.text.splitlines())


def test_the_letter_to_paste_says_what_was_answered_and_marks_what_was_not(post: Post) -> None:
    request = post.bureau.drafted(FAR)
    text = to_paste(request)
    for words in ("Mara Lind", "Speech Lab", "Sweden", "https://data.example/away",
                  "train a model for research"):  # fmt: skip
        assert words in text
    assert "[your name]" in to_paste(replace(request, answers=None))


def test_the_table_of_an_owner_is_no_formula(post: Post) -> None:
    formula = '=HYPERLINK("https://evil.example")'
    post.bureau.filed(GIVEN, MARA, replace(ANSWERS, name=formula, purpose="+1, and\n-2"))
    text = as_csv(post.bureau.office.waiting(OWNER))
    assert f'"\'{formula.replace(chr(34), chr(34) * 2)}"' in text
    assert "'+1" in text
    for begin in ("=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1"):
        assert cell(begin).startswith("'"), begin
    assert cell("plain - text") == "plain - text"
