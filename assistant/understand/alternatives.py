"""Which of the subjects of a turn any one of will do: "floods or droughts". Pure.

An "or" joins the subjects beside it; what else is named stays asked for, as in "satellite images
of floods or droughts". How data was taken is for choice only with how else it was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understand.content import is_form
from assistant.understand.cover import Cover
from assistant.understand.lexicon import AND, OR, Find, Token, stop_words
from assistant.understand.polarity import is_article

_FILLERS = frozenset(
    "a an any some the data dataset datasets corpora corpus sets set records images imagery photos "
    "recordings maps measurements observations else even also maybe perhaps possibly rather just "
    "alternatively failing that at least about on of for in either with related both "
    "de del des du da do dos das la le el les los las o os as em sobre sur von der die das den "
    "datos dados donnees daten ya wa za la kuhusu bien sino sinon tambem tambien".split()
)
"""Words that may stand on either side of the "or" without being what is named."""
_SO = frozenset("so more less similar something whatever not later newer older better".split())
"""Words after an "or" that begins no further subject: "hourly or so"."""
_FAILING = frozenset("if there is are none not neither nothing".split())
"""Words after an "or" that begins what is second best: "or, if there is none, droughts"."""
_FRENCH = frozenset("de des du la le les et sur donnees pour dans une un avec je".split())
_PLACE = frozenset("in from across over near around en dans em aus kutoka nchini".split())
_PLACE_WORDS = 3
_SHORTEST = 3
"""Letters of the shortest word that may be a subject."""
_SIDE = 3
"""Subjects named together on one side of an "or"."""
_SIDE_GAP = 4
_ANY_OF = re.compile(
    r"\b(?:any|either|one|just one) (?:one )?of (?:these|those|them|the two|the three)\b"
    r"|\bany (?:one )?(?:will|would) do\b|\bwhichever\b"
    r"|\beither (?:one )?(?:is|will|would|works|does)\b",
    re.IGNORECASE,
)
"""Makes a choice of a list without an "or": "any of these: floods, droughts, storms"."""


def read(text: str, words: Sequence[Token], finds: Sequence[Find]) -> Iterator[tuple[str, ...]]:
    """Topics that are for choice with each other, for each such choice.

    Args:
        text: The turn.
        words: Its words.
        finds: What is named in it, left to right; `plain` phrases may be missing.
    """
    named = [find for find in finds if find.kind == "topic"]
    if len(named) < 2:
        return
    ors = _ors(words)
    links = [
        _link(text, words, one, other, ors) for one, other in zip(named, named[1:], strict=False)
    ]
    for at, link in enumerate(links):
        if link == "or":
            for one, other in _sides(named, links, at):
                yield (*_listed(named, links, one, at), named[one].value, named[other].value)
    if _ANY_OF.search(text):
        for at, link in enumerate(links):
            if link in ("list", "and") and is_form(named[at].value) == is_form(named[at + 1].value):
                yield named[at].value, named[at + 1].value


def half_known(words: Sequence[Token], finds: Sequence[Find], known: Cover) -> frozenset[Find]:
    """Topics beside which stands, for choice, a word that no table knows: they only rank.

    In "marine or terrestrial biodiversity" the data need not be of the sea.

    Args:
        words: The words of the turn.
        finds: What is named in it, left to right.
        known: Spans that are understood as something else.
    """
    ors = _ors(words)
    named = [find for find in finds if find.kind == "topic"]
    if not ors or len(named) < 2:
        return frozenset()
    covered = {at for find in finds for at in range(find.first, find.last + 1)}

    def unknown(at: int) -> bool:
        if not 0 <= at < len(words) or at in covered or at in ors:
            return False
        word, token = words[at].word, words[at]
        small = len(word) < _SHORTEST or word in _FILLERS or word in stop_words()
        return not small and word.isalpha() and known.around(token.start, token.end) is None

    found = []
    for one, other in zip(named, named[1:], strict=False):
        between = range(one.last + 1, other.first)
        # What it was taken with alone does not say what the data is of.
        if one.value == other.value or is_form(one.value) or is_form(other.value):
            continue
        after = len(between) in (2, 3) and between[0] in ors and unknown(between[1])
        before = len(between) < 2 and one.first - 1 in ors and unknown(one.first - 2)
        rest = between[2:] if after else between
        closed = any(words[at].opens for at in (*between, other.first))
        if (after or before) and not closed and all(map(unknown, rest)):
            found.append(one)
    return frozenset(found)


def _ors(words: Sequence[Token]) -> frozenset[int]:
    """The places of words for "or"."""
    # In French "au" is "at the": no "or", as it is in Swahili.
    french = not _FRENCH.isdisjoint(token.word for token in words)
    return frozenset(
        at for at, token in enumerate(words)
        if _is_or(words, at) and not (french and token.word == "au")
    )  # fmt: skip


def _link(text: str, words: Sequence[Token], one: Find, other: Find, ors: frozenset[int]) -> str:
    """What stands between two subjects: "or", "and", "list", "beside" or "" for anything else."""
    between = words[one.last + 1 : other.first]
    if len(between) > _SIDE_GAP + _PLACE_WORDS:
        return ""
    said = [token.word for token in between]
    offers = [at for at in range(len(between)) if one.last + 1 + at in ors]
    if offers:
        last = offers[-1]
        before, after = [w for w in said[: offers[0]] if w not in AND], said[last + 1 :]
        if "if" in after:
            after = [word for word in after if word not in _FAILING]
        leads = _leads(before) and _SO.isdisjoint(after) and set(after) <= _FILLERS
        return "or" if leads else ""
    if "/" in text[one.end : other.start]:
        return "or"
    if AND & set(said):
        return "and"
    opens = [token for token in (*between, words[other.first]) if token.opens]
    if any(token.parted for token in opens):
        return ""
    if opens:
        return "list" if set(said) <= _FILLERS else ""
    return "beside"


def _leads(before: Sequence[str]) -> bool:
    """Whether these words between a subject and an "or" add no more to it than a place or a noun.

    In "wildfire smoke or air quality" the smoke is what is seen of the fires.
    """
    if before and before[0] in _PLACE:
        return len(before) <= _PLACE_WORDS
    return len(before) == 1 or set(before) <= _FILLERS


def _is_or(words: Sequence[Token], at: int) -> bool:
    word = words[at].word
    if word == "alternatively":
        return True
    if word not in OR or is_article(words, at):
        return False
    return word != "o" or not words[at].opens


def _sides(named: Sequence[Find], links: Sequence[str], at: int) -> Iterator[tuple[int, int]]:
    """Which two are for choice at an "or": of each kind, those nearest to it on its two sides."""
    left, right = _side(links, at, back=True), _side(links, at + 1, back=False)
    paired = False
    for form in (False, True):
        one = next((i for i in left if is_form(named[i].value) is form), None)
        other = next((i for i in right if is_form(named[i].value) is form), None)
        if one is not None and other is not None:
            paired = True
            # "Ocean temperature or salinity": both are of the ocean.
            same = {named[i].value for i in left} & {named[i].value for i in right}
            if named[one].value not in same and named[other].value not in same:
                yield one, other
    if not paired:
        yield at, at + 1


def _side(links: Sequence[str], at: int, *, back: bool) -> tuple[int, ...]:
    """The places of the subjects named together with this one, going away from the "or"."""
    found = [at]
    while len(found) < _SIDE:
        link = at - 1 if back else at
        if not 0 <= link < len(links) or links[link] != "beside":
            break
        at += -1 if back else 1
        found.append(at)
    return tuple(found)


def _listed(named: Sequence[Find], links: Sequence[str], one: int, at: int) -> tuple[str, ...]:
    """What a comma parts from what the "or" joins: "storms, floods or droughts"."""
    found: list[str] = []
    form = is_form(named[one].value)
    while one == at and at > 0 and links[at - 1] == "list":
        at, one = at - 1, one - 1
        if is_form(named[at].value) is not form:
            break
        found.append(named[at].value)
    return tuple(found)
