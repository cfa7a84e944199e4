"""A need as a filter of one catalogue: its languages, and the terms that a use or a name bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant import licence_stems
from assistant.limits import Tongues, card_filter
from assistant.need import Need
from assistant.terms.filter import fingerprints_allowing
from assistant.terms.values import Outcome
from assistant.understand.owners import Owners
from assistant.use import Use
from catalog_sync.filter import CardFilter
from catalog_sync.store import Store

_OPEN: frozenset[Outcome] = frozenset({"allowed", "allowed_with_conditions", "ask_owner"})


@lru_cache(maxsize=4)
def tongues_of(store: Store, revision: int) -> Tongues:
    """The languages of the catalogue; read once for each `revision`."""
    del revision
    groups = store.groups("language", CardFilter())
    return Tongues(present=frozenset(group.key for group in groups if group.key))


@lru_cache(maxsize=4)
def owners_of(store: Store, revision: int) -> Owners:
    """Who publishes in the catalogue; read once for each `revision`."""
    del revision
    groups = store.groups("publisher", CardFilter())
    return Owners(group.key for group in groups if group.key)


def filter_for(
    need: Need, *, store: Store, tongues: Tongues, today: date, certain: bool
) -> CardFilter:
    """The need as a filter; a use that the search is limited to bars what forbids it.

    `certain`: leave out cards that do not state a figure which is limited.
    """
    asked = named(card_filter(need, tongues, certain=certain), need, store)
    if need.licence_wish == "commercial" and need.use.acts:
        use = replace(need.use, acts=("commercial_use",), output_licence=None, facts=())
        # A licence that allows it may still leave a fact open ("from which country?"): the
        # verdict beside the result asks for it. Only what is surely forbidden is barred.
        kept = not_forbidding(store, store.revision(), use, today)
        asked = _within(asked, kept)
    return asked


def named(asked: CardFilter, need: Need, store: Store) -> CardFilter:
    """The filter with the licences that are asked for or shut out, as the terms under them."""
    if need.licences:
        kept = under(store, store.revision(), need.licences)
        asked = _within(replace(asked, licences=frozenset()), kept)
    if need.licences_not:
        asked = _within(asked, not_under(store, store.revision(), need.licences_not))
    return asked


def _within(asked: CardFilter, kept: frozenset[str]) -> CardFilter:
    return replace(asked, terms_in=kept if asked.terms_in is None else kept & asked.terms_in)


@lru_cache(maxsize=32)
def under(store: Store, revision: int, stems: tuple[str, ...]) -> frozenset[str]:
    """Fingerprints of terms with one of these licences, of their families or classes."""
    del revision
    return frozenset(
        fingerprint
        for fingerprint, terms in store.terms().items()
        if licence_stems.under(terms, stems)
    )


@lru_cache(maxsize=32)
def not_under(store: Store, revision: int, stems: tuple[str, ...]) -> frozenset[str]:
    """Fingerprints of terms whose licence is none of these, in whatever version."""
    del revision
    return frozenset(
        fingerprint
        for fingerprint, terms in store.terms().items()
        if not licence_stems.shut_out(terms, stems)
    )


@lru_cache(maxsize=32)
def not_forbidding(store: Store, revision: int, use: Use, today: date) -> frozenset[str]:
    """Fingerprints of terms that do not surely forbid this use."""
    del revision
    return fingerprints_allowing(store.terms(), use, today=today, at_best=_OPEN)
