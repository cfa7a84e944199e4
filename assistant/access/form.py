"""What a request has to say, what is still missing, and which texts are to be accepted. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from assistant.access.values import (
    Agreement,
    Answers,
    FieldAsk,
    Judged,
    OwnerQuestion,
    QuestionKind,
)
from assistant.phrases import ENGLISH, Phrases
from assistant.use import ACTS
from catalog_sync import territories
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Terms

LONGEST = {
    "name": 200, "organisation": 200, "purpose": 4000, "message": 4000, "custom": 2000,
    "reason": 2000,
}  # fmt: skip
"""Characters of each free text; more is refused, never cut in silence."""
_KINDS = ("company", "university", "non_profit", "person")
_FIELDS = (
    "name", "organisation", "organisation_kind", "country", "hq_country", "acts", "purpose",
    "message",
)  # fmt: skip
_NEEDED = ("name", "country", "acts", "purpose")


def missing(
    judged: Judged, answers: Answers, phrases: Phrases = ENGLISH
) -> tuple[FieldAsk, ...]:  # fmt: skip
    """What has to be said before the request can be filed, in the order of asking."""
    found = _asks(judged, phrases)
    return tuple(ask for ask in found if ask.required and not said(answers, ask.field))


def optional(judged: Judged, answers: Answers) -> tuple[FieldAsk, ...]:
    """What may be said besides and was not."""
    found = _asks(judged, ENGLISH)
    return tuple(ask for ask in found if not ask.required and not said(answers, ask.field))


def asks(judged: Judged, phrases: Phrases = ENGLISH) -> tuple[FieldAsk, ...]:
    """Every field of the form; the owner's own questions stay as the owner wrote them."""
    return tuple(_asks(judged, phrases))


def _asks(judged: Judged, phrases: Phrases) -> Iterator[FieldAsk]:
    deciding = {each.fact for each in judged.verdict.missing}
    for name in _FIELDS:
        required = name in _NEEDED
        required |= name == "hq_country" and "hq" in deciding
        required |= name == "organisation_kind" and "org" in deciding
        kind, choices = _kind_of(name, phrases)
        yield FieldAsk(
            field=name,
            question=phrases.say(f"request.ask.{name}"),
            kind=kind,
            choices=choices,
            required=required,
        )
    for question in judged.questions:
        yield FieldAsk(
            field=f"custom:{question.id}",
            question=question.text,
            kind=question.kind,
            choices=_countries(phrases) if question.kind == "country"
            else tuple((choice, choice) for choice in question.choices),
            required=question.required,
        )  # fmt: skip


def _kind_of(name: str, phrases: Phrases) -> tuple[QuestionKind, tuple[tuple[str, str], ...]]:
    """How a field is answered, and with what it can be."""
    if name in ("country", "hq_country"):
        return "country", _countries(phrases)
    if name == "acts":
        return "choice", tuple((act, phrases.say(f"act.{act}")) for act in ACTS)
    if name == "organisation_kind":
        return "choice", tuple((kind, phrases.say(f"kind_{kind}")) for kind in _KINDS)
    return "text", ()


def _countries(phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country: in English by code, else in the order of the names."""
    english = tuple((code, territories.name(code) or code) for code in territories.all_codes())
    if phrases.tag == "en":
        return english
    named = [(code, phrases.country(code, otherwise=name)) for code, name in english]
    return tuple(sorted(named, key=lambda each: _plain(each[1])))


def _plain(name: str) -> str:
    """A name to sort by: marks above letters do not count."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def said(answers: Answers, field: str) -> bool:
    """Whether this field has an answer; an unticked box is none."""
    if field.startswith("custom:"):
        given = dict(answers.custom).get(field.removeprefix("custom:"), "")
        return bool(given.strip()) and given.strip() != "no"
    value = {
        "name": answers.name, "organisation": answers.organisation,
        "organisation_kind": answers.organisation_kind, "country": answers.country,
        "hq_country": answers.hq_country, "acts": answers.acts, "purpose": answers.purpose,
        "message": answers.message,
    }[field]  # fmt: skip
    return bool(value.strip() if isinstance(value, str) else value)


def wrong(judged: Judged, answers: Answers) -> tuple[str, str] | None:
    """(field, what is expected) of the first answer that cannot be taken; None: all can."""
    for name in ("name", "organisation", "purpose", "message"):
        text: str = getattr(answers, name)
        if len(text) > LONGEST[name]:
            return name, f"at most {LONGEST[name]} characters"
        if name in ("name", "organisation") and any(ord(c) < 32 for c in text):
            return name, "one line of text"
    for name in ("country", "hq_country"):
        code = getattr(answers, name)
        if code is not None and code not in territories.all_codes():
            return name, "a country"
    if any(act not in ACTS for act in answers.acts):
        return "acts", "uses from the list"
    asked = {question.id: question for question in judged.questions}
    for given, text in answers.custom:
        expected = _custom(asked.get(given), text)
        if expected:
            return f"custom:{given}", expected
    return None


def _custom(question: OwnerQuestion | None, text: str) -> str:
    """What is expected instead; empty when the answer can be taken."""
    if question is None or not text.strip():
        # An answer to a question that is no longer asked is kept and not judged.
        return ""
    if len(text) > LONGEST["custom"]:
        return f"at most {LONGEST['custom']} characters"
    if question.kind == "choice" and text not in question.choices:
        return f"one of: {', '.join(question.choices)}"
    if question.kind == "country" and text not in territories.all_codes():
        return "a country"
    if question.kind == "date" and not _is_date(text):
        return "a day, such as 2027-03-31"
    if question.kind == "checkbox" and text not in ("yes", "no"):
        return "yes or no"
    return ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def agreements(card: DatasetCard, *, owner: str) -> tuple[Agreement, ...]:
    """The texts that a requester accepts for this card, composed from its terms.

    Args:
        card: The dataset, whose owner's own words are quoted as published.
        owner: Who decides, as people call them.
    """
    found = [
        Agreement(
            id="terms",
            title="The terms of the data",
            text=_terms_text(card.name, card.terms),
            url=card.terms.licence_url or card.url,
        )
    ]
    if card.terms.platform == "mdc":
        found.append(
            Agreement(
                id="platform",
                title="The platform's terms",
                text="I will not re-host the data and will not try to identify speakers, as the "
                "Mozilla Data Collective's terms ask besides the licence.",
                url="https://datacollective.mozillafoundation.org/terms",
            )
        )
    found.append(
        Agreement(
            id="sharing",
            title="What the owner sees",
            text=f"{owner} may see my name, my e-mail address and these answers in order to "
            "decide about my request and to reach me about it.",
        )
    )
    return tuple(found)


def _terms_text(name: str, terms: Terms) -> str:
    licence = "; ".join(terms.licence_stated) or terms.licence or "no licence is stated"
    parts = [f"I have read the terms of {name} and will keep to them. Licence: {licence}."]
    quotes = [f"“{clause.quote}” ({clause.clause})" for clause in terms.unparsed]
    quotes += [
        f"“{rule.clause.quote}” ({rule.clause.clause})"
        for rule in terms.rules
        if rule.clause.document == "datasheet"
    ]
    if quotes:
        parts.append(f"The owner also says: {' '.join(dict.fromkeys(quotes))}")
    return " ".join(parts)
