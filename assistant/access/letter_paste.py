"""Texts to take away: the letter to paste on the dataset's own site, and an owner's table. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.access.letter_parts import deeds
from assistant.access.paper import clean, one_line, web_address
from assistant.access.values import AccessRequest, Answers
from assistant.terms import explain
from catalog_sync import territories

COLUMNS = (
    "request", "dataset", "dataset_id", "state", "filed", "decided", "until", "name",
    "organisation", "country", "email", "acts", "purpose", "terms_for_this_use", "conditions",
    "reason",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins so."""


def to_paste(request: AccessRequest) -> str:
    """The ready letter for a dataset whose owner is not reached from here."""
    answers = request.answers or Answers()
    judged = request.judged
    place = territories.name(answers.country) if answers.country else None
    name = one_line(answers.name) or "[your name]"
    house = one_line(answers.organisation)
    address = web_address(judged.card_url)
    lines = [
        f"Subject: Request for access to {one_line(judged.card_name)}",
        "",
        "Dear owners of the dataset,",
        "",
        f"I ask for access to “{one_line(judged.card_name)}”"
        + (f" ({address})." if address else "."),
        f"My name is {name}" + (f", of {house}" if house else "")
        + (f", in {place}." if place else "."),
        "",
        "What I want to do with it: " + (deeds(answers.acts) or "[what you want to do]") + ".",
        "What it is for: " + (clean(answers.purpose) or "[your purpose]"),
    ]  # fmt: skip
    if clean(answers.message):
        lines += ["", clean(answers.message)]
    if judged.price is not None:
        lines += ["", f"I have read the price. {explain.price(judged.price)}"]
    lines += [
        "",
        "I will keep to the terms that you set. Please tell me whether anything speaks against "
        "this use, and which conditions you attach to it.",
        "",
        "With kind regards",
        name,
    ]
    return "\n".join(lines) + "\n"


def as_csv(requests: Sequence[AccessRequest]) -> str:
    """Requests as an owner's table (RFC 4180), safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for request in requests:
        table.writerow([cell(value) for value in _row(request)])
    return out.getvalue()


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    cleaned = clean(text)
    return f"'{cleaned}" if text.startswith(_FORMULA) or cleaned.startswith(_FORMULA) else cleaned


def _row(request: AccessRequest) -> tuple[str, ...]:
    answers = request.answers or Answers()
    person = request.person
    return (
        request.id,
        request.judged.card_name,
        request.card_id,
        request.state,
        request.submitted_at.isoformat(timespec="seconds") if request.submitted_at else "",
        request.decided_at.isoformat(timespec="seconds") if request.decided_at else "",
        request.until.isoformat() if request.until else "",
        answers.name,
        answers.organisation,
        answers.country or "",
        (person.email or "") if person is not None else "",
        ", ".join(answers.acts),
        answers.purpose,
        explain.badge(request.judged.verdict),
        request.conditions,
        request.reason,
    )
