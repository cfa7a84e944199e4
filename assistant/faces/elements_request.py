"""What `Request.jsx` shows: the form, the review, where a request stands. Plain JSON, pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

from assistant.access import form, words
from assistant.access.values import (
    AccessRequest,
    Agreement,
    Answers,
    FieldAsk,
    RequestForm,
    State,
)
from assistant.faces import elements_labels as labels
from assistant.faces import render
from assistant.faces.elements_labels import Props
from assistant.phrases import ENGLISH, Phrases
from assistant.terms.worded import worded
from assistant.use import ACTS, OrganisationKind, Use
from catalog_sync import territories

LONGEST = 4000
"""Characters of one answer that are read at all; the form itself judges the rest."""
TONES: dict[State, str] = {
    "draft": "ask_owner", "submitted": "ask_owner", "returned": "allowed_with_conditions",
    "approved": "allowed", "rejected": "not_allowed", "withdrawn": "ask_owner",
    "revoked": "not_allowed", "expired": "ask_owner", "handed_over": "ask_owner",
}  # fmt: skip
_KINDS: tuple[OrganisationKind, ...] = get_args(OrganisationKind)


def fill(
    found: RequestForm, *, note: str = "", everything: bool = False, phrases: Phrases = ENGLISH
) -> Props:
    """The form: what is missing first, the rest to be looked at when wanted."""
    missing = {ask.field for ask in found.missing}
    asks = form.asks(found.judged, phrases)
    fields = [field(ask, found.answers) for ask in asks]
    known = [
        [each["question"], shown(ask, found.answers)]
        for each, ask in zip(fields, asks, strict=True)
        if not everything and each["field"] not in missing and each["value"]
    ]
    return {
        **labels.of("request", phrases),
        "stage": "fill",
        "card": found.judged.card_id,
        "name": render.clean(found.judged.card_name),
        "missing": [each for each in fields if everything or each["field"] in missing],
        "optional": [
            each
            for each in fields
            if not everything and each["field"] not in missing and not each["value"]
        ],
        "known": known,
        "known_already": phrases.say("asked_known", n=phrases.number(len(known))),
        "given": given(found.answers),
        "note": note,
    }


def field(ask: FieldAsk, answers: Answers) -> Props:
    """One question with what was said so far."""
    return {
        "field": ask.field,
        "question": render.clean(ask.question),
        "kind": "acts" if ask.field == "acts" else ask.kind,
        "choices": [[value, render.clean(label)] for value, label in ask.choices],
        "required": ask.required,
        "long": ask.field in ("purpose", "message"),
        "value": value_of(ask.field, answers),
    }


def value_of(name: str, answers: Answers) -> str | list[str]:
    """What was said in one field."""
    if name.startswith("custom:"):
        return dict(answers.custom).get(name.removeprefix("custom:"), "")
    value: str | tuple[str, ...] | None = getattr(answers, name)
    return list(value) if isinstance(value, tuple) else value or ""


def shown(ask: FieldAsk, answers: Answers) -> str:
    """An answer as people read it."""
    value = value_of(ask.field, answers)
    labels = dict(ask.choices)
    picked = value if isinstance(value, list) else [value]
    return ", ".join(render.clean(labels.get(each, each)) for each in picked if each)


def given(answers: Answers) -> Props:
    """Every answer, to be sent along with the next ones."""
    names = ("name", "organisation", "organisation_kind", "country", "hq_country", "acts",
             "purpose", "message")  # fmt: skip
    custom = {f"custom:{key}": text for key, text in answers.custom}
    return {**{name: value_of(name, answers) for name in names}, **custom}


def read(said: object, before: Answers) -> Answers:
    """The answers that a browser sent; what has not the right shape is left as it was."""
    if not isinstance(said, Mapping):
        return before
    kind = said.get("organisation_kind")
    acts = said.get("acts")
    picked = acts if isinstance(acts, list) else list(before.acts)
    custom = dict(before.custom)
    for name, text in said.items():
        if isinstance(name, str) and name.startswith("custom:") and isinstance(text, str):
            custom[name.removeprefix("custom:")[:100]] = text[:LONGEST]
    return Answers(
        name=line(said, "name", before.name),
        organisation=line(said, "organisation", before.organisation),
        organisation_kind=next((each for each in _KINDS if each == kind), None),
        country=line(said, "country", before.country or "").upper() or None,
        hq_country=line(said, "hq_country", before.hq_country or "").upper() or None,
        acts=tuple(act for act in ACTS if act in picked),
        purpose=line(said, "purpose", before.purpose),
        message=line(said, "message", before.message),
        custom=tuple(sorted(custom.items())),
    )


def line(said: Mapping[object, object], name: str, before: str) -> str:
    """One text of the browser's."""
    value = said.get(name)
    return value.strip()[:LONGEST] if isinstance(value, str) else before


def known(use: Use, earlier: Answers | None) -> Answers:
    """What need not be asked: the use spoken of, and who one was the last time."""
    last = earlier or Answers()
    country = use.from_country or last.country
    return Answers(
        name=last.name,
        organisation=last.organisation,
        organisation_kind=use.organisation or last.organisation_kind,
        country=country if country in territories.all_codes() else None,
        hq_country=use.hq_country or last.hq_country,
        acts=use.acts,
    )


def review(
    request: AccessRequest, found: RequestForm, *, note: str = "", phrases: Phrases = ENGLISH
) -> Props:
    """Everything once more, with the texts to be accepted; nothing is sent yet."""
    judged = found.judged
    price = judged.price if judged.price is not None and judged.price.owner_cents > 0 else None
    verdict = worded(judged.verdict, phrases)
    asked = words.price(price, phrases) if price is not None else ""
    return {
        **labels.of("request", phrases),
        "stage": "review",
        "card": judged.card_id,
        "request": request.id,
        "name": render.clean(judged.card_name),
        "rows": [
            [render.clean(ask.question), shown(ask, found.answers)]
            for ask in form.asks(judged, phrases)
            if value_of(ask.field, found.answers)
        ],
        "outcome": judged.verdict.outcome,
        "badge": render.verdict_badge(judged.verdict.outcome, phrases)[1],
        "why": render.sentence(render.clean(verdict.reasons[0].why)),
        "use": render.deeds(found.answers.acts, phrases),
        "agreements": [agreement(each, request, phrases) for each in judged.agreements],
        "price": phrases.say("asked_price", price=asked) if asked else None,
        "fingerprint": judged.terms_fingerprint,
        "here": judged.route == "here",
        "given": given(found.answers),
        "note": note,
    }


def agreement(given: Agreement, request: AccessRequest, phrases: Phrases = ENGLISH) -> Props:
    """A text to be accepted: as it is on record, and what it means in the person's language."""
    title = render.clean(given.title)
    gloss = ""
    if phrases.tag != "en" and phrases.has(f"gloss_{given.id}"):
        title, gloss = phrases.say(f"agreement_{given.id}"), phrases.say(f"gloss_{given.id}")
    return {
        "id": given.id,
        "title": title,
        "gloss": gloss,
        "accept": phrases.say("asked_accept", title=title),
        "text": given.text,
        "url": render.safe_url(given.url),
        "sha256": given.sha256,
        "accepted": any(
            one.agreement_id == given.id and one.sha256 == given.sha256 for one in request.accepted
        ),
    }


def address(
    request: AccessRequest, *, note: str = "", told: str = "", phrases: Phrases = ENGLISH
) -> Props:
    """Which address should be told: only a confirmed one can send a request."""
    return {
        **labels.of("request", phrases),
        "stage": "told" if told else "address",
        "card": request.card_id,
        "request": request.id,
        "name": render.clean(request.judged.card_name),
        "told": told,
        "note": note,
    }


def standing(
    request: AccessRequest, *, today: date, letter: str = "", phrases: Phrases = ENGLISH
) -> Props:
    """Where a request stands, what comes next, and what may be done."""
    may = [name for name in ("save", "withdraw", "extend") if name in request.may]
    conditions = render.clean(request.conditions)
    return {
        **labels.of("request", phrases),
        "stage": "standing",
        "card": request.card_id,
        "request": request.id,
        "name": render.clean(request.judged.card_name),
        "state": request.state,
        "tone": TONES[request.state],
        "badge": words.state(request.state, phrases),
        "sentence": render.clean(words.status(request, today=today, phrases=phrases)),
        "next": render.clean(words.next_step(request, phrases)),
        "conditions": phrases.say("asked_conditions", conditions=conditions) if conditions else "",
        "until": words.day(request.until, phrases) if request.until is not None else "",
        "may_edit": "save" in may,
        "may_withdraw": "withdraw" in may,
        "may_ask_again": request.state in ("rejected", "withdrawn", "revoked", "expired"),
        "url": render.safe_url(request.judged.card_url),
        "letter": letter,
        "history": [
            [words.event(each.what, phrases), f"{each.at:%Y-%m-%d %H:%M} UTC"]
            for each in request.history
        ],
    }


def open_to_all(found: RequestForm, phrases: Phrases = ENGLISH) -> Props:
    """Nobody need be asked."""
    return {
        **labels.of("request", phrases),
        "stage": "public",
        "card": found.judged.card_id,
        "name": render.clean(found.judged.card_name),
        "url": render.safe_url(found.judged.card_url),
    }
