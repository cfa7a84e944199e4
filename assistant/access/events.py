"""What happened to a request: past tense, append-only, and free of personal data. Pure.

Answers, names and addresses are kept apart, so that a person can be erased while the decision
stays: an event names them by a reference and a digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from assistant.access.values import Decision, Judged, RequestRole


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDrafted:
    """Somebody began a request."""

    card_id: str
    group: str
    person_id: str
    judged: Judged
    previous: str | None = None
    kind: Literal["RequestDrafted"] = "RequestDrafted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSaved:
    """Answers were kept, in place of earlier ones; the verdict is for the use they state."""

    ref: str
    digest: str
    """Keyed SHA-256 of the answers: tells whether they are still what was filed."""
    judged: Judged
    kind: Literal["AnswerSaved"] = "AnswerSaved"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAccepted:
    """Agreements were accepted in exactly these words, and the price."""

    accepted: tuple[tuple[str, str], ...]
    """(agreement id, SHA-256 of its text)."""
    price_mark: str = ""
    """The price agreed to; empty: none was."""
    judged: Judged | None = None
    """The terms now accepted, where they are others than before."""
    kind: Literal["TermsAccepted"] = "TermsAccepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClaimed:
    """The person whose address was confirmed took the visitor's draft over."""

    person_id: str
    kind: Literal["DraftClaimed"] = "DraftClaimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSubmitted:
    """The requester filed it."""

    fingerprint: str
    kind: Literal["RequestSubmitted"] = "RequestSubmitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHandedOver:
    """The requester goes on at the dataset's own page."""

    url: str | None
    kind: Literal["RequestHandedOver"] = "RequestHandedOver"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReturned:
    """The owner asked for more."""

    question: str
    kind: Literal["RequestReturned"] = "RequestReturned"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestApproved:
    """The owner granted access, or a rule of theirs did."""

    until: date | None
    conditions: str
    reason: str
    fingerprint: str
    """Of the terms it was granted on."""
    automatic: bool = False
    kind: Literal["RequestApproved"] = "RequestApproved"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRejected:
    """The owner refused access."""

    reason: str
    kind: Literal["RequestRejected"] = "RequestRejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRevoked:
    """The owner ended access."""

    reason: str
    kind: Literal["RequestRevoked"] = "RequestRevoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn:
    """The requester took it back."""

    reason: str = ""
    kind: Literal["RequestWithdrawn"] = "RequestWithdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExpired:
    """Its time ran out."""

    kind: Literal["RequestExpired"] = "RequestExpired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked:
    """The requester wishes access for longer."""

    until: date
    reason: str = ""
    kind: Literal["ExtensionAsked"] = "ExtensionAsked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExtended:
    """The owner granted access for longer."""

    until: date
    reason: str = ""
    kind: Literal["RequestExtended"] = "RequestExtended"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChanged:
    """The owner decided anew."""

    to: Decision
    reason: str
    until: date | None = None
    conditions: str = ""
    fingerprint: str = ""
    kind: Literal["DecisionChanged"] = "DecisionChanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChanged:
    """The dataset is not as the request was judged on."""

    what: Literal["changed", "withdrawn"]
    fingerprint: str
    price_mark: str = ""
    kind: Literal["TermsChanged"] = "TermsChanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated:
    """A colleague of the owner may decide too."""

    person_id: str
    kind: Literal["Delegated"] = "Delegated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSent:
    """Somebody was reminded."""

    about: str
    kind: Literal["ReminderSent"] = "ReminderSent"


Body = (
    RequestDrafted | AnswerSaved | TermsAccepted | DraftClaimed | RequestSubmitted
    | RequestHandedOver | RequestReturned | RequestApproved | RequestRejected | RequestRevoked
    | RequestWithdrawn | RequestExpired | ExtensionAsked | RequestExtended | DecisionChanged
    | TermsChanged | Delegated | ReminderSent
)  # fmt: skip
_BODY: TypeAdapter[Body] = TypeAdapter(Annotated[Body, Discriminator("kind")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, with who and when."""

    request_id: str
    seq: int
    """From 1, without gaps, per request."""
    at: datetime
    actor: str
    """Person id, or "system"."""
    role: RequestRole
    body: Body


def to_json(body: Body) -> str:
    """The event's content as one JSON object; every field is written, so its hash never drifts."""
    return _BODY.dump_json(body).decode()


def from_json(text: str) -> Body:
    """What `to_json` wrote; raises pydantic's ValidationError on anything else."""
    return _BODY.validate_json(text)
