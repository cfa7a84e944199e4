"""Questions on the side, which ask for no data and change nothing of what is wanted. Pure.

"What does FITS stand for, by the way?" names no file format that is wanted, "is Dholuo the same as
Luo?" no second language.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.reply import Intent

_READ = 400
"""Characters of a turn that may be such a question: a longer one is a request."""
_MEANS = re.compile(
    r"\bwhat (?:does|do|did) (?:(?!the\b|it\b|this\b|that\b|you\b|they\b)[^\s?.,;]+ ){1,4}"
    r"(?:mean|stand for)\b"
    r"|\bwhat do you mean by\b|\bwhat is meant by\b|\bwhat's the meaning of\b"
    r"|\bwas (?:bedeutet|bedeuten|heißt|meint)\b|\bwofür steht\b|\bque (?:signifie|veut dire)\b"
    r"|\bveut dire quoi\b|\b[qo] ?u[eé] (?:significa|quiere decir|quer dizer)\b"
    r"|\b(?:ina|nini )maana\b|\binamaanisha nini\b|ماذا (?:يعني|تعني)|ما معنى",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"\W*(?:(?:and|so|sorry|ok|okay|oh|hm+|wait|thanks|by the way)\W+)*"
    r"what(?:'s| is| are) (?:an? )?(?P<thing>[\w-]+(?: [\w-]+)?)"
    r"(?:,? (?:by the way|exactly|again))?"
    r"\s*\?\W*"
    r"|\W*(?:(?:et|y|e|und|na|perdón|pardon|sorry|danke|gracias|merci)\W+)?"
    r"(?:c'est quoi|qu'est-ce que c'est|qué es|o que é|was ist|ما هو|ما هي),? "
    r"(?:une? |una? |ein(?:e)? |um(?:a)? )?(?P<other>[\w-]+(?: [\w-]+)?)\s*[?؟]\W*"
    r"|\W*(?P<swahili>[\w-]+(?: [\w-]+)?) ni nini\s*\?\W*",
    re.IGNORECASE,
)
_OTHER_DATA = frozenset(
    "le la les l el los las lo o a os as der die das den dem ce cet cette ces este esta esto eso "
    "ese esa esse isso isto hii hiyo هذا هذه ذلك datos données dados daten data corpus mejor plus "
    "más mais besser beste besten meilleur meilleure nuevo neu neue".split()
)
"""Words of a thing that is of the talk itself: "c'est quoi le meilleur ?"."""
_ABOUT_DATA = re.compile(
    r"\b(?:there|here|in|on|at|available|new|left|else|next|other|good|best|better|biggest|largest|"
    r"smallest|newest|latest|closest|nearest|data|dataset|datasets|corpus|corpora|sets?|ones?|the|"
    r"this|that|it|these|those|they|them|your|my|our|with|for|about|like|free|open|missing)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:is|are|isn't|aren't|was|were)\b[^?.;!]{1,60}?\b(?:"
    r"(?:really |just |basically )?(?:the|a)? ?(?:same|different)(?: language| thing| one)?"
    r" (?:as|from|than)|"
    r"(?:just |only |really )?an?(?:other)? (?:dialect|form|variety|variant|name|word|kind|type|"
    r"branch) (?:of|for)|"
    r"(?:closely )?related to|mutually intelligible)\b[^?]{0,60}\?",
    re.IGNORECASE,
)
_SAME_ELSEWHERE = re.compile(
    r"\b(?:es|son|est|sont|é|são|ist|sind)\b[^.;!?؟]{0,60}?"
    r"\b(?:(?:lo mismo|la misma lengua|el mismo idioma|la même (?:langue|chose)|o mesmo|"
    r"a mesma língua|pareil) que\b|(?:das|die)selbe (?:sprache )?wie\b|nicht (?:das|die)selbe\b|"
    r"une? dialect[eo] d|um dialeto d|ein dialekt (?:von|de))[^?؟]{0,60}[?؟]"
    r"|\bni (?:lugha moja|sawa na|lahaja ya)\b[^?]{0,60}\?"
    r"|هل [^؟]{1,60}(?:نفس اللغة|لهجة من)[^؟]{0,60}؟"
    r"|^\W*(?:(?:et|y|e|und|na)\W+)?(?:où parle-t-on|où est-ce qu'on parle|qui parle|"
    r"dónde se habla|quién habla|onde se fala|quem fala|wo spricht man|wer spricht|"
    r"wie viele (?:menschen|leute) sprechen|combien de (?:gens|personnes) parlent|"
    r"cuántas personas hablan|quantas pessoas falam|nani huzungumza|أين يتحدث|من يتحدث)\b"
    r"[^?؟]{0,60}[?؟]",
    re.IGNORECASE,
)
"""Such as "¿es lo mismo que el portugués?" and "qui parle wolof ?"."""
_WRITTEN = re.compile(
    r"\b(?:where|by whom|by how many people) (?:is|are|do they)\b[^?.;!]{1,40}"
    r"\bspoken\b[^?]{0,20}\?"
    r"|\bhow many people speak\b|\bwhere do (?:they|people) speak\b",
    re.IGNORECASE,
)


def intent(text: str, *, names_language: bool) -> Intent | None:
    """What a question on the side is answered as; None for any other turn."""
    asked = _asked(text)
    if asked is None:
        return None
    return "language" if asked == "language" or names_language else "off_topic"


def _asked(text: str) -> Literal["meaning", "language"] | None:
    if len(text) > _READ:
        return None
    if any(asks.search(text) for asks in (_SAME, _SAME_ELSEWHERE, _WRITTEN)):
        return "language"
    if _MEANS.search(text):
        return "meaning"
    thing = _WHAT_IS.fullmatch(text)
    if thing is None:
        return None
    if thing["thing"]:
        return None if _ABOUT_DATA.search(thing["thing"]) else "meaning"
    other = (thing["other"] or thing["swahili"]).casefold().split()
    return None if _OTHER_DATA & set(other) else "meaning"
