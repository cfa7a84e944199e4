"""Which terms allow a use: what a search needs to offer only what one may use so.

Terms are few where cards are many: verdicts are cached by the terms' fingerprint.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import date
from threading import Lock

from assistant.terms.values import Outcome
from assistant.terms.verdict import outcome
from assistant.use import Use
from catalog_sync.clauses import Terms

USABLE: frozenset[Outcome] = frozenset({"allowed", "allowed_with_conditions"})
_KEEP = 500_000
_cache: OrderedDict[tuple[str, Use, date], Outcome] = OrderedDict()
_lock = Lock()


def fingerprints_allowing(
    terms_by_fingerprint: Mapping[str, Terms],
    use: Use,
    *,
    today: date,
    at_best: Collection[Outcome] = USABLE,
) -> frozenset[str]:
    """The fingerprints whose terms answer `use` with one of the outcomes `at_best`.

    A fingerprint stands for its terms: the same one is never judged twice for the same use and
    day, as long as it is among the last half million asked for.
    """
    wanted = frozenset(at_best)
    return frozenset(
        mark
        for mark, terms in terms_by_fingerprint.items()
        if _outcome(mark, terms, use, today) in wanted
    )


def _outcome(mark: str, terms: Terms, use: Use, today: date) -> Outcome:
    key = (mark, use, today)
    known = _cache.get(key)
    if known is None:
        known = outcome(terms, use, today=today)
        with _lock:
            _cache[key] = known
            while len(_cache) > _KEEP:
                _cache.popitem(last=False)
    return known
