"""What stands in brackets after the subject: examples of it, not further limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.cover import Cover
from assistant.understand.lexicon import Find

_READ = 2_000
_LIST = re.compile(r"\((?P<inside>[^()\n]{3,200})\)")
_PARTS = re.compile(r"[,;/،]|\s(?:or|and|o|y|ou|et|e|oder|und|au|na|أو|و)\s")


def examples(text: str, finds: Sequence[Find]) -> frozenset[Find]:
    """Those of the subjects that a list in brackets names where one is named outside as well.

    In "entities in medical papers (genes, diseases)" the papers need not hold both; the words
    still rank. A lone subject in brackets narrows: "satellite images (floods)".
    """
    lists = [
        hit.span() for hit in _LIST.finditer(text[:_READ]) if _PARTS.search(hit["inside"].strip())
    ]
    if not lists:
        return frozenset()
    listed = Cover(lists)
    inside = frozenset(
        f for f in finds if f.kind == "topic" and listed.around(f.start, f.end) is not None
    )
    outside = any(f.kind in ("topic", "task") and f not in inside for f in finds)
    return inside if outside else frozenset()
