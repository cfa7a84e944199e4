"""What may be asked of a request: orders, each a frozen value. Pure.

None carries who gives it or its idempotency key; `Office.request` takes those beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.access.values import Answers, CommandName, Decision, Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """Begin a request for a dataset."""

    card_id: str
    answers: Answers = field(default_factory=Answers)
    previous: str | None = None
    """A finished request of the same person that is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAnswers:
    """Put these answers in place of the ones kept."""

    request_id: str
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTerms:
    """Accept agreements in exactly these words, and the price where there is one."""

    request_id: str
    accepted: tuple[tuple[str, str], ...]
    """(agreement id, SHA-256 of the text that was shown)."""
    price_agreed: bool = False
    fingerprint: str = ""
    """Of the terms that were shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRequest:
    """File the request: a person's own confirmation after the review."""

    request_id: str
    fingerprint: str
    """Of the terms that the review showed; others refuse it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Go on at the dataset's own page, on record here."""

    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """Take over the draft that a visitor made with one's address, after confirming it."""

    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRequest:
    """Take the request back."""

    request_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendRequest:
    """Access until a later day: the requester asks for it, the owner grants it."""

    request_id: str
    until: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRequest:
    """Grant access."""

    request_id: str
    until: date | None = None
    conditions: str = ""
    reason: str = ""
    despite_terms_change: bool = False
    """The owner knows that the terms changed since the request was filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectRequest:
    """Refuse access, with the reason."""

    request_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRequest:
    """Ask the requester for more."""

    request_id: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeRequest:
    """End access that was granted, with the reason."""

    request_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDecision:
    """Decide anew about a request that was decided."""

    request_id: str
    to: Decision
    reason: str
    until: date | None = None
    conditions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateRequest:
    """Let a colleague decide about this request too."""

    request_id: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireRequest:
    """Its time has run out; only the program itself says so."""

    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReminder:
    """A reminder was sent; only the program itself says so."""

    request_id: str
    about: str
    """"decision:3", "decision:10", "end:14", "draft:80": what it reminded of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTermsChange:
    """The dataset is not as it was judged; only the program itself says so."""

    request_id: str
    what: Literal["changed", "withdrawn"]
    judged: Judged | None = None
    """As it stands now; None where it is gone."""


Command = (
    DraftRequest | SaveAnswers | AcceptTerms | SubmitRequest | HandOver | ClaimDraft
    | WithdrawRequest | ExtendRequest | ApproveRequest | RejectRequest | ReturnRequest
    | RevokeRequest | ChangeDecision | DelegateRequest | ExpireRequest | NoteReminder
    | NoteTermsChange
)  # fmt: skip
NAMES: dict[type[Command], CommandName] = {
    DraftRequest: "draft", SaveAnswers: "save", AcceptTerms: "accept", SubmitRequest: "submit",
    HandOver: "hand_over", ClaimDraft: "claim", WithdrawRequest: "withdraw",
    ExtendRequest: "extend", ApproveRequest: "approve", RejectRequest: "reject",
    ReturnRequest: "return", RevokeRequest: "revoke", ChangeDecision: "change",
    DelegateRequest: "delegate", ExpireRequest: "expire", NoteReminder: "note_reminder",
    NoteTermsChange: "note_terms_change",
}  # fmt: skip
