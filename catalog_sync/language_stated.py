"""What a catalogue's language field says: codes of every age, names, lists, and non-languages."""

from __future__ import annotations

import re

from catalog_sync.language_answer import StatedLanguages
from catalog_sync.language_codes import MISTAKEN, base, canonical, codes, known
from catalog_sync.language_family import attested
from catalog_sync.language_resolve import english_name, lookup, resolve
from catalog_sync.language_text import fold

_SEVERAL = frozenset({
    "mul", "multilingual", "multiple", "multiple languages", "many", "various", "several", "all",
    "many languages", "multi", "mixed", "language independent", "bilingual", "crosslingual",
})  # fmt: skip
_NOTHING = frozenset({
    "", "und", "unknown", "none", "null", "n a", "na n", "nan n", "zxx", "mis", "other", "others",
    "not applicable", "unspecified", "undefined", "no linguistic content", "tbd",
    "not known", "any",
})  # fmt: skip
_PROGRAMS = frozenset({"code", "python", "java code", "javascript", "programming", "sql", "bash"})
_LISTED = re.compile(r" ?[,;|/] ?| (?:and|&|\+) ")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z0-9]{1,8}))*")


def _tag(value: str) -> tuple[str, str] | None:
    """The value read as a tag: canonical form and what was mended; None when it is no tag."""
    if _TAG.fullmatch(value) is None:
        return None
    head = re.split(r"[-_]", value)[0].lower()
    slip = MISTAKEN.get(value.lower().replace("_", "-")) or MISTAKEN.get(head)
    if slip and known(head) is None:
        return slip, f"{value!r} is a country's code; read as {english_name(slip)} ({slip})"
    tag = canonical(value)
    if base(tag) not in codes():
        return None
    kept = attested(tag)
    if kept != tag:
        return kept, f"{value!r} read as {kept}: the rest is not recorded for that language"
    return tag, "" if tag.lower() == value.lower().replace("_", "-") else f"{value!r} read as {tag}"


def _name(value: str) -> tuple[tuple[str, ...], str]:
    """The value read as a name: its tags, and a note when they were not plain."""
    found = resolve(value)
    if found.ambiguous:
        names = ", ".join(f"{c.label} ({c.tag})" for c in found.candidates[:4])
        return (), f"{value!r} may be {names}"
    note = f"{value!r} {found.note}" if found.how == "misspelling" else ""
    return found.tags[:1], note


def stated(raw: str) -> StatedLanguages:
    """Read one language value of a catalogue, however dirty.

    Args:
        raw: A tag, a code, a name or a list of them as the source wrote it.

    Returns:
        Canonical tags in the order written; what could not be read is kept in `unread`.
    """
    tags: dict[str, None] = {}
    unread: list[str] = []
    notes: list[str] = []
    several = False
    whole = ", ".join(" ".join(line.split()) for line in raw.strip().splitlines())
    single = lookup(whole) is not None or fold(whole) in _NOTHING
    values = [whole] if single else _LISTED.split(whole)
    for value in values[:1000]:
        key = fold(value)
        if key in _SEVERAL:
            several = True
        elif key in _PROGRAMS:
            notes.append(f"{value!r} is not a human language")
        elif key not in _NOTHING:
            read = _tag(value)
            found, note = ((read[0],), read[1]) if read else _name(value)
            tags.update(dict.fromkeys(found))
            notes.extend([note] if note else [])
            unread.extend([] if found else [value])
    return StatedLanguages(
        tags=tuple(tags), unread=tuple(unread), multilingual=several or None, notes=tuple(notes)
    )
