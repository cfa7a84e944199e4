"""A posted form as the answers of a request, and as an owner's settings."""

from __future__ import annotations

from typing import get_args

from assistant.access.values import Answers, AutoApproval, OwnerQuestion, QuestionKind
from assistant.access.values_owner import OwnerSettings, Scope
from assistant.faces.pages_hall import PageFailed, Posted
from assistant.use import ACTS, OrganisationKind

ROWS = 3
"""Empty rows for new questions on the page of settings."""


def answers_of(form: Posted) -> Answers:
    """What a person said; what no list knows is left out and asked for again."""
    kind = form.text("organisation_kind")
    given = set(form.all("acts"))
    custom = tuple(
        (name.removeprefix("custom:"), form.text(name))
        for name in sorted(form.fields)
        if name.startswith("custom:") and form.text(name)
    )
    return Answers(
        name=form.text("name"),
        organisation=form.text("organisation"),
        organisation_kind=next((k for k in get_args(OrganisationKind) if k == kind), None),
        country=form.text("country") or None,
        hq_country=form.text("hq_country") or None,
        acts=tuple(act for act in ACTS if act in given),
        purpose=form.text("purpose"),
        message=form.text("message"),
        custom=custom,
    )


def scope_of(form: Posted) -> Scope:
    """The scope that a form names; raises `PageFailed` for a kind that is none."""
    kind = form.text("kind")
    if kind == "card":
        return Scope(kind="card", value=form.text("value"))
    if kind == "publisher":
        return Scope(kind="publisher", value=form.text("value"))
    if kind == "source":
        return Scope(kind="source", value=form.text("value"))
    raise PageFailed(422, "That cannot be owned", "Expected a card, a publisher or a source.")


def settings_of(form: Posted) -> OwnerSettings:
    """How an owner wants requests handled."""
    auto = form.text("auto_approve")
    days = form.text("length_days")
    if days and not (days.isascii() and days.isdecimal()):
        raise PageFailed(422, "That is no number of days", f"{days!r} cannot be read. Expected a "
                         "whole number, or nothing for access without end.")  # fmt: skip
    return OwnerSettings(
        scope=scope_of(form),
        auto_approve=next((each for each in get_args(AutoApproval) if each == auto), "never"),
        questions=_questions(form),
        delegates=tuple(form.text("delegates").replace(",", " ").split()),
        length_days=int(days) if days else None,
    )


def _questions(form: Posted) -> tuple[OwnerQuestion, ...]:
    """The questions that have a text; a row that was emptied is a question taken away."""
    found = []
    for place, (text, kind, choices, kept) in enumerate(
        zip(form.all("question"), form.all("question_kind"), form.all("question_choices"),
            form.all("question_id"), strict=False), 1,
    ):  # fmt: skip
        if not text.strip():
            continue
        found.append(
            OwnerQuestion(
                id=kept or _free_id(form, place),
                text=text.strip(),
                kind=next((k for k in get_args(QuestionKind) if k == kind), "text"),
                choices=tuple(c.strip() for c in choices.split(";") if c.strip()),
                required=str(place) in form.all("question_required"),
            )
        )
    return tuple(found)


def _free_id(form: Posted, place: int) -> str:
    """An id that no question of this form has."""
    taken = set(form.all("question_id"))
    return next(each for each in (f"q{n}" for n in range(place, 1000)) if each not in taken)
