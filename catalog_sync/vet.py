"""Rules over one card: what a person should know of it, and what must not be shown at all.

Pure: the day is an argument. A `note` or a `warn` is shown with the card. A `hold` keeps the card
out of sight until an administrator has looked: its permissions contradict one another, its text
is hostile, it says nothing, or its identity is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from catalog_sync import vet_markup, vet_terms
from catalog_sync.card import DatasetCard, Size
from catalog_sync.source import RawRecord
from catalog_sync.vet_finding import Finding, Level, hold, note, short, warn

__all__ = ["Finding", "Level", "vet"]

_SHOWN = 3
"""How many of a list are named in a finding."""
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
        vet_terms.contradictions(card),
        _hostility(texts),
        vet_terms.licence(card.terms),
        vet_terms.price(card.terms),
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


def _identity(card: DatasetCard) -> Iterator[Finding]:
    native = card.native_id
    if len(native) > _LONGEST_ID or not _NATIVE_ID.fullmatch(native):
        yield hold("broken_identity", f"Its id in the source, {native[:80]!r}, cannot be one.")
    elif card.id != f"{card.source}:{native}":
        yield hold(
            "broken_identity", f"Its id {card.id!r} is not its source and id there, {native!r}."
        )


def _emptiness(card: DatasetCard) -> Iterator[Finding]:
    named = card.name.strip() and card.name.strip() != card.native_id
    words = card.summary.strip() or card.description.strip() or card.datasheet
    facts = card.languages or card.modalities or card.tasks or card.tags or card.size != Size()
    if not named and not words and not facts:
        yield hold("empty", "It has neither a name, nor a description, nor any fact.")


def _hostility(texts: tuple[str, ...]) -> Iterator[Finding]:
    for what, words in vet_markup.acting(texts):
        yield hold("hostile_markup", f"Its text holds a {what}: {words!r}.")
    for what, words in vet_markup.hidden(texts):
        yield hold("hidden_text", f"Its text hides something ({what}): {words!r}.")
    for words in vet_markup.orders(texts):
        yield warn("speaks_to_machines", f"Its text gives orders to a program: {words!r}.")


def _languages(card: DatasetCard) -> Iterator[Finding]:
    if card.languages_unread:
        named = ", ".join(repr(short(text)) for text in card.languages_unread[:_SHOWN])
        more = len(card.languages_unread) - _SHOWN
        rest = f" and {more} more" if more > 0 else ""
        yield warn("language_unread", f"No language is known by the name {named}{rest}.")
    if card.languages:
        return
    if card.multilingual:
        yield note("languages_unnamed", "It says that it is in many languages, and names none.")
    elif _SPOKEN_OR_WRITTEN & set(card.modalities) and not card.languages_unread:
        yield note("no_language", "Its language is not stated.")


def _figures(size: Size) -> Iterator[Finding]:
    if size == Size():
        yield note("no_size", "Its size is not stated.")
    if size.hours is not None and size.validated_hours is not None:
        # Both are rounded by their source, each on its own.
        if size.validated_hours > size.hours * 1.01 + 0.1:
            yield warn(
                "odd_size",
                f"It states more validated hours ({size.validated_hours:g}) than hours "
                f"({size.hours:g}).",
            )
    low, below = size.records_at_least, size.records_below
    if low is not None and below is not None and low >= below:
        yield warn("odd_size", f"It states at least {low} records, and fewer than {below}.")
    nought = [name for name in ("bytes", "hours", "records") if getattr(size, name) == 0]
    if nought:
        yield warn("odd_size", f"It states nought for its {' and '.join(nought)}.")


def _dates(card: DatasetCard, on: date) -> Iterator[Finding]:
    # A day of grace: the source may lie east of here.
    for name, day in (("publication", card.published), ("last update", card.updated)):
        if day is not None and day > on + timedelta(days=1):
            yield warn("odd_date", f"Its {name} is said to be in the future: {day.isoformat()}.")
    last = card.updated or card.published
    pause = _PAUSES.get(card.update_frequency or "")
    if last is not None and pause is not None and last + pause < on:
        yield warn(
            "stale",
            f"It promises {card.update_frequency} updates, and was last updated on "
            f"{last.isoformat()}: its figures may be old.",
        )


def _gaps(card: DatasetCard) -> Iterator[Finding]:
    if card.url is None:
        yield note("no_page", "It names no page where a person could open it.")
    if not card.summary.strip() and not card.description.strip():
        yield note("no_description", "It has no description.")
