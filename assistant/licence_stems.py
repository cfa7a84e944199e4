"""Licences said by id, family or class, held against what a card's terms say. Pure.

A stem is an SPDX id or the beginning of several: "CC-BY-SA" is each version of it, "BSD" each of
its kind, "CC" whatever Creative Commons offers. Some words stand for a class.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from catalog_sync.clauses import Terms
from catalog_sync.licences import alternatives
from catalog_sync.terms import qualities

SHARE_ALIKE = "share-alike"
"""Whoever passes on changed data does so under the same terms; non-commercial ones apart."""
SHARE_ALIKE_ANY = "SA"
"""The same, non-commercial ones among them."""
NO_DERIVATIVES = "ND"
CLASSES = ("public_domain", "permissive", "commercial")
"""Wishes that may stand beside named licences: "public domain or MIT"."""
_FORBID_CHANGES = frozenset({"modify", "shareAdapted"})


def under(terms: Terms, stems: Iterable[str]) -> bool:
    """Whether one of these licences, families or classes is surely among these terms."""
    return any(_is_under(terms, stem) for stem in stems)


def _is_under(terms: Terms, stem: str) -> bool:
    if terms.licence is None:
        return False
    known = qualities(terms)
    if stem in CLASSES:
        return getattr(known, stem) is True
    if stem == SHARE_ALIKE:
        return known.share_alike is True and known.commercial is not False
    if stem == SHARE_ALIKE_ANY:
        return known.share_alike is True
    ways = alternatives(terms.licence)
    return any(any(of(leaf, stem) for leaf in way) and _as_free(way, stem) for way in ways)


def _as_free(way: tuple[str, ...], stem: str) -> bool:
    """Whether no licence that applies as well is non-commercial where the one asked for is not."""
    return stem == "CC" or "-NC" in stem or not any("-NC" in leaf for leaf in way)


@lru_cache(maxsize=4096)
def of(licence: str, stem: str) -> bool:
    """Whether a licence is this one or of this family."""
    bare, family = licence.removeprefix("LicenseRef-"), stem.removeprefix("LicenseRef-")
    if bare == family:
        return True
    if family == "CC":
        return bare.startswith(("CC-", "CC0-"))
    onward = bare[len(family) + 1 :] if bare.startswith(f"{family}-") else ""
    # What follows "CC-BY" is a version, or makes another licence of it: "CC-BY-SA".
    apart = family.startswith("CC-") and not family[-1].isdigit()
    return bool(onward) and (onward[0].isdigit() or not apart)


def shut_out(terms: Terms, stems: Iterable[str]) -> bool:
    """Whether one of these licences, or what one of these words forbids, is in these terms."""
    wanted = tuple(stems)
    if NO_DERIVATIVES in wanted and _forbids_changes(terms):
        return True
    ways = alternatives(terms.licence) if terms.licence is not None else ()
    named = any(of(leaf, stem) for way in ways for leaf in way for stem in wanted)
    return named or (SHARE_ALIKE_ANY in wanted and under(terms, (SHARE_ALIKE_ANY,)))


def _forbids_changes(terms: Terms) -> bool:
    """Whether what is made out of the data may not be made or passed on."""
    return any(r.kind == "prohibition" and r.action in _FORBID_CHANGES for r in terms.rules)


def widened(stems: Iterable[str]) -> tuple[str, ...]:
    """Stems each once, without those that a class beside them holds anyway."""
    kept = dict.fromkeys(stems)
    if "permissive" in kept:
        kept.pop("public_domain", None)
    return tuple(kept)
