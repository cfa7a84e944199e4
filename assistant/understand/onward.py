"""Words with which a conversation turns to something else. Pure."""

from __future__ import annotations

import re

_READ = 400
_THING = (
    r"topic|subject|question|request|search|theme|task|matter|tema|pregunta|sujet|question|thema|"
    r"frage|assunto|pergunta|mada|swali"
)
_ANEW = re.compile(
    r"(?:^|[.!?;,–—-]\s)\s{0,3}"
    r"(?:(?:ok|okay|now|and|great|thanks|so|right|fine|good)\W{1,4}){0,4}(?:"
    r"(?:an?|on to an?|the|un|une|uma?|eine?)?\s{0,3}"
    r"(?:(?:completely|totally|entirely|quite)\s+)?"
    r"(?:new|next|another|other|different|separate|unrelated|nuevo|nueva|otro|otra|nouveau|"
    r"nouvelle|autre|neue[sr]?|andere[sr]?|novo|nova|outro|outra)\s+"
    rf"(?:{_THING})(?:\s+(?:now|altogether|please))?\s{{0,3}}(?:[:.,;–—]|\s-\s)"
    r"|(?:(?:completely|totally|something|entirely)\s+)?unrelated\s{0,3}(?:[:.,;–—]|\s-\s)"
    r"|(?:moving|let's move|i'd like to move|we move) on to\b"
    r"|(?:change|changing|switching) (?:of )?(?:the )?(?:topics?|subjects?)\b(?:\s+now)?"
    r"\s{0,3}(?:[:.,;–—]|\s-\s)"
    r"|(?:mada mpya|swali jipya|swali jingine|tema nuevo|موضوع جديد|سؤال آخر)\s*[:.,،–—-]"
    r"|next(?: up| one)?\s*(?:[:–—]|\s-\s)(?=\s*\S)"
    r")",
    re.IGNORECASE,
)


def starts_anew(text: str) -> bool:
    """Whether the turn leaves all that was said before: "New topic: ...", "Next: ..."."""
    return _ANEW.search(text[:_READ]) is not None
