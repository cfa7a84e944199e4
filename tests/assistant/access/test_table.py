"""Every command in every role and state: done or refused as this page says, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from assistant.access import decide as deciding
from assistant.access.commands import (
    NAMES,
    AcceptTerms,
    ApproveRequest,
    ChangeDecision,
    ClaimDraft,
    Command,
    DelegateRequest,
    DraftRequest,
    ExpireRequest,
    ExtendRequest,
    HandOver,
    NoteReminder,
    NoteTermsChange,
    RejectRequest,
    ReturnRequest,
    RevokeRequest,
    SaveAnswers,
    SubmitRequest,
    WithdrawRequest,
)
from assistant.access.decide_scene import Scene
from assistant.access.table import offered
from assistant.access.values import (
    COMMANDS,
    REQUEST_ROLES,
    STATES,
    Accepted,
    AccessRequest,
    Refusal,
    RequestRole,
    State,
)
from tests.assistant.access.facts import ANSWERS, NOW, judged, request_in

EXPECTED: dict[tuple[State, RequestRole], str] = {
    ("draft", "requester"): "save accept submit hand_over claim withdraw",
    ("draft", "system"): "expire note_reminder note_terms_change",
    ("submitted", "requester"): "accept withdraw",
    ("submitted", "owner"): "approve reject return delegate",
    ("submitted", "delegate"): "approve reject return delegate",
    ("submitted", "system"): "approve note_reminder note_terms_change",
    ("returned", "requester"): "save accept submit withdraw",
    ("returned", "owner"): "reject delegate",
    ("returned", "delegate"): "reject delegate",
    ("returned", "system"): "note_reminder note_terms_change",
    ("approved", "requester"): "withdraw extend",
    ("approved", "owner"): "extend revoke change delegate",
    ("approved", "delegate"): "extend revoke change delegate",
    ("approved", "system"): "expire note_reminder note_terms_change",
    ("rejected", "owner"): "change",
    ("rejected", "delegate"): "change",
    ("revoked", "owner"): "change",
    ("revoked", "delegate"): "change",
    ("handed_over", "requester"): "withdraw",
    ("handed_over", "system"): "note_reminder note_terms_change",
}
"""What is not here is refused: withdrawn and expired requests are over for everybody, strangers and
administrators decide nothing."""
_LATER = date(2027, 6, 30)
_GIVEN: tuple[Command, ...] = (
    DraftRequest(card_id="voices:given"),
    SaveAnswers(request_id="r", answers=replace(ANSWERS, message="More.")),
    AcceptTerms(request_id="r", accepted=()),
    SubmitRequest(request_id="r", fingerprint="f1"),
    HandOver(request_id="r"),
    ClaimDraft(request_id="r"),
    WithdrawRequest(request_id="r"),
    ExtendRequest(request_id="r", until=_LATER),
    ApproveRequest(request_id="r"),
    RejectRequest(request_id="r", reason="No."),
    ReturnRequest(request_id="r", question="Why?"),
    RevokeRequest(request_id="r", reason="Misuse."),
    ChangeDecision(request_id="r", to="rejected", reason="No."),
    DelegateRequest(request_id="r", email="tom@firm.example"),
    ExpireRequest(request_id="r"),
    NoteReminder(request_id="r", about="decision:3"),
    NoteTermsChange(request_id="r", what="withdrawn"),
)


def ready(state: State) -> AccessRequest:
    """A request in which every command that may be given also can be."""
    accepted = tuple(
        Accepted(agreement_id=each.id, sha256=each.sha256, at=NOW) for each in judged().agreements
    )
    return replace(request_in(state), accepted=accepted, until=date(2026, 12, 31))


def scene(role: RequestRole, command: Command) -> Scene:
    on_own_site = isinstance(command, HandOver)
    return Scene(
        role=role,
        actor="p_mara" if role == "requester" else "p_else",
        now=NOW + timedelta(days=200) if isinstance(command, ExpireRequest) else NOW,
        group="7",
        judged=judged(route="own_site" if on_own_site else "here"),
        answers=ANSWERS,
        answers_ref="ref2",
        answers_digest="d2",
        is_confirmed=True,
        delegate="p_tom",
        is_reachable=not isinstance(command, ExpireRequest) or role != "system",
    )


@pytest.mark.parametrize(("state", "role"), product(STATES, REQUEST_ROLES))
def test_each_state_and_role_may_do_exactly_what_is_written_here(
    state: State, role: RequestRole
) -> None:
    may = set(EXPECTED.get((state, role), "").split())
    assert set(offered(state, role)) == may
    for command in _GIVEN:
        name = NAMES[type(command)]
        decided = deciding.decide(command, ready(state), scene(role, command))
        if role == "stranger" or isinstance(command, DraftRequest):
            assert decided == Refusal(kind="not_found"), (name, decided)
        elif name not in may:
            assert isinstance(decided, Refusal), (name, decided)
            assert decided.kind == "not_allowed_now"
        elif name == "change" and state in ("rejected", "revoked"):
            # It may be changed there, only not to what it is.
            assert isinstance(decided, Refusal)
            granting = replace(command, to="approved")  # type: ignore[arg-type]
            assert not isinstance(deciding.decide(granting, ready(state), scene(role, command)),
                                  Refusal)  # fmt: skip
        else:
            assert not isinstance(decided, Refusal), (state, role, name, decided)


def test_every_command_is_tried() -> None:
    assert {NAMES[type(command)] for command in _GIVEN} == set(COMMANDS)


@pytest.mark.parametrize("role", REQUEST_ROLES)
def test_only_somebody_who_asks_begins_a_request(role: RequestRole) -> None:
    command = DraftRequest(card_id="voices:given")
    decided = deciding.decide(command, None, scene(role, command))
    if role == "requester":
        assert not isinstance(decided, Refusal)
    else:
        assert isinstance(decided, Refusal)
    for other in _GIVEN[1:]:
        assert deciding.decide(other, None, scene(role, other)) == Refusal(kind="not_found")
