"""Turns a card into the rows that `schema` keeps of it, and rows back into a card.

Pure: knows no connection. A figure that may lie anywhere in a range is kept as its two ends, so
that one comparison answers "surely" and the other "possibly".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from pydantic import TypeAdapter

from catalog_sync import card as cards
from catalog_sync import same
from catalog_sync.card import DatasetCard, Modality
from catalog_sync.clauses import Terms
from catalog_sync.terms import fingerprint, qualities
from catalog_sync.vet import Finding

MODALITIES: tuple[str, ...] = get_args(Modality)
"""Bit n of `facet.modalities` stands for entry n: a new one goes to the end."""

_TERMS: TypeAdapter[Terms] = TypeAdapter(Terms)
_FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])
_OPERATORS = re.compile(r"\(|\)|\bAND\b|\bOR\b|\bWITH\b")

Row = dict[str, str | int | float | None]


def fold(text: str) -> str:
    """Upper and lower case, width and spacing set aside: what names are compared by."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def bits(modalities: Iterable[str]) -> int:
    """The modalities as one number; those unknown here are left out."""
    return sum(1 << MODALITIES.index(each) for each in set(modalities) if each in MODALITIES)


def body(card: DatasetCard, findings: tuple[Finding, ...]) -> Row:
    """The card's text, its terms left out: those are kept once for all cards that share them.

    The licence's name as published stays with the card, for terms are equal without it.
    """
    own = Terms(licence_stated=card.terms.licence_stated)
    return {
        "json": cards.to_json(replace(card, terms=own)),
        "findings": findings_json(findings),
    }


def card_of(json: str, terms: Terms) -> DatasetCard:
    """The card that `body` and `terms_row` were made of."""
    card = cards.from_json(json)
    if card.terms.licence_stated != terms.licence_stated:
        terms = replace(terms, licence_stated=card.terms.licence_stated)
    # The card was made here and nobody else has it yet: a copy would take longer than reading it.
    object.__setattr__(card, "terms", terms)
    return card


def findings_json(findings: tuple[Finding, ...]) -> str:
    """Equal for equal findings."""
    return _FINDINGS.dump_json(findings).decode()


def findings_of(json: str) -> tuple[Finding, ...]:
    """What `findings_json` wrote."""
    return _FINDINGS.validate_json(json)


def terms_json(terms: Terms) -> str:
    """Equal for equal terms."""
    return _TERMS.dump_json(terms, exclude_defaults=True).decode()


def terms_of(json: str) -> Terms:
    """What `terms_json` wrote."""
    return _TERMS.validate_json(json)


def terms_row(terms: Terms) -> Row:
    """The terms with the coarse facts that a filter asks for."""
    facts = qualities(terms)
    return {
        "fingerprint": fingerprint(terms),
        "json": terms_json(terms),
        "licence": terms.licence,
        "stated": int(facts.stated),
        "public_domain": _flag(facts.public_domain),
        "permissive": _flag(facts.permissive),
        "commercial": _flag(facts.commercial),
        "share_alike": _flag(facts.share_alike),
        "derivatives": _flag(facts.derivatives),
    }


def _flag(fact: bool | None) -> int | None:
    return None if fact is None else int(fact)


def licence_ids(expression: str | None) -> frozenset[str]:
    """The expression itself and every id that it names."""
    if expression is None:
        return frozenset()
    named = (part.strip() for part in _OPERATORS.split(expression))
    return frozenset(part for part in named if part) | {expression}


def facet(card: DatasetCard) -> Row:
    """The columns that filters compare, but for those that depend on the card's state."""
    size = card.size
    low, high = _records(card)
    language_low, language_high = _languages(card)
    price_low, price_high = _price(card.terms)
    return {
        "modalities": bits(card.modalities),
        "language_low": language_low,
        "language_high": language_high,
        "hours": size.hours,
        "validated_hours": size.validated_hours,
        "records_low": low,
        "records_high": high,
        "bytes": size.bytes,
        "speakers": size.speakers,
        "price_low": price_low,
        "price_high": price_high,
        "access": None if card.terms.access == "unknown" else card.terms.access,
        "speech_style": card.speech_style,
        "update_frequency": card.update_frequency,
        "updated": card.updated.isoformat() if card.updated else None,
        "source": card.source,
        "merit": same.merit(card),
        "id": card.id,
    }


def named(card: DatasetCard) -> Row:
    """The words that a card is asked for by name."""
    return {
        "native_folded": fold(card.native_id),
        "name_folded": fold(card.name),
        "publisher": card.publisher,
        "publisher_folded": fold(card.publisher) if card.publisher else None,
    }


def _records(card: DatasetCard) -> tuple[int | None, int | None]:
    size = card.size
    if size.records is not None:
        return size.records, size.records
    below = size.records_below
    return size.records_at_least, None if below is None else below - 1


def _languages(card: DatasetCard) -> tuple[int | None, int | None]:
    # "fr" and "fr-FR" are one language.
    named = len({tag.split("-")[0] for tag in card.languages}) + len(card.languages_unread)
    if card.multilingual and named < 2:
        return 2, None
    if named == 0:
        return None, None
    return named, None if card.multilingual else named


def _price(terms: Terms) -> tuple[int | None, int | None]:
    price = terms.price
    if price is not None:
        whole = price.total_cents
        # While the platform's fee is not known, the owner's price is the least it can cost.
        return (price.owner_cents, None) if whole is None else (whole, whole)
    # What anyone may download without asking costs nothing.
    return (0, 0) if terms.access == "public" else (None, None)
