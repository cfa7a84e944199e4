"""Rules over what a card says may be done with the data, and at what price.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Terms
from catalog_sync.vet_finding import Finding, hold, note, short, warn

_SHOWN = 3
"""How many of a list are named in a finding."""
_EXPLAINED_CHARS = 60
"""A licence text longer than this says how its licences divide the data."""
_DEDICATED = frozenset(
    {"CC0-1.0", "PDDL-1.0", "Unlicense", "CC-PDDC", "LicenseRef-Stated-Public-Domain"}
)
_RESERVING = re.compile(r"-N[CD]\b")
_LIMITING = re.compile(
    r"\bnon-?\s?commercial|\bno commercial|\bnot for (?:commercial|profit)|all rights reserved"
    r"|\bresearch (?:use |purposes )?only",
    re.IGNORECASE,
)


def contradictions(card: DatasetCard) -> Iterator[Finding]:
    """What is given and taken back, with nothing said on which part of the data is which."""
    yield from islice(chain(_two_licences(card), _taken_back(card.terms), _one_text(card.terms)), 1)


def _two_licences(card: DatasetCard) -> Iterator[Finding]:
    licences = _together(card.terms)
    given = [part for part in licences if part in _DEDICATED]
    kept = [part for part in licences if _RESERVING.search(part)]
    if given and kept and not _explained(card):
        yield hold(
            "contradictory_permissions",
            f"It states {given[0]} and {kept[0]} for the same data: one gives up every right, "
            "the other keeps some, and nothing says which part is under which.",
        )


def _taken_back(terms: Terms) -> Iterator[Finding]:
    licences = _together(terms)
    if len(licences) != 1 or licences[0] not in _DEDICATED:
        return
    for rule in terms.rules:
        against = rule.kind == "prohibition" and rule.clause.document == "datasheet"
        if against and rule.action == "commercialize" and not rule.constraints:
            yield hold(
                "contradictory_permissions",
                f"Its licence {licences[0]} gives up every right, its datasheet says: "
                f"{short(rule.clause.quote)!r}.",
            )


def _one_text(terms: Terms) -> Iterator[Finding]:
    """A short licence text that names a licence which allows profit, and forbids profit."""
    allows = any(
        rule.kind == "permission" and rule.action == "commercialize" for rule in terms.rules
    )
    for text in terms.licence_stated if allows else ():
        if len(text) <= _EXPLAINED_CHARS and _LIMITING.search(text):
            yield hold(
                "contradictory_permissions",
                f"Its licence is stated as {text!r}: {terms.licence} allows what the words "
                "beside it forbid.",
            )


def _together(terms: Terms) -> list[str]:
    """The licences that all apply; none where one may choose."""
    expression = terms.licence or ""
    if " OR " in expression:
        return []
    return [part.strip("() ") for part in expression.split(" AND ") if part]


def _explained(card: DatasetCard) -> bool:
    long_text = any(len(text) > _EXPLAINED_CHARS for text in card.terms.licence_stated)
    section = any("licen" in part.title.casefold() and part.text for part in card.datasheet)
    return long_text or section or bool(card.terms.unparsed)


def licence(terms: Terms) -> Iterator[Finding]:
    """A licence that is missing, unread, or narrowed by other papers."""
    stated = [text for text in terms.licence_stated if text.strip()]
    if terms.licence is None and not stated:
        yield warn("no_licence", "No licence is stated: what is allowed, only the owner can say.")
    elif terms.licence is None:
        named = "; ".join(repr(short(text)) for text in stated[:_SHOWN])
        yield warn("licence_unread", f"Its licence could not be read: {named}. Ask the owner.")
    elif terms.licence.count(" AND ") and len(stated) > 1:
        yield note(
            "several_licences",
            f"Several licences are stated ({terms.licence}): each may cover a part.",
        )
    permitted = {
        rule.action
        for rule in terms.rules
        if rule.kind == "permission" and rule.clause.document == "licence" and not rule.constraints
    }
    for rule in terms.rules:
        against = rule.kind == "prohibition" and rule.clause.document == "datasheet"
        if against and rule.action == "commercialize" and rule.action in permitted:
            yield warn(
                "licence_narrowed",
                f"Its licence {terms.licence} allows profit, its datasheet says: "
                f"{short(rule.clause.quote)!r}.",
            )
            return


def price(terms: Terms) -> Iterator[Finding]:
    """A price that cannot be meant as it stands."""
    asked = terms.price
    if asked is None:
        return
    if not re.fullmatch(r"[A-Z]{3}", asked.currency):
        yield warn("no_currency", f"Its price names no currency ({asked.currency!r}).")
    if asked.owner_cents < 0:
        yield warn("odd_price", f"Its price is below nought: {asked.owner_cents} cents.")
    if asked.owner_cents > 0 and terms.access == "public":
        yield warn("odd_price", "It has a price, and is said to be free for anyone to download.")
