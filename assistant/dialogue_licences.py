"""Joins the licences that a turn names with those asked for before. Pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.licence_stems import SHARE_ALIKE, SHARE_ALIKE_ANY, widened
from assistant.need import LicenceWish, Need
from assistant.understand.reading import Reading

_OPEN: tuple[LicenceWish, ...] = ("public_domain", "permissive")
_STRICT: tuple[LicenceWish, ...] = (*_OPEN, "commercial")
"""Classes, each within the next."""


def joined(need: Need, old: Need, reading: Reading) -> Need:
    """The need with its licences: one more will do, or what was asked for before is replaced.

    A class asked for ends the licences asked for by name, and the other way round.
    """
    stated = reading.stated
    wish = stated.licence_wish
    if not stated.licences and wish is None:
        return need
    too = reading.licences_add == "too" or reading.mode == "add"
    if too and stated.licences and set(stated.licences) <= set(old.licences_not):
        # What was shut out is fine after all: no more than that is said.
        return replace(need, licences=old.licences, licence_wish=old.licence_wish)
    if too and _is_limited(old):
        wider = _widened(old, stated)
        if wider is not None:
            return replace(need, licence_wish=wider.licence_wish, licences=wider.licences)
    if stated.licences:
        return replace(need, licences=stated.licences, licence_wish=wish)
    must = tuple(m for m in need.must if m != "licence_wish")
    need = replace(need, must=must)
    if reading.licences_add == "bound" and old.licence_wish in _STRICT:
        wish = min(old.licence_wish, wish or "commercial", key=_STRICT.index)
    return replace(need, licences=_beside(old, wish, reading), licence_wish=wish)


def _beside(old: Need, wish: LicenceWish | None, reading: Reading) -> tuple[str, ...]:
    """Licences asked for before that a class asked for now leaves standing."""
    if wish == "non_commercial_ok" and SHARE_ALIKE in old.licences:
        return tuple(SHARE_ALIKE_ANY if s == SHARE_ALIKE else s for s in old.licences)
    narrows = wish == "commercial" and reading.mode != "replace" and reading.licences_add != "too"
    bounds = reading.licences_add == "bound" or narrows
    return tuple(s for s in old.licences if "-NC" not in s) if bounds else ()


def _is_limited(need: Need) -> bool:
    return bool(need.licences) or need.licence_wish not in (None, "non_commercial_ok")


def _widened(old: Need, stated: Need) -> Need | None:
    """Licences of which one will do, the old and the new; None where they are no alternatives."""
    named, wish = stated.licences, stated.licence_wish
    if wish in _OPEN:
        named = (*named, wish)
    elif wish is not None:
        return None
    if old.licence_wish == "commercial" and not old.licences:
        return old if not any("-NC" in stem for stem in named) else _either(("commercial",), named)
    before: tuple[str, ...] = old.licences
    if old.licence_wish in _OPEN:
        before = (*before, old.licence_wish)
    if set(named) | set(before) <= set(_OPEN):
        wider: LicenceWish = "permissive" if "permissive" in (*named, *before) else "public_domain"
        return Need(licence_wish=wider)
    bound = old.licence_wish if old.licence_wish == "commercial" else None
    return replace(_either(before, named), licence_wish=bound)


def _either(before: tuple[str, ...], named: tuple[str, ...]) -> Need:
    return Need(licences=widened((*before, *named)))
