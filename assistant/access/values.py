"""The nouns of access requests: what is asked, on which terms, how it stands, and refusals.

Pure values. `None` and empty mean that nobody said; they never mean "no".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from assistant.terms.values import Verdict
from assistant.use import Act, OrganisationKind, Use
from catalog_sync.clauses import AccessMode, Price

State = Literal[
    "draft", "submitted", "returned", "approved", "rejected", "withdrawn", "revoked", "expired",
    "handed_over",
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)
OPEN: frozenset[State] = frozenset({"draft", "submitted", "returned", "approved", "handed_over"})
"""A person has at most one request in these states for one dataset, its copies included."""
Route = Literal["public", "here", "own_site"]
"""public: nobody need be asked; here: an owner with an account decides; own_site: nobody here
decides, the person is sent to the dataset's own page with a ready letter."""
RequestRole = Literal["requester", "owner", "delegate", "administrator", "system", "stranger"]
REQUEST_ROLES: tuple[RequestRole, ...] = get_args(RequestRole)
CommandName = Literal[
    "draft", "save", "accept", "submit", "hand_over", "claim", "withdraw", "extend", "approve",
    "reject", "return", "revoke", "change", "delegate", "expire", "note_reminder",
    "note_terms_change",
]  # fmt: skip
COMMANDS: tuple[CommandName, ...] = get_args(CommandName)
Decision = Literal["approved", "rejected"]
QuestionKind = Literal["text", "choice", "country", "date", "checkbox"]
AutoApproval = Literal["never", "allowed", "allowed_with_conditions"]
"""Which verdict on the stated use lets a request pass without the owner's press; the milder one
includes the better."""
RefusalKind = Literal[
    "not_found", "not_allowed_now", "sign_in", "not_confirmed", "missing_answer", "bad_answer",
    "not_accepted", "price_not_agreed", "terms_unseen", "terms_changed", "already_open",
    "key_reused", "no_request_needed", "own_site", "no_owner", "reason_needed", "bad_date",
    "dataset_gone", "too_many", "busy",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something was not done; worded by `access.words`, never an exception."""

    kind: RefusalKind
    field: str | None = None
    """The answer or argument it is about."""
    values: tuple[str, ...] = ()
    """What belongs into the sentence: an id, a date, a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerQuestion:
    """A question that an owner asks every requester."""

    id: str
    text: str
    kind: QuestionKind = "text"
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A text that a requester accepts exactly as it stands."""

    id: str
    title: str
    text: str
    url: str | None = None

    @property
    def sha256(self) -> str:
        """Of the text, hex: acceptance names it, so that what was accepted is beyond doubt."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person says of themselves and of what they want to do."""

    name: str = ""
    organisation: str = ""
    organisation_kind: OrganisationKind | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    hq_country: str | None = None
    """ISO 3166-1 alpha-2."""
    acts: tuple[Act, ...] = ()
    purpose: str = ""
    """What the data is for, in the person's words."""
    message: str = ""
    """Anything else to the owner."""
    custom: tuple[tuple[str, str], ...] = ()
    """(id of the owner's question, answer)."""

    def use(self) -> Use:
        """The deed as the terms engine judges it."""
        return Use(
            acts=self.acts,
            from_country=self.country,
            hq_country=self.hq_country,
            organisation=self.organisation_kind,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a request is judged on: the dataset as it stood, kept with the request."""

    card_id: str
    card_name: str
    card_url: str | None
    source: str
    publisher: str | None
    route: Route
    terms_fingerprint: str
    access: AccessMode
    price: Price | None
    verdict: Verdict
    agreements: tuple[Agreement, ...] = ()
    questions: tuple[OwnerQuestion, ...] = ()
    auto_approve: AutoApproval = "never"
    length_days: int | None = None
    """How long the owner usually grants; None: without end."""

    @property
    def price_mark(self) -> str:
        """The price as one word, to tell whether it changed."""
        price = self.price
        if price is None:
            return ""
        return f"{price.owner_cents} {price.currency} {price.platform_fee_cents}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One agreement accepted: which, in exactly which words, when."""

    agreement_id: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChange:
    """The dataset's terms, price or presence are not what the request was judged on."""

    at: datetime
    what: Literal["changed", "withdrawn"]
    fingerprint: str
    """Of the new terms; empty where the dataset is gone."""
    price_mark: str = ""
    seen: bool = False
    """The requester has seen the new terms and stands by the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier request of the same person with the same owner."""

    request_id: str
    card_name: str
    state: State
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """Who asks, as far as the reader may know."""

    name: str
    email: str | None
    """Only where the person accepted the agreement "sharing"."""
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One thing that happened to a request."""

    seq: int
    at: datetime
    what: str
    """The event's name: "RequestSubmitted"."""
    by: RequestRole
    note: str = ""
    """The reason, question or conditions given with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """One application for access to a dataset, as its events tell it."""

    id: str
    card_id: str
    group: str
    """Equal for copies of one dataset."""
    person_id: str
    state: State
    seq: int
    """Of its last event."""
    judged: Judged
    drafted_at: datetime
    touched_at: datetime
    """When its requester last did something with it."""
    previous: str | None = None
    """The finished request that this one asks again."""
    accepted: tuple[Accepted, ...] = ()
    price_agreed: str = ""
    """The price mark that the person agreed to pay."""
    answers_ref: str = ""
    """Which kept answers are meant."""
    answers_digest: str = ""
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    until: date | None = None
    """Last day of access; None: without end, or none granted."""
    conditions: str = ""
    reason: str = ""
    question: str = ""
    extension_wished: date | None = None
    extension_reason: str = ""
    terms_change: TermsChange | None = None
    delegates: frozenset[str] = frozenset()
    """Person ids."""
    reminders: tuple[tuple[str, datetime], ...] = ()
    """(what about, when), oldest first."""
    claimed: bool = False
    """Drafted by a visitor and taken over by the person whose address was confirmed."""
    answers: Answers | None = None
    """None for a reader who may not see them, and after erasure."""
    person: PersonShown | None = None
    role: RequestRole = "stranger"
    """Of the one who reads it."""
    may: tuple[CommandName, ...] = ()
    """What the one who reads it may do now."""
    history: tuple[HistoryLine, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the person would be sent to this one instead of filing another."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAsk:
    """One thing still to be said on the form."""

    field: str
    """A field of `Answers`, or "custom:<question id>"."""
    question: str
    kind: QuestionKind
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label)."""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForm:
    """Everything a face needs to let a person ask: what is known, what is missing."""

    judged: Judged
    answers: Answers
    missing: tuple[FieldAsk, ...]
    """Only what is required and not yet said."""
    optional: tuple[FieldAsk, ...] = ()
    open: AccessRequest | None = None
    """The request the person already has for this dataset."""
