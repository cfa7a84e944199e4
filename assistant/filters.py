"""A need as a filter of one catalogue: its languages, and the terms that a use or a name bars."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

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
    asked = card_filter(need, tongues, certain=certain)
    if need.licence_wish == "commercial" and need.use.acts:
        use = replace(need.use, acts=("commercial_use",), output_licence=None, facts=())
        # A licence that allows it may still leave a fact open ("from which country?"): the
        # verdict beside the result asks for it. Only what is surely forbidden is barred.
        kept = not_forbidding(store, store.revision(), use, today)
        asked = replace(asked, terms_in=kept)
    if need.licences_not:
        kept = not_under(store, store.revision(), need.licences_not)
        both = kept if asked.terms_in is None else kept & asked.terms_in
        asked = replace(asked, terms_in=both)
    return asked


@lru_cache(maxsize=32)
def not_under(store: Store, revision: int, stems: tuple[str, ...]) -> frozenset[str]:
    """Fingerprints of terms whose licence is none of these, in whatever version."""
    del revision
    named = "|".join(map(re.escape, stems))
    shut = re.compile(rf"(?<![\w.+-])(?:LicenseRef-)?(?:{named})(?:-\d[\w.+-]*)?(?![\w.+-])")
    return frozenset(
        fingerprint
        for fingerprint, terms in store.terms().items()
        if terms.licence is None or not shut.search(terms.licence)
    )


@lru_cache(maxsize=32)
def not_forbidding(store: Store, revision: int, use: Use, today: date) -> frozenset[str]:
    """Fingerprints of terms that do not surely forbid this use."""
    del revision
    return fingerprints_allowing(store.terms(), use, today=today, at_best=_OPEN)
