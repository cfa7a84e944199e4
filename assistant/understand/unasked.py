"""Where a turn says that nobody shall have to be asked for access. Pure.

"I don't want to apply for access" names the very thing it refuses; heard as a wish for data on
request it would turn the answer upside down.
"""

from __future__ import annotations

import re

_READ = 2_000
"""Characters of a turn that are looked at: a longer one is a paste of a document."""
_LEAD = (
    r"(?:(?:do|does|would|ca|could|wo|should|need)n['’]?t(?!\s+(?:i|we|you|they)\b)|cannot|"
    r"(?:do|does|would|could|will|can|should|need|prefer|rather|'d) not|not|never|without|"
    r"avoid(?:ing)?|hate|no (?:need|wish|time|desire|patience|intention)|nothing|none|"
    r"tired of|instead of|rather than)"
)
_FILL = (
    r"(?:(?:really|even|first|any(?:thing)?|ones?|that|which|where|you|we|i|want(?:ing)?|wish|like|"
    r"plan|intend|feel|care|going|have|having|had|to|be|being|those|these|need(?:ing)?|of|"
    r"for|go|bother|(?:i|we|you)['’]d|must|should|allowed|able|"
    r"through)\s+){0,6}"
)
_END = r"(?=\W*(?:$|[.,;:!?()]|any|first|before\b|and\b|or\b|but\b|to (?:any|some|the)|please\b))"
_GRANT = r"(?:access|permissions?|approvals?|an? (?:application|committee|approval|permit))"
_ACT = (
    rf"(?P<apply>appl(?:y|ying)(?:\s+for\s+(?:{_GRANT}|it|them|these|those|anything|data)\b"
    rf"|\s+for{_END}|{_END}))"
    r"|ask(?:ing)?\s+(?:any(?:one|body)|some(?:one|body)|(?:the |an? )?(?:owners?|authors?|"
    r"publishers?|committees?)|people)\b(?:\s+(?:else|first))?"
    rf"(?:\s+for\s+(?:{_GRANT}|it|them)\b)?"
    rf"|(?:ask(?:ing)?|beg(?:ging)?)\s+(?:for\s+)?{_GRANT}\b"
    r"|request(?:ing)?\s+(?:access|permission|approval)\b"
    r"|fill(?:ing)?\s+(?:in|out)\s+(?:an?\s+|any\s+|the\s+)?(?:application\s+)?forms?\b"
    r"|wait(?:ing)?\s+(?:for|on)\s+(?:an?\s+|any\s+|the\s+|some\s+)?"
    r"(?:approvals?|permission|access|committees?|owners?)\b"
    r"|(?:register(?:ing)?|sign(?:ing)? up|(?:mak|creat|open)(?:e|ing)? an account)\b"
    r"(?!\s+(?:an?|the|my|our)\b)"
    r"|sign(?:ing)?\s+(?:an?\s+|any\s+|the\s+)?(?:data\s+(?:use|sharing)\s+)?"
    r"(?:agreements?|contracts?|forms?|papers?|anything)\b"
    r"|(?:on|upon|by) (?:request|application)\b|behind an application\b"
    r"|(?:need(?:s|ing)?|requir(?:e|es|ing))\s+(?:any\s+|an?\s+|special\s+|prior\s+)?"
    r"(?:approvals?|permissions?|applications?|access requests?)\b"
)
_ELSEWHERE = (
    r"\b(?:nobody|no one|no (?:committee|owner|board))\s+(?:has to|needs to|must|should)\s+"
    r"(?:approve|sign off|agree|grant|let)\b"
    r"|\b(?:sin|no (?:quiero|quisiera|queremos))\s+(?:tener que\s+)?(?:solicitar|pedir)\s+(?:el\s+|"
    r"ninguna?\s+)?(?:acceso|permisos?|autorización)\b"
    r"|(?:\bsans|\bne (?:veux|voudrais|souhaite|voulons) pas|pas envie)\s+(?:de\s+|d'avoir à\s+|"
    r"avoir à\s+|devoir\s+)*(?:demander|solliciter)\s+(?:l['’]|la\s+|une?\s+|d['’])?"
    r"(?:accès|autorisation|permission)"
    r"|\b(?:sem|não (?:quero|queria|queremos))\s+(?:ter (?:de|que)\s+)?(?:pedir|solicitar)\s+"
    r"(?:o\s+|a\s+)?(?:acesso|permissão|autorização)\b"
    r"|\bohne\s+(?:erst\s+|vorher\s+)?(?:einen\s+|eine\s+|um\s+)?"
    r"(?:antrag|zugangsantrag|anfrage|erlaubnis)\b"
    r"|\b(?:keinen|nicht\s+(?:erst\s+)?(?:einen\s+)?)\s*(?:antrag stellen|zugang beantragen|"
    r"um erlaubnis (?:bitten|fragen))\b"
)
_UNASKED = re.compile(
    rf"\b(?P<lead>{_LEAD})\s+(?P<fill>{_FILL})(?:{_ACT})|{_ELSEWHERE}", re.IGNORECASE
)
_KEY = re.compile(
    r"appl|ask|beg|regist|sign|account|nobody|no one|committee|owner|"
    r"board|request|form|wait|approv|permi|pedir|solicit|demand|antrag|erlaubnis|anfrage|"
    r"autoriza",
    re.IGNORECASE,
)
"""Some word without which nothing of this is said."""
_PERSON = re.compile(r"(?:\b(?:i|we|you|to|rather|prefer)|'d)\s*$", re.IGNORECASE)
_QUESTION = re.compile(
    r"\W{0,9}(?:(?:so|but|and|ok|okay|then)\W{1,9})?"
    r"(?:do|does|is|are|why|can|must|should|would)\b[^.;!?]*\?\s*$",
    re.IGNORECASE,
)
"""Asks whether one has to: that states nothing."""


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the turn refuses to ask, to apply or to wait for leave."""
    if _KEY.search(text[:_READ]) is None or _QUESTION.match(text[:_READ]):
        return ()
    return tuple(
        hit.span() for hit in _UNASKED.finditer(text[:_READ]) if not _is_of_rules(text, hit)
    )


def _is_of_rules(text: str, hit: re.Match[str]) -> bool:
    """Whether it is terms that do not apply: "restrictions that do not apply"."""
    lead = hit["lead"]
    if hit["apply"] is None or hit["fill"] or lead is None or " for " in hit["apply"]:
        return False
    bare = lead.casefold().endswith(("not", "n't", "n’t", "nt", "never"))
    before = f"{text[: hit.start()]}{'rather' if lead.casefold().startswith('rather') else ''}"
    return bare and _PERSON.search(before[-20:]) is None
