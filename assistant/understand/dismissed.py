"""Things that a turn names in order not to get them, told by the words around or after. Pure.

"Leave the Punjabi out", "Interlingua isn't needed after all", "English and Afrikaans we've got
covered"; and what a person takes back in the same breath: "Tsonga, sorry, Tswana".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from assistant.understand.cover import Cover
from assistant.understand.lexicon import Token
from assistant.understand.polarity import Polarity

_AFTER = re.compile(
    r"\s*(?:(?:data|speech|text|corpora|sets?|ones?|part|language|variety|dialect|version)\s+)?(?:"
    r"(?:out|off|away)\b(?=\s*(?:[.,;!?]|$|please|then|and|but))|"
    r"(?:is|are|'s)\s*(?:not|n't)\s+(?:needed|necessary|required|wanted|important)|"
    r"isn't\s+(?:needed|necessary|required|wanted)|aren't\s+(?:needed|necessary|required)|"
    r"(?:is|are)\s+(?:no longer|not)\s+(?:needed|necessary|required)|"
    r"(?:is|are)\s+(?:already\s+)?(?:covered|done)|"
    r"(?:[^\s.,;]{1,24}\s+){0,4}?(?:is|are)\s+(?:useless|worthless|no\s+(?:use|good)|of\s+no\s+use)|"
    r"not\s+needed|no longer needed|can\s+go\b|(?:is|are)\s+out\b(?!\s+of)|no\s+more\b(?!\s+than)|"
    r"(?:that\s+)?(?:we|i)(?:\s+have|'ve)?\s*(?:already\s+)?(?:got|have|own)\b|"
    r"(?:we|i)\s+do(?:n't| not)\s+(?:need|want)\b|"
    r"ya no\b|sobra\b|no hace falta|no lo necesito|n'est (?:plus|pas) (?:nécessaire|utile)|"
    r"pas besoin|brauche(?:n)? (?:ich|wir) nicht|(?:kann|können) weg|weg(?:lassen)?\b|raus\b|"
    r"(?:já )?não (?:é|preciso|precisa)|haihitajiki|sihitaji"
    r")",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:leave|take|rule|cut|keep|count|get|lass(?:en|t)?|nimm|nehmt|laisse[zr]?|laissez)\s+"
    r"(?:tomber\s+)?(?:the|das|den|die|le|la|el)?\s*$",
    re.IGNORECASE,
)
_NON = re.compile(r"\bnon[ -]$", re.IGNORECASE)
_DROPPED = re.compile(r"\blaisse[zr]?\s+tomber\s+(?:le|la|l')?\s*$", re.IGNORECASE)
_HAVING = re.compile(
    r"\b(?:i|we)(?:\s+(?P<early>already))?(?:\s+(?:have|own)|'ve)(?:\s+(?P<late>already))?(?:\s+got)?\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_HAVE_IT = re.compile(
    r"(?:\s+(?:data|speech|one|ones))?\s*,?\s*(?:"
    r"(?:es[eo]s?\s+)?ya\s+(?:l[oa]s?\s+)?(?:tengo|tenemos)\b|"
    r"(?:je|j'|nous|on)\s*(?:l'|les\s+)?(?:ai|avons|a)\s+déjà\b|"
    r"(?:(?:eu|nós)\s+)?já\s+(?:[oa]s?\s+)?(?:tenho|temos)\b|"
    r"(?:das\s+|die\s+|den\s+)?hab(?:e|en)?\s+(?:ich|wir)\s+(?:schon|bereits|ja schon)\b|"
    r"tayari\s+(?:nina|tuna)\w*|(?:nina|tuna)\w{2,3}\s+tayari\b|"
    r"(?:لدي|عندي|لدينا|عندنا)\s+بالفعل|موجودة?\s+(?:لدي|عندي|لدينا|عندنا)"
    r")",
    re.IGNORECASE,
)
"""What is had already, said after it: "el de Puno ya lo tengo", "le kabyle, je l'ai déjà"."""
_HAVING_IT = re.compile(
    r"(?:\bya\s+(?:tengo|tenemos)|\b(?:j'ai|nous avons|on a)\s+déjà|\bjá\s+(?:tenho|temos)|"
    r"\b(?:(?:ich|wir)\s+)?hab(?:e|en)?\s+(?:(?:ich|wir)\s+)?(?:schon|bereits)|"
    r"\btayari\s+(?:nina|tuna)\w*|(?:لدي|عندي|لدينا|عندنا)\s+بالفعل)"
    r"\s+(?:(?:el|la|los|las|le|les|das|den|die|o|a|os|as)\s+)?"
    r"(?:(?:de|del|du|do|da|von|aus|ya)\s+)?(?:l'|d')?\s*$",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"\s*(?:data\s+)?(?:already|covered|done)\b", re.IGNORECASE)
_MUST_LEAVE = re.compile(r"\s*(?:out|off|away|weg|raus)\b", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*(?:the\s+)?")
_AND = re.compile(r"\s*(?:,\s*)?(?:and|&|or|nor|y|et|und|e|na|و)\s*(?:the\s+)?", re.IGNORECASE)
_SORRY = re.compile(
    r"\s*[,;:.–—-]*\s*\b(?:sorry|i mean|i meant|no wait|wait no|wait|scratch that|pardon|"
    r"correction|perdón|perdona|quiero decir|digo|pardon|je veux dire|desculpa|quero dizer|"
    r"ich meine|entschuldigung|verzeihung|samahani|عفوا|أقصد)\b[,;:.–—\s-]*(?:i mean\W+)?"
    r"(?:in\s+|the\s+)?",
    re.IGNORECASE,
)
_FIRST = 60
"""Words of a turn among which those are looked for that it does without."""
_READ = 2_000
"""Characters of a turn that are looked at: a longer one is a paste of a document."""


class Standing(Protocol):
    """Something named at [start, end) of a turn."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


def unwanted(text: str, named: Sequence[Standing]) -> frozenset[int]:
    """Where those of the things begin that the turn does without.

    Args:
        text: The turn.
        named: Things of one kind, left to right.
    """
    found: set[int] = set()
    for at, one in enumerate(named):
        if one.end > _READ or not _is_dismissed(text, one):
            continue
        found.add(one.start)
        found.update(each.start for each in _listed_before(text, named[: at + 1]))
    return frozenset(found)


def _listed_before(text: str, named: Sequence[Standing]) -> Iterator[Standing]:
    """Those that one list joins to the last: in "A and B, C and D we have" only C."""
    joins = [text[one.end : other.start] for one, other in zip(named, named[1:], strict=False)]
    commas = False
    for at in range(len(joins) - 1, -1, -1):
        if _COMMA.fullmatch(joins[at]) and not (at and _AND.fullmatch(joins[at - 1])):
            commas = True
        elif commas or not _AND.fullmatch(joins[at]):
            return
        yield named[at]


def opposites(text: str, named: Sequence[Standing]) -> frozenset[int]:
    """Where those begin that the turn names by what they are not: "non-English"."""
    return frozenset(
        one.start for one in named
        if one.end <= _READ and _NON.search(text, max(0, one.start - 4), one.start)
    )  # fmt: skip


def taken_back(text: str, named: Sequence[Standing]) -> frozenset[int]:
    """Where those begin that the next one named takes the place of: "Tsonga, sorry, Tswana"."""
    pairs = zip(named, named[1:], strict=False)
    return frozenset(
        one.start for one, other in pairs
        if other.end <= _READ and _SORRY.fullmatch(text[one.end : other.start])
    )  # fmt: skip


def _is_dismissed(text: str, one: Standing) -> bool:
    before = text[max(0, one.start - 30) : one.start]
    if _DROPPED.search(before):
        return True
    if _BEFORE.search(before):
        return bool(_MUST_LEAVE.match(text, one.end))
    if _HAVE_IT.match(text, one.end) or _HAVING_IT.search(text[max(0, one.start - 40) : one.start]):
        return True
    having = _HAVING.search(before)
    if having and (having["early"] or having["late"] or _ALREADY.match(text, one.end)):
        return True
    after = _AFTER.match(text, one.end)
    return after is not None and after[0].strip().casefold() not in ("out", "off", "away")


def refused(
    text: str, words: Sequence[Token], left: Collection[str], spans: Sequence[tuple[int, int]]
) -> frozenset[str]:
    """Words that no table knows and that the turn does without: "leave Brazil out".

    Args:
        text: The turn.
        words: Its words.
        left: Those of them, folded, that nothing understood.
        spans: Where something was understood.
    """
    few = tuple(words[:_FIRST])
    polarity, known, taken = Polarity(few, tuple(spans)), frozenset(left), Cover(spans)
    loose = [t for t in few
             if t.word in known and not taken.around(t.start, t.end)]  # fmt: skip
    gone = unwanted(text, loose)
    return frozenset(
        t.word for t in loose
        if polarity.is_negated(t.start, t.end, "word") or t.start in gone
    )  # fmt: skip
