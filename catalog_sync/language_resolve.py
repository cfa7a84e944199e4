"""What one language name means: exact names first, then how names are built, then misspellings.

A wrong answer costs more than none: where two languages have a claim, both are candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from catalog_sync import language_bantu as bantu
from catalog_sync import language_compose as compose
from catalog_sync.language_answer import Candidate, How, LanguageAnswer
from catalog_sync.language_codes import canonical, codes, is_known, iso639_3, known, members
from catalog_sync.language_names import (
    OTHER,
    REFERENCE,
    Sense,
    ambiguous,
    dominant,
    lesser,
    main_owners,
    senses,
)
from catalog_sync.language_spelling import nearest
from catalog_sync.language_text import bare, fold

LONGEST = 200
"""Characters beyond which a text is not taken for a name."""
_TAG_LIKE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def english_name(tag: str) -> str:
    """The language in English, with script, region or variant in brackets; the tag if unknown."""
    language, _, rest = canonical(tag).partition("-")
    code = codes().get(language)
    if code is None:
        return tag
    name = code.english.removesuffix(" (macrolanguage)").removesuffix(" (individual language)")
    return f"{name} ({compose.described(rest)})" if rest else name


def candidate(tag: str, note: str = "") -> Candidate:
    """A candidate for asking back."""
    return Candidate(tag=tag, iso639_3=iso639_3(tag), label=english_name(tag), note=note)


def answer(name: str, tags: Iterable[str], how: How, note: str = "") -> LanguageAnswer:
    """A clear answer."""
    found = tuple(dict.fromkeys(tags))
    if how in ("name", "alias", "autonym") and any(members(tag) for tag in found):
        how = "macrolanguage"
        shown = ", ".join(english_name(m) for m in members(found[0])[:6])
        more = len(members(found[0])) - 6
        note = note or f"takes in {shown}" + (f" and {more} more" if more > 0 else "")
    iso = tuple(dict.fromkeys(iso639_3(tag) for tag in found))
    return LanguageAnswer(name=name, tags=found, iso639_3=iso, how=how, note=note)


def _asked_back(name: str, pairs: Iterable[tuple[str, str]]) -> LanguageAnswer:
    found = tuple(candidate(tag, note) for tag, note in dict(pairs).items())
    return LanguageAnswer(name=name, ambiguous=True, candidates=found)


def _from_senses(name: str, found: tuple[Sense, ...], key: str) -> LanguageAnswer | None:
    left = dominant(found)
    if not left:
        return None
    if len(left) == 1:
        others = [tag for tag in lesser(key) if tag != left[0].tag][:3]
        note = "also a name of " + ", ".join(map(english_name, others)) if others else ""
        return answer(name, (left[0].tag,), left[0].how, note)
    return _asked_back(name, [(sense.tag, "") for sense in left])


@lru_cache(maxsize=4096)
def lookup(name: str) -> LanguageAnswer | None:
    """The name as a whole in the index, with accents and then without; None when not there."""
    for key in dict.fromkeys((fold(name), bare(name))):
        pairs = ambiguous().get(key)
        if pairs:
            listed = {tag for tag, _ in pairs}
            also = ((tag, "") for tag in main_owners(key) if tag not in listed)
            return _asked_back(name, (*pairs, *also))
        found = senses(key)
        if found:
            return _from_senses(name, found, key)
    return None


def _code(name: str) -> LanguageAnswer | None:
    """The name read as a code or tag; a short code that is also a name is asked back."""
    text = name.strip()
    if _TAG_LIKE.fullmatch(text) is None or not is_known(text):
        return None
    tag = canonical(text)
    if "-" in text or "_" in text:
        return answer(name, (tag,), "code") if _plausible(text) else None
    return answer(name, (tag,), "code")


def _plausible(text: str) -> bool:
    """Whether the parts after the language are a script, a region or a variant we know."""
    head = re.split(r"[-_]", text)[0]
    return (len(head) == 2 or head.islower()) and compose.known_parts(canonical(text))


def _code_or_name(name: str) -> LanguageAnswer | None:
    text = name.strip()
    if len(text) > 3 and "-" not in text and "_" not in text:
        return None
    read = _code(text)
    if read is None:
        return None
    key = fold(text)
    if key in ambiguous():
        return None
    named = [s for s in dominant(senses(key)) if s.rank <= (OTHER if len(key) > 2 else REFERENCE)]
    if not named or read.tags[0] in {s.tag for s in named}:
        return read
    if not text.islower():
        return None
    return _asked_back(name, [(read.tags[0], "as a code"), *((s.tag, "as a name") for s in named)])


@lru_cache(maxsize=4096)
def resolve(name: str) -> LanguageAnswer:
    """What a language name, autonym, dialect, code or tag means.

    Args:
        name: As a person writes it, in any language and script.

    Returns:
        Tags when the meaning is clear, candidates when it is not, neither when nobody knows it.
    """
    text = " ".join(name.split())
    if not text or len(text) > LONGEST or not fold(text):
        return LanguageAnswer(name=name)
    found = _code_or_name(text) or lookup(text) or _built(text, 0)
    if found is None and known(text) is not None:
        found = _code(text)
    if found is None:
        found = prefixed(text)
    if found is None:
        near = nearest(text)
        if near is not None:
            tag, meant = near
            found = answer(name, (tag,), "misspelling", f"read as {meant!r}")
    if found is None:
        return LanguageAnswer(name=name)
    return LanguageAnswer(
        name=name, tags=found.tags, iso639_3=found.iso639_3, ambiguous=found.ambiguous,
        candidates=found.candidates, how=found.how, note=found.note,
    )  # fmt: skip


def prefixed(text: str) -> LanguageAnswer | None:
    """A Bantu language under the prefix of its own speakers: "Kihehe"."""
    tags = bantu.meant(text)
    if len(tags) > 1:
        return _asked_back(text, [(tag, "") for tag in tags])
    return answer(text, tags, "alias", f"read as {english_name(tags[0])}") if tags else None


def _built(text: str, depth: int) -> LanguageAnswer | None:
    """The name taken apart: brackets, "X, Y", "language", a place or direction before a name."""
    for other in compose.rewritings(text):
        found = lookup(other) or (_built(other, depth + 1) if depth < 2 else None)
        if found is not None:
            return _renamed(found, text)
    part = compose.bracketed(text)
    if part is not None:
        return _bracketed(text, *part, depth)
    made = compose.qualified(text)
    if made is None:
        return None
    if made.choices:
        return _asked_back(text, [(tag, "") for tag in made.choices])
    return answer(text, made.tags, made.how, made.note)


def _renamed(found: LanguageAnswer, name: str) -> LanguageAnswer:
    return LanguageAnswer(
        name=name, tags=found.tags, iso639_3=found.iso639_3, ambiguous=found.ambiguous,
        candidates=found.candidates, how=found.how, note=found.note,
    )  # fmt: skip


def _scripted(tag: str, script: str) -> str:
    return canonical(f"{tag}-{script}")


def _bracketed(text: str, head: str, inner: str, depth: int) -> LanguageAnswer | None:
    """A name and its bracket: "Chinese (Taiwan)", "Konkani (Romi)", "Kurdish (Kurmanji)"."""
    for whole in (f"{inner} {head}", f"{head} {inner}"):
        found = lookup(whole)
        if found is not None and not found.ambiguous:
            return _renamed(found, text)
    outer = lookup(head) or (_built(head, depth + 1) if depth < 2 else None)
    subtag = compose.subtag(inner)
    if outer is not None and len(outer.tags) == 1 and subtag:
        narrow = compose.placed if len(subtag) == 2 else _scripted
        return answer(text, (narrow(outer.tags[0], subtag),), outer.how)
    within = lookup(inner)
    if outer is None or not (outer.tags or outer.ambiguous):
        return _renamed(within, text) if within is not None and outer is None else None
    if within is not None and len(within.tags) == 1:
        tag = within.tags[0]
        choices = {c.tag for c in outer.candidates} | set(outer.tags)
        if tag in choices or any(tag in members(choice) for choice in choices):
            return _renamed(within, text)
    return _renamed(outer, text)
