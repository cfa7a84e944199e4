"""The whole path of a request, as people go it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.access.commands import (
    AcceptTerms,
    ApproveRequest,
    ChangeDecision,
    ClaimDraft,
    DelegateRequest,
    DraftRequest,
    ExtendRequest,
    HandOver,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.values import AccessRequest, OwnerQuestion, Refusal, RequestForm
from assistant.access.values_owner import OwnerSettings, Scope
from assistant.need import Asker
from tests.assistant.access.bureau import (
    ADMIN,
    ANSWERS,
    FAR,
    GIVEN,
    MARA,
    OPEN,
    OTHER_OWNER,
    OWNER,
    PRICED,
    SILENT,
    TOM,
    VISITOR,
    Bureau,
)


def test_a_request_is_drafted_filed_approved_and_seen_by_both(bureau: Bureau) -> None:
    request = bureau.filed()
    assert request.state == "submitted"
    (waiting,) = bureau.office.waiting(OWNER)
    assert waiting.id == request.id
    assert waiting.answers == ANSWERS
    assert waiting.person is not None and waiting.person.email == MARA.email
    assert waiting.judged.verdict.reasons
    approved = bureau.do(
        ApproveRequest(request_id=request.id, until=date(2027, 3, 31), conditions="Not for sale."),
        OWNER,
    )
    assert approved.state == "approved"
    (mine,) = bureau.office.mine(MARA)
    assert (mine.state, mine.until, mine.conditions) == (
        "approved", date(2027, 3, 31), "Not for sale.",
    )  # fmt: skip
    assert bureau.office.waiting(OWNER) == ()
    assert [each.id for each in bureau.office.decided(OWNER)] == [request.id]


def test_a_stranger_learns_nothing_not_even_that_it_exists(bureau: Bureau) -> None:
    request = bureau.filed()
    for asker in (TOM, OTHER_OWNER, VISITOR):
        assert bureau.office.read(request.id, asker) == bureau.office.read("r_nothing", asker)
        done = bureau.refused(WithdrawRequest(request_id=request.id), asker)
        assert done == bureau.refused(WithdrawRequest(request_id="r_nothing"), asker)
        assert bureau.office.mine(asker) == bureau.office.waiting(asker) == ()
        assert bureau.office.mine(asker, after=request.id) == ()


def test_an_owner_sees_nothing_of_a_draft(bureau: Bureau) -> None:
    request = bureau.drafted()
    assert bureau.office.read(request.id, OWNER) == Refusal(kind="not_found")
    assert bureau.office.waiting(OWNER) == bureau.office.decided(OWNER) == ()
    bureau.do(WithdrawRequest(request_id=request.id), MARA)
    assert bureau.office.decided(OWNER) == ()


def test_the_same_key_does_nothing_twice_and_another_command_under_it_is_refused(
    bureau: Bureau,
) -> None:
    command = DraftRequest(card_id=GIVEN, answers=ANSWERS)
    first = bureau.do(command, MARA, key="once")
    assert bureau.do(command, MARA, key="once") == first
    other = DraftRequest(card_id=SILENT, answers=ANSWERS)
    assert bureau.refused(other, MARA, key="once").kind == "key_reused"
    assert bureau.do(other, TOM, key="once").person_id != first.person_id


def test_one_person_has_one_open_request_for_a_dataset(bureau: Bureau) -> None:
    request = bureau.drafted()
    again = bureau.refused(DraftRequest(card_id=GIVEN), MARA)
    assert (again.kind, again.values) == ("already_open", (request.id,))
    form = bureau.office.form(GIVEN, MARA)
    assert isinstance(form, RequestForm) and form.open is not None
    assert form.open.id == request.id
    bureau.do(WithdrawRequest(request_id=request.id), MARA)
    assert bureau.drafted().id != request.id


def test_data_open_to_all_needs_no_request_unless_the_use_has_to_be_asked_for(
    bureau: Bureau,
) -> None:
    assert bureau.refused(DraftRequest(card_id=OPEN, answers=ANSWERS), MARA).kind == (
        "no_request_needed"
    )
    cloning = replace(ANSWERS, acts=("voice_cloning",))
    asked = bureau.drafted(OPEN, MARA, cloning)
    assert asked.judged.route == "here"
    assert asked.judged.verdict.outcome == "ask_owner"


def test_what_nobody_here_owns_is_handed_over_on_record(bureau: Bureau) -> None:
    request = bureau.agreed(bureau.drafted(FAR))
    assert request.judged.route == "own_site"
    assert bureau.refused(bureau.submission(request), MARA).kind == "own_site"
    handed = bureau.do(HandOver(request_id=request.id), MARA)
    assert handed.state == "handed_over"
    assert handed.history[-1].what == "RequestHandedOver"
    assert bureau.refused(DraftRequest(card_id=FAR), MARA).kind == "already_open"


def test_nothing_is_filed_with_an_answer_missing_or_terms_unaccepted(bureau: Bureau) -> None:
    draft = bureau.drafted(answers=replace(ANSWERS, purpose=" "))
    refused = bureau.refused(bureau.submission(draft), MARA)
    assert (refused.kind, refused.field) == ("missing_answer", "purpose")
    saved = bureau.do(SaveAnswers(request_id=draft.id, answers=ANSWERS), MARA)
    refused = bureau.refused(bureau.submission(saved), MARA)
    assert (refused.kind, refused.field) == ("not_accepted", "terms")
    agreed = bureau.agreed(saved)
    assert bureau.do(bureau.submission(agreed), MARA).state == "submitted"


def test_acceptance_counts_only_for_the_exact_words(bureau: Bureau) -> None:
    draft = bureau.drafted()
    forged = AcceptTerms(request_id=draft.id, accepted=(("terms", "0" * 64),))
    assert bureau.refused(forged, MARA).kind == "terms_unseen"


def test_a_price_is_agreed_to_expressly_and_never_passes_by_a_rule(bureau: Bureau) -> None:
    bureau.set(auto_approve="allowed_with_conditions")
    draft = bureau.drafted(PRICED)
    texts = tuple((each.id, each.sha256) for each in draft.judged.agreements)
    agreed = bureau.do(AcceptTerms(request_id=draft.id, accepted=texts), MARA)
    assert bureau.refused(bureau.submission(agreed), MARA).kind == "price_not_agreed"
    paying = bureau.agreed(agreed)
    filed = bureau.do(bureau.submission(paying), MARA)
    assert filed.state == "submitted"
    assert filed.price_agreed == "10000 USD 500"


def test_an_owners_rule_passes_only_uses_whose_verdict_is_good_enough(bureau: Bureau) -> None:
    bureau.set(auto_approve="allowed_with_conditions", length_days=90)
    passed = bureau.filed(GIVEN)
    assert passed.state == "approved"
    assert passed.until == date(2027, 2, 21)
    assert passed.history[-1].by == "system"
    silent = bureau.filed(SILENT)
    assert silent.judged.verdict.outcome == "ask_owner"
    assert silent.state == "submitted"


def test_a_returned_request_is_mended_and_filed_again(bureau: Bureau) -> None:
    request = bureau.filed()
    bureau.do(ReturnRequest(request_id=request.id, question="Which classroom?"), OWNER)
    returned = bureau.office.read(request.id, MARA)
    assert isinstance(returned, AccessRequest)
    assert returned.question == "Which classroom?"
    more = replace(ANSWERS, message="The one in Umeå.")
    saved = bureau.do(SaveAnswers(request_id=request.id, answers=more), MARA)
    again = bureau.do(bureau.submission(saved), MARA)
    assert again.state == "submitted"
    (waiting,) = bureau.office.waiting(OWNER)
    assert waiting.answers == more


def test_a_rejected_person_asks_again_in_a_new_request_that_names_the_old(
    bureau: Bureau,
) -> None:
    first = bureau.filed()
    bureau.do(RejectRequest(request_id=first.id, reason="Too little is said."), OWNER)
    second = bureau.do(DraftRequest(card_id=GIVEN, answers=ANSWERS, previous=first.id), MARA)
    assert second.previous == first.id
    filed = bureau.do(bureau.submission(bureau.agreed(second)), MARA)
    (waiting,) = bureau.office.waiting(OWNER)
    assert waiting.id == filed.id
    assert waiting.person is not None
    assert [each.request_id for each in waiting.person.earlier] == [first.id]


def test_asking_again_needs_a_finished_request_of_ones_own(bureau: Bureau) -> None:
    theirs = bureau.filed()
    bureau.do(RejectRequest(request_id=theirs.id, reason="No."), OWNER)
    command = DraftRequest(card_id=GIVEN, previous=theirs.id)
    assert bureau.refused(command, TOM) == Refusal(kind="not_found")


def test_an_extension_is_wished_by_the_requester_and_granted_by_the_owner(
    bureau: Bureau,
) -> None:
    request = bureau.approved(until=date(2027, 1, 31))
    later = date(2027, 6, 30)
    wished = bureau.do(ExtendRequest(request_id=request.id, until=later, reason="Late."), MARA)
    assert (wished.until, wished.extension_wished) == (date(2027, 1, 31), later)
    granted = bureau.do(ExtendRequest(request_id=request.id, until=later), OWNER)
    assert (granted.until, granted.extension_wished) == (later, None)
    earlier = ExtendRequest(request_id=request.id, until=date(2027, 1, 1))
    assert bureau.refused(earlier, OWNER).kind == "bad_date"


def test_an_owner_changes_a_decision_and_ends_access_with_a_reason(bureau: Bureau) -> None:
    request = bureau.filed()
    assert bureau.refused(RejectRequest(request_id=request.id, reason=" "), OWNER).kind == (
        "reason_needed"
    )
    bureau.do(RejectRequest(request_id=request.id, reason="No."), OWNER)
    changed = bureau.do(
        ChangeDecision(request_id=request.id, to="approved", reason="I was wrong."), OWNER
    )
    assert changed.state == "approved"
    ended = bureau.do(RevokeRequest(request_id=request.id, reason="Misuse."), OWNER)
    assert ended.state == "revoked"


def test_a_changed_decision_never_leaves_two_open_requests(bureau: Bureau) -> None:
    first = bureau.filed()
    bureau.do(RejectRequest(request_id=first.id, reason="No."), OWNER)
    second = bureau.filed()
    change = ChangeDecision(request_id=first.id, to="approved", reason="Yes.")
    refused = bureau.refused(change, OWNER)
    assert (refused.kind, refused.values) == ("already_open", (second.id,))


def test_terms_that_changed_unseen_stop_filing_and_approving(bureau: Bureau) -> None:
    draft = bureau.agreed(bureau.drafted())
    filed_by_tom = bureau.filed(asker=TOM, answers=replace(ANSWERS, name="Tom"))
    bureau.change_terms(GIVEN, "CC-BY-NC-4.0")
    assert bureau.refused(bureau.submission(draft), MARA).kind == "terms_unseen"
    approve = ApproveRequest(request_id=filed_by_tom.id)
    assert bureau.refused(approve, OWNER).kind == "terms_changed"
    form = bureau.office.form(GIVEN, TOM)
    assert isinstance(form, RequestForm)
    texts = tuple((each.id, each.sha256) for each in form.judged.agreements)
    seen = bureau.do(
        AcceptTerms(request_id=filed_by_tom.id, accepted=texts,
                    fingerprint=form.judged.terms_fingerprint),
        TOM,
    )  # fmt: skip
    assert seen.judged.terms_fingerprint == form.judged.terms_fingerprint
    assert bureau.do(approve, OWNER).state == "approved"


def test_an_owner_may_expressly_approve_on_the_terms_as_filed(bureau: Bureau) -> None:
    request = bureau.filed()
    bureau.change_terms(GIVEN, "CC-BY-NC-4.0")
    done = bureau.do(ApproveRequest(request_id=request.id, despite_terms_change=True), OWNER)
    assert done.judged.terms_fingerprint == request.judged.terms_fingerprint


def test_a_visitors_draft_is_taken_over_only_by_the_address_it_waits_for(
    bureau: Bureau,
) -> None:
    draft = bureau.drafted(asker=VISITOR)
    assert draft.person_id.startswith("v_")
    texts = bureau.agreed(draft, VISITOR)
    assert bureau.refused(bureau.submission(texts), VISITOR).kind == "not_confirmed"
    bureau.office.person.ask_confirmation(draft.id, "mara@lab.example", asker=VISITOR)
    assert bureau.refused(ClaimDraft(request_id=draft.id), TOM) == Refusal(kind="not_found")
    assert bureau.office.person.drafts_for(MARA) == (draft.id,)
    taken = bureau.do(ClaimDraft(request_id=draft.id), MARA)
    assert taken.claimed and taken.role == "requester"
    assert bureau.do(bureau.submission(taken), MARA).state == "submitted"
    # The chat in which it was drafted is not signed in by somebody else's click.
    assert bureau.office.read(draft.id, VISITOR) == Refusal(kind="not_found")


def test_delegates_decide_and_lose_it_with_their_owner(bureau: Bureau) -> None:
    bureau.set(delegates=("tom@firm.example",))
    request = bureau.filed()
    assert [each.id for each in bureau.office.waiting(TOM)] == [request.id]
    assert "delegate" in bureau.office.roles(TOM)
    scope = Scope(kind="publisher", value="voices/Llais")
    bureau.office.owners.remove(scope, "owner@voices.example", asker=ADMIN)
    assert bureau.office.waiting(TOM) == bureau.office.waiting(OWNER) == ()


def test_a_colleague_named_for_one_request_decides_about_that_one(bureau: Bureau) -> None:
    request = bureau.filed()
    bureau.do(DelegateRequest(request_id=request.id, email="tom@firm.example"), OWNER)
    assert bureau.do(ApproveRequest(request_id=request.id), TOM).role == "delegate"


def test_the_narrowest_owner_decides_and_the_wider_one_does_not(bureau: Bureau) -> None:
    scope = Scope(kind="card", value=GIVEN)
    bureau.office.owners.assign(scope, "other@shelf.example", asker=ADMIN)
    request = bureau.filed()
    assert [each.id for each in bureau.office.waiting(OTHER_OWNER)] == [request.id]
    assert bureau.office.waiting(OWNER) == ()
    assert bureau.office.read(request.id, OWNER) == Refusal(kind="not_found")


def test_an_administrator_reads_what_is_said_only_with_a_reason_on_record(
    bureau: Bureau,
) -> None:
    request = bureau.filed()
    seen = bureau.office.read(request.id, ADMIN)
    assert isinstance(seen, AccessRequest)
    assert (seen.answers, seen.person, seen.may) == (None, None, ())
    read = bureau.office.read(request.id, ADMIN, reason="A complaint.")
    assert isinstance(read, AccessRequest) and read.answers == ANSWERS
    assert read.person is not None and read.person.email is None
    assert bureau.refused(ApproveRequest(request_id=request.id), ADMIN).kind == ("not_allowed_now")


def test_only_administrators_assign_owners(bureau: Bureau) -> None:
    scope = Scope(kind="card", value=GIVEN)
    done = bureau.office.owners.assign(scope, "tom@firm.example", asker=TOM)
    assert done == Refusal(kind="not_found")
    assert bureau.office.owners.all(OWNER) == Refusal(kind="not_found")


def test_a_claim_makes_nobody_an_owner_before_it_is_granted(bureau: Bureau) -> None:
    scope = Scope(kind="card", value=FAR)
    claim = bureau.office.owners.claim(scope, note="I made it.", asker=TOM)
    assert not isinstance(claim, Refusal)
    assert bureau.office.owners.settings(TOM) == ()
    forged = bureau.office.owners.decide_claim(claim.number, to="granted", reason="", asker=TOM)
    assert forged == Refusal(kind="not_found")
    bureau.office.owners.decide_claim(claim.number, to="granted", reason="", asker=ADMIN)
    assert [each.scope for each in bureau.office.owners.settings(TOM)] == [scope]


def test_an_owners_questions_are_asked_and_their_answers_checked(bureau: Bureau) -> None:
    bureau.set(questions=(
        OwnerQuestion(id="lab", text="Which lab?", required=True),
        OwnerQuestion(id="when", text="Until when?", kind="date"),
    ))  # fmt: skip
    draft = bureau.drafted()
    refused = bureau.refused(bureau.submission(draft), MARA)
    assert (refused.kind, refused.field) == ("missing_answer", "custom:lab")
    bad = replace(ANSWERS, custom=(("lab", "Umeå"), ("when", "soon")))
    assert bureau.refused(SaveAnswers(request_id=draft.id, answers=bad), MARA).field == (
        "custom:when"
    )
    good = replace(ANSWERS, custom=(("lab", "Umeå"), ("when", "2027-05-01")))
    saved = bureau.do(SaveAnswers(request_id=draft.id, answers=good), MARA)
    assert bureau.do(bureau.submission(bureau.agreed(saved)), MARA).state == "submitted"


def test_erasing_a_person_keeps_the_decision_and_not_who_asked(bureau: Bureau) -> None:
    request = bureau.approved()
    told = bureau.office.person.export(MARA)
    assert "Mara Lind" in str(told) and "mara@lab.example" in str(told)
    assert bureau.office.person.erase(MARA) == 1
    (kept,) = bureau.office.decided(OWNER)
    assert (kept.id, kept.answers) == (request.id, None)
    assert kept.person is not None and (kept.person.email, kept.person.name) == (None, "")
    assert [line.what for line in kept.history].count("RequestApproved") == 1
    assert bureau.office.mine(MARA) == ()


def test_a_page_follows_the_one_before_without_gaps(bureau: Bureau) -> None:
    made = []
    for number in range(7):
        asker = Asker(id=f"p{number}", role="person", email=f"p{number}@lab.example")
        bureau.wait(seconds=number % 3)
        made.append(bureau.filed(asker=asker).id)
    found: list[str] = []
    after = None
    while page := bureau.office.waiting(OWNER, limit=3, after=after):
        found += [each.id for each in page]
        after = page[-1].id
    assert sorted(found) == sorted(made)


@pytest.mark.parametrize("key", ["", " ", "k" * 201])
def test_a_command_without_a_key_is_refused(bureau: Bureau, key: str) -> None:
    done = bureau.office.request(DraftRequest(card_id=GIVEN), asker=MARA, key=key)
    assert isinstance(done, Refusal) and done.field == "key"


def test_a_submission_names_the_terms_that_were_seen(bureau: Bureau) -> None:
    agreed = bureau.agreed(bureau.drafted())
    blind = SubmitRequest(request_id=agreed.id, fingerprint="")
    assert bureau.refused(blind, MARA).kind == "terms_unseen"


def test_one_dataset_of_a_publisher_may_have_rules_of_its_own(bureau: Bureau) -> None:
    single = OwnerSettings(
        scope=Scope(kind="card", value=GIVEN), auto_approve="allowed_with_conditions"
    )
    assert bureau.office.owners.set_settings(single, asker=TOM) == Refusal(kind="not_found")
    assert bureau.office.owners.set_settings(single, asker=OWNER) == single
    shown = bureau.office.owners.settings(OWNER)
    assert [each.auto_approve for each in shown] == ["never", "allowed_with_conditions"]
    assert bureau.filed(GIVEN).state == "approved"
    assert bureau.filed(SILENT).state == "submitted"
    more = replace(single, delegates=("tom@firm.example",))
    done = bureau.office.owners.set_settings(more, asker=OWNER)
    assert isinstance(done, Refusal) and done.field == "delegates"
