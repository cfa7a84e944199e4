"""What stands in brackets or after a dash behind the subject: examples of it, no limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.cover import Cover
from assistant.understand.lexicon import Find

_READ = 2_000
_LIST = re.compile(r"\((?P<inside>[^()\n]{3,200})\)")
_AFTER_DASH = re.compile(
    r"(?<=\w)(?:\s{1,3}[-–—]\s{1,3}|:\s{1,3})(?P<inside>[^()\n.;:!?–—]{3,200})(?=[.;!?\n]|$)"
)
"""Such as "papers - genes, diseases": a list that ends its sentence."""
_OR_ELSE = re.compile(
    r"(?<![\w-])(?P<inside>[\w-]{1,40}(?:[ ][\w-]{1,40}){0,3})\s{1,3}or\s+"
    r"(?:anything|something|whatever|any other)\b",
    re.IGNORECASE,
)
"""Such as "proverbs or anything else translated"."""
_SUCH_AS = re.compile(
    r"\b(?:such as|e\.g\.,?|for example,?|for instance,?)\s+"
    r"(?P<inside>(?:(?!(?:in|from|on|with|for|by|at|over|as)\b)[\w,/'-]{1,40}(?:\s{1,3}|(?=[.;:!?)]|$))){2,12})",
    re.IGNORECASE,
)
"""Such as "disasters such as floods or droughts"."""
_PARTS = re.compile(r"[,;/،]|\s(?:or|and|o|y|ou|et|e|oder|und|au|na|أو|و)\s")


def examples(text: str, finds: Sequence[Find]) -> frozenset[Find]:
    """Those of the subjects that a list behind another names as examples of it.

    In "entities in medical papers (genes, diseases)" the papers need not hold both; the words
    still rank. A lone subject in brackets narrows: "satellite images (floods)".
    """
    read = text[:_READ]
    lists = [
        hit.span("inside")
        for pattern in (_LIST, _AFTER_DASH, _SUCH_AS)
        for hit in pattern.finditer(read)
        if _PARTS.search(hit["inside"].strip())
    ]  # fmt: skip
    lists += [hit.span("inside") for hit in _OR_ELSE.finditer(read)]
    if not lists:
        return frozenset()
    listed = Cover(lists)
    inside = frozenset(
        f for f in finds if f.kind == "topic" and listed.around(f.start, f.end) is not None
    )
    outside = any(f.kind in ("topic", "task") and f not in inside for f in finds)
    return inside if outside else frozenset()
