"""Rules over one card: what a person should know of it, and what must not be shown at all.

Pure: the day is an argument. A `note` or a `warn` is shown with the card. A `hold` keeps the card
out of sight until an administrator has looked: its permissions contradict one another, its text
is hostile, it says nothing, or its identity is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal

from catalog_sync import vet_markup
from catalog_sync.card import DatasetCard, Size
from catalog_sync.clauses import Terms
from catalog_sync.source import RawRecord

Level = Literal["note", "warn", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule found on a card."""

    level: Level
    """`note` and `warn` are shown with the card; `hold` keeps it out of sight."""
    code: str
    text: str
    """For a person, with the words that gave rise to it."""


_SHOWN = 3
"""How many of a list are named in a finding."""
_EXPLAINED_CHARS = 60
"""A licence text longer than this says how its licences divide the data."""
_DEDICATED = frozenset(
    {"CC0-1.0", "PDDL-1.0", "Unlicense", "CC-PDDC", "LicenseRef-Stated-Public-Domain"}
)
_RESERVING = re.compile(r"-N[CD]\b")
_TAKEN_BACK = frozenset({"commercialize"})
_NATIVE_ID = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?")
_LONGEST_ID = 300
_SPOKEN_OR_WRITTEN = frozenset({"audio", "text"})
_PAUSES = {
    "continuous": timedelta(days=30),
    "hourly": timedelta(days=30),
    "daily": timedelta(days=60),
    "weekly": timedelta(days=90),
    "monthly": timedelta(days=180),
    "quarterly": timedelta(days=365),
    "yearly": timedelta(days=3 * 365),
}
"""How long after its last update a dataset still keeps the rhythm it promises."""


def vet(card: DatasetCard, *, on: date, raw: RawRecord | None = None) -> tuple[Finding, ...]:
    """Everything found on a card, holds first.

    Args:
        card: What would be shown.
        on: The day it is looked at.
        raw: The record it was made of: what was cleaned away on the way is looked at too.
    """
    texts = tuple(dict.fromkeys((*_texts_of_card(card), *(_texts_of(raw) if raw else ()))))
    found = chain(
        _identity(card),
        _emptiness(card),
        _contradictions(card),
        _hostility(texts),
        _licence(card.terms),
        _price(card.terms),
        _languages(card),
        _figures(card.size),
        _dates(card, on),
        _gaps(card),
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda each: _ORDER.index(each.level)))


_ORDER = ("hold", "warn", "note")


def _texts_of_card(card: DatasetCard) -> Iterator[str]:
    yield from (card.name, card.summary, card.description, card.url or "", card.publisher or "")
    yield card.citation or ""
    yield from chain(card.tags, card.formats, card.links, card.languages_unread)
    for section in card.datasheet:
        yield from (section.title, section.text)
    yield from card.terms.licence_stated
    yield from (clause.quote for clause in card.terms.unparsed)


def _texts_of(raw: RawRecord) -> Iterator[str]:
    yield from (
        text or ""
        for text in (
            raw.name, raw.summary, raw.description, raw.url, raw.publisher, raw.citation,
            raw.terms.licence_url, raw.terms.access_quote,
        )
    )  # fmt: skip
    yield from chain(raw.languages, raw.tags, raw.formats, raw.links, raw.terms.licences)
    for section in raw.datasheet:
        yield from (section.title, section.text)
    yield from (text for _, text in raw.terms.datasheet)


def _hold(code: str, text: str) -> Finding:
    return Finding(level="hold", code=code, text=text)


def _warn(code: str, text: str) -> Finding:
    return Finding(level="warn", code=code, text=text)


def _note(code: str, text: str) -> Finding:
    return Finding(level="note", code=code, text=text)


def _identity(card: DatasetCard) -> Iterator[Finding]:
    native = card.native_id
    if len(native) > _LONGEST_ID or not _NATIVE_ID.fullmatch(native):
        yield _hold("broken_identity", f"Its id in the source, {native[:80]!r}, cannot be one.")
    elif card.id != f"{card.source}:{native}":
        yield _hold(
            "broken_identity", f"Its id {card.id!r} is not its source and id there, {native!r}."
        )


def _emptiness(card: DatasetCard) -> Iterator[Finding]:
    named = card.name.strip() and card.name.strip() != card.native_id
    words = card.summary.strip() or card.description.strip() or card.datasheet
    facts = card.languages or card.modalities or card.tasks or card.tags or card.size != Size()
    if not named and not words and not facts:
        yield _hold("empty", "It has neither a name, nor a description, nor any fact.")


def _contradictions(card: DatasetCard) -> Iterator[Finding]:
    """A dedication to the public that is taken back, with nothing said on which part is which."""
    expression = card.terms.licence or ""
    if " OR " in expression:
        return
    licences = [part.strip("() ") for part in expression.split(" AND ")]
    given = [part for part in licences if part in _DEDICATED]
    if not given:
        return
    kept = [part for part in licences if _RESERVING.search(part)]
    if kept and not _explained(card):
        yield _hold(
            "contradictory_permissions",
            f"It states {given[0]} and {kept[0]} for the same data: one gives up every right, "
            "the other keeps some, and nothing says which part is under which.",
        )
        return
    for rule in card.terms.rules:
        against = rule.kind == "prohibition" and rule.clause.document == "datasheet"
        if against and rule.action in _TAKEN_BACK and not rule.constraints and len(licences) == 1:
            yield _hold(
                "contradictory_permissions",
                f"Its licence {given[0]} gives up every right, its datasheet says: "
                f"{rule.clause.quote!r}.",
            )
            return


def _explained(card: DatasetCard) -> bool:
    long_text = any(len(text) > _EXPLAINED_CHARS for text in card.terms.licence_stated)
    section = any("licen" in part.title.casefold() and part.text for part in card.datasheet)
    return long_text or section or bool(card.terms.unparsed)


def _hostility(texts: tuple[str, ...]) -> Iterator[Finding]:
    for what, words in vet_markup.acting(texts):
        yield _hold("hostile_markup", f"Its text holds a {what}: {words!r}.")
    for what, words in vet_markup.hidden(texts):
        yield _hold("hidden_text", f"Its text hides something ({what}): {words!r}.")
    for words in vet_markup.orders(texts):
        yield _warn("speaks_to_machines", f"Its text gives orders to a program: {words!r}.")


def _licence(terms: Terms) -> Iterator[Finding]:
    stated = [text for text in terms.licence_stated if text.strip()]
    if terms.licence is None and not stated:
        yield _warn("no_licence", "No licence is stated: what is allowed, only the owner can say.")
    elif terms.licence is None:
        named = "; ".join(repr(_short(text)) for text in stated[:_SHOWN])
        yield _warn("licence_unread", f"Its licence could not be read: {named}. Ask the owner.")
    elif terms.licence.count(" AND ") and len(stated) > 1:
        yield _note(
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
            yield _warn(
                "licence_narrowed",
                f"Its licence {terms.licence} allows profit, its datasheet says: "
                f"{_short(rule.clause.quote)!r}.",
            )
            return


def _price(terms: Terms) -> Iterator[Finding]:
    price = terms.price
    if price is None:
        return
    if not re.fullmatch(r"[A-Z]{3}", price.currency):
        yield _warn("no_currency", f"Its price names no currency ({price.currency!r}).")
    if price.owner_cents < 0:
        yield _warn("odd_price", f"Its price is below nought: {price.owner_cents} cents.")
    if price.owner_cents > 0 and terms.access == "public":
        yield _warn("odd_price", "It has a price, and is said to be free for anyone to download.")


def _languages(card: DatasetCard) -> Iterator[Finding]:
    if card.languages_unread:
        named = ", ".join(repr(_short(text)) for text in card.languages_unread[:_SHOWN])
        more = len(card.languages_unread) - _SHOWN
        rest = f" and {more} more" if more > 0 else ""
        yield _warn("language_unread", f"No language is known by the name {named}{rest}.")
    if card.languages:
        return
    if card.multilingual:
        yield _note("languages_unnamed", "It says that it is in many languages, and names none.")
    elif _SPOKEN_OR_WRITTEN & set(card.modalities) and not card.languages_unread:
        yield _note("no_language", "Its language is not stated.")


def _figures(size: Size) -> Iterator[Finding]:
    if size == Size():
        yield _note("no_size", "Its size is not stated.")
    if size.hours is not None and size.validated_hours is not None:
        # Both are rounded by their source, each on its own.
        if size.validated_hours > size.hours * 1.01 + 0.1:
            yield _warn(
                "odd_size",
                f"It states more validated hours ({size.validated_hours:g}) than hours "
                f"({size.hours:g}).",
            )
    low, below = size.records_at_least, size.records_below
    if low is not None and below is not None and low >= below:
        yield _warn("odd_size", f"It states at least {low} records, and fewer than {below}.")
    nought = [name for name in ("bytes", "hours", "records") if getattr(size, name) == 0]
    if nought:
        yield _warn("odd_size", f"It states nought for its {' and '.join(nought)}.")


def _dates(card: DatasetCard, on: date) -> Iterator[Finding]:
    # A day of grace: the source may lie east of here.
    for name, day in (("publication", card.published), ("last update", card.updated)):
        if day is not None and day > on + timedelta(days=1):
            yield _warn("odd_date", f"Its {name} is said to be in the future: {day.isoformat()}.")
    last = card.updated or card.published
    pause = _PAUSES.get(card.update_frequency or "")
    if last is not None and pause is not None and last + pause < on:
        yield _warn(
            "stale",
            f"It promises {card.update_frequency} updates, and was last updated on "
            f"{last.isoformat()}: its figures may be old.",
        )


def _gaps(card: DatasetCard) -> Iterator[Finding]:
    if card.url is None:
        yield _note("no_page", "It names no page where a person could open it.")
    if not card.summary.strip() and not card.description.strip():
        yield _note("no_description", "It has no description.")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119] + "…"
