"""Uses and licences that a turn names in order to deny them: "not for sale". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from assistant.understand.lexicon import Find, Token

_USELESS = re.compile(
    r"^(?:\w+ ){0,4}?(?:(?:are|is) (?:useless|worthless|(?:of )?no use|no good|not an option)|"
    r"won t do|will not do|do not help|don t help)\b"
)
"""Words after a kind of licence that the person cannot use."""
_HINDERS = re.compile(
    r"restrict|limit|condition|claus|constraint|exclu|prohibit|ban|barrier|hurdle|obstacle|problem|"
    r"issue|catch|string|fee|cost|payment|licen|objection|forbid|beschränk|einschränk|auflage"
)
"""How a word begins that says what stands in the way of something."""
_AFTERTHOUGHT = frozenset("after all at any more anymore really then actually though sorry".split())
_ASKING = frozenset(
    "is isn are aren was why does doesn do don can could may would which what".split()
)
_SHUTS_OUT = frozenset(
    "no not without exclude excluding avoid except sin sans sem ohne bila pas keine kein nada "
    "aucune aucun ninguna nenhuma".split()
)
_CLAUSE = frozenset(
    "any a an the clause clauses condition conditions restriction restrictions clausula clausulas "
    "condicion condiciones restriccion restricciones condicao condicoes restricao restricoes une "
    "un una uma de la le el eine einen klausel".split()
)
"""Words between what shuts a licence out and the licence."""
_COMMERCE = re.compile(r"commer|comer|kommer|nichtkommer|biashara|nc$|تجاري")


def is_not_for(find: Find, words: tuple[Token, ...]) -> bool:
    """Such as "not for sale", "no commercial use": what the person does not do.

    "No commercial restrictions" is the very opposite: nothing may stand in the way of it.
    """
    if not find.first or words[find.first].opens:
        return False
    after = takewhile(lambda word: not word.opens, words[find.last + 1 : find.last + 4])
    if any(_HINDERS.match(word.word) for word in after):
        return False
    before = [word.word for word in words[max(0, find.first - 2) : find.first]]
    if words[find.first].word == "for":
        before.append("for")
    if before[-1] == "not" and _is_last_word(find, words):
        return True
    if before in (["no", "longer"], ["won", "t"], ["don", "t"], ["not", "be"], ["will", "not"]):
        return True
    return before[-1] in ("no", "never") or before[-2:] in (["not", "for"], ["never", "for"])


def is_needless(find: Find, waived: Iterable[Find], words: tuple[Token, ...]) -> bool:
    """Such as "commercial use isn't needed", and nothing after it."""
    return any(
        excuse.first == find.last + 1
        and not words[excuse.first].opens
        and all(w.word in _AFTERTHOUGHT for w in takewhile(_goes_on, words[excuse.last + 1 :]))
        for excuse in waived
    )


def _goes_on(word: Token) -> bool:
    return not word.opens


def _is_last_word(find: Find, words: tuple[Token, ...]) -> bool:
    """Whether nothing but an afterthought follows: "it's not commercial after all".

    "Is the first one not commercial?" asks, and takes back nothing of what the person does.
    """
    begins = next(at for at in range(find.first, -1, -1) if at == 0 or words[at].opens)
    if any(word.word in _ASKING for word in words[begins : begins + 2]):
        return False
    after = takewhile(lambda word: not word.opens, words[find.last + 1 :])
    return all(word.word in _AFTERTHOUGHT for word in after)


def is_shut_out(find: Find, words: tuple[Token, ...]) -> bool:
    """Such as "no non-commercial licences": the very opposite of being fine with them."""
    after = " ".join(word.word for word in words[find.last + 1 : find.last + 9])
    if _USELESS.search(after):
        return True
    at = find.first
    while at and not words[at].opens and words[at - 1].word in _CLAUSE:
        # "Without any clause", "sans clause non commerciale".
        at -= 1
    before = words[at - 1].word if at and not words[at].opens else ""
    of = before == "of" and at > 1 and words[at - 2].word == "free"
    said = words[find.first : find.last + 1]
    return (before in _SHUTS_OUT or of) and any(_COMMERCE.match(word.word) for word in said)


_NOT_AT_ALL = frozenset("non no nc not nicht nichtkommerziell nao si isiyo غير".split())
"""Words by which a limit given up is another: "remove the non-commercial ones"."""


def still_meant(words: tuple[Token, ...], given_up: Iterable[tuple[int, int]]) -> tuple[Token, ...]:
    """The words but for a limit that is given up by name: "drop the commercial limit"."""
    kept = words
    for start, end in given_up:
        inside = {token.word for token in words if start <= token.start < end}
        if inside.isdisjoint(_NOT_AT_ALL):
            kept = tuple(token for token in kept if not start <= token.start < end)
    return kept


def outside(words: tuple[Token, ...], hidden: Iterable[tuple[int, int]]) -> tuple[Token, ...]:
    """The words but for those within these spans; none after one goes on with those before."""
    kept = words
    for start, end in hidden:
        kept = tuple(
            replace(token, opens=True) if is_next else token
            for token, is_next in _beside(kept, start, end)
        )
    return kept


def _beside(words: tuple[Token, ...], start: int, end: int) -> Iterator[tuple[Token, bool]]:
    """Each word outside of a span, and whether it is the first after it."""
    waiting = False
    for token in words:
        if start <= token.start < end:
            waiting = True
            continue
        yield token, waiting
        waiting = False
