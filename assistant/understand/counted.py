"""Words of counting that count nothing in the catalogue. Pure.

"How much fish is caught" asks about the world, and wants data; "one corpus per language" says how
the data shall be laid out.
"""

from __future__ import annotations

import re

from assistant.understand.lexicon import Find, Token

_WORLD = re.compile(
    r"\bhow (?:much|many)\s+(?P<what>(?!(?:is|are|was|were|do|does|did|of|in|for|on|at|have|has|"
    r"can|there|you|with|other|more)\b)[\w'’-]+(?:\s+[\w'’-]+){0,3}?)\s+"
    r"(?P<verb>is|are|was|were|gets?|got|do|does|did|has|have|had|will|can)\s+"
    r"(?P<then>[\w'’-]+)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\bhow many\s+(?:(?:young|old|other|more|poor|rich)\s+)?(?:people|persons|men|women|children|"
    r"kids|adults|families|households|tourists|passengers|commuters|students|workers|migrants|"
    r"refugees|patients|cyclists|drivers|voters|visitors|species|cars|ships|planes)\s+"
    r"(?!(?:are|is) (?:in|there|covered|recorded)\b)(?P<then>[\w'’-]+)",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\bhow (?:much|many)\s+(?!(?:of|is|are|do|does|did)\b)[\w'’-]+(?:\s+[\w'’-]+){0,8}?\s+"
    r"(?:(?:each|per|a|every)\s+(?:year|month|week|day)|worldwide|globally|in the world)\b"
    r"(?P<then>)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\bhow much\s+(?:do|does|did)\s+"
    r"(?!(?:you|we|i|it|they|this|that|these|those|the|each|access)\b)"
    r"(?:[\w'’-]+\s+){1,3}(?:cost|weigh|earn|eat|grow|pay|drink|sleep|spend|emit|produce|use)\b"
    r"(?P<then>)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:combien d(?:e\s+|['’])|cuánt[oa]s?\s+|quant[oa]s?\s+|wie\s?viele?\s+)(?:poissons?|gens|"
    r"personnes|habitants|arbres|voitures|oiseaux|eau|électricité|énergie|personas|gente|habitantes|"
    r"peces|pescado|árboles|coches|aves|pájaros|agua|electricidad|energía|pessoas|peixes?|árvores|"
    r"carros|água|energia|eletricidade|menschen|leute|einwohner|fische?|bäume|autos|vögel|wasser|"
    r"strom|energie)\b(?P<then>)",
    re.IGNORECASE,
)
_OF_DATA = re.compile(
    r"\b(?:data(?:sets?)?|sets?|ones|corpus|corpora|collections?|recordings?|hours?|minutes?|"
    r"clips?|sentences?|texts?|words|tokens|speech|audio|images?|videos?|files?|rows|records|"
    r"speakers|voices|languages?|dialects|licen[cs]es?|publishers?|owners?|tasks?|sources?|cards?|"
    r"catalogues?|results?|entries|examples?|samples?|gigabytes|gb|terabytes|bytes|money|space|"
    r"storage|you|here)\b",
    re.IGNORECASE,
)
_IN_VIEW = re.compile(r"\s+(?:the|this|your) (?:catalogu?e?|list|collection)\b", re.IGNORECASE)
_HERE = frozenset(
    "there you available here covered listed recorded i they it them these those".split()
)
_EACH = frozenset("per by each for".split())
_COUNTING = frozenset(
    "count counts counted number numbers list lists breakdown break overview table total totals "
    "distribution statistics stats sum summary split group grouped top most ranking rank how many "
    "much compare".split()
)
_MEASURED = frozenset(
    "hours datasets sets data corpora speech audio recordings text texts size sizes bytes "
    "gigabytes clips sentences rows coverage licences licenses publishers owners tasks sources "
    "languages".split()
)
"""Words after which "per language" asks for figures: "hours per language"."""
_FIGURES = frozenset(
    "a an one two three four five six seven eight nine ten twenty fifty hundred single separate "
    "own different few several some enough least".split()
)
_NEAR = 6


def asks_of_world(text: str) -> bool:
    """Whether "how much" or "how many" asks how the world is: "how much wheat is exported"."""
    return any(
        not (_OF_DATA.search(hit[0]) or hit["then"].casefold() in _HERE)
        and not _IN_VIEW.match(text, hit.end())
        for asked in (_WORLD, _PEOPLE, _YEARLY, _DOES, _ELSEWHERE)
        for hit in asked.finditer(text[:500])
    )


def distributes(words: tuple[Token, ...], found: Find) -> bool:
    """Whether "per language" shares something out, and counts nothing."""
    if words[found.first].word not in _EACH:
        return False
    if any(token.word in _COUNTING for token in words):
        return False
    before = [token.word for token in words[max(0, found.first - _NEAR) : found.first]]
    if not before:
        return False
    if any(word in _FIGURES or word[0].isdigit() for word in before):
        return True
    return before[-1] not in _MEASURED and len(words) > _NEAR // 2
