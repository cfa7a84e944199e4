"""The shapes of the API: what it takes and what it answers. Names here never change meaning."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.access import words
from assistant.access.values import (
    AccessRequest,
    Agreement,
    Answers,
    CommandName,
    FieldAsk,
    HistoryLine,
    Judged,
    OwnerQuestion,
    PersonShown,
    RequestForm,
    RequestRole,
    Route,
    State,
)
from assistant.terms.values import Outcome, Verdict
from assistant.use import Act, OrganisationKind, Use
from catalog_sync.clauses import Price

Text = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f]*$")]
Id = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x20\x7f]+$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")]
Email = Annotated[str, Field(min_length=3, max_length=254, pattern=r"^[^\x00-\x20\x7f]+$")]


class Given(BaseModel):
    """Something the API takes; a field it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UseGiven(Given):
    """What somebody wants to do, and who they are, as far as they say."""

    acts: tuple[Act, ...] = Field(default=(), max_length=20)
    from_country: Country | None = None
    hq_country: Country | None = None
    organisation: OrganisationKind | None = None
    output_licence: Line | None = Field(default=None, description="SPDX id of the result.")

    def use(self) -> Use:
        """The deed as the terms engine judges it."""
        return Use(
            acts=self.acts,
            from_country=self.from_country,
            hq_country=self.hq_country,
            organisation=self.organisation,
            output_licence=self.output_licence,
        )


class AnswersGiven(Given):
    """What a person says of themselves and of what they want to do."""

    name: Line = ""
    organisation: Line = ""
    organisation_kind: OrganisationKind | None = None
    country: Country | None = None
    hq_country: Country | None = None
    acts: tuple[Act, ...] = Field(default=(), max_length=20)
    purpose: Text = ""
    message: Text = ""
    custom: dict[Line, Text] = Field(default={}, description="Owner's question id -> answer.")

    def answers(self) -> Answers:
        """The answers as they are kept."""
        return Answers(**{**dict(self), "custom": tuple(sorted(self.custom.items()))})


class PersonOut(BaseModel):
    """Who asks, as far as the reader may know."""

    name: str
    email: str | None = Field(description="Only where the person agreed to share it.")
    earlier: list[EarlierOut]


class EarlierOut(BaseModel):
    """An earlier request of the same person with the same owner."""

    request_id: str
    card_name: str
    state: State
    at: datetime


class TermsChangeOut(BaseModel):
    """The dataset's terms, price or presence changed since the request was judged."""

    at: datetime
    what: Literal["changed", "withdrawn"]
    seen: bool = Field(description="The requester has seen it and stands by the request.")


class AcceptedOut(BaseModel):
    """One agreement accepted, in exactly the words with this digest."""

    agreement_id: str
    sha256: str
    at: datetime


class AgreementOut(BaseModel):
    """A text to be accepted exactly as it stands."""

    id: str
    title: str
    text: str
    url: str | None
    sha256: str = Field(description="Of the text; accepting names it.")


class JudgedOut(BaseModel):
    """The dataset as it stood when it was judged for the stated use."""

    card_id: str
    card_name: str
    card_url: str | None
    publisher: str | None
    route: Route = Field(description="public: no request needed; here: its owner decides here; "
                         "own_site: ask on the dataset's own page.")  # fmt: skip
    fingerprint: str = Field(description="Of the terms; filing names it.")
    price: Price | None
    verdict: Verdict
    agreements: list[AgreementOut]
    questions: list[OwnerQuestion]


class RequestOut(BaseModel):
    """One application for access, as its reader may see it."""

    id: str
    state: State
    status: str = Field(description="How it stands, in one sentence.")
    next: str = Field(description="What happens next and who has to do it.")
    role: RequestRole = Field(description="Of the one who reads it.")
    may: list[CommandName] = Field(description="What the one who reads it may do now.")
    judged: JudgedOut
    previous: str | None
    accepted: list[AcceptedOut]
    price_agreed: bool
    drafted_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    until: date | None = Field(description="Last day of access.")
    conditions: str
    reason: str
    question: str
    extension_wished: date | None
    extension_reason: str
    terms_change: TermsChangeOut | None
    answers: Answers | None = Field(description="None for who may not see them.")
    person: PersonOut | None
    history: list[HistoryLine]


class RequestPage(BaseModel):
    """Some requests, newest first."""

    items: list[RequestOut]
    next: str | None = Field(description="Give it as `cursor` for the following ones.")


class FormOut(BaseModel):
    """What is known and what is missing for a request; nothing was written."""

    judged: JudgedOut
    answers: Answers
    missing: list[FieldAsk]
    optional: list[FieldAsk]
    open_request: str | None = Field(description="The request one already has for this dataset.")


class VerdictOut(BaseModel):
    """The answer to one use, with the clauses it rests on."""

    outcome: Outcome
    text: str = Field(description="In plain words.")
    verdict: Verdict


def judged_out(judged: Judged) -> JudgedOut:
    """The snapshot as the API says it."""
    return JudgedOut(
        card_id=judged.card_id,
        card_name=judged.card_name,
        card_url=judged.card_url,
        publisher=judged.publisher,
        route=judged.route,
        fingerprint=judged.terms_fingerprint,
        price=judged.price,
        verdict=judged.verdict,
        agreements=[agreement_out(each) for each in judged.agreements],
        questions=list(judged.questions),
    )


def agreement_out(agreement: Agreement) -> AgreementOut:
    """A text with its digest."""
    return AgreementOut(
        id=agreement.id, title=agreement.title, text=agreement.text, url=agreement.url,
        sha256=agreement.sha256,
    )  # fmt: skip


def form_out(form: RequestForm) -> FormOut:
    """The form as the API says it."""
    return FormOut(
        judged=judged_out(form.judged),
        answers=form.answers,
        missing=list(form.missing),
        optional=list(form.optional),
        open_request=form.open.id if form.open is not None else None,
    )


def request_out(request: AccessRequest, *, today: date) -> RequestOut:
    """A request as the API says it; ids of people stay inside."""
    change = request.terms_change
    mine = request.role == "requester"
    return RequestOut(
        id=request.id,
        state=request.state,
        status=words.status(request, today=today) if mine else words.STATES[request.state],
        next=words.next_step(request) if mine else "",
        role=request.role,
        may=list(request.may),
        judged=judged_out(request.judged),
        previous=request.previous,
        accepted=[
            AcceptedOut(agreement_id=each.agreement_id, sha256=each.sha256, at=each.at)
            for each in request.accepted
        ],
        price_agreed=bool(request.price_agreed),
        drafted_at=request.drafted_at,
        submitted_at=request.submitted_at,
        decided_at=request.decided_at,
        until=request.until,
        conditions=request.conditions,
        reason=request.reason,
        question=request.question,
        extension_wished=request.extension_wished,
        extension_reason=request.extension_reason,
        terms_change=None
        if change is None
        else TermsChangeOut(at=change.at, what=change.what, seen=change.seen),
        answers=request.answers,
        person=person_out(request.person),
        history=list(request.history),
    )


def person_out(person: PersonShown | None) -> PersonOut | None:
    """Who asks."""
    if person is None:
        return None
    earlier = [
        EarlierOut(
            request_id=each.request_id, card_name=each.card_name, state=each.state, at=each.at
        )
        for each in person.earlier
    ]
    return PersonOut(name=person.name, email=person.email, earlier=earlier)


PersonOut.model_rebuild()
