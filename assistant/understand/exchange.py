"""One thing in the place of another, named the other way round. Pure."""

from __future__ import annotations

import re

_THING = r"(?:the |le |la |el |o |das |den )?(?P<{0}>[^\s,;:.?!]+(?: [^\s,;:.?!]+){{0,2}}?)"
_SWAP = re.compile(
    r"\b(?:(?:swap|replace|exchange|substitute|change|switch)(?: from)?|cambiar?|remplacer?|"
    r"trocar?|substituir?|ersetzen?)\s+"
    + _THING.format("old")
    + r"\s+(?:for|with|to|by|por|par|durch)\s+"
    + _THING.format("new")
    + r"(?=\s*(?:[,;:.?!]|$|please|instead))",
    re.IGNORECASE,
)
_AND_OR = re.compile(r"\band ?/ ?or\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b((?:than|under|below|over|above|least|most|up to) )an? "
    r"(gigabytes?|megabytes?|terabytes?|gigs?|GB|MB|TB|hours?)\b",
    re.IGNORECASE,
)
"""An article that counts: "smaller than a gigabyte"."""
_OUTSIDE = re.compile(
    r"\boutside (?=(?:the )?(?:Common Voice|Mozilla|Hugging ?Face|AWS|Amazon)\b)", re.IGNORECASE
)
"""Shuts a source out; speech is recorded "outside in Swahili"."""
_ALL_BUT = re.compile(r"\b((?:any|all|every)(?: other)? languages?) but\b(?! not)", re.IGNORECASE)
_NOTHING = frozenset({"it", "that", "this", "them", "language", "task", "limit", "lo", "le", "es"})
"""What is no thing of its own: "change it to Zulu"."""


def plain(text: str, *, mend: bool) -> str:
    """The text with one apostrophe, "or" and "except"; to mend: "swap A for B" as "B instead of A".

    "And/or" offers a choice, as "or" does.
    """
    text = _AND_OR.sub("or", text.replace("’", "'").replace("‘", "'"))
    text = _ONE.sub(r"\1 1 \2", text)
    text = _OUTSIDE.sub("not from ", text)
    text = _ALL_BUT.sub(r"\1 except", text)
    return _SWAP.sub(_instead, text) if mend else text


def _instead(hit: re.Match[str]) -> str:
    if hit["old"].casefold() in _NOTHING:
        return hit[0]
    return f"{hit['new']} instead of {hit['old']}"
