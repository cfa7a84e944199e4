"""Names of languages that say more than one: "Upper or Lower Sorbian", "Welsh-English". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understand.mentions import Named, wish
from catalog_sync import languages

_BEFORE = re.compile(
    r"(?P<part>[^\W\d_][\w'’]{2,20}(?P<joint>-)?)"
    r"\s*(?:,|/|&|\b(?:and|or|und|oder|y|o|et|ou|e)\b)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_BACK = 40
"""Characters before a name among which the other part stands."""
_MOST = 20
"""Names of a turn that are looked at."""
_PARTS = 3
_STEM = 4
"""Letters of which the second half of a compound has more: "Sorbisch"."""


def completed(text: str, named: Sequence[Named]) -> list[Named]:
    """Those named, and before them those of which only the first part is said."""
    found = list(named)
    taken = {each.start for each in named} | {each.end for each in named}
    for each in named[:_MOST]:
        if each.wish is not None and each.unclear is None and each.wish.tag != "mul":
            found.extend(_before(text, each, taken))
    return sorted(found, key=lambda each: each.start)


def parted(text: str, named: Sequence[Named]) -> list[Named]:
    """Those named, a pair as two: "Welsh-English translation" is of no dialect of English."""
    found: list[Named] = []
    for each in named:
        first, hyphen, second = text[each.start : each.end].partition("-")
        one, other = (_tags(first), _tags(second)) if hyphen and each.wish else (None, None)
        if one and other and one != other:
            middle = each.start + len(first)
            found.append(Named(each.start, middle, wish(one)))
            found.append(Named(middle + 1, each.end, wish(other)))
        else:
            found.append(each)
    return found


def _before(text: str, each: Named, taken: set[int]) -> Iterator[Named]:
    name, end = text[each.start : each.end], each.start
    for _ in range(_PARTS):
        from_ = max(0, end - _BACK)
        hit = _BEFORE.search(text[from_:end])
        if hit is None:
            return
        start = from_ + hit.start("part")
        if from_ + hit.end("part") in taken:
            # "Northern, Inari and Skolt Sami": Inari is a name of its own.
            end = start
            continue
        tags = next(filter(None, map(_tags, _wholes(hit["part"], name))), None)
        if tags is None:
            return
        yield Named(start, from_ + hit.end("part"), wish(tags))
        end = start


def _wholes(part: str, name: str) -> Iterator[str]:
    """What both parts make: "Upper" and "Lower Sorbian", "Ober-" and "Niedersorbisch"."""
    if part.endswith("-"):
        word = name.split()[0]
        yield from (part[:-1] + word[at:].lower() for at in range(2, len(word) - _STEM))
        return
    words = name.split()
    yield from (" ".join((part, *words[at:])) for at in range(1, len(words)))


def _tags(whole: str) -> tuple[str, ...] | None:
    for mention in languages.find_in(whole):
        if mention.start == 0 and mention.end == len(whole) and not mention.answer.ambiguous:
            return tuple(mention.answer.tags) or None
    return None
