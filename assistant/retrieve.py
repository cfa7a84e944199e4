"""A need to the datasets that meet it: hard limits in SQL, ranking in the index, unknown marked.

When nothing meets every limit, says which limit each near miss breaks, and what giving up one
limit would bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant import choices, keysets, named, standing
from assistant.candidates import NEAREST, Asked, Room, Searcher, soft_words
from assistant.found import Candidate, Found
from assistant.limits import Tongues, hard_tasks, hard_topics, limits, soft_topics
from assistant.need import Need
from assistant.phrases import ENGLISH, Phrases
from assistant.understand import narrower, say
from catalog_sync.store import Store

Keys = NDArray[np.int64]


def find(
    need: Need, *, store: Store, search: Searcher, tongues: Tongues, top: int, today: date,
    phrases: Phrases = ENGLISH,
) -> Found:  # fmt: skip
    """The datasets for a need, those that surely fit first.

    Args:
        need: What is asked for.
        store: Where the cards are.
        search: What ranks them.
        tongues: The languages of the catalogue.
        top: How many to give back; also the most that a caller pages to.
        today: The day verdicts are given on.
        phrases: The texts of the language that matches are worded in.
    """
    asked = Asked(need, say.query(need), tongues, top, today, phrases)
    room = Room(store, search, asked)
    if _by_words(need):
        return room.by_words()
    sure = room.keys(need, certain=True)
    trace = [f"{len(sure)} datasets surely meet the limits"]
    found, spread = _parted(room.rank(sure, top), need)
    # How many speak of a thing is known only of those that were looked at.
    known_few = bool(narrower.things(need.wish)) or not found
    fitting = len(found) if known_few else len(sure) - len(spread)
    may = len(sure) - fitting
    by_text: list[Candidate] = []
    passing: list[Candidate] = []
    if len(found) < top and (hard_topics(need) or hard_tasks(need)):
        by_text, passing = room.by_description(sure)
        trace.append(f"{len(by_text) + len(passing)} more by what their description says")
    if found:
        by_text, passing = [*by_text, *passing], []
    certain = [*found, *by_text]
    if len(certain) >= top:
        return Found(
            candidates=tuple(certain[:top]),
            total=fitting + len(by_text),
            unsure=may,
            trace=tuple(trace),
        )
    known = np.array([c.stored.key for c in by_text], np.int64)
    unsure_keys = keysets.without(room.keys(need, certain=False), np.concatenate([sure, known]))
    trace.append(f"{len(unsure_keys)} may, a limit not being stated")
    # What meets every plain limit and one of several subjects is near enough to be an answer.
    subjects = len(choices.groups(need)) + len(hard_tasks(need))
    several = bool(hard_topics(need)) and subjects > 1
    partly = room.partly(top) if several and not certain else []
    if certain or partly:
        unsure = [*spread, *room.like(), *room.rank(unsure_keys, top - len(certain))]
        if certain and len(certain) + len(unsure) < top:
            partly = room.partly(top)
        return Found(
            candidates=_distinct([*certain, *unsure, *partly])[:top],
            total=fitting + len(by_text),
            unsure=len(unsure_keys) + may + len(partly),
            trace=tuple(trace),
        )
    return Found(
        candidates=(),
        total=0,
        # Subjects that only order leave everything open: such a count would say nothing.
        unsure=0 if may and soft_topics(need) else len(unsure_keys) + may,
        nearest=_distinct([*spread, *passing, *room.like(), *room.nearest(unsure_keys)])[:NEAREST],
        relaxations=tuple(room.relaxations()),
        absent=tuple(named.wish(w, phrases) for w in need.languages if not tongues.holds(w)),
        trace=tuple(trace),
    )


def texts(
    need: Need, *, store: Store, search: Searcher, tongues: Tongues, top: int, today: date
) -> Iterator[str]:
    """What `find` would search the index for, as far as that shows without searching it."""
    first, soft = say.query(need), soft_words(need)
    yield first
    if _by_words(need):
        return
    if soft:
        yield soft
    if hard_topics(need) or hard_tasks(need):
        room = Room(store, search, Asked(need, first, tongues, top, today, ENGLISH))
        if len(room.keys(need, certain=True)) < top:
            yield say.subject(need)


def _parted(ranked: list[Candidate], need: Need) -> tuple[list[Candidate], list[Candidate]]:
    """(those that surely fit, the others).

    What only orders shuts nothing out; where nothing speaks of it, nothing surely fits.
    """
    found = [candidate for candidate in ranked if candidate.certain]
    if standing.asks_softly(need) and not any(standing.on_subject(one, need) for one in found):
        return [], ranked
    return found, [candidate for candidate in ranked if not candidate.certain]


def _distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple({c.stored.group: c for c in reversed(candidates)}[g] for g in dict.fromkeys(
        c.stored.group for c in candidates
    ))  # fmt: skip


def _by_words(need: Need) -> bool:
    """Whether words alone say what the data is."""
    if not limits(need):
        return not _excludes(need)
    # "Lip reading videos", "chess games on AWS": such a limit says as little as none.
    seen = {"image", "video"}.issuperset(need.modalities)
    wide = {"sources", "modalities"}.issuperset(limits(need)) and not need.sources_not and seen
    return wide and bool(need.wish) and "commonvoice" not in need.sources


def _excludes(need: Need) -> bool:
    return bool(need.languages_not or need.names_not or need.publishers_not)
