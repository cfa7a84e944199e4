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
        for asked in (_WORLD, _PEOPLE)
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
