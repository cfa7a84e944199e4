"""The terms engine: cold verdicts, and a warm filter "only what I may sell" over 100,000 cards."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.terms.filter import fingerprints_allowing
from assistant.terms.verdict import judge, judge_in_english
from assistant.use import ACTS, Use
from catalog_sync.clauses import Price, StatedTerms, Terms
from catalog_sync.licences import rows
from catalog_sync.terms import derive, fingerprint

TODAY = date(2026, 11, 23)
SELL = Use(acts=("commercial_use", "train_commercial"), from_country="DE", hq_country="DE")
SENTENCES = ("", "No voice cloning.", "Do not share it.", "Think of the speakers.")


@dataclass(frozen=True)
class TermsFigures:
    """What was measured; times in seconds."""

    pairs: int
    cold_s: float
    distinct_terms: int
    cards: int
    filter_cold_s: float
    filter_warm_s: float
    allowed_cards: int


def made_up_terms(count: int) -> tuple[Terms, ...]:
    """Distinct terms: every licence of the table with changing datasheets and prices."""
    licences = sorted(rows())
    found: list[Terms] = []
    for number in range(count):
        round_, licence = divmod(number, len(licences))
        price, text = divmod(round_, len(SENTENCES))
        stated = StatedTerms(
            licences=(licences[licence],),
            datasheet=(("restrictions", SENTENCES[text]),) if SENTENCES[text] else (),
            price=Price(owner_cents=price * 100, currency="USD") if price else None,
        )
        found.append(derive(stated))
    return tuple(found)


def measure(*, pairs: int = 1_000, cards: int = 100_000, distinct: int = 2_000) -> TermsFigures:
    """Judge `pairs` distinct pairs cold, then filter `cards` cards of `distinct` terms."""
    terms = made_up_terms(distinct)
    uses = [Use(acts=(act,)) for act in ACTS]
    judge_in_english.cache_clear()
    asked = list(itertools.islice(itertools.product(terms, uses), pairs))
    start = time.perf_counter()
    for one, use in asked:
        judge(one, use, today=TODAY)
    cold = time.perf_counter() - start
    by_mark: Mapping[str, Terms] = {fingerprint(t): t for t in terms}
    marks = list(by_mark)
    shelf = [marks[i % len(marks)] for i in range(cards)]
    judge_in_english.cache_clear()
    filter_cold, _ = _filtered(by_mark, shelf)
    filter_warm, allowed = min(_filtered(by_mark, shelf) for _ in range(5))
    return TermsFigures(
        pairs=len(asked),
        cold_s=cold,
        distinct_terms=len(by_mark),
        cards=cards,
        filter_cold_s=filter_cold,
        filter_warm_s=filter_warm,
        allowed_cards=allowed,
    )


def _filtered(by_mark: Mapping[str, Terms], shelf: list[str]) -> tuple[float, int]:
    start = time.perf_counter()
    allowed = fingerprints_allowing(by_mark, SELL, today=TODAY)
    found = sum(1 for mark in shelf if mark in allowed)
    return time.perf_counter() - start, found
