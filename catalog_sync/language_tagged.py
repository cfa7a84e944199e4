"""BCP 47 tags and codes that a text states as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog_sync.language_answer import Mention
from catalog_sync.language_codes import canonical, is_known
from catalog_sync.language_compose import known_parts
from catalog_sync.language_family import attested
from catalog_sync.language_names import large
from catalog_sync.language_resolve import answer, lookup, resolve
from catalog_sync.language_words import table

_TAG = re.compile(
    r"(?<![\w-])[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3}|[a-z]{5,8}|[a-z]{2}))+(?![\w-])"
)
_CODE = re.compile(
    r"\b(?:code|codes|iso(?: ?639(?:-[123])?)?|lang|locale|tag|bcp ?47|código|codigo|sprachcode)\b"
    r"\s{0,3}(?:is|=|:|of)?\s{0,3}[\"'“‘`(]?(?P<code>[a-z]{2,3})(?![\w-])",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?P<name>[^\W\d_]{3,40})\s?[(\[](?P<code>[a-z]{2,3})[)\]]")


def tags_in(text: str) -> Iterator[Mention]:
    """BCP 47 tags, and codes where the sentence says that they are codes."""
    whole = text.strip()
    if 2 <= len(whole) <= 3 and whole.isascii() and whole.islower() and is_known(whole):
        if whole not in table("plain") and whole not in table("common"):
            start = text.index(whole)
            yield Mention(start=start, end=start + len(whole), text=whole, answer=resolve(whole))
        return
    last = -1
    beside = (match for match in _BESIDE.finditer(text) if _same(match["name"], match["code"]))
    found = (*_TAG.finditer(text), *_CODE.finditer(text), *beside)
    for match in sorted(found, key=lambda m: m.start()):
        code = match.groupdict().get("code")
        start, end = match.span("code") if code else match.span()
        said = text[start:end]
        tag = canonical(said)
        if start <= last or not is_known(said) or not _stands(text, said, tag, bool(code)):
            continue
        last = end
        yield Mention(start=start, end=end, text=said, answer=answer(said, (tag,), "code"))


def _same(name: str, code: str) -> bool:
    """Whether a code in brackets is that of the name before it: "Tamil (ta)"."""
    found = lookup(name)
    return found is not None and canonical(code) in found.tags


def _stands(text: str, said: str, tag: str, code: bool) -> bool:
    if code:
        return said.islower() and said not in table("plain") and said not in table("common")
    parts = re.split(r"[-_]", said)
    if tag.split("-")[0] != parts[0] or (tag != "nan" and attested(tag) != tag):
        return tag == "nan"
    if parts[0] not in large():
        return False
    regional = len(parts[1]) != 2 or parts[1].isupper() or tag == "nan"
    return regional and (tag == "nan" or known_parts(tag))
