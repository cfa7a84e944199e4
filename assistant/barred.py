"""Which terms a search keeps where a use or a licence's name shuts others out, by revision."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from assistant.terms.filter import fingerprints_allowing
from assistant.terms.values import Outcome
from assistant.use import Use
from catalog_sync.store import Store

_OPEN: frozenset[Outcome] = frozenset({"allowed", "allowed_with_conditions", "ask_owner"})


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
